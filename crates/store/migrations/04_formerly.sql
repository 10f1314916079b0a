-- The names under which an operation was sent, where the hub may know it by them without this desk
-- knowing, or this desk may think so and the hub may not: pairs of a device and its number. Of one that
-- was answered, the last pair is its own name where the hub was restored since and has not said yet
-- whether it still has it.
ALTER TABLE outbox ADD COLUMN formerly TEXT CHECK (json_valid(formerly));
