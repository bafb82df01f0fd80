-- Lists that are taken in, what is known of their shapes and of who is who, and the
-- nouns beside people that come as lists.
CREATE TABLE instructor (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  person_id BLOB, kind TEXT, level TEXT, languages TEXT, qualification TEXT, decision TEXT,
  valid_from TEXT, valid_to TEXT, trained TEXT, note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX instructor_person ON instructor (person_id);

CREATE TABLE question (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  received TEXT, channel TEXT, text TEXT, difficulty INTEGER, topics TEXT, asker_group TEXT,
  unit_id BLOB, activity_id BLOB, due_on TEXT, due_days INTEGER, due_note TEXT, routed_to TEXT, routed_on TEXT,
  answer TEXT, answered_on TEXT, answered_by TEXT, citations TEXT, satisfied TEXT, public INTEGER,
  unit_text TEXT, note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX question_received ON question (received DESC, id);

CREATE TABLE import (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  of TEXT, target_id BLOB, day TEXT, rows INTEGER, known INTEGER, parked INTEGER, batch TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX import_target ON import (target_id);

CREATE TABLE layout (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  of TEXT, labels TEXT, fields TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE same_person (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  person_id BLOB, other_id BLOB, same INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX same_person_person ON same_person (person_id);
CREATE INDEX same_person_other ON same_person (other_id);
