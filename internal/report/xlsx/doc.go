// Package xlsx writes the yearly workbook: a cover, the indicators, the tables by
// month and by audience, and the list of the activities behind them. Beside it, the
// lists of people that go out of the office: an empty form to fill in, the list of an
// activity, the sheet to sign; and any list of the office, row by row.
//
// # What it promises
//
//   - Numbers are number cells and days are date cells; totals are formulas that
//     carry their value, so that the file reads the same in a viewer that does not
//     calculate.
//   - Every figure on the sheet of indicators has a defined name: I4_total for the
//     whole, I4_audience_worker for a part. A bare "I4" would be a cell, so it is
//     not allowed as a name.
//   - A4, margins and type of Decree 30/2020/NĐ-CP, header rows frozen and printed
//     again on each page.
//   - The same input gives the same cells. The day it was printed is given, not
//     looked up.
//
// # What it refuses
//
// It makes no figure of its own. The yearly workbook prints no name of a person but
// the signer's, none of the office's inner notes, and no form number; lists of people
// print what the office collects and nothing else. Text is never taken for a formula.
package xlsx
