-- Reports: their words, and what they were signed with.
CREATE TABLE report (
  id BLOB PRIMARY KEY, state TEXT NOT NULL, sealed BLOB, flags INTEGER NOT NULL,
  period_from TEXT, period_to TEXT, period_rule TEXT, period_year INTEGER, period_part TEXT, period_map TEXT,
  revision INTEGER, replaces BLOB, reason TEXT, status TEXT, number TEXT, signed_on TEXT,
  signer_name TEXT, signer_title TEXT, signer_for TEXT, template TEXT, snapshot TEXT, changes TEXT,
  basis TEXT, leading TEXT, results TEXT, difficulties TEXT, causes TEXT, next TEXT, proposals TEXT
) STRICT, WITHOUT ROWID;
