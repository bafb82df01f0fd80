package narrative

import (
	"strings"

	"sophobien/internal/report"
)

const (
	half = TextWidth / 2
	// signRoom is for the picture of a digital signature, or the hand and the stamp.
	signRoom = 1500
)

// closing ends the text: whom it is reported to, who gets it, who signs.
func (w *writer) closing() []Block {
	to := "cơ quan nhận báo cáo"
	if all := w.addressees(); len(all) > 0 {
		for i := range all {
			all[i] = strings.TrimSuffix(all[i], ".")
		}
		to = strings.Join(all, "; ")
	}
	last := "Trên đây là báo cáo " + report.Subject(w.Figures.Period) + ", " + w.office() + " kính báo cáo " + to + " xem xét, tổng hợp./."
	return []Block{
		Para{Style: BodyText, Keep: true, Runs: phrase{}.t(last)},
		Gap{Height: 120, Keep: true},
		Table{Widths: []int{half, TextWidth - half}, Rows: [][]Cell{{w.copies(), w.signature()}}},
	}
}

// copies are who gets the report.
func (w *writer) copies() Cell {
	return Cell{
		Para{Style: Copies, Size: 12, Bold: true, Italic: true, Runs: phrase{}.t("Nơi nhận:")},
		line(Copies, "- Như trên;"),
		line(Copies, "- Lưu: VT"+w.drafted()+"."),
	}
}

// drafted is the unit that wrote the report, by the sign of its papers: of "BC-VHXH" it is
// VHXH. A people's committee signs with its own.
func (w *writer) drafted() string {
	_, unit, _ := strings.Cut(strings.TrimSpace(w.Office.Series), "-")
	if unit == "" || strings.HasPrefix(unit, "UBND") {
		return ""
	}
	return ", " + unit
}

// signature is in whose name, title and name, with room between for the signing; without any
// of them a dotted place.
func (w *writer) signature() Cell {
	head := w.Office.Head
	var out Cell
	for _, text := range []string{head.For, head.Title} {
		for _, l := range paragraphsOf(text) {
			out = append(out, Para{Style: Signature, Keep: true, Runs: phrase{}.t(upper(l))})
		}
	}
	if len(out) == 0 {
		out = append(out, Para{Style: Signature, Keep: true, Runs: phrase{}.t("……………………………")})
	}
	name := strings.TrimSpace(head.Name)
	if name == "" {
		name = "……………………………"
	}
	return append(out, Para{Style: Signature, Before: signRoom, Runs: phrase{}.t(name)})
}
