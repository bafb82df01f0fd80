// Package law understands the texts of Vietnamese law: it reads them, splits them by
// the drafting rules into provisions with lasting addresses, says what is in force on a
// day, compares two wordings and makes ready what search needs.
//
// Values come in and values go out: no clock, no file, no database.
//
// # What it promises
//
//   - Text in is text out: the lines of all provisions, one after the other, are
//     exactly the lines that were split. Nothing is respelled, dropped or added.
//   - An anchor is the address of a provision in a document and stays the same over
//     its wordings: d98, d98.k1, d98.k1.dd, c7.m2.
//   - A status is computed for a day, never stored.
//   - A folded text has the runes of its original at the same places, so that what is
//     found in one can be shown in the other.
//   - Whatever is typed, the search expression is well-formed.
//
// # What it refuses
//
// A file that is not what its name says, that has no text, or that unpacks beyond
// bounds; a wording blob that is not written as [EncodeText] writes it. What is merely
// odd in a text – a gap in the numbering, a quotation without end – is a [Flaw], and the
// caller decides; [Flaws.Refusal] gives those that no pack may be built with.
package law
