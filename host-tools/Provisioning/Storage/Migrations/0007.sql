-- Program files with their versions, and to what they are assigned. Times are milliseconds since 1970 (UTC).
CREATE TABLE program_file (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  changed_utc_ms BIGINT NOT NULL
);
CREATE TABLE program_file_version (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  changed_utc_ms BIGINT NOT NULL,
  PRIMARY KEY (name, version)
);
CREATE TABLE program_assignment (
  scope TEXT NOT NULL,
  target TEXT NOT NULL,
  program_name TEXT NOT NULL,
  assigned_utc_ms BIGINT NOT NULL,
  PRIMARY KEY (scope, target, program_name)
);
-- What is sent down: orders, their stages (each has one answer of the pole) and the downlinks of these. Observations, not changes: that somebody gave an order is in
-- the journal, how far it is stands here.
CREATE TABLE downlink_order (
  order_number INTEGER PRIMARY KEY,
  dev_eui TEXT NOT NULL,
  pole_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  wanted_hash INTEGER,
  sections TEXT NOT NULL,
  record BYTEA,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  tries INTEGER NOT NULL,
  created_utc_ms BIGINT NOT NULL,
  expires_utc_ms BIGINT NOT NULL,
  changed_utc_ms BIGINT NOT NULL
);
CREATE INDEX downlink_order_of_controller ON downlink_order (dev_eui, order_number);
CREATE INDEX downlink_order_open ON downlink_order (order_number) WHERE state = 'open';
CREATE TABLE downlink_part (
  order_number INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  part INTEGER NOT NULL,
  f_port INTEGER NOT NULL,
  payload BYTEA NOT NULL,
  airtime_us BIGINT NOT NULL,
  state TEXT NOT NULL,
  server_name TEXT NOT NULL,
  sent_utc_ms BIGINT NOT NULL,
  after_uplink BIGINT NOT NULL,
  PRIMARY KEY (order_number, stage, part)
);
CREATE INDEX downlink_part_sent ON downlink_part (sent_utc_ms);
CREATE TABLE known_settings (
  dev_eui TEXT PRIMARY KEY,
  hash INTEGER NOT NULL,
  record BYTEA NOT NULL,
  confirmed_utc_ms BIGINT NOT NULL
);
CREATE TABLE command_sequence (
  dev_eui TEXT PRIMARY KEY,
  next_sequence INTEGER NOT NULL
);
