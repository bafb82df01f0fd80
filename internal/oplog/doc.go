// Package oplog is the log of the register: commits of field changes, signed by
// the device that made them and chained by hash. The log is the truth; tables
// are its fold. Audit, undo, revision, merge, erasure and proof are reads of it.
//
// # A commit
//
// One line of JSON, whose exact bytes are what is hashed, signed, stored and relayed:
//
//	{"d":device,"n":17,"p":hash of commit 16,"t":ms,"u":officer,"s":schema,"ops":[…]}
//
// An operation names one row. One that sets a single field is
//
//	{"r":"activity/<uuid>","f":"title","v":"…","b":["<dot>",…]}
//
// and one that sets several, as when a row is made, carries them together:
//
//	{"r":"person/<uuid>","set":{"full_name":{"c":"<commitment>"},"sex":…},"b":[…]}
//
// In a value's place an object is always a commitment; plain values are never
// objects. "b" lists the dots the operation replaces. The hash is SHA-256 over
// "sopb-commit/1\n" and the line; the signature is Ed25519 over that hash. A dot is
// the first 128 bits of the hash, "/", the operation's index, and for an
// operation with "set" another "/" and the field: not (device, n), because after
// a fork that pair names two things.
//
// # Merge
//
// A cell (row, field) is a multi-value register: its heads are the versions
// nobody replaced. One head is the value. Several are a conflict, of which the
// one with the greatest (time, device, dot) is shown, or the union where the
// field is a set. Time decides nothing else, so a wrong clock loses no edit.
// Versions and replacements may arrive in any order and any number of times:
// [Row] keeps what was replaced before it was seen.
//
// A row is deleted by the field "_del", whose operation lists in "obs" the
// operations its author had seen. An edit the author had not seen keeps the row
// visible, flagged.
//
// # Personal and internal values
//
// Fields of class O and P stand in the log as a commitment, SHA-256 over
// "sopb-value/1\n", a random 16-byte salt and the value's bytes. Salt and value
// are a [Secret], kept apart. Whoever is not given the secrets can check the
// chain all the same; deleting a secret erases the value and leaves the chain
// whole; a secret shown later is provably the original. The operation "_erase"
// lists the dots of its row whose secrets are to be deleted everywhere, for ever.
//
// The package keeps no clock and reads no files; it gives bytes for values and
// values for bytes.
package oplog
