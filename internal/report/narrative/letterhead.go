package narrative

import (
	"cmp"
	"strings"

	"sophobien/internal/report"
)

const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"

	// The nation's name takes one line; the issuing body has what is left.
	nationWidth = 5640
	issuerWidth = TextWidth - nationWidth

	ruleGap = 60 // between a text and the line below
)

// letterhead is what stands above the text: who writes and the nation's name and motto,
// number and day, kind and subject, and whom it goes to.
func (w *writer) letterhead() ([]Block, error) {
	issuer, err := w.issuer()
	if err != nil {
		return nil, err
	}
	long, err := boldWidth(motto, 13)
	if err != nil {
		return nil, err
	}
	state := Cell{
		Para{Style: Letterhead, Size: 12, Bold: true, Runs: phrase{}.t(nation)},
		Para{Style: Letterhead, Size: 13, Bold: true, Runs: phrase{}.t(motto)},
		rule(nationWidth, long),
	}
	day := Para{Style: Letterhead, Size: 13, Italic: true, Before: 120, Runs: phrase{}.t(report.PlaceAndDay(w.Office.Place, w.Printed))}
	number := Para{Style: Letterhead, Size: 13, Before: 120, Runs: phrase{}.t("Số: " + cmp.Or(strings.TrimSpace(w.Number), blank) + w.series())}
	title, err := w.title()
	if err != nil {
		return nil, err
	}
	out := []Block{Table{Widths: []int{issuerWidth, nationWidth}, Rows: [][]Cell{{issuer, state}, {{number}, {day}}}}}
	return append(append(out, title...), w.recipients()...), nil
}

// blank is room for a number written by hand.
const blank = "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"

// series is the sign of the paper after its number, "/BC-VHXH".
func (w *writer) series() string {
	if s := strings.TrimSpace(w.Office.Series); s != "" {
		return "/" + s
	}
	return ""
}

// issuer is the body above the office and the office; an office alone stands in bold.
func (w *writer) issuer() (out Cell, err error) {
	office, parent := upper(strings.TrimSpace(w.Office.Name)), upper(strings.TrimSpace(w.Office.ParentName))
	if office == "" {
		office, parent = parent, ""
	}
	if parent != "" {
		if parent, err = abbreviated(parent); err != nil {
			return nil, err
		}
		out = append(out, Para{Style: Letterhead, Size: 12, Runs: phrase{}.t(parent)})
	}
	out = append(out, Para{Style: Letterhead, Size: 12, Bold: true, Runs: phrase{}.t(office)})
	long, err := longestLine(office, 12, issuerWidth)
	if err != nil {
		return nil, err
	}
	return append(out, rule(issuerWidth, long*2/5)), nil
}

// abbreviated shortens the common words of a body above that does not go on one line, as
// the decree allows.
func abbreviated(parent string) (string, error) {
	long, err := boldWidth(parent, 12)
	if err == nil && long > issuerWidth {
		parent = strings.Replace(parent, "ỦY BAN NHÂN DÂN", "UBND", 1)
	}
	return parent, err
}

// title is the kind of paper, what it is about, and the short line below.
func (w *writer) title() ([]Block, error) {
	about := report.UpperFirst(report.Subject(w.Figures.Period))
	long, err := longestLine(about, 14, TextWidth)
	if err != nil {
		return nil, err
	}
	return []Block{
		Para{Style: Title, Before: 240, Runs: phrase{}.t("BÁO CÁO")},
		line(Title, about),
		rule(TextWidth, long*2/5),
	}, nil
}

// addressees are whom the report goes to, several parted by ";" or lines.
func (w *writer) addressees() []string {
	return filled(strings.FieldsFunc(w.Office.Recipient, func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }))
}

func (w *writer) recipients() []Block {
	const room = 240
	to := w.addressees()
	switch len(to) {
	case 0:
		return []Block{Para{Style: Addressee, Align: AlignCentre, Before: room, Runs: phrase{}.t("Kính gửi: ………………………………………………")}}
	case 1:
		return []Block{Para{Style: Addressee, Align: AlignCentre, Before: room, Runs: phrase{}.t("Kính gửi: " + strings.TrimSuffix(to[0], "."))}}
	}
	out := []Block{Para{Style: Addressee, Before: room, Left: 1700, Keep: true, Runs: phrase{}.t("Kính gửi:")}}
	for i, r := range to {
		mark := ";"
		if i == len(to)-1 {
			mark = "."
		}
		out = append(out, Para{Style: Addressee, Left: 2900, Hanging: 180, Runs: phrase{}.t("- " + strings.TrimSuffix(r, ".") + mark)})
	}
	return out
}
