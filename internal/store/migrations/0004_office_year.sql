-- The rest of an office's year: documents and materials, surveys, models, money,
-- files of evidence, days off, and what is done with personal data.
ALTER TABLE activity ADD COLUMN channel TEXT;
ALTER TABLE activity ADD COLUMN link TEXT;
ALTER TABLE activity ADD COLUMN times INTEGER;
ALTER TABLE activity ADD COLUMN reason TEXT;
ALTER TABLE attendance ADD COLUMN arrived TEXT;
ALTER TABLE office ADD COLUMN hide_after INTEGER;
ALTER TABLE office ADD COLUMN answer_days INTEGER;
ALTER TABLE office ADD COLUMN notice TEXT;

CREATE TABLE directive (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  kind TEXT, number TEXT, title TEXT, issued TEXT, issuer TEXT, task TEXT, topics TEXT, content TEXT, note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE publication (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  document TEXT, material_id BLOB, title TEXT, channel TEXT, place TEXT, link TEXT, day TEXT, until TEXT, unit_id BLOB, note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE material (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  kind TEXT, title TEXT, languages TEXT, topics TEXT, day TEXT, made INTEGER, given INTEGER, source TEXT, link TEXT, note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE survey (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  purpose TEXT, title TEXT, day TEXT, until TEXT, activity_id BLOB, audience TEXT, sent INTEGER, returned INTEGER,
  questions TEXT, answers TEXT, result TEXT, note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  title TEXT, unit_id BLOB, place TEXT, since TEXT, content TEXT, result TEXT, taken_over TEXT, topics TEXT, note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE budget (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  year INTEGER, source TEXT, task TEXT, content TEXT, planned INTEGER, spent INTEGER, decision TEXT, note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  noun TEXT, owner_id BLOB, kind TEXT, sha256 TEXT, size INTEGER, width INTEGER, height INTEGER, day TEXT, caption TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_owner ON evidence (owner_id);

CREATE TABLE holiday (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  day TEXT, name TEXT, work INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE custody (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  kind TEXT, person_id BLOB, day TEXT, count INTEGER
) STRICT, WITHOUT ROWID;
