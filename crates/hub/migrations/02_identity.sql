-- What an operation is known by, whichever device sends it under which number: of those that came under
-- the same one, the first has it.
ALTER TABLE inbox ADD COLUMN id BLOB CHECK (length(id) = 16);
CREATE UNIQUE INDEX inbox_id ON inbox (id) WHERE id IS NOT NULL;
