-- Controllers, their keys, and the ways to unlock these.
CREATE TABLE controller (
  dev_eui TEXT PRIMARY KEY,
  join_eui TEXT NOT NULL,
  board TEXT NOT NULL,
  region TEXT NOT NULL,
  chip_mac TEXT UNIQUE,
  state TEXT NOT NULL,
  pole_id TEXT UNIQUE REFERENCES pole (pole_id),
  version INTEGER NOT NULL
);
CREATE TABLE device_keys (
  dev_eui TEXT NOT NULL REFERENCES controller (dev_eui),
  generation INTEGER NOT NULL,
  state TEXT NOT NULL,
  sealed BYTEA,
  fingerprint BYTEA UNIQUE,
  PRIMARY KEY (dev_eui, generation)
);
CREATE TABLE unlock_way (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  salt BYTEA NOT NULL,
  iterations INTEGER NOT NULL,
  sealed BYTEA NOT NULL
);
