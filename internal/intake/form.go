package intake

import (
	"slices"

	"sophobien/internal/record"
)

// form is what a list of one noun looks like: the words of its header, the fields
// without which a line is none, and how a line is read.
type form struct {
	of     string
	one    string // what a line of the list is
	labels []label
	// keys name a line: without any of them it is no line of the list. A header
	// with one of them needs fewer others.
	keys []string
	// byContent lets columns without a header be told by what stands in them.
	byContent bool
	read      func(*entry)
	check     func(record.Fields) error
	missing   func(columns int, header bool) error // no column of keys
	nobody    record.Words                         // no line at all; %s is where
}

var forms = []*form{personForm, instructorForm, unitForm, questionForm}

func formOf(of string) *form {
	for _, f := range forms {
		if f.of == of {
			return f
		}
	}
	return nil
}

func (f *form) isKey(field string) bool { return slices.Contains(f.keys, field) }

var personForm = &form{
	of: "person", one: "người", labels: personLabels, keys: []string{fullName, familyName, middleName, givenName}, byContent: true,
	read: (*entry).readPerson, check: func(f record.Fields) error { return record.PersonOf(f).Validate() }, missing: refuseNoName,
	nobody: record.Words{VI: "Không có người nào%s. Hãy kiểm tra lại danh sách. Chưa có gì được lưu.", EN: "Nobody is listed%s. Check the list. Nothing was stored."},
}
