// Package kit is what all screens share: work off the window's thread, the words
// of errors, fields with their problem under them, pickers, dialogs, chips, rows,
// tables, charts, the calendar, empty states and the foot that says when things
// were saved.
//
// It promises that an answer overtaken by a newer question never reaches a screen,
// that no widget here rewrites a field while someone types in it (Vietnamese input
// methods send backspaces and characters), and that every sentence it shows is in
// the language of the window. It knows the nouns of record and no action: whatever
// needs the office's data is handed in as a function.
//
// It refuses to start work by itself: how work is started and how its result comes
// back are given by the program, so that a test decides the order of answers.
package kit
