-- Multicast groups (TS005). The row of a group changes only with an entry in the journal; how far it is used, who was told, and what is being sent to it are
-- observations. Times are milliseconds since 1970 (UTC).
CREATE TABLE multicast_group (
  group_number INTEGER PRIMARY KEY,
  selection TEXT NOT NULL,
  region TEXT NOT NULL,
  mc_addr TEXT NOT NULL UNIQUE,
  sealed BYTEA,
  data_rate INTEGER NOT NULL,
  frequency_hz INTEGER NOT NULL,
  state TEXT NOT NULL,
  created_utc_ms BIGINT NOT NULL
);
CREATE TABLE multicast_use (
  group_number INTEGER PRIMARY KEY,
  server_id TEXT NOT NULL,
  frames_given BIGINT NOT NULL,
  frames_taken BIGINT NOT NULL
);
CREATE TABLE multicast_member (
  group_number INTEGER NOT NULL,
  dev_eui TEXT NOT NULL,
  mc_group_id INTEGER NOT NULL,
  encrypted_key BYTEA NOT NULL,
  setup_order INTEGER NOT NULL,
  has_group INTEGER NOT NULL,
  starts_utc_ms BIGINT NOT NULL,
  ends_utc_ms BIGINT NOT NULL,
  PRIMARY KEY (group_number, dev_eui)
);
CREATE INDEX multicast_member_of_controller ON multicast_member (dev_eui);
CREATE TABLE multicast_delivery (
  delivery_number INTEGER PRIMARY KEY,
  group_number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  stage INTEGER NOT NULL,
  gateways TEXT NOT NULL,
  spread_ms BIGINT NOT NULL,
  patience_ms BIGINT NOT NULL,
  deadline_utc_ms BIGINT NOT NULL,
  created_utc_ms BIGINT NOT NULL,
  changed_utc_ms BIGINT NOT NULL
);
CREATE TABLE multicast_frame (
  delivery_number INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  part INTEGER NOT NULL,
  f_port INTEGER NOT NULL,
  payload BYTEA NOT NULL,
  airtime_us BIGINT NOT NULL,
  state TEXT NOT NULL,
  sent_utc_ms BIGINT NOT NULL,
  PRIMARY KEY (delivery_number, stage, part)
);
CREATE INDEX multicast_frame_sent ON multicast_frame (sent_utc_ms);

-- By which delivery to a group a downlink goes; 0 for one to the controller alone.
ALTER TABLE downlink_part ADD COLUMN delivery INTEGER NOT NULL DEFAULT 0;
CREATE INDEX downlink_part_delivery ON downlink_part (delivery) WHERE delivery > 0;
