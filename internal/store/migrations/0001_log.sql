-- The log and what belongs to it. These tables are never altered: what is
-- signed stays as it was written.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  mac   BLOB NOT NULL      -- keyed hash of the row: it is in no chain
) STRICT, WITHOUT ROWID;

-- Streams and the keys that sign them.
CREATE TABLE device (
  id  BLOB PRIMARY KEY,   -- 16 bytes, fingerprint of the key
  key BLOB NOT NULL       -- Ed25519 public key
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
  seq    INTEGER PRIMARY KEY,   -- order of arrival here
  device BLOB NOT NULL,
  n      INTEGER NOT NULL,
  hash   BLOB NOT NULL UNIQUE,
  time   INTEGER NOT NULL,      -- Unix milliseconds, as the device said
  sig    BLOB NOT NULL,
  raw    BLOB NOT NULL          -- the exact line
) STRICT;
CREATE INDEX log_stream ON log (device, n);

-- Salts and values behind the commitments of one commit, sealed together.
CREATE TABLE secret (
  seq INTEGER PRIMARY KEY REFERENCES log (seq),
  box BLOB NOT NULL
) STRICT;

-- Values that must never come back, whatever bundle or backup brings them.
CREATE TABLE erased (
  row TEXT NOT NULL,
  dot TEXT NOT NULL,
  PRIMARY KEY (row, dot)
) STRICT, WITHOUT ROWID;

-- Commits whose predecessor has not come.
CREATE TABLE parked (
  hash BLOB PRIMARY KEY,
  prev BLOB NOT NULL,
  line BLOB NOT NULL,
  box  BLOB
) STRICT;
CREATE INDEX parked_prev ON parked (prev);

-- What is being typed and not yet said: local, sealed, no part of the log.
CREATE TABLE draft (
  scope TEXT PRIMARY KEY,
  box   BLOB NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sealed files made here.
CREATE TABLE bundle (
  id        TEXT PRIMARY KEY,
  no        INTEGER NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  path      TEXT NOT NULL,
  created   INTEGER NOT NULL,
  size      INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  recipient TEXT NOT NULL,
  practice  INTEGER NOT NULL,
  commits   INTEGER NOT NULL,
  last_seq  INTEGER NOT NULL,   -- of log: all up to here is inside
  mac       BLOB NOT NULL       -- as of meta
) STRICT;
