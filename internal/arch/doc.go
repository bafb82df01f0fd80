// Package arch keeps the arrows between the packages of this module true. It
// holds no program code; its tests read the whole source tree and fail, with the
// reason, when a package imports what the table in table_test.go does not allow.
//
// # What it promises
//
//   - Every package has a row in the table. A new package without one fails, and
//     the message says where to add it.
//   - Screens never see the store, nothing under internal sees the window
//     toolkit, and the command line builds without cgo.
//   - The engines (log, sheets, report, seal, bundle, pack) get values and give
//     values: they touch no file, no database and no clock.
//   - All files count, whatever system they are built for: the tree is parsed, not
//     listed, so a file for Windows is checked on Linux too, and the answer of go
//     test stays cached exactly until a source file changes. Only the question
//     what a program links in the end is put to go list.
//
// # What it leaves alone
//
// Test files may import any package of ours they need. Only the toolkit is closed
// to them too where it is closed to the package, because a test that needs a
// display cannot run on a server.
package arch
