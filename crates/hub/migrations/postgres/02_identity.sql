-- What an operation is known by, whichever device sends it under which number, as in SQLite.
ALTER TABLE inbox ADD COLUMN id BYTEA CHECK (length(id) = 16);
CREATE UNIQUE INDEX inbox_id ON inbox (id) WHERE id IS NOT NULL;
