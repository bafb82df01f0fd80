package narrative

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// body is a paragraph of the text.
func body(p phrase) Block { return Para{Style: BodyText, Runs: p} }

func heading(style StyleName, text string) Block { return line(style, text) }

// opening says what the report carries out, for the hand to fill in where the office has
// not said it, and how it counts.
func (w *writer) opening() []Block {
	basis := strings.TrimSuffix(strings.TrimSpace(w.Basis), ",")
	if basis == "" {
		basis = "…………………………………………… (số, ngày, cơ quan ban hành và trích yếu của kế hoạch)"
	}
	first := fmt.Sprintf("Thực hiện %s, %s báo cáo %s như sau:", basis, w.office(), report.Subject(w.Figures.Period))
	out := []Block{body(phrase{}.t(first))}
	for _, t := range w.rules() {
		out = append(out, Para{Style: BodyText, Italic: true, Runs: phrase{}.t(t)})
	}
	return out
}

func (w *writer) office() string {
	if name := strings.TrimSpace(w.Office.Name); name != "" {
		return name
	}
	return strings.TrimSpace(w.Office.ParentName)
}

// rules say which days are counted, by which rule, on which map, and what is missing.
func (w *writer) rules() []string {
	p := w.Figures.Period
	span := report.SpanInWords(p)
	if span == "" {
		span = "toàn bộ số liệu trong sổ"
	}
	out := []string{fmt.Sprintf("Kỳ số liệu: %s. Cách tính kỳ: %s.", span, report.RuleInWords(p)),
		"Hoạt động thuộc kỳ có ngày bắt đầu; chỉ tính hoạt động đã tổ chức hoặc đã chốt; một người dự một cuộc được tính một lượt."}
	if p.Map == record.MapToday {
		out[0] += " " + report.UpperFirst(report.LowerFirst(record.WordIn(record.UnitMaps, p.Map, lang))) + "."
	}
	if said := w.Unfinished(); said != "" {
		out = append(out, said)
	}
	if w.Before == nil {
		out = append(out, "Sổ chưa có số liệu của cùng kỳ năm trước nên báo cáo không so sánh.")
	}
	return out
}

// said is what the office wrote for a section, or a dotted place to write it by hand.
func (w *writer) said(section string) []Block {
	var out []Block
	for _, t := range paragraphsOf(w.Texts[section]) {
		out = append(out, body(phrase{}.t(t)))
	}
	if len(out) > 0 {
		return out
	}
	return []Block{Dotted{}, Dotted{}}
}

// titleOf is the heading of a section the office writes itself.
func titleOf(section string) string { return record.WordIn(report.TextSections, section, lang) }

// leading is section I.
func (w *writer) leading() []Block {
	out := []Block{heading(Heading1, "I. "+upper(titleOf("leading")))}
	if w.value("I1", "") == 0 {
		out = append(out, body(phrase{}.t("Trong kỳ chưa ghi nhận văn bản chỉ đạo, kế hoạch nào được ban hành.")))
	} else {
		p := phrase{}.t("Trong kỳ đã ban hành ").and("", w.figure("I1", "")).t(" văn bản chỉ đạo, triển khai")
		p = w.listed(p, " (", "I1", "kind", "", ")")
		out = append(out, body(w.compared(p, counted{"I1", "", "văn bản"}).t(".")))
	}
	return append(out, w.said("leading")...)
}

// listed adds the parts of an indicator that are not 0: "13 lớp trực tiếp; 2 lớp trực tuyến".
func (w *writer) listed(p phrase, before, code, dim, unit, after string) phrase {
	var all []phrase
	for _, f := range w.parts(w.Figures, code, dim) {
		if f.Value != 0 {
			all = append(all, w.figure(code, f.SplitKey()).t(unit+" "+w.partWord(dim, f.Split[dim])))
		}
	}
	if len(all) == 0 {
		return p
	}
	return p.t(before).and("; ", all...).t(after)
}

func (w *writer) partWord(dim, part string) string {
	return report.LowerFirst(report.PartIn(dim, part, w.Topics, lang))
}

// counted is a figure that is compared with the year before, and what it is counted in.
type counted struct{ code, splitKey, unit string }

// compared adds a sentence on how figures stand beside those of the year before.
func (w *writer) compared(p phrase, figures ...counted) phrase {
	if w.Before == nil {
		return p
	}
	var all []phrase
	same := true
	for _, c := range figures {
		name := w.names.of(c.code, c.splitKey)
		before, _ := w.Before.Value(c.code, c.splitKey)
		diff := w.value(c.code, c.splitKey) - before
		was := phrase{}.t(" (cùng kỳ ").n(before, beforePrefix+name).t(")")
		switch {
		case diff > 0:
			all = append(all, phrase{}.t("tăng ").n(diff, changePrefix+name).t(" "+c.unit).and("", was))
		case diff < 0:
			all = append(all, phrase{}.t("giảm ").n(-diff, changePrefix+name).t(" "+c.unit).and("", was))
		default:
			all = append(all, phrase{}.t("giữ nguyên ").n(before, beforePrefix+name).t(" "+c.unit))
			continue
		}
		same = false
	}
	if same {
		return p.t(". Kết quả bằng cùng kỳ năm trước")
	}
	return p.t(". So với năm trước ").and(", ", all...)
}
