// Package store keeps the record of one office in one SQLite file: the log, its
// projections, drafts and the list of sealed files. It turns what the driver
// says into the kinds of error package record knows.
//
// # What it promises
//
//   - A commit that was acknowledged is on the disk: write-ahead log with
//     synchronous=FULL. (NORMAL loses acknowledged commits at a power cut, and a
//     lost commit that was already handed over is a fork made by us.)
//   - Log and projection change in one transaction, so tables are always the
//     fold of the log; Verify folds it again and compares byte for byte.
//   - Personal values are never in the file in clear: a row's personal fields
//     share one sealed column, the secrets of a commit one sealed box, drafts
//     are sealed; the key is not in the file.
//   - A file newer than the program, or none of ours, is refused untouched: it
//     is looked at before SQLite opens it, which already writes. A new register
//     is made beside its place and renamed, so a cut leaves no half-made one.
//     Before a migration a verified copy is made.
//   - Every byte counts: what is in no chain (drafts, the list of sealed files,
//     local facts) carries a keyed hash, and Verify looks at all of it.
//   - A value this program cannot show, or would write another way, is kept and
//     merged byte for byte from the log; the table shows what it can of it.
//
// # How
//
// One connection writes and takes its lock at the start of a transaction;
// readers are query-only. Pragmas stand in the data source name, because one
// sent by Exec reaches a single pooled connection. Nothing else in the process
// may open the database file: closing it would drop SQLite's locks.
//
// The deterministic sealing of rows (the nonce is a keyed hash of row and
// text) lets a rebuilt table equal the live one byte for byte; it shows only
// whether one and the same row has the same text again.
package store
