// Package ledger is a register on the screen: the list of one noun at the left, the
// form of one row at the right, with its drafts, its past and its files. Every area
// that keeps a register says what its noun is asked and gets the rest from here.
//
// It promises what the activities promise: what is typed is kept as a draft at every
// change, a failed save keeps everything as it stands, a value that breaks a rule is
// shown under its field and not sent, and whatever is done can be undone.
//
// It refuses to know any action or any noun by name, and to read a list whole.
package ledger
