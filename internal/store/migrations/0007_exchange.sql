-- The province's words on what it received.
CREATE TABLE verdict (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  report_id BLOB, status TEXT, day TEXT, reason TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE same_event (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  activity_id BLOB, twin_id BLOB, status TEXT, day TEXT, reason TEXT
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

-- Entries that wait for more than their predecessor: for the roster to name their machine
-- (until then nobody can tell who signed them, so one hash may come with several signatures),
-- for the entry at which their machine was revoked, or for a person to look at what came
-- behind it.
CREATE TABLE held (
  hash   BLOB NOT NULL,
  sig    BLOB NOT NULL,
  prev   BLOB NOT NULL,
  device BLOB NOT NULL,
  n      INTEGER NOT NULL,
  why    TEXT NOT NULL,        -- unknown, cut or revoked
  line   BLOB NOT NULL,
  box    BLOB,
  PRIMARY KEY (hash, sig)
) STRICT;
CREATE INDEX held_device ON held (device, n);

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

-- Rows of which several versions wait for a person to choose, or that one deleted and
-- another edited.
CREATE INDEX office_open ON office (id) WHERE flags & 6 <> 0;
CREATE INDEX unit_open ON unit (id) WHERE flags & 6 <> 0;
CREATE INDEX activity_open ON activity (id) WHERE flags & 6 <> 0;
CREATE INDEX person_open ON person (id) WHERE flags & 6 <> 0;
CREATE INDEX attendance_open ON attendance (id) WHERE flags & 6 <> 0;
CREATE INDEX instructor_open ON instructor (id) WHERE flags & 6 <> 0;
CREATE INDEX question_open ON question (id) WHERE flags & 6 <> 0;
CREATE INDEX import_open ON import (id) WHERE flags & 6 <> 0;
CREATE INDEX layout_open ON layout (id) WHERE flags & 6 <> 0;
CREATE INDEX same_person_open ON same_person (id) WHERE flags & 6 <> 0;
CREATE INDEX directive_open ON directive (id) WHERE flags & 6 <> 0;
CREATE INDEX publication_open ON publication (id) WHERE flags & 6 <> 0;
CREATE INDEX material_open ON material (id) WHERE flags & 6 <> 0;
CREATE INDEX survey_open ON survey (id) WHERE flags & 6 <> 0;
CREATE INDEX model_open ON model (id) WHERE flags & 6 <> 0;
CREATE INDEX budget_open ON budget (id) WHERE flags & 6 <> 0;
CREATE INDEX evidence_open ON evidence (id) WHERE flags & 6 <> 0;
CREATE INDEX holiday_open ON holiday (id) WHERE flags & 6 <> 0;
CREATE INDEX report_open ON report (id) WHERE flags & 6 <> 0;
CREATE INDEX verdict_open ON verdict (id) WHERE flags & 6 <> 0;
CREATE INDEX same_event_open ON same_event (id) WHERE flags & 6 <> 0;
CREATE INDEX custody_open ON custody (id) WHERE flags & 6 <> 0;

-- What units held month by month, counted without the rows themselves.
CREATE INDEX activity_worked ON activity (when_date, status, flags, state);
