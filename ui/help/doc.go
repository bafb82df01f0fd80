// Package help shows the written help: a sheet over the window with the contents at
// the left and a page at the right, found by its area or by searching, with or
// without marks.
//
// Pages are files of assets/help, one folder a language, in a small part of
// Markdown: one title, headings, paragraphs, lists, **bold** for words on the
// screen, `keys`, and links to other pages. The package promises that a page it
// does not understand in every letter is an error and not a guess, and that
// everything in the sheet can be done by keyboard.
package help
