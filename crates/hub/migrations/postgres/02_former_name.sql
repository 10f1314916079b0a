-- Names under which an operation in the inbox was made and perhaps sent before, as in SQLite.
CREATE TABLE former_name (
  device        BYTEA NOT NULL CHECK (length(device) = 16),
  sequence      BIGINT NOT NULL,
  hash          BYTEA NOT NULL CHECK (length(hash) = 32),
  now_device    BYTEA NOT NULL CHECK (length(now_device) = 16),
  now_sequence  BIGINT NOT NULL,
  PRIMARY KEY (device, sequence, hash)
);
