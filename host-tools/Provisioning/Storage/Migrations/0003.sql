-- Uplinks as they came, what they come to for each controller, alarms from beginning to end, and who may hand uplinks in.
-- Observations, not changes: none of these rows but sender's is in the journal.
CREATE TABLE uplink (
  uplink_number INTEGER PRIMARY KEY,
  dev_eui TEXT NOT NULL,
  session TEXT NOT NULL,
  frame_counter BIGINT NOT NULL,
  received_at_utc_ms BIGINT NOT NULL,
  f_port INTEGER NOT NULL,
  payload BYTEA NOT NULL,
  rssi_dbm INTEGER,
  snr_db DOUBLE PRECISION,
  source TEXT NOT NULL,
  state TEXT NOT NULL
);
CREATE UNIQUE INDEX uplink_once ON uplink (dev_eui, frame_counter, session);
CREATE INDEX uplink_of_unknown ON uplink (dev_eui) WHERE state = 'unknown';
CREATE TABLE intake_total (
  name TEXT PRIMARY KEY,
  total BIGINT NOT NULL
);
CREATE TABLE fleet_state (
  dev_eui TEXT PRIMARY KEY,
  first_uplink_utc_ms BIGINT NOT NULL,
  last_uplink_utc_ms BIGINT NOT NULL,
  joined_at_utc_ms BIGINT,
  uplink_count BIGINT NOT NULL,
  undecodable_count BIGINT NOT NULL,
  rssi_dbm INTEGER,
  snr_db DOUBLE PRECISION
);
CREATE TABLE latest_message (
  dev_eui TEXT NOT NULL,
  kind INTEGER NOT NULL,
  at_utc_ms BIGINT NOT NULL,
  received_at_utc_ms BIGINT NOT NULL,
  payload BYTEA NOT NULL,
  PRIMARY KEY (dev_eui, kind)
);
CREATE TABLE pole_hour (
  hour_utc INTEGER NOT NULL,
  dev_eui TEXT NOT NULL,
  pole_id TEXT,
  report_count INTEGER NOT NULL,
  first_at_utc_ms BIGINT NOT NULL,
  first_energy_watt_hours BIGINT NOT NULL,
  last_at_utc_ms BIGINT NOT NULL,
  last_energy_watt_hours BIGINT NOT NULL,
  lamp_on_hours BIGINT,
  controller_watt_hours BIGINT,
  PRIMARY KEY (hour_utc, dev_eui)
);
CREATE TABLE alarm (
  alarm_number INTEGER PRIMARY KEY,
  dev_eui TEXT NOT NULL,
  pole_id TEXT,
  kind INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  size INTEGER NOT NULL,
  began_utc_ms BIGINT NOT NULL,
  is_beginning_known INTEGER NOT NULL,
  changed_utc_ms BIGINT NOT NULL,
  ended_utc_ms BIGINT
);
CREATE INDEX alarm_of_controller ON alarm (dev_eui, kind, began_utc_ms);
CREATE INDEX alarm_open ON alarm (kind) WHERE ended_utc_ms IS NULL;
CREATE TABLE sender (
  name TEXT PRIMARY KEY,
  token_hash BYTEA NOT NULL,
  version INTEGER NOT NULL
);
