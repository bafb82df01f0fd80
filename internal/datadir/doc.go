// Package datadir looks after the one folder an office's record lives in: where
// each file is, who may have it open, how a file is replaced without ever being
// half written, and whether there is room.
//
// # What it promises
//
//   - A file written by [WriteFile], [WriteFileVerified] or [WriteStream] is, after
//     a kill or a power cut, either the old one or the new one, never a part of
//     either. What is left over has a name only [Sweep] and nobody else uses.
//   - At most one program has the folder open ([Dir.Lock]). The lock belongs to the
//     process, so it goes when the process goes, however it went.
//   - Nothing here opens the database: on Unix, closing any second handle on it
//     would drop SQLite's locks.
//
// # What it refuses
//
// [Check] refuses places where a database in WAL mode cannot be kept whole: a
// network share, a folder a synchronisation program watches (it copies the
// database without its WAL, and brings back old copies), a roaming profile, a
// folder that cannot be written to. It would rather refuse too much than keep a
// year's work where it may be lost: an unknown FUSE file system counts as remote.
//
// # Errors
//
// The errors are types with the path and the reason in them ([PlaceError],
// [SpaceError]) and one sentinel ([ErrRunning]). Their text is for the log; the
// sentence for people is found by kind elsewhere.
//
// The package imports nothing of this program.
package datadir
