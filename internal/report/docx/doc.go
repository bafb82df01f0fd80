// Package docx writes the report of a period as a Word document laid out as Decree
// 30/2020/NĐ-CP wants it: letterhead, title, recipients, the five sections, signature, and
// the annexes with the tables.
//
// # What it promises
//
//   - A4, margins 20/20/30/15 mm, Times New Roman; the number of the page in the middle of
//     the top margin, hidden on the first page; each annex counts its own pages.
//   - Every sentence with a number is made from the report's figures, and each number stands
//     in a content control whose tag is the name of the figure, the same as in the workbook:
//     I4_total, I4_audience_worker, c_numerator. Values reads them back, also from a file
//     that LibreOffice or Word saved again.
//   - Where the office has written nothing there is a dotted place to fill in by hand.
//   - The rule of the period is printed, the map of units when it is that of the last day, and
//     that a period has not ended when it has not.
//   - The same report gives the same bytes. The day it was printed is given, not looked up.
//   - Text of people is text: escaped, composed, without control characters.
//
// # What it refuses
//
// It makes no figure but sums of rows, differences and shares of figures it was given, names
// no law, form or plan of its own, and prints no name of a person but the signer's, none of
// the office's inner notes. Values takes no file above its limits and no document that is
// not well formed; it says so and never panics.
//
// # Names beside those of the figures
//
// A figure of the year before is called NT_I4_total and one since the plan began
// LK_I4_total, as in the workbook; the difference change_I4_total (without its sign), a
// share share_I6_total. Rows of tables go by what they are of: task_IV_1_b_people,
// place_ID_attended, unit_ID_sessions, activity_ID_people. Word takes tags of at most 64
// characters; Tag shortens a longer name.
package docx
