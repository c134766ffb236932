-- In SQLite a row number is an INTEGER whatever its size.
ALTER TABLE uplink ALTER COLUMN uplink_number TYPE BIGINT;
ALTER TABLE alarm ALTER COLUMN alarm_number TYPE BIGINT;
