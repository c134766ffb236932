-- Who has seen an alarm and what for; how long observations are kept; totals of days, for what is not kept by the hour any more.
CREATE TABLE alarm_acknowledgement (
  alarm_number INTEGER PRIMARY KEY,
  member TEXT NOT NULL,
  at_utc_ms BIGINT NOT NULL,
  reason TEXT NOT NULL
);
CREATE TABLE retention (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  uplink_days INTEGER NOT NULL,
  hour_days INTEGER NOT NULL,
  version INTEGER NOT NULL
);
CREATE TABLE pole_day (
  day_utc INTEGER NOT NULL,
  dev_eui TEXT NOT NULL,
  pole_id TEXT,
  reported_hours INTEGER NOT NULL,
  first_at_utc_ms BIGINT NOT NULL,
  first_energy_watt_hours BIGINT NOT NULL,
  last_at_utc_ms BIGINT NOT NULL,
  last_energy_watt_hours BIGINT NOT NULL,
  lamp_on_hours BIGINT,
  controller_watt_hours BIGINT,
  PRIMARY KEY (day_utc, dev_eui)
);
