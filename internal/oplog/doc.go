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
// and one that sets several, as when a row is made, carries them together, open
// ones with their value and hidden ones by name under one commitment:
//
//	{"r":"unit/<uuid>","set":{"code":"…","name":"…"},"h":["note"],"c":"<commitment>","b":[…]}
//
// A value is never an object. "b" lists the dots the operation replaces. The hash is SHA-256 over
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
// Fields of class O and P are hidden: the log has one commitment for all of an
// operation. Each field and value is hashed with a 16-byte salt of its own to a
// leaf; the commitment is the SHA-256 of the leaves in the order of the fields.
// The values and salts are a [Secret], kept apart. Whoever is not given the
// secrets can check the chain all the same. Erasing a value leaves its leaf
// in its place: the chain stays whole, the other values of the operation provable,
// and the leaf of a salt that is gone tells nothing. A secret shown later is provably
// the original. The operation "_erase" lists the dots of its row whose values are
// to be deleted everywhere, for ever.
//
// (The contract this follows has a commitment for every field. One a row keeps
// what that protects and makes a month of an office four times smaller, since
// commitments are what does not compress.)
//
// The package keeps no clock and reads no files; it gives bytes for values and
// values for bytes.
package oplog
