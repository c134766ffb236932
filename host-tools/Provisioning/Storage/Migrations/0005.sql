-- Who is told of alarms, and what became of telling.
CREATE TABLE recipient (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  secret_file TEXT,
  language TEXT NOT NULL,
  alarms TEXT NOT NULL,
  lighting_group TEXT,
  district TEXT,
  after_alarm BIGINT NOT NULL,
  version INTEGER NOT NULL
);
CREATE TABLE alarm_delivery (
  recipient TEXT NOT NULL,
  alarm_number BIGINT NOT NULL,
  phase TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_utc_ms BIGINT NOT NULL,
  trouble TEXT,
  PRIMARY KEY (recipient, alarm_number, phase)
);
