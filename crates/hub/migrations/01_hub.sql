-- What a hub keeps. Identifiers, hashes and keys are BLOBs of their bytes; times are seconds since
-- 1970, UTC; what is JSON is checked to be so.

CREATE TABLE hub (
  only      INTEGER PRIMARY KEY CHECK (only = 1),
  id        BLOB NOT NULL CHECK (length(id) = 16),
  name      TEXT NOT NULL,
  epoch     INTEGER NOT NULL,
  -- The last accepted change, and the last cursor of the staff stream: given without a gap, as whoever
  -- gives one changes this row.
  sequence  INTEGER NOT NULL,
  cursor    INTEGER NOT NULL,
  -- At that sequence: digests of all buckets as hexadecimal digits, records by kind.
  digests   TEXT NOT NULL,
  counts    TEXT NOT NULL CHECK (json_valid(counts))
) STRICT;

-- The first signs; the next one waits for its turn.
CREATE TABLE signing_key (
  position  INTEGER PRIMARY KEY,
  secret    BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;

CREATE TABLE account (
  id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  name      TEXT NOT NULL UNIQUE,
  role      TEXT NOT NULL CHECK (role IN ('contributor', 'curator', 'administrator')),
  boroughs  TEXT NOT NULL CHECK (json_valid(boroughs)),
  closed    INTEGER NOT NULL CHECK (closed IN (0, 1)),
  made_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  account   BLOB NOT NULL REFERENCES account (id),
  name      TEXT NOT NULL,
  key_hash  BLOB NOT NULL CHECK (length(key_hash) = 32),
  last      INTEGER NOT NULL,
  made_at   INTEGER NOT NULL,
  revoked   INTEGER NOT NULL CHECK (revoked IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE pairing (
  finder      TEXT NOT NULL PRIMARY KEY,
  proof       BLOB NOT NULL CHECK (length(proof) = 32),
  account     BLOB NOT NULL REFERENCES account (id),
  expires_at  INTEGER NOT NULL,
  tries       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `body` until it is decided: afterwards its change or item says all that it said.
CREATE TABLE inbox (
  row       INTEGER PRIMARY KEY AUTOINCREMENT,
  device    BLOB NOT NULL CHECK (length(device) = 16),
  sequence  INTEGER NOT NULL,
  hash      BLOB NOT NULL CHECK (length(hash) = 32),
  taken_at  INTEGER NOT NULL,
  body      TEXT,
  verdict   TEXT CHECK (verdict IS NULL OR json_valid(verdict)),
  UNIQUE (device, sequence),
  CHECK (body IS NOT NULL OR verdict IS NOT NULL)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (row) WHERE verdict IS NULL;

-- Records as they stand, removed ones as they were last. `public` where it differs from `body`.
CREATE TABLE record (
  id        BLOB NOT NULL CHECK (length(id) = 16),
  kind      TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  version   INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  removed   INTEGER NOT NULL CHECK (removed IN (0, 1)),
  editor    BLOB CHECK (length(editor) = 16),
  others    INTEGER NOT NULL,
  digest    BLOB NOT NULL CHECK (length(digest) = 8),
  -- Of a service: the boroughs whose curators look after it.
  boroughs  TEXT CHECK (boroughs IS NULL OR json_valid(boroughs)),
  -- Where private members changed last: at this sequence, told at this cursor.
  private   INTEGER,
  cursor    INTEGER,
  body      TEXT NOT NULL CHECK (json_valid(body)),
  public    TEXT CHECK (public IS NULL OR json_valid(public)),
  PRIMARY KEY (id, kind)
) STRICT;
CREATE INDEX record_version ON record (version);
CREATE INDEX record_kind ON record (kind, id);
CREATE INDEX record_cursor ON record (cursor) WHERE cursor IS NOT NULL;

-- Which organisation and places a service names.
CREATE TABLE tie (
  service  BLOB NOT NULL CHECK (length(service) = 16),
  other    BLOB NOT NULL CHECK (length(other) = 16),
  PRIMARY KEY (service, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_other ON tie (other, service);

-- Each accepted change.
CREATE TABLE change (
  sequence         INTEGER PRIMARY KEY,
  kind             TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  record           BLOB NOT NULL CHECK (length(record) = 16),
  by               TEXT NOT NULL,
  device           BLOB CHECK (length(device) = 16),
  device_sequence  INTEGER NOT NULL,
  at               INTEGER NOT NULL,
  claimed_at       TEXT NOT NULL,
  act              TEXT NOT NULL,
  changes          TEXT NOT NULL CHECK (json_valid(changes)),
  note             TEXT
) STRICT;
CREATE INDEX change_record ON change (record, sequence);

-- What waits for curators, and what became of it.
CREATE TABLE item (
  id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  kind      TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  record    BLOB NOT NULL CHECK (length(record) = 16),
  account   BLOB NOT NULL CHECK (length(account) = 16),
  cursor    INTEGER NOT NULL UNIQUE,
  -- Of the record as it would be, where it is not there yet.
  boroughs  TEXT NOT NULL CHECK (json_valid(boroughs)),
  body      TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX item_record ON item (record);

-- Publications, the latest last: `levels` says of which level each segment of its manifest is.
CREATE TABLE publication (
  number    INTEGER PRIMARY KEY,
  epoch     INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,
  root      BLOB NOT NULL CHECK (length(root) = 32),
  levels    TEXT NOT NULL CHECK (json_valid(levels)),
  manifest  BLOB NOT NULL CHECK (length(manifest) = 32),
  head      TEXT NOT NULL,
  made_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE manifest (
  hash    BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  number  INTEGER NOT NULL,
  body    TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX manifest_number ON manifest (number);

-- `dropped_at`: since when no manifest names it; it goes some time later.
CREATE TABLE pack (
  hash        BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  dropped_at  INTEGER,
  bytes       BLOB NOT NULL
) STRICT;
CREATE INDEX pack_dropped ON pack (dropped_at) WHERE dropped_at IS NOT NULL;
