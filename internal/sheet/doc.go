// Package sheet turns the bytes of a list – a workbook, a delimited text, what a
// spreadsheet left on the clipboard – into one [Grid] of cells.
//
// # What it promises
//
//   - The kind of file is told by its content; its name only stands in messages.
//   - A cell keeps what was stored: a number stays the digits of the file and a
//     date its serial, beside the format and the font they were shown in. What
//     they mean is for package intake.
//   - Rows and cells that say nothing cost nothing, however they are formatted.
//   - Memory follows the cells kept, not what the file claims of itself.
//
// # What it refuses
//
// Files above the limits below, files under a password, broken or empty ones, and
// files that are no sheet: each with one [record.Refusal] that says what to do.
// Nothing half read is ever returned, and no file or network is touched.
//
// # Adding a format
//
// Recognise it in sniff by its first bytes, write one reader that fills a builder,
// and name it in the switch of Read. The limits and the refusals come with the
// builder.
package sheet
