-- The library is the fold of signed packs. What a pack listed stands here word for word,
-- the bytes it lists stand beside this file under their hashes.

CREATE TABLE channel (
  name    TEXT    NOT NULL PRIMARY KEY,
  floor   INTEGER NOT NULL,            -- the newest version taken in: nothing older is
  hash    TEXT    NOT NULL,            -- of that version's pack.json
  reset   INTEGER NOT NULL,            -- version of the newest root that reset the channel
  shown   INTEGER NOT NULL             -- the version people look at; a choice, not trust
) STRICT, WITHOUT ROWID;

CREATE TABLE listing (
  id        INTEGER NOT NULL PRIMARY KEY,
  channel   TEXT    NOT NULL,
  version   INTEGER NOT NULL,
  raw       TEXT    NOT NULL,          -- pack.json as it was signed
  installed TEXT    NOT NULL,          -- RFC 3339
  UNIQUE (channel, version)
) STRICT;

CREATE TABLE item (
  id   INTEGER NOT NULL PRIMARY KEY,
  hash BLOB    NOT NULL UNIQUE,        -- SHA-256 of json
  json TEXT    NOT NULL
) STRICT;

CREATE TABLE listed (
  listing INTEGER NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
  item    INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (listing, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX listed_item ON listed (item);

-- A pack that was begun and is not installed: some of its blobs are here.
CREATE TABLE begun (
  channel TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  at      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is read and searched: a wording, or a collection of questions, by its bytes.
CREATE TABLE text (
  id     INTEGER NOT NULL PRIMARY KEY,
  sha256 TEXT    NOT NULL UNIQUE
) STRICT;

-- The number of a provision is that of its text times 131,072 plus its place, so that
-- what is found says which text it is of.
CREATE TABLE provision (
  id      INTEGER NOT NULL PRIMARY KEY,
  anchor  TEXT    NOT NULL,
  level   TEXT    NOT NULL,
  heading TEXT    NOT NULL,
  text    TEXT    NOT NULL              -- its own lines, label and heading with them
) STRICT;

CREATE INDEX provision_anchor ON provision (anchor);

-- One row an article with all that stands in it, under the number of the article: what it
-- says, heading and all, with its marks and without; and its heading by itself, since a
-- common word is rare in headings.
CREATE VIRTUAL TABLE found USING fts5 (
  exact, bare, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

CREATE VIRTUAL TABLE headed USING fts5 (
  exact, bare, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- The words of the index, and about how many units have each, with its marks and without:
-- a word that is still being typed is looked for as the words it may become.
CREATE TABLE word (
  word  TEXT    NOT NULL PRIMARY KEY,
  exact INTEGER NOT NULL,
  bare  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
