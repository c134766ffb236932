-- Commissionings: a protocol a row. Times are milliseconds since 1970 (UTC).
CREATE TABLE commissioning (
  commissioning_id TEXT PRIMARY KEY,
  pole_id TEXT NOT NULL REFERENCES pole (pole_id),
  dev_eui TEXT NOT NULL REFERENCES controller (dev_eui),
  state TEXT NOT NULL,
  begun_utc_ms BIGINT NOT NULL,
  protocol TEXT NOT NULL
);
CREATE INDEX commissioning_pole ON commissioning (pole_id, begun_utc_ms);
