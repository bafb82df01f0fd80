// Package sheet turns the bytes of a list – a workbook, a delimited text, a web
// page, what a spreadsheet left on the clipboard – into one [Grid] of cells.
//
// It reads .xlsx, .xls of every version (also the bare streams some exporters
// write), .ods, the XML workbook of Excel 2003, tables of web pages, and texts
// divided by tabs, commas or semicolons in Unicode or one byte a letter.
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
// Reading a sheet is where the time of an import goes, so .xlsx has a scanner made
// for it; the tests compare it with excelize, which also reads the few workbooks
// whose XML the scanner does not. The records of .xls are read here as well: of the
// libraries at hand one knows no fonts, the other hides those of the cells, and
// without fonts a TCVN3 list cannot be told from a Western one.
//
// # What it refuses
//
// Files above the limits below, files under a password, broken or empty ones, and
// files that are no sheet: each with one [record.Refusal] that says what to do.
// Nothing half read is ever returned, and no file or network is touched.
//
// # Adding a format
//
// Recognise it in sniff by its first bytes and write one reader that fills a
// builder; several sheets go through choose, which also serves [ReadEach]. The limits come with the builder, and
// an error that is no refusal becomes the sentence for a damaged file.
package sheet
