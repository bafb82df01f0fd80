// Package sqlitefile opens the SQLite files of this program, all of them the same way,
// and turns what the driver says into the kinds of error package record knows.
//
// # What it promises
//
//   - What was committed is on the disk: write-ahead log with synchronous=FULL, unless
//     the caller says otherwise.
//   - One connection writes and takes its lock at the start of a transaction; readers
//     are query-only. Pragmas stand in the data source name, because one sent by Exec
//     reaches a single pooled connection.
//   - [Head] looks at a file before SQLite does, since opening already writes: whoever
//     refuses a file that is not his own leaves it untouched.
//
// Nothing else in the process may open a file that is open here: closing it would drop
// SQLite's locks.
package sqlitefile
