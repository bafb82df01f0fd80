// Package record holds the nouns of the register: one struct each, one
// Validate each, and for every field the one description from which the log,
// the store, the bundle and the forms take what they need. It imports only the
// standard library and does no input or output.
//
// # What it promises
//
//   - The same English word stands in type, table, file and (translated) screen.
//   - A field's [Class] decides where its value may go: A to the province, O
//     stays in the office, P is personal, stays in the office, is kept encrypted
//     and can be erased.
//   - A [Value] is the exact JSON text of a field; the log hashes those bytes.
//   - Dates without time are [Date]; instants are UTC milliseconds. Absent is the
//     zero value, never a made-up one.
//
// # What it refuses
//
// Validate refuses what cannot be true (an end before its start, more women than
// people). What an officer may well be right about is not refused here.
//
// # Adding a field
//
//  1. Add the field to the noun's struct with a tag:
//     `rec:"place_note,A" say:"Ghi chú nơi họp|Place note"`. The
//     first word is the name in table and file, the letter its class; "set" makes
//     a list whose concurrent additions are all kept.
//  2. If its class is A or O, add one numbered file under store/migrations:
//     ALTER TABLE activity ADD COLUMN place_note TEXT. A personal (P) field needs
//     no migration: personal values of a row share one sealed column.
//
// What other PCs said of it before this one knew it stands in the log: at the first
// start that knows more the store folds the log again (store/nouns.go).
//
// A group may get another part at its end and an item of a list another member. A program
// that does not know them keeps them ([Field.Continue]), those of an item while it leaves the
// item as it is or, where items have ids, in the item of the same id. Of another item that was
// changed they are dropped: they may be untrue of what stands there now. What must survive
// every edit is a field of its own.
//
// Nothing else changes: encoding, commits, projections, rebuild, bundle and the
// round-trip test read the description. A store test fails when the description
// and the table disagree. Then show it: a form field, a column, a line of help.
//
// # Adding a noun
//
//  1. Write its struct with an ID field and tags, and its Validate.
//  2. Add one line to the list in nouns.go.
//  3. Add one migration creating its table with the columns of the description
//     (record.Description.Columns) between the fixed ones that every projection
//     has: id BLOB PRIMARY KEY, state TEXT, sealed BLOB, flags INTEGER.
//
// # Classes of sex, group and role
//
// The exchange contract speaks of all attendee fields as personal. Here what
// names or singles out a person (name, birth, phone, number, position,
// ethnicity, disability, note) is P; sex, group, role and the links between the
// rows are O: committed by hash only, never in a bundle, erasable like P, but
// not sealed, so that counts can be recounted in plain SQL. Both properties the
// contract protects stay: nothing about a person leaves the office, and a name
// cannot be read from a copied file.
package record
