// Package narrative puts the report of a period into words: letterhead, title, recipients,
// the five sections, signature, and the annexes with the tables, as Decree 30/2020/NĐ-CP
// wants them. What it gives are blocks – paragraphs, tables, lines – that docx writes as a
// Word document and pdf draws on pages, so that the same words stand in both.
//
// # What it promises
//
//   - Every sentence with a number is made from the report's figures, and each number is a
//     run with the name of the figure, the same as in the workbook: I4_total,
//     I4_audience_worker, c_numerator.
//   - Where the office has written nothing there is a dotted place to fill in by hand.
//   - The rule of the period is said, the map of units when it is that of the last day, and
//     that a period has not ended when it has not.
//   - Every text is composed, on one line, and without what is not seen or XML cannot hold.
//   - The same report gives the same document. The day it was printed is given, not looked
//     up.
//
// # What it refuses
//
// It makes no figure but sums of rows, differences and shares of figures it was given, names
// no law, form or plan of its own, and gives no name of a person but the signer's, none of
// the office's inner notes.
//
// # Names beside those of the figures
//
// A figure of the year before is called NT_I4_total and one since the plan began
// LK_I4_total, as in the workbook; the difference change_I4_total (without its sign), a
// share share_I6_total. Rows of tables go by what they are of: task_IV_1_b_people,
// place_ID_attended, unit_ID_sessions, activity_ID_people.
package narrative
