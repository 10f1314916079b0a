-- Published records, arranged for questions. All of it can be made again from the log.

-- `sequence` is -1 while it is being filled.
CREATE TABLE standing (
  only      INTEGER PRIMARY KEY CHECK (only = 1),
  hub       BLOB NOT NULL,
  epoch     INTEGER NOT NULL,
  sequence  INTEGER NOT NULL
) STRICT;

CREATE TABLE record (
  row      INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  id       BLOB NOT NULL,
  version  INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  body     TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;

-- `row` is that of its record. `modified`: when it, its organisation or a place of it last changed.
-- `anywhere`: some of what it covers is not known, so that no area rules it out.
CREATE TABLE service (
  row           INTEGER PRIMARY KEY,
  id            BLOB NOT NULL UNIQUE,
  organisation  BLOB,
  modified      INTEGER NOT NULL,
  minimum_age   REAL,
  maximum_age   REAL,
  anywhere      INTEGER NOT NULL
) STRICT;
CREATE INDEX service_organisation ON service (organisation, id);
CREATE INDEX service_modified ON service (modified);

-- The tie of a service to a place.
CREATE TABLE at_place (
  id       BLOB NOT NULL PRIMARY KEY,
  service  INTEGER NOT NULL,
  place    BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX at_place_service ON at_place (service);
CREATE INDEX at_place_place ON at_place (place);

CREATE TABLE point (
  place      BLOB NOT NULL PRIMARY KEY,
  latitude   REAL NOT NULL,
  longitude  REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX point_latitude ON point (latitude, longitude);

-- Boroughs that a service covers.
CREATE TABLE cover (
  service  INTEGER NOT NULL,
  area     TEXT NOT NULL,
  PRIMARY KEY (service, area)
) STRICT, WITHOUT ROWID;

-- When a service runs: a day (`MO`) with minutes since midnight.
CREATE TABLE hours (
  service  INTEGER NOT NULL,
  day      TEXT,
  opens    INTEGER,
  closes   INTEGER
) STRICT;
CREATE INDEX hours_service ON hours (service);

CREATE TABLE taxonomy (
  id        BLOB NOT NULL PRIMARY KEY,
  built_in  INTEGER NOT NULL,
  body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE term (
  id        BLOB NOT NULL PRIMARY KEY,
  taxonomy  BLOB,
  built_in  INTEGER NOT NULL,
  body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX term_taxonomy ON term (taxonomy, id);

-- Terms that hold for a record.
CREATE TABLE tie (
  record    INTEGER NOT NULL,
  term      BLOB NOT NULL,
  taxonomy  BLOB,
  PRIMARY KEY (record, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_term ON tie (term, record);
CREATE INDEX tie_taxonomy ON tie (taxonomy, record);

-- What can be searched of a service or an organisation, by the row of its record.
CREATE VIRTUAL TABLE words USING fts5 (
  name, rest, content = '', contentless_delete = 1,
  tokenize = 'porter unicode61 remove_diacritics 2'
);
