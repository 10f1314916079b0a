-- Imports that were made, and which record came with which of them: what is shown as a record's
-- source, what tells a file imported again from a new one, and what undoing goes by.

CREATE TABLE import (
  row       INTEGER PRIMARY KEY AUTOINCREMENT,
  source    TEXT NOT NULL,
  -- The file or address.
  origin    TEXT NOT NULL,
  day       TEXT NOT NULL,
  -- The revision that it made.
  revision  INTEGER NOT NULL,
  undone    INTEGER NOT NULL CHECK (undone IN (0, 1)),
  -- Everything else that is told of it.
  body      TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX import_source ON import (source);

CREATE TABLE imported (
  row        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  record     BLOB NOT NULL CHECK (length(record) = 16),
  -- No foreign key: what can be read of a damaged file is taken table by table.
  import     INTEGER NOT NULL,
  source_id  TEXT,
  at         TEXT NOT NULL,
  -- Tells whether the source still says the same of it.
  digest     INTEGER NOT NULL,
  UNIQUE (record, kind, import)
) STRICT;
CREATE INDEX imported_import ON imported (import);
