// Package docx writes the report of a period as a Word document laid out as Decree
// 30/2020/NĐ-CP wants it. The words are those of package narrative.
//
// # What it promises
//
//   - A4, margins 20/20/30/15 mm, Times New Roman; the number of the page in the middle of
//     the top margin, hidden on the first page; each annex counts its own pages.
//   - Each number stands in a content control whose tag is the name of its figure. Values
//     reads them back, also from a file that LibreOffice or Word saved again. Word takes tags
//     of at most 64 characters; Tag shortens a longer name.
//   - The same report gives the same bytes.
//
// # What it refuses
//
// Values and Lines take no file above their limits and no document that is not well formed;
// they say so and never panic.
package docx
