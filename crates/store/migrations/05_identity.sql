-- What an operation is known by, whichever device sends it under which number: given when it is made, in
-- place of the names under which it was sent before.
ALTER TABLE outbox DROP COLUMN formerly;
ALTER TABLE outbox ADD COLUMN id BLOB CHECK (length(id) = 16);
-- 1: it was answered, the hub was restored since and has not said yet whether it still has it.
ALTER TABLE outbox ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1));
