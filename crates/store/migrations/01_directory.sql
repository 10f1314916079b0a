-- The directory: records as JSON in their published shape, so that members which this version does
-- not know survive, with the few columns that queries need beside them. What must be JSON is checked
-- to be so, which lets a check of the file find damage inside a body.
-- `id` is the record's UUID. `revision` is the revision of the whole in which the row last changed.

CREATE TABLE revision (
  only     INTEGER PRIMARY KEY CHECK (only = 1),
  value    INTEGER NOT NULL,
  -- Names this very file: another value means that nothing remembered about rows and revisions holds.
  lineage  BLOB NOT NULL CHECK (length(lineage) = 16)
) STRICT;
INSERT INTO revision (only, value, lineage) VALUES (1, 0, randomblob(16));

-- AUTOINCREMENT: the search index names a service by its row, so a row may never mean another one.
CREATE TABLE service (
  row           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name          TEXT NOT NULL,
  -- No foreign key: a service whose organisation is not here must still load.
  organisation  BLOB CHECK (length(organisation) = 16),
  revision      INTEGER NOT NULL,
  body          TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX service_organisation ON service (organisation);
CREATE INDEX service_revision ON service (revision);

CREATE TABLE organisation (
  row       INTEGER PRIMARY KEY AUTOINCREMENT,
  id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name      TEXT NOT NULL,
  revision  INTEGER NOT NULL,
  body      TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX organisation_revision ON organisation (revision);

CREATE TABLE place (
  row        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT,
  latitude   REAL,
  longitude  REAL,
  revision   INTEGER NOT NULL,
  body       TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX place_revision ON place (revision);

-- Which places a service names, in its order; made from its body. No foreign key to the place: it
-- may not be here yet.
CREATE TABLE service_place (
  service   INTEGER NOT NULL REFERENCES service (row) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  place     BLOB NOT NULL CHECK (length(place) = 16),
  PRIMARY KEY (service, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_place_place ON service_place (place);

-- Removed services; their last body is in `history`.
CREATE TABLE tombstone (
  row       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL CHECK (length(id) = 16),
  revision  INTEGER NOT NULL
) STRICT;
CREATE INDEX tombstone_id ON tombstone (id);
CREATE INDEX tombstone_revision ON tombstone (revision);

-- What a record was before the change that made `revision`.
CREATE TABLE history (
  row       INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT NOT NULL CHECK (kind IN ('service', 'organisation', 'place')),
  record    BLOB NOT NULL CHECK (length(record) = 16),
  revision  INTEGER NOT NULL,
  body      TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX history_record ON history (record, revision);

-- `position` is the order of the file it came from.
CREATE TABLE taxonomy (
  code         TEXT NOT NULL PRIMARY KEY,
  position     INTEGER NOT NULL,
  name         TEXT NOT NULL,
  description  TEXT NOT NULL,
  source       TEXT NOT NULL,
  terms        TEXT NOT NULL CHECK (json_valid(terms))
) STRICT;

CREATE TABLE area (
  code      TEXT NOT NULL PRIMARY KEY,
  position  INTEGER NOT NULL,
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('county', 'borough', 'neighbourhood', 'neighbouring')),
  within    TEXT,
  also      TEXT NOT NULL CHECK (json_valid(also))
) STRICT;

CREATE TABLE outcode (
  outcode    TEXT NOT NULL PRIMARY KEY,
  latitude   REAL NOT NULL,
  longitude  REAL NOT NULL,
  areas      TEXT NOT NULL CHECK (json_valid(areas))
) STRICT;

CREATE TABLE thesaurus (
  id        TEXT NOT NULL PRIMARY KEY,
  position  INTEGER NOT NULL,
  body      TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE setting (
  key    TEXT NOT NULL PRIMARY KEY,
  value  TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

-- Searches that found nothing, counted by day.
CREATE TABLE unmet (
  words  TEXT NOT NULL,
  areas  TEXT NOT NULL CHECK (json_valid(areas)),
  day    TEXT NOT NULL,
  times  INTEGER NOT NULL,
  UNIQUE (words, areas, day)
) STRICT;
