// Package intake makes proposed rows of a list that somebody sent: it finds the
// table on the sheet, understands the columns, puts right what is certain, sets
// aside what is not, and stores nothing.
//
// # What it promises
//
//   - No silent change: every difference between a cell and the row made of it is
//     a [record.Repair] with its rule. Several repairs of one cell follow each
//     other, the "after" of one being the "before" of the next.
//   - Every proposed row passes [record.Person.Validate].
//   - Every line of the sheet is accounted for: proposed, parked with a question,
//     or dropped with a reason; every column is named with the field it fills, or
//     with the reason why it fills none.
//
// # What it refuses
//
// To guess. A date that two people would read differently, a number that has lost
// digits, a number met twice: the row is parked and the others go in. A sheet on
// which no column holds names is refused as a whole, with how many columns it has
// and what is expected.
//
// # Marks, and who is no entry
//
// Words are compared with their marks wherever the cell has some: Tống is not Tổng,
// Minh Tân is not Minh Tấn. Without marks, and in words that may begin a name too, the
// rest of the line decides: an ordinal that counts on, a birth, a number. Where that
// says nothing the line is parked, and what stands below it is read as if it were not
// there. Below a total or a signature only what counts on, or says what only an entry
// says, is one.
//
// # The rules of repair
//
// Their words are stable, since people filter by them:
//
//	form         another way of writing the same (Nam → nam, 5/3/1987 → 1987-03-05)
//	spaces       doubled, leading, invisible spaces; line breaks
//	nfc          letters in pieces joined
//	charset-tcvn3, charset-vni, charset-cp1258
//	capital      a capital with a tone, which TCVN3 cannot hold
//	join-name    family, middle and given names from several columns
//	join-unit    the parts of an address from several columns
//	join-lines   what stands on the lines of one merged row
//	cell-error   what a spreadsheet shows where a formula fails
//	age          an age in a column of births: of which day, nobody knows
//	ordinal      a number before the name
//	tick         a mark under the column of a sex
//	ditto        "nt", "//", a quotation mark: as above
//	merged       the value of the merged cell the row belongs to
//	section      the unit named by the line above a group of rows
//	serial-date  a day kept as a number
//	year-serial  a year typed into a cell formatted as a day
//	year-2       a year of two digits
//	year-only    month and year: only the year is kept
//	month-first  a day written month first, by the evidence of its column
//	day-month-swapped  a day the spreadsheet has read month first
//	float        a whole number shown as a fraction or in powers of ten
//	id-zero, phone-zero  leading zeros that the spreadsheet dropped; a number that still
//	             begins with one has lost another digit
//	kind-by-name, kind-by-position  the kind of a unit by how its name begins, of an
//	             instructor by the position
//	phone-first  the first of several phone numbers
//	none         a word or mark that says that there is nothing: không có, –
//	audience-unknown, ethnicity-tick  a word that is none of the list is left out
package intake
