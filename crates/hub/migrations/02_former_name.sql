-- Names under which an operation in the inbox was made and perhaps sent before. Of two copies of one
-- disk each sends it under a name of its own: by the name that they share the hub knows that it is
-- the same one.
CREATE TABLE former_name (
  device        BLOB NOT NULL CHECK (length(device) = 16),
  sequence      INTEGER NOT NULL,
  hash          BLOB NOT NULL CHECK (length(hash) = 32),
  now_device    BLOB NOT NULL CHECK (length(now_device) = 16),
  now_sequence  INTEGER NOT NULL,
  PRIMARY KEY (device, sequence, hash)
) STRICT, WITHOUT ROWID;
