// Package bundle turns what offices and the province say to each other into sealed
// files, and sealed files into values. It sits between oplog, which knows what a commit
// is, and seal, which knows what a container is, and takes values and bytes only.
// FORMAT.md beside it says the same to somebody who writes another reader.
//
// A payload is lines, a letter and what it means in front of each:
//
//	log      K the office's key (a second PC joins), S certificates, H state, C commits, P values
//	blob     B header of a piece of a file, X its bytes
//	answers  S certificate of a stream, H state, C commits
//	ack      A one receipt
//	units    V a reorganisation, N its units
//
// A commit is "C <signature> <commit>", in the order of the sender's log. Its personal
// and internal values, one operation a line, follow it only when the sender says so and
// the bundle stays in its own unit: WriteLog refuses to give them to anybody else. What
// the province gets holds commitments in their place. ReadLog takes such values from
// whoever was free to give them (a later disclosure is provably the original), and
// refuses one whose commitment is not in the same bundle or is another's.
//
// A log larger than a bundle may be is split between commits into bundles each of which
// stands on its own; a file is cut into pieces that need no order.
//
// Letters a reader does not know are passed over: a later version may say more, and what
// must not be passed over it names in the envelope as critical. Everything else is
// strict: one meaning has one encoding.
//
// What is refused has a reason, one of a short list that receipts carry as a word and
// that every program turns into its own sentence.
package bundle
