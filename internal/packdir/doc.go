// Package packdir reads the folder of sources from which a pack is built: what an editor
// writes with a spreadsheet and a word processor becomes the items of a listing and the
// blobs they name. It knows no key and no channel.
//
// # What lies in the folder
//
//	items.csv          one row an item: id, kind, number, type, title, issuer, issued, from,
//	                   to, topics, confidence, source, checked_on, note, withdrawn
//	relations.csv      what a document does to another: from, kind, to, anchors, partly, on, note
//	wordings.csv       titles of wordings: id, from, title
//	ID.txt             the text of a document; .html and .docx are read too
//	ID@2026-02-12.txt  the text as it reads from that day on
//	files/ID/NAME      what belongs to an item; NAME.vi.pdf says its language
//
// Only items.csv must be there. A column may be absent and the order of columns is free;
// several values in a cell are parted by semicolons. The id of a document may be left out:
// it is its number, folded.
//
// Items of these kinds say themselves in a file of a fixed name:
//
//	faq        files/ID/faq.json
//	units      files/ID/units.sopb.zip, as the registrar has signed it
//	catalogue  files/ID/topics.csv, holidays.csv or targets.json
//	template   files/ID/template.xlsx
//
// # What it promises
//
// The same folder gives the same items and the same bytes. The version of an item grows
// when something of it changed and stays when nothing did. What an earlier listing had
// and the folder has no more is listed as withdrawn.
//
// # What it refuses
//
// With a sentence that names file and line: a cell that is no day, an item twice, a text of
// no item, a text that splits so badly that an address would name two things. What is
// merely odd comes as a warning.
package packdir
