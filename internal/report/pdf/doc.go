// Package pdf draws the papers an office prints: the attendance sheet people sign by
// hand, the short minutes of an activity, a confirmation of attendance for each
// person, any list, a page of text such as a privacy notice, and the report of a period in
// words.
//
// # What it promises
//
//   - Letterhead, margins, type and the writing of days are those of Decree
//     30/2020/NĐ-CP. The type is as wide as Times New Roman and travels inside the file,
//     only the letters that are used.
//   - Equal values give equal bytes: the day of the file is a value, no id is drawn by
//     lot, no clock is looked at.
//   - Nothing is cut. A text wraps; a word too wide for its column is set smaller, then
//     broken; a row that does not fit begins the next page, under its header again. Only
//     the line at the foot may end in three dots.
//   - Letters come out right however they were typed: composed or decomposed. What no
//     letter of the type stands for is drawn as an empty box.
//   - What is not known is left out, or is a dotted line where it is filled in by hand.
//   - The report is the Word document word by word, with its styles, lengths and sections, so
//     that it can be looked at and signed without Word: no row is cut, no heading ends a page,
//     nobody signs on a page without text.
//
// # What it refuses
//
// It names no law, form, authority or office of its own: they come as values. Papers
// with people on them print what a [Participant] holds and nothing else, so that no
// phone or ID number can slip in; minutes print counts and no names of those who came.
package pdf
