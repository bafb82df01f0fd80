// Package viet is everything the program knows about written Vietnamese: one
// normal form, a search key that ignores marks, the order of the alphabet and
// of people's names, dates and numbers as offices write them, and the character
// sets that old files still carry. It imports nothing of ours, asks no clock
// and keeps no state that a caller can see; every function may be called from
// many goroutines at once.
//
// # What it promises
//
//   - What was typed is never respelled. Tone placement (hòa, hoà), capitals and
//     foreign letters stay; only the normal form changes ([NFC]). Differences in
//     spelling are bridged by comparing keys ([Key]), not by rewriting.
//   - Text that is already Unicode is never taken for a legacy character set
//     ([Detect]): in doubt the answer is Unicode, and the confidence says so.
//   - Names of one or two words (Y Ngọc, A Blan) are names like any other.
//   - A format and its reader agree: what FormatDate and FormatNumber write,
//     ParseDate and ParseNumber read back as the same value.
//
// # What it refuses
//
// Readers refuse what has no single reading (31/2, "1.234.56") with a sentence in
// Vietnamese that says what was not understood and what would be.
//
// # Legacy text
//
// Text in TCVN3, VNI-Windows or Windows-1258 reaches a Go program as a string
// that somebody read with the wrong code page: Windows-1252, Latin-1 or
// Windows-1258. Those are the three string columns of the tables under data/;
// [Decode] takes any of them. Decode before normalising or trimming: the letter ư
// of TCVN3 is the invisible soft hyphen, and a Windows-1258 reading has
// combining marks that stand for whole letters.
package viet
