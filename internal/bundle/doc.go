// Package bundle turns commits into sealed files and sealed files into commits.
// It sits between oplog, which knows what a commit is, and seal, which knows what
// a container is, and takes values and bytes only.
//
// A log bundle's payload has one line a commit, "C <signature> <commit>", in the
// order of the sender's log, and, only when the recipient may have them, one line
// a personal or internal value:
//
//	P {"h":commit,"i":operation,"f":field,"s":salt,"v":value}
//
// WriteLog never writes P lines: what it makes for the province holds
// commitments in the place of such values. ReadLog accepts them, since offices
// pass the log between their own PCs, and refuses a value whose commitment is not
// in the same bundle or is another's.
//
// A log larger than a bundle may be is split between commits into bundles each
// of which stands on its own.
package bundle
