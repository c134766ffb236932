-- The workspace: who works in it, its poles, its journal. The same text for SQLite and PostgreSQL; times are milliseconds since 1970 (UTC).
CREATE TABLE workspace (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  identifier TEXT NOT NULL,
  schema_version INTEGER NOT NULL
);
CREATE TABLE member (
  name TEXT PRIMARY KEY,
  roles TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE TABLE pole (
  pole_id TEXT PRIMARY KEY,
  latitude DOUBLE PRECISION NOT NULL,
  longitude DOUBLE PRECISION NOT NULL,
  street TEXT,
  district TEXT,
  luminaire TEXT,
  full_power_watts DOUBLE PRECISION,
  circuit TEXT,
  owner TEXT,
  criticality TEXT NOT NULL,
  lighting_group TEXT,
  state TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE TABLE journal (
  sequence BIGINT PRIMARY KEY,
  at_utc_ms BIGINT NOT NULL,
  member TEXT NOT NULL,
  account TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  detail TEXT NOT NULL,
  state_hash BYTEA,
  previous_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL
);
CREATE INDEX journal_subject ON journal (subject_kind, subject_id);
