package narrative

import (
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// assessment is section III: the targets, and what the office thinks of it.
func (w *writer) assessment() []Block {
	out := []Block{heading(Heading1, "III. ĐÁNH GIÁ"), heading(Heading2, "1. Kết quả thực hiện các chỉ tiêu")}
	if len(w.Figures.Targets) == 0 {
		out = append(out, body(phrase{}.t("Không có chỉ tiêu nào áp dụng cho kỳ này.")))
	}
	for _, t := range w.targets() {
		out = append(out, body(t.sentence()))
	}
	for i, section := range []string{"results", "difficulties", "causes"} {
		out = append(out, heading(Heading2, fmt.Sprintf("%d. %s", i+2, titleOf(section))))
		out = append(out, w.said(section)...)
	}
	return out
}

// ahead are sections IV and V.
func (w *writer) ahead() []Block {
	out := []Block{heading(Heading1, "IV. "+upper(titleOf("next")))}
	out = append(out, w.said("next")...)
	out = append(out, heading(Heading1, "V. "+upper(titleOf("proposals"))))
	return append(out, w.said("proposals")...)
}

// target is how one target stands, with its outlook if there is one.
type target struct {
	record.TargetFigure
	rule  *record.Target // nil where only the figure is known
	words string         // of the outlook
}

// targets are those of the figures, in their order.
func (w *writer) targets() []target {
	var out []target
	for _, f := range w.Figures.Targets {
		t := target{TargetFigure: f}
		if at := slices.IndexFunc(w.Outlooks, func(o report.Outlook) bool { return o.Target.Code == f.Code }); at >= 0 {
			o := w.Outlooks[at]
			day := w.Printed
			if day == "" {
				day = w.Figures.Period.To
			}
			t.rule, t.words = &o.Target, o.Words(day).In(lang)
		}
		out = append(out, t)
	}
	return out
}

func (t target) name() string {
	if t.rule != nil {
		return t.rule.Name.In(lang)
	}
	return "Chỉ tiêu " + t.Code
}

// aim is what the plan asks for: "từ 90 % đến 100 %".
func (t target) aim() string {
	if t.rule == nil {
		return ""
	}
	if t.rule.Full > t.rule.Threshold {
		return fmt.Sprintf("từ %d\u00a0%% đến %d\u00a0%%", t.rule.Threshold, t.rule.Full)
	}
	return fmt.Sprintf("%d\u00a0%%", t.rule.Threshold)
}

// tag is the name of one of the target's numbers.
func (t target) tag(what string) string { return PlainName(t.Code) + "_" + what }

func (t target) sentence() phrase {
	p := phrase{}.t("- "+t.name()+": ").n(t.Numerator, t.tag("numerator")).t("/").n(t.Denominator, t.tag("denominator"))
	if t.Denominator > 0 {
		p = p.t(", đạt ").v(percent(t.Rate), t.tag("rate"))
	}
	if aim := t.aim(); aim != "" {
		p = p.t(" (mức đề ra " + aim)
		if t.rule.Owner != "office" {
			p = p.t("; " + t.owner())
		}
		p = p.t(")")
	}
	if t.words == "" {
		return p.t(".")
	}
	return p.t(". ").v(t.words, t.tag("outlook"))
}

// owner is who answers for the target where it is not the office.
func (t target) owner() string {
	level := record.WordIn(record.UnitKinds, t.rule.Owner, lang)
	return "do " + strings.ToLower(level) + " chủ trì"
}
