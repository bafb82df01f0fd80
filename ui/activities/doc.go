// Package activities is the area Hoạt động: what the office did and plans to do as a
// list or a calendar, the form of one activity and how it goes on from plan to held to
// closed, and the people who came to it in a grid that takes what
// was copied from a spreadsheet.
//
// It promises that what is typed is never lost: every change of the form and
// every cell of the grid is kept as a draft before it is saved, a failed save
// keeps everything as it stands, and a draft comes back when the activity is
// opened again, after whatever happened to the program. A value that breaks a
// rule is shown under its field and not sent.
//
// What a kind of activity does not ask for is out of sight and keeps its value; what
// looks wrong is said beside its field and stops nobody. What was closed is stored only
// with a reason.
//
// It refuses to change a field while someone types in it, to read the whole list
// at once, and to store what it has only guessed: a row of people with an open
// question stays in the grid until the question is answered.
package activities
