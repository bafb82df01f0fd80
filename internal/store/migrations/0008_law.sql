-- What an activity or a material rests on, as it stood on the day.
ALTER TABLE activity ADD COLUMN citations TEXT;
ALTER TABLE material ADD COLUMN citations TEXT;

-- What the office itself says of the texts of its library.
CREATE TABLE law_note (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  item TEXT, anchor TEXT, text TEXT, valid_from TEXT, valid_to TEXT, source TEXT, checked_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX law_note_item ON law_note (item);

CREATE TABLE review (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  noun TEXT, row_id BLOB, item TEXT, anchor TEXT, wording TEXT, as_of TEXT, outcome TEXT, day TEXT, note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX review_row ON review (row_id);
CREATE INDEX law_note_open ON law_note (id) WHERE flags & 6 <> 0;
CREATE INDEX review_open ON review (id) WHERE flags & 6 <> 0;
