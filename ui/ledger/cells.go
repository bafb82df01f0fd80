package ledger

import (
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Cell is what a cell of a listing says on the screen.
func Cell(c *record.ListColumn, cell string, topics []record.Term) string {
	switch c.Kind {
	case record.ListDay:
		return record.Date(cell).String()
	case record.ListNumber, record.ListMoney:
		n, err := strconv.ParseInt(cell, 10, 64)
		if err != nil || n == 0 {
			return ""
		}
		return kit.Number(n)
	case record.ListTerm:
		return kit.Term(c.Terms, cell)
	case record.ListTerms:
		return termsIn(c.Terms, cell)
	case record.ListTopics:
		return termsIn(topics, cell)
	case record.ListYes:
		if cell != "" {
			return kit.T("có")
		}
	}
	return strings.Join(strings.Fields(cell), " ") // on one line
}

func termsIn(terms []record.Term, cell string) string {
	if cell == "" {
		return ""
	}
	codes := strings.Split(cell, ",")
	for i := range codes {
		codes[i] = kit.Term(terms, codes[i])
	}
	return strings.Join(codes, ", ")
}

// tableColumns are the columns of a listing as a table shows them.
func tableColumns(l *record.Listing) []kit.Column {
	out := make([]kit.Column, len(l.Columns))
	for i := range l.Columns {
		c := &l.Columns[i]
		out[i] = kit.Column{
			Key: c.Name, Heading: kit.In(c.Words), Ems: c.Width, Hidden: c.Hidden,
			Number: c.Kind == record.ListNumber || c.Kind == record.ListMoney,
		}
		if c.Rest {
			out[i].Ems = 0
		}
	}
	return out
}
