// Package library keeps the law on the officer's disk: what the packs of the province
// and the program itself brought, to be searched, read and cited without a network.
//
// It is the fold of signed packs and nothing else: what the office says of the law – notes,
// corrections, citations – is in the office's own log and comes in as values. The library
// can be made again from its packs, so it is in no backup of the register.
//
// Beside law.db lie the bytes under their hashes and, for each channel, a small file that
// says which of them make up its versions. When law.db is gone, damaged or of an earlier
// program, it is made again from these.
//
// # What it promises
//
//   - A pack is installed whole or not at all, whenever the program or the PC stops. Its
//     bytes are laid by first, where nobody looks; then one transaction makes them the
//     library. A pack that was interrupted goes on where it stopped.
//   - The newest version taken in is the floor, and nothing but a root of the province
//     lowers it. That somebody looks at an earlier version changes what is shown.
//   - A text stays readable by its hash as long as one of the last [Keep] versions of a
//     channel lists it or somebody says it is cited ([Library.Sweep]).
//   - A document that two channels list is the province's, item by item; what comes with
//     the program gives way, and comes back when the province withdraws its own.
//   - Bytes are compared with their hash when they are first opened, and all of them by
//     [Library.Verify].
//   - The status of a text is computed for the day that is asked for and never stored.
//
// # What is found
//
// A provision that has every word that is sought, the last one at least as a beginning, and
// what stands between quotation marks in that order; an article counts with its clauses and
// points, and the hit is the one clause that has what the heading has not. A document that
// is called so by number, type and title. Words without marks find all, words with marks
// find those first: "nam" finds nam before năm. A short form of the trade finds its words.
// An address – "khoản 1 Điều 98 BLLĐ" – finds the place itself, and "145/2020 tiền lương"
// looks in that document. Where hardly anything has every word, what has most of them
// follows.
//
// The order: what is in force on the day, what is to come, what has ended; the marks as they
// were typed; headings before text, words that stand together before others. Of what a
// common word finds a thousand are counted, and the first sixty are put in order by their
// text.
//
// A key stroke must not wait for a common word. So the index is never asked for a rank,
// which needs every row: it is asked several narrow questions, the best one first, until
// there is enough. Headings have an index of their own, and a word that is still being typed
// is looked for as the words it may become.
//
// # What it does not do
//
// Whether a pack may be believed is for package pack, which is asked before with what
// [Library.Channels] says. It has no opinion on what the office should look at again.
package library
