ALTER TABLE alarm_acknowledgement ALTER COLUMN alarm_number TYPE BIGINT;
