package docx

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
	issuerWidth = textWidth - nationWidth

	ruleGap = 60 // between a text and the line below
)

// letterhead is what stands above the text: who writes and the nation's name and motto,
// number and day, kind and subject, and whom it goes to.
func (w *writer) letterhead() ([]block, error) {
	issuer, err := w.issuer()
	if err != nil {
		return nil, err
	}
	long, err := boldWidth(motto, 13)
	if err != nil {
		return nil, err
	}
	state := cell{
		para{style: "Head", size: 12, bold: true, runs: phrase{}.t(nation)},
		para{style: "Head", size: 13, bold: true, runs: phrase{}.t(motto)},
		rule(nationWidth, long, ruleGap),
	}
	day := para{style: "Head", size: 13, italicAll: true, before: 120, runs: phrase{}.t(report.PlaceAndDay(w.Office.Place, w.Printed))}
	number := para{style: "Head", size: 13, before: 120, runs: phrase{}.t("Số: " + cmp.Or(strings.TrimSpace(w.Number), blank) + w.series())}
	title, err := w.title()
	if err != nil {
		return nil, err
	}
	out := []block{table{widths: []int{issuerWidth, nationWidth}, rows: [][]cell{{issuer, state}, {{number}, {day}}}}}
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
func (w *writer) issuer() (out cell, err error) {
	office, parent := upper(strings.TrimSpace(w.Office.Name)), upper(strings.TrimSpace(w.Office.ParentName))
	if office == "" {
		office, parent = parent, ""
	}
	if parent != "" {
		if parent, err = abbreviated(parent); err != nil {
			return nil, err
		}
		out = append(out, para{style: "Head", size: 12, runs: phrase{}.t(parent)})
	}
	out = append(out, para{style: "Head", size: 12, bold: true, runs: phrase{}.t(office)})
	long, err := longestLine(office, 12, issuerWidth)
	if err != nil {
		return nil, err
	}
	return append(out, rule(issuerWidth, long*2/5, ruleGap)), nil
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
func (w *writer) title() ([]block, error) {
	about := report.UpperFirst(report.Subject(w.Figures.Period))
	long, err := longestLine(about, 14, textWidth)
	if err != nil {
		return nil, err
	}
	return []block{
		para{style: "Title", before: 240, runs: phrase{}.t("BÁO CÁO")},
		line("Title", about),
		rule(textWidth, long*2/5, ruleGap),
	}, nil
}

// addressees are whom the report goes to, several parted by ";" or lines.
func (w *writer) addressees() []string {
	return filled(strings.FieldsFunc(w.Office.Recipient, func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }))
}

func (w *writer) recipients() []block {
	const room = 240
	to := w.addressees()
	switch len(to) {
	case 0:
		return []block{para{style: "To", align: "center", before: room, runs: phrase{}.t("Kính gửi: ………………………………………………")}}
	case 1:
		return []block{para{style: "To", align: "center", before: room, runs: phrase{}.t("Kính gửi: " + strings.TrimSuffix(to[0], "."))}}
	}
	out := []block{para{style: "To", before: room, left: 1700, keep: true, runs: phrase{}.t("Kính gửi:")}}
	for i, r := range to {
		mark := ";"
		if i == len(to)-1 {
			mark = "."
		}
		out = append(out, para{style: "To", left: 2900, hanging: 180, runs: phrase{}.t("- " + strings.TrimSuffix(r, ".") + mark)})
	}
	return out
}
