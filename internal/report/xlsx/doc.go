// Package xlsx fills the workbooks of a report: Fill writes a report.Yearly into a
// template, which is a workbook whose cells and model rows bear names. Beside it stand the
// lists of people that go out of the office: an empty form to fill in, the list of an
// activity, the sheet to sign; and any list of the office, row by row.
//
// # What a template is
//
// A cell named CT_<figure> gets a figure, NT_<figure> that of the year before, LK_<figure>
// that since 2024, UT_<figure> what it is estimated to come to by the last day; MT_<target>_numerator, _denominator, _rate a target; TT_<fact> something
// about the office or the period; VB_<section> what the office writes itself. A figure is
// named as report.FigureName names it; a number after two underscores shows it in one more
// cell. A range named BANG_<table> is the table's model rows: each cell says its column in
// braces, and the row is repeated with its styles, its height, its merged cells and its
// formulas. What stands below moves down; sums over the model row and charts follow.
// The sheet of names in the blank template lists them all.
//
// The shipped templates are drawn by the code in the draw files of the tests and written
// by go generate.
//
// # What it promises
//
//   - Every format of the template stays; a row grows where its text needs more lines.
//   - Numbers are number cells and days are date cells; formulas carry their value, so
//     that the file reads the same in a viewer that does not calculate.
//   - Figures and targets in the rows of a table get their names too, so that Values
//     reads every figure back. A bare "I4" would be a cell, so it is not allowed as a name.
//   - The shipped templates: A4, margins and type of Decree 30/2020/NĐ-CP, header rows
//     printed again on each page.
//   - The same template and report give the same bytes. The day it was printed is given,
//     not looked up.
//
// # What it refuses
//
// It makes no figure of its own. A name it does not know, tables that share rows, macros,
// links to other files, and files beyond its limits are refused with a sentence. A workbook
// prints no name of a person but the signer's, none of the office's inner notes, and no form
// number; lists of people print what the office collects and nothing else. Text is never
// taken for a formula.
package xlsx

//go:generate go test . -run TestTheShippedTemplatesAreAsDrawn -write-templates
