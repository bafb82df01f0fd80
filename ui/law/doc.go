// Package law is the area Pháp luật: the library of legal texts searched as one types and
// read as it stands on a day, what of the office's own work cites a text that changed
// since, and the packs that bring the texts.
//
// A text of two thousand paragraphs is a column that draws only what is in sight; so are
// the list of what was found and two wordings side by side. What stands out, a word that
// was sought or a difference, is told by more than its colour.
package law
