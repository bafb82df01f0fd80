// Package assets holds the bytes that travel inside the programs: icons, words,
// help, catalogues and fonts. It promises nothing about their meaning and reads none of
// them; whoever uses a file knows its form.
package assets

import "embed"

// Icons are the line icons of the window, black on nothing, 24 units square.
//
//go:embed icons/*.svg
var Icons embed.FS

// Words are the translations of the window's sentences, one file a language. The
// key of a sentence is the sentence in Vietnamese.
//
//go:embed words/*.json
var Words embed.FS

// Fonts are the faces put into the documents the program prints: a plain one, and
// one as wide as Times New Roman for papers that follow Decree 30.
//
//go:embed fonts/*.ttf fonts/OFL*.txt
var Fonts embed.FS

// Catalog are the shipped catalogues: administrative units, topics, enterprise
// types, ethnic groups, legal documents, targets, holidays and the old character sets.
//
//go:embed catalog/*.csv catalog/*.json
var Catalog embed.FS

// Templates are the workbooks a report is filled into, and index.json that says from when
// to when each holds.
//
//go:embed templates/*.xlsx templates/index.json
var Templates embed.FS

// Help are the pages of the written help, one folder a language, in a small part of
// Markdown that package help reads.
//
//go:embed help/vi/*.md help/en/*.md
var Help embed.FS

// Starter is the pack of law that ships with the program: its list, what the documents do
// to one another, and the texts that could be checked. The README beside it says how.
//
//go:embed starter/*.json starter/*.csv starter/*.txt
var Starter embed.FS

// Icon is the program's own picture, 256 pixels square.
//
//go:embed icon.png
var Icon []byte
