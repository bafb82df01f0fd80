package report

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"

	"sophobien/internal/record"
)

// Differences tell in sentences what a report says otherwise than the one before it: each
// figure and target that has another value, then each record that came, went or was
// changed, then the office's own words. Parts of a figure follow their whole.
func Differences(before, after Snapshot) []record.Words {
	d := differences{topics: after.Yearly.Topics}
	d.period(before.Yearly.Figures.Period, after.Yearly.Figures.Period)
	d.figures(before.Yearly.Figures.Indicators, after.Yearly.Figures.Indicators)
	d.targets(before.Yearly, after.Yearly)
	d.records(before.Records, after.Records)
	d.texts(before.Yearly, after.Yearly)
	return d.said
}

type differences struct {
	topics []record.Term
	said   []record.Words
}

func (d *differences) say(vi, en string) { d.said = append(d.said, record.Words{VI: vi, EN: en}) }

func (d *differences) period(was, is record.FigurePeriod) {
	if was.From != is.From || was.To != is.To {
		d.say(fmt.Sprintf("Kỳ số liệu: trước %s, nay %s.", SpanInWords(was), SpanInWords(is)),
			fmt.Sprintf("Period: %s – %s before, %s – %s now.", was.From, was.To, is.From, is.To))
	}
}

// FigureWords name a figure, its part too: "Lượt người được tập huấn – Nữ".
func FigureWords(f record.Figure, topics []record.Term, lang string) string {
	name := f.Code
	for _, i := range Infos {
		if i.Code == f.Code {
			name = i.Name.In(lang)
		}
	}
	for _, dim := range slices.Sorted(maps.Keys(f.Split)) {
		name += " – " + PartIn(dim, f.Split[dim], topics, lang)
	}
	return name
}

func (d *differences) figures(before, after []record.Figure) {
	was, is := valuesOf(before), valuesOf(after)
	for _, f := range eachOnce(before, after) {
		a, b := was[figureKey(f)], is[figureKey(f)]
		if a == b {
			continue
		}
		d.say(fmt.Sprintf("%s (%s): %s → %s %s.", FigureWords(f, d.topics, "vi"), f.Code, grouped(a, "vi"), grouped(b, "vi"), UnitIn(f, "vi")),
			fmt.Sprintf("%s (%s): %s → %s %s.", FigureWords(f, d.topics, "en"), f.Code, grouped(a, "en"), grouped(b, "en"), UnitIn(f, "en")))
	}
}

func figureKey(f record.Figure) string { return f.Code + " " + f.SplitKey() }

func valuesOf(figures []record.Figure) map[string]int64 {
	out := make(map[string]int64, len(figures))
	for _, f := range figures {
		out[figureKey(f)] = f.Value
	}
	return out
}

// eachOnce are the figures of both, in the stable order of reports.
func eachOnce(a, b []record.Figure) []record.Figure {
	all := record.Figures{}
	seen := map[string]bool{}
	for _, f := range slices.Concat(a, b) {
		if k := figureKey(f); !seen[k] {
			seen[k] = true
			all.Indicators = append(all.Indicators, f)
		}
	}
	all.Sort()
	return all.Indicators
}

func (d *differences) targets(before, after Yearly) {
	was := map[string]record.TargetFigure{}
	for _, t := range before.Figures.Targets {
		was[t.Code] = t
	}
	for _, t := range after.Figures.Targets {
		b, known := was[t.Code]
		if known && b.Numerator == t.Numerator && b.Denominator == t.Denominator {
			continue
		}
		name := after.targetWords(t.Code)
		d.say(fmt.Sprintf("Chỉ tiêu %s: %s/%s → %s/%s.", name.VI, grouped(b.Numerator, "vi"), grouped(b.Denominator, "vi"), grouped(t.Numerator, "vi"), grouped(t.Denominator, "vi")),
			fmt.Sprintf("Target %s: %s of %s → %s of %s.", name.EN, grouped(b.Numerator, "en"), grouped(b.Denominator, "en"), grouped(t.Numerator, "en"), grouped(t.Denominator, "en")))
	}
}

// targetWords name a target as the report does.
func (y Yearly) targetWords(code string) record.Words {
	for _, o := range y.Outlooks {
		if o.Target.Code == code {
			return record.Words{VI: "(" + code + ") " + o.Target.Short.VI, EN: "(" + code + ") " + o.Target.Short.EN}
		}
	}
	return record.Words{VI: "(" + code + ")", EN: "(" + code + ")"}
}

func (d *differences) records(before, after []Stamp) {
	was := map[record.Ref]Stamp{}
	for _, s := range before {
		was[s.Ref] = s
	}
	is := map[record.Ref]bool{}
	for _, s := range after {
		is[s.Ref] = true
		switch b, known := was[s.Ref]; {
		case !known:
			d.record("Thêm", "Added", s)
		case b.Print != s.Print:
			d.record("Sửa", "Changed", s)
		}
	}
	for _, s := range before {
		if !is[s.Ref] {
			d.record("Không còn tính", "No longer counted", s)
		}
	}
}

func (d *differences) record(vi, en string, s Stamp) {
	w := s.Words()
	d.say(vi+" "+w.VI+".", en+" "+w.EN+".")
}

// Words name a record: hoạt động “Tập huấn” (05/03/2026).
func (s Stamp) Words() record.Words {
	noun := record.Words{VI: s.Ref.Noun, EN: s.Ref.Noun}
	if d, known := record.Describe(s.Ref.Noun); known {
		noun = d.Words
	}
	rest := " “" + shortened(s.Title, 80) + "”"
	if s.Day != "" {
		rest += " (" + s.Day.String() + ")"
	}
	return record.Words{VI: noun.VI + rest, EN: noun.EN + rest}
}

func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

func (d *differences) texts(before, after Yearly) {
	sections := append([]record.Term{{Code: "basis", Words: record.Words{VI: "Căn cứ thực hiện", EN: "What is carried out"}}}, TextSections...)
	for _, t := range sections {
		if before.text(t.Code) != after.text(t.Code) {
			d.say("Lời văn phần “"+t.Words.VI+"” đã sửa.", "The words of “"+t.Words.EN+"” were changed.")
		}
	}
}

func (y Yearly) text(section string) string {
	if section == "basis" {
		return y.Basis
	}
	return y.Texts[section]
}

func compareRefs(a, b record.Ref) int {
	return cmp.Or(cmp.Compare(a.Noun, b.Noun), bytes.Compare(a.ID[:], b.ID[:]))
}
