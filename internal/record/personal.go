package record

import "strings"

// PersonalData is all that the register holds of one person, in words, to be handed
// over on request.
type PersonalData struct {
	PersonID ID
	Name     string
	Day      Date // on which it was said
	Parts    []PersonalPart
}

// PersonalPart is one kind of what is held.
type PersonalPart struct {
	Heading Words
	Lines   []Words
}

// Text is all of it on a page.
func (p PersonalData) Text(lang string) string {
	var b strings.Builder
	b.WriteString(Words{"Thông tin sổ đang giữ về: ", "What the register holds of: "}.In(lang) + p.Name + "\n")
	b.WriteString(Words{"Ngày ", "Day "}.In(lang) + p.Day.String() + "\n")
	for _, part := range p.Parts {
		b.WriteString("\n" + part.Heading.In(lang) + "\n")
		for _, line := range part.Lines {
			b.WriteString("- " + line.In(lang) + "\n")
		}
	}
	return b.String()
}

// Forgotten says what came of erasing or hiding personal data.
type Forgotten struct {
	People int
	Askers int            // questions that no longer say who asked
	Fields map[string]int // by optional field: of how many people it was cleared
	Drafts []string       // places of the window where a name still stands in what is being typed
	Change Change
}

// PersonalDue is what the time kept has run out for.
type PersonalDue struct {
	Before Date // activities before this day
	Names  int
	Askers int            // answered questions that still say who asked
	Fields map[string]int // by optional field
}

// Erasure says beforehand what an erasure of a person would take.
type Erasure struct {
	Names  []string    // all they are and were called here
	Asked  []AskedLine // questions under one of these names: who asked is erased
	Drafts []string    // places of the window where a name stands in what is being typed
}

// AskedLine is a question as a line.
type AskedLine struct {
	ID       ID
	Received Date
	Asker    string
	Text     string
}
