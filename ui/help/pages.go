package help

import (
	"fmt"

	"sophobien/assets"
)

// order is how the contents list the pages: first the way in, then the areas as they
// stand in the rail, then what belongs to all of them.
var order = []string{
	"bat-dau", "tong-quan", "hoat-dong", "nguoi-tham-du", "cau-hoi", "phap-luat", "so-theo-doi", "don-vi", "bao-cao", "trao-doi", "khac-nhau", "may-va-khoa",
	"tinh-don-vi", "tinh-nhan-tra", "tinh-trung", "tinh-may-khoa",
	"thiet-lap", "du-lieu-ca-nhan", "sao-luu", "phim-tat",
}

// First is the page for who does not know where to begin.
const First = "bat-dau"

// Keys is the page that names the keys.
const Keys = "phim-tat"

// Names are the pages, in the order of the contents.
func Names() []string { return order }

// Pages reads the help in a language, "vi" or "en".
func Pages(language string) ([]Page, error) {
	if language != "en" {
		language = "vi"
	}
	out := make([]Page, 0, len(order))
	for _, name := range order {
		text, err := assets.Help.ReadFile("help/" + language + "/" + name + ".md")
		if err != nil {
			return nil, fmt.Errorf("help: %w", err)
		}
		p, err := Parse(name, string(text))
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}
