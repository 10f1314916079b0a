-- What a hub publishes, what was done here and is on its way to it, and what it tells this desk alone.

-- Every record that the hub published, as it published it; also one that nobody has published yet
-- (version 0), as it was here before anything was laid over it.
CREATE TABLE published (
  row      INTEGER PRIMARY KEY,
  -- Kinds that this version does not know too.
  kind     TEXT NOT NULL,
  id       BLOB NOT NULL CHECK (length(id) = 16),
  version  INTEGER NOT NULL,
  -- When the hub took it: seconds since 1970.
  at       INTEGER NOT NULL,
  -- Of kind, id, version and body; none: version 0, or removed.
  digest   BLOB CHECK (length(digest) = 8),
  gone     INTEGER NOT NULL CHECK (gone IN (0, 1)),
  -- The very text that came; none: removed, or it is the text of what is seen. That it is JSON is
  -- for whoever reads it: what came from a newer hub must never keep the rest from coming in.
  body     TEXT,
  UNIQUE (id, kind)
) STRICT;
-- Those that are not seen as they were published.
CREATE INDEX published_apart ON published (id) WHERE body IS NOT NULL;

-- What was done here, in its order.
CREATE TABLE outbox (
  row             INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The device and its number, given just before it is first sent.
  device          BLOB CHECK (length(device) = 16),
  sequence        INTEGER,
  kind            TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  record          BLOB NOT NULL CHECK (length(record) = 16),
  -- The record's version when it was done.
  base            INTEGER NOT NULL,
  at              TEXT NOT NULL,
  by              TEXT,
  what            TEXT NOT NULL,
  act             TEXT NOT NULL CHECK (json_valid(act)),
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'answered', 'withdrawn')),
  verdict         TEXT CHECK (json_valid(verdict)),
  -- The published sequence from which on the published record has it; none: it never will.
  settled_at      INTEGER,
  -- The item that the hub made of it.
  item            BLOB CHECK (length(item) = 16),
  -- When it was answered or withdrawn.
  ended_at        TEXT,
  before_joining  INTEGER NOT NULL CHECK (before_joining IN (0, 1)),
  CHECK ((device IS NULL) = (sequence IS NULL))
) STRICT;
CREATE INDEX outbox_record ON outbox (record);
CREATE INDEX outbox_state ON outbox (state, row);
CREATE UNIQUE INDEX outbox_sequence ON outbox (device, sequence) WHERE sequence IS NOT NULL;

-- The hub that this desk belongs to.
CREATE TABLE membership (
  only          INTEGER PRIMARY KEY CHECK (only = 1),
  body          TEXT NOT NULL CHECK (json_valid(body)),
  -- The last number that was given to an operation of this device.
  numbered      INTEGER NOT NULL,
  -- What of the staff stream was seen; none: nothing.
  staff_epoch   INTEGER,
  staff_cursor  INTEGER
) STRICT;

-- The highest point of the published stream that was ever adopted.
CREATE TABLE position (
  only      INTEGER PRIMARY KEY CHECK (only = 1),
  hub       BLOB NOT NULL CHECK (length(hub) = 16),
  epoch     INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,
  root      BLOB NOT NULL CHECK (length(root) = 32),
  manifest  BLOB NOT NULL CHECK (length(manifest) = 32),
  -- 0 after a rescue: this copy may lack what it should have, and is to be fetched whole.
  whole     INTEGER NOT NULL CHECK (whole IN (0, 1))
) STRICT;

-- What waits for curators, and what became of it.
CREATE TABLE item (
  row     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  cursor  INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  record  BLOB NOT NULL CHECK (length(record) = 16),
  -- The device that sent it.
  device  BLOB NOT NULL CHECK (length(device) = 16),
  sort    TEXT NOT NULL,
  open    INTEGER NOT NULL CHECK (open IN (0, 1)),
  body    TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX item_cursor ON item (cursor);
CREATE INDEX item_record ON item (record);

-- Members of records that only their curators are told.
CREATE TABLE private (
  row      INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  record   BLOB NOT NULL CHECK (length(record) = 16),
  members  TEXT NOT NULL CHECK (json_valid(members)),
  UNIQUE (record, kind)
) STRICT;

-- What somebody has begun to write.
CREATE TABLE draft (
  key   TEXT NOT NULL PRIMARY KEY,
  at    TEXT NOT NULL,
  body  TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

-- When and by whom the change that made `revision` was made, where that was said.
ALTER TABLE history ADD COLUMN at TEXT;
ALTER TABLE history ADD COLUMN by TEXT;
