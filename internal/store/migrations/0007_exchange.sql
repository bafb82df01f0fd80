-- The province's words on what it received.
CREATE TABLE verdict (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  report_id BLOB, status TEXT, day TEXT, reason TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE same_event (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  activity_id BLOB, other_id BLOB, status TEXT, day TEXT, reason TEXT
) STRICT, WITHOUT ROWID;

-- Whose machine a stream is, as the roster in force says; '' is this office itself.
-- Read again from the roster at every start: the right to speak of a row hangs on it.
CREATE TABLE member (
  device   BLOB PRIMARY KEY,
  unit     TEXT NOT NULL,
  role     TEXT NOT NULL,     -- office or province
  cut_n    INTEGER,           -- the last entry that counts of a revoked machine
  cut_hash BLOB
) STRICT, WITHOUT ROWID;

-- Operations that their author had no right to. Part of the fold of the log.
CREATE TABLE denied (
  seq INTEGER NOT NULL,
  op  INTEGER NOT NULL,
  id  BLOB NOT NULL,           -- of the row
  PRIMARY KEY (seq, op)
) STRICT, WITHOUT ROWID;
CREATE INDEX denied_row ON denied (id);

-- Whole and honest entries that wait for more than their predecessor: for the roster to
-- name their machine, or for a person to look at what came after a machine was revoked.
CREATE TABLE held (
  hash BLOB PRIMARY KEY,
  why  TEXT NOT NULL,         -- unknown or revoked
  line BLOB NOT NULL,
  box  BLOB
) STRICT;

-- Sealed files made here, and how far the receiver says they came.
CREATE TABLE sent (
  id       TEXT PRIMARY KEY,
  no       INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  unit     TEXT NOT NULL,     -- code of the receiver
  device   TEXT NOT NULL,     -- '' or the one PC of this office it is for
  created  INTEGER NOT NULL,  -- Unix milliseconds
  size     INTEGER NOT NULL,
  sha256   TEXT NOT NULL,
  practice INTEGER NOT NULL,
  commits  INTEGER NOT NULL,
  covers   TEXT NOT NULL,     -- JSON {stream: [last number, hash]}: the vector that makes it accepted
  state    TEXT NOT NULL,     -- packed, handed, received, parked, refused
  reason   TEXT NOT NULL,     -- code of the receiver's reason
  places   TEXT NOT NULL,     -- JSON list: where it was written, the last first
  stated   INTEGER NOT NULL,  -- when the receiver said so, 0 not yet
  mac      BLOB NOT NULL
) STRICT;

-- Files that were taken in, whatever became of them.
CREATE TABLE taken (
  sha256   TEXT PRIMARY KEY,  -- of the file as it came
  id       TEXT NOT NULL,     -- of the bundle, '' when it could not be read
  kind     TEXT NOT NULL,
  unit     TEXT NOT NULL,     -- code of the sender
  device   TEXT NOT NULL,
  no       INTEGER NOT NULL,
  name     TEXT NOT NULL,
  created  TEXT NOT NULL,     -- as the sender's clock had it
  through  TEXT NOT NULL,     -- day up to which the sender says its register is complete
  received INTEGER NOT NULL,  -- Unix milliseconds, the first time
  state    TEXT NOT NULL,
  reason   TEXT NOT NULL,
  commits  INTEGER NOT NULL,
  mac      BLOB NOT NULL
) STRICT;
CREATE INDEX taken_unit ON taken (unit, received);

-- The newest signed receipt from or to each unit, as its exact line.
CREATE TABLE receipt (
  unit TEXT PRIMARY KEY,
  no   INTEGER NOT NULL,
  line BLOB NOT NULL,
  mac  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
