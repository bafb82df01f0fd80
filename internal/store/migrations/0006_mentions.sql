-- Which commits speak of a row beside the one that brought it here, which its state
-- names: its history is read without the rest of the log. Part of the fold of the log.
CREATE TABLE mention (
  id  BLOB NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (id, seq)
) STRICT, WITHOUT ROWID;
