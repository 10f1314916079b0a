-- What a hub keeps, on PostgreSQL: the same tables and columns as in SQLite. Identifiers, hashes and
-- keys are bytes; times are seconds since 1970, UTC. JSON is kept as the very text.

CREATE TABLE hub (
  id        BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  name      TEXT NOT NULL,
  epoch     BIGINT NOT NULL,
  -- The last accepted change, and the last cursor of the staff stream: given without a gap, as whoever
  -- gives one holds the lock and this row until commit.
  sequence  BIGINT NOT NULL,
  cursor    BIGINT NOT NULL,
  digests   TEXT NOT NULL,
  counts    TEXT NOT NULL
);
CREATE UNIQUE INDEX hub_only ON hub ((true));

CREATE TABLE signing_key (
  position  BIGINT NOT NULL PRIMARY KEY,
  secret    BYTEA NOT NULL CHECK (length(secret) = 32)
);

CREATE TABLE account (
  id        BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  name      TEXT NOT NULL UNIQUE,
  role      TEXT NOT NULL CHECK (role IN ('contributor', 'curator', 'administrator')),
  boroughs  TEXT NOT NULL,
  closed    BOOLEAN NOT NULL,
  made_at   BIGINT NOT NULL
);

CREATE TABLE device (
  id        BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  account   BYTEA NOT NULL REFERENCES account (id),
  name      TEXT NOT NULL,
  key_hash  BYTEA NOT NULL CHECK (length(key_hash) = 32),
  last      BIGINT NOT NULL,
  made_at   BIGINT NOT NULL,
  revoked   BOOLEAN NOT NULL
);

CREATE TABLE pairing (
  finder      TEXT NOT NULL PRIMARY KEY,
  proof       BYTEA NOT NULL CHECK (length(proof) = 32),
  account     BYTEA NOT NULL REFERENCES account (id),
  expires_at  BIGINT NOT NULL,
  tries       BIGINT NOT NULL
);

-- `body` until it is decided: afterwards its change or item says all that it said.
CREATE TABLE inbox (
  row       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device    BYTEA NOT NULL CHECK (length(device) = 16),
  sequence  BIGINT NOT NULL,
  hash      BYTEA NOT NULL CHECK (length(hash) = 32),
  taken_at  BIGINT NOT NULL,
  body      TEXT,
  verdict   TEXT,
  UNIQUE (device, sequence),
  CHECK (body IS NOT NULL OR verdict IS NOT NULL)
);
CREATE INDEX inbox_waiting ON inbox (row) WHERE verdict IS NULL;

-- Records as they stand, removed ones as they were last. `public` where it differs from `body`.
CREATE TABLE record (
  id        BYTEA NOT NULL CHECK (length(id) = 16),
  kind      TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  version   BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  removed   BOOLEAN NOT NULL,
  editor    BYTEA CHECK (length(editor) = 16),
  others    BIGINT NOT NULL,
  digest    BYTEA NOT NULL CHECK (length(digest) = 8),
  -- Of a service: the boroughs whose curators look after it.
  boroughs  TEXT,
  -- Where private members changed last: at this sequence, told at this cursor.
  private   BIGINT,
  cursor    BIGINT,
  body      TEXT NOT NULL,
  public    TEXT,
  PRIMARY KEY (id, kind)
);
CREATE INDEX record_version ON record (version);
CREATE INDEX record_kind ON record (kind, id);
CREATE INDEX record_cursor ON record (cursor) WHERE cursor IS NOT NULL;

-- Which organisation and places a service names.
CREATE TABLE tie (
  service  BYTEA NOT NULL CHECK (length(service) = 16),
  other    BYTEA NOT NULL CHECK (length(other) = 16),
  PRIMARY KEY (service, other)
);
CREATE INDEX tie_other ON tie (other, service);

-- Each accepted change.
CREATE TABLE change (
  sequence         BIGINT NOT NULL PRIMARY KEY,
  kind             TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  record           BYTEA NOT NULL CHECK (length(record) = 16),
  by               TEXT NOT NULL,
  device           BYTEA CHECK (length(device) = 16),
  device_sequence  BIGINT NOT NULL,
  at               BIGINT NOT NULL,
  claimed_at       TEXT NOT NULL,
  act              TEXT NOT NULL,
  changes          TEXT NOT NULL,
  note             TEXT
);
CREATE INDEX change_record ON change (record, sequence);

-- What waits for curators, and what became of it. That no two stand at one cursor is checked when all
-- of them have moved.
CREATE TABLE item (
  id        BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  kind      TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  record    BYTEA NOT NULL CHECK (length(record) = 16),
  account   BYTEA NOT NULL CHECK (length(account) = 16),
  cursor    BIGINT NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
  boroughs  TEXT NOT NULL,
  body      TEXT NOT NULL
);
CREATE INDEX item_record ON item (record);

-- Publications, the latest last: `levels` says of which level each segment of its manifest is.
CREATE TABLE publication (
  number    BIGINT NOT NULL PRIMARY KEY,
  epoch     BIGINT NOT NULL,
  sequence  BIGINT NOT NULL,
  root      BYTEA NOT NULL CHECK (length(root) = 32),
  levels    TEXT NOT NULL,
  manifest  BYTEA NOT NULL CHECK (length(manifest) = 32),
  head      TEXT NOT NULL,
  made_at   BIGINT NOT NULL
);

CREATE TABLE manifest (
  hash    BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  number  BIGINT NOT NULL,
  body    TEXT NOT NULL
);
CREATE INDEX manifest_number ON manifest (number);

-- `dropped_at`: since when no manifest names it; it goes some time later.
CREATE TABLE pack (
  hash        BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  dropped_at  BIGINT,
  bytes       BYTEA NOT NULL
);
-- Packs are compressed already.
ALTER TABLE pack ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX pack_dropped ON pack (dropped_at) WHERE dropped_at IS NOT NULL;
