-- The projections: one table a noun, the fold of the log. Fixed columns first
-- (see record's package doc), then those of the noun's description.
CREATE TABLE office (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  unit_id BLOB, name TEXT, parent_name TEXT, place TEXT, recipient TEXT, preset TEXT, period_rule TEXT, series TEXT,
  head_name TEXT, head_title TEXT, head_for TEXT, officers TEXT, collects TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  kind TEXT, type TEXT, name TEXT, code TEXT, parent_id BLOB, sector TEXT, address TEXT,
  workers_total INTEGER, workers_women INTEGER, workers_ethnic_minority INTEGER, workers_disabled INTEGER,
  focus TEXT, aliases TEXT, valid_from TEXT, valid_to TEXT, predecessors TEXT, successors TEXT, note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_code ON unit (code);

CREATE TABLE activity (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  kind TEXT, task TEXT, form TEXT, mode TEXT, title TEXT, topics TEXT,
  when_date TEXT, when_end_date TEXT, when_start TEXT, when_end TEXT, when_place TEXT,
  host_unit_id BLOB, co_organisers TEXT, units_reached TEXT, audience TEXT, direct INTEGER, woven_into TEXT,
  languages TEXT, speakers TEXT, materials TEXT, costs TEXT,
  heads_listed INTEGER, heads_total INTEGER, heads_women INTEGER, heads_workers INTEGER, heads_employers INTEGER,
  heads_officials INTEGER, heads_reporters INTEGER, heads_mediators INTEGER, heads_ethnic_minority INTEGER,
  heads_disabled INTEGER, prizes INTEGER, status TEXT, result TEXT, note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_when ON activity (when_date DESC, id);

CREATE TABLE person (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  sex TEXT, unit_id BLOB, audience TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE attendance (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  activity_id BLOB, person_id BLOB, line INTEGER, role TEXT, signed INTEGER, score_before INTEGER, score_after INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_activity ON attendance (activity_id, line);
CREATE INDEX attendance_person ON attendance (person_id);
