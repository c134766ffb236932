-- Alarms that are told together: the number of the first alarm of the message in which an alarm is told; its own where it is told alone.
ALTER TABLE alarm_delivery ADD COLUMN message_number BIGINT;
UPDATE alarm_delivery SET message_number = alarm_number;
