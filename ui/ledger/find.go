package ledger

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// offered is how many rows a picker asks for.
const offered = 12

func findUnits(office Namer) kit.Find {
	return func(ctx context.Context, query string) ([]kit.Choice, error) {
		found, err := office.FindUnits(ctx, query, offered)
		var out []kit.Choice
		for _, u := range found {
			out = append(out, kit.Choice{Key: u.ID.String(), Text: u.Name, Detail: u.Detail})
		}
		return out, err
	}
}

func findPeople(office Namer) kit.Find {
	return func(ctx context.Context, query string) ([]kit.Choice, error) {
		found, err := office.FindPeople(ctx, query, offered)
		var out []kit.Choice
		for _, p := range found {
			out = append(out, kit.Choice{Key: p.ID.String(), Text: p.Name, Detail: p.Detail})
		}
		return out, err
	}
}

// findRows finds in a register by what its list is searched in.
func findRows(office Office, noun string) kit.Find {
	l := record.ListingOf(noun)
	title, day := l.TitleColumn(), l.Column(l.Day)
	return func(ctx context.Context, query string) ([]kit.Choice, error) {
		page, err := office.Rows(ctx, record.ListFilter{Noun: noun, Text: query, Limit: offered, Near: true})
		var out []kit.Choice
		for _, r := range page.Rows {
			c := kit.Choice{Key: r.ID.String(), Text: r.Cells[title]}
			if day >= 0 {
				c.Detail = record.Date(r.Cells[day]).String()
			}
			out = append(out, c)
		}
		return out, err
	}
}

// Languages are those of the office's people, kept by their Vietnamese name, which
// is what the register holds.
var Languages = func() []record.Term {
	var terms []record.Term
	for _, w := range []record.Words{
		{VI: "Tiếng Việt", EN: "Vietnamese"}, {VI: "Tiếng Xơ-đăng", EN: "Sedang"}, {VI: "Tiếng Ba-na", EN: "Bahnar"},
		{VI: "Tiếng Gia-rai", EN: "Jarai"}, {VI: "Tiếng Gié-Triêng", EN: "Jeh"}, {VI: "Tiếng Hrê", EN: "Hre"},
		{VI: "Tiếng Brâu", EN: "Brau"}, {VI: "Tiếng Rơ-măm", EN: "Romam"}, {VI: "Tiếng Co", EN: "Cor"},
		{VI: "Ngôn ngữ ký hiệu", EN: "Sign language"}, {VI: "Tiếng Anh", EN: "English"},
	} {
		terms = append(terms, record.Term{Code: w.VI, Words: w})
	}
	return terms
}()
