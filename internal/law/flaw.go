package law

import (
	"fmt"

	"sophobien/internal/record"
)

// Flaw is something odd in a text that was split. A severe one forbids building a pack
// from it: an address would name two things, or half the law would be read as one quotation.
type Flaw struct {
	Line   int // from 1
	Anchor string
	Severe bool
	Words  record.Words
}

// Flaws are in the order of the lines.
type Flaws []Flaw

// Refusal is the first severe flaw as an error, or nil.
func (f Flaws) Refusal(name string) error {
	for _, flaw := range f {
		if flaw.Severe {
			return record.Refuse(record.ErrInvalid, "“"+name+"”, dòng "+fmt.Sprint(flaw.Line)+": "+flaw.Words.VI,
				"“"+name+"”, line "+fmt.Sprint(flaw.Line)+": "+flaw.Words.EN)
		}
	}
	return nil
}

func (f *Flaws) add(line int, anchor string, severe bool, vi, en string) {
	*f = append(*f, Flaw{Line: line + 1, Anchor: anchor, Severe: severe, Words: record.Words{VI: vi, EN: en}})
}
