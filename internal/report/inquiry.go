package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// Inquire counts what an inquiry asks for, by the rules of the figures: what is held, by
// its first day, each thing once. The period of the input is that of the inquiry; topics
// are the office's list.
func Inquire(in Input, topics []record.Term, q record.Inquiry) (record.Reply, error) {
	if err := q.Validate(); err != nil {
		return record.Reply{}, err
	}
	in.Period = Between(q.Period.From, q.Period.To)
	i := inquirer{computation: *newComputation(in), q: q, seen: map[part]bool{}}
	i.tally = tally{map[key]*record.Figure{}}
	whole := i.open(key{code: q.Measure})
	i.openMonths()
	i.facts(i.count)
	whole.Records = sortedIDs(whole.Records)
	out := record.Reply{Inquiry: q, Whole: *whole, Parts: i.parts(topics)}
	sum := int64(0)
	for _, p := range out.Parts {
		sum += p.Value
	}
	out.Overlaps = sum > whole.Value
	out.Words = i.words(out, topics)
	return out, nil
}

// inquirer is one run of Inquire.
type inquirer struct {
	computation
	q    record.Inquiry
	seen map[part]bool // what counts once, and did
}

type part struct {
	key
	row record.ID
}

// fact is a row of the register as an inquiry sees it: how much it counts, and where it
// stands in every split.
type fact struct {
	row       record.ID // shown behind the number
	once      bool      // the row counts once, however many facts speak of it
	value     int64
	day       record.Date
	kind      string
	task      string
	material  string
	topics    []string
	audiences []share
	place     record.ID // a commune
	units     []record.ID
}

// share is what a fact adds to one part of a split.
type share struct {
	part  string
	value int64
}

// shares divides a fact along a split; "" is the part of what is not said.
func (f fact) shares(split string) []share {
	switch split {
	case "month":
		return f.undivided(string(f.day[:min(len(f.day), 7)]))
	case "kind":
		return f.undivided(f.kind)
	case "task":
		return f.undivided(f.task)
	case "material":
		return f.undivided(f.material)
	case "topic":
		return f.undivided(f.topics...)
	case "place":
		return f.undivided(idPart(f.place))
	case "unit":
		var units []string
		for _, id := range f.units {
			units = append(units, idPart(id))
		}
		return f.undivided(units...)
	}
	if f.audiences != nil {
		return f.audiences
	}
	return f.undivided()
}

// undivided is the whole fact in each of some parts.
func (f fact) undivided(parts ...string) []share {
	if len(parts) == 0 {
		parts = []string{""}
	}
	var out []share
	for i, p := range parts {
		if !slices.Contains(parts[:i], p) {
			out = append(out, share{p, f.value})
		}
	}
	return out
}

func idPart(id record.ID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

// only is the share of one part; no share is 0.
func only(shares []share, part string) share {
	for _, s := range shares {
		if s.part == part {
			return s
		}
	}
	return share{part, 0}
}

// count adds a fact to the whole and to the parts it belongs to, as far as it is asked for.
func (i *inquirer) count(f fact) {
	for split, part := range i.q.Only {
		f.value = only(f.shares(split), part).value
		if f.value == 0 {
			return
		}
	}
	i.addFact(key{code: i.q.Measure}, f.value, f)
	if i.q.Split == "" {
		return
	}
	shares := f.shares(i.q.Split)
	if part, narrowed := i.q.Only[i.q.Split]; narrowed {
		shares = []share{only(shares, part)}
	}
	for _, s := range shares {
		i.addFact(key{i.q.Measure, i.q.Split, s.part}, s.value, f)
	}
}

func (i *inquirer) addFact(k key, n int64, f fact) {
	if f.once {
		if i.seen[part{k, f.row}] {
			return
		}
		i.seen[part{k, f.row}] = true
	}
	i.add(k, n, f.row)
}

// facts hands over every row that the measure counts.
func (i *inquirer) facts(add func(fact)) {
	switch i.q.Measure {
	case "people":
		i.activities(people, func(a *record.Activity, f fact) {
			f.audiences = []share{}
			byAudience.each(i.in, a, func(part string, n int64) { f.audiences = append(f.audiences, share{part, n}) })
			add(f)
		})
	case "women", "ethnic_minority", "disabled":
		i.activities(func(a *record.Activity) int64 { return group(a.Heads, i.q.Measure) }, func(_ *record.Activity, f fact) { add(f) })
	case "worker", "employer":
		i.activities(func(a *record.Activity) int64 { return a.Heads.Of(i.q.Measure) }, func(_ *record.Activity, f fact) { add(f) })
	case "activity":
		i.activities(once, func(_ *record.Activity, f fact) { add(f) })
	case "direct":
		i.activities(func(a *record.Activity) int64 { return int64(btoi(a.Direct)) }, func(_ *record.Activity, f fact) { add(f) })
	case "business", "unit":
		i.unitsReached(add)
	case "question", "answered":
		i.questions(add)
	case "copies":
		i.copies(add)
	case "spent":
		i.money(add)
	}
}

// activities hands over what is counted with what each adds.
func (i *inquirer) activities(amount func(*record.Activity) int64, add func(*record.Activity, fact)) {
	i.each(i.held, amount, add)
}

func (i *inquirer) each(list []*record.Activity, amount func(*record.Activity) int64, add func(*record.Activity, fact)) {
	for _, a := range list {
		add(a, fact{
			row: a.ID, value: amount(a), day: a.When.Date, kind: a.Kind, task: a.Task, topics: a.Topics, audiences: groupsAt(a, amount(a)),
			place: i.register.communeOf(a.HostUnitID), units: i.unitsAtEvent(a),
		})
	}
}

// groupsAt are the groups an activity was for or that came, each with all of the value.
func groupsAt(a *record.Activity, value int64) []share {
	var out []share
	for _, t := range record.Audiences {
		if slices.Contains(a.Audience, t.Code) || a.Heads.Of(t.Code) > 0 {
			out = append(out, share{t.Code, value})
		}
	}
	return out
}

// unitsReached hands over the units that took part, once for each activity. The office's
// own unit and those above it are not reached by it.
func (i *inquirer) unitsReached(add func(fact)) {
	i.each(i.took, once, func(a *record.Activity, f fact) {
		for _, id := range i.unitsAtActivity(a) {
			if i.q.Measure == "business" && !slices.Contains(businesses, i.in.Units[id].Kind) || i.q.Measure == "unit" && i.register.apart[id] {
				continue
			}
			of := f
			of.row, of.once, of.place = id, true, i.register.communeOf(id)
			add(of)
		}
	})
}

func (i *inquirer) questions(add func(fact)) {
	span := i.in.Period.Span()
	for n := range i.in.Questions {
		q := &i.in.Questions[n]
		answered := q.Answered() && (span.To == "" || q.AnsweredOn <= span.To)
		if !span.Has(q.Received) || i.q.Measure == "answered" && !answered {
			continue
		}
		add(fact{
			row: q.ID, value: 1, day: q.Received, topics: q.Topics, audiences: []share{{knownOr(record.Audiences, q.AskerGroup), 1}},
			place: i.register.communeOf(q.UnitID), units: i.register.asAll([]record.ID{q.UnitID}),
		})
	}
}

// copies hands over what activities gave, kind by kind, and what was given beside them.
func (i *inquirer) copies(add func(fact)) {
	i.activities(none, func(a *record.Activity, f fact) {
		byGiven.each(i.in, a, func(kind string, n int64) {
			of := f
			of.material, of.value, of.audiences = kind, n, groupsAt(a, n)
			add(of)
		})
	})
	span := i.in.Period.Span()
	for _, m := range i.in.Materials {
		if span.Has(m.On) {
			add(fact{row: m.ID, value: m.Given, day: m.On, topics: m.Topics, material: knownOr(record.MaterialKinds, m.Kind)})
		}
	}
}

func (i *inquirer) money(add func(fact)) {
	i.activities(spent, func(_ *record.Activity, f fact) { add(f) })
	for _, b := range i.in.Budgets {
		if holdsYear(i.in.Period, b.Year) {
			add(fact{row: b.ID, value: b.Spent, task: b.Task})
		}
	}
}

// mostMonths is the longest span of which also the empty months stand.
const mostMonths = 240

// openMonths lets every month of the span stand, also the empty ones.
func (i *inquirer) openMonths() {
	p := i.in.Period
	if i.q.Split != "month" || i.q.Only["month"] != "" || p.From == "" || p.To == "" || daysIn(p.From, p.To) > 31*mostMonths {
		return
	}
	for _, m := range months(p, nil) {
		i.open(key{i.q.Measure, "month", string(m.Days.From[:7])})
	}
}

// parts are what was collected: months in their order, groups and tasks in that of their
// list, everything else by how much it is. What is not said comes last.
func (i *inquirer) parts(topics []record.Term) []record.ReplyPart {
	var out []record.ReplyPart
	for _, k := range slices.SortedFunc(maps.Keys(i.at), func(a, b key) int { return cmp.Compare(a.part, b.part) }) {
		if k.dim == "" {
			continue
		}
		f := i.at[k]
		f.Records = sortedIDs(f.Records)
		out = append(out, record.ReplyPart{Figure: *f, Part: k.part, Name: i.name(k.dim, k.part, topics)})
	}
	rank := func(p record.ReplyPart) int64 { return -p.Value }
	switch i.q.Split {
	case "month", "task":
		rank = func(record.ReplyPart) int64 { return 0 } // as they are
	case "audience":
		rank = func(p record.ReplyPart) int64 {
			return int64(slices.IndexFunc(record.Audiences, func(t record.Term) bool { return t.Code == p.Part }))
		}
	}
	slices.SortStableFunc(out, func(a, b record.ReplyPart) int {
		return cmp.Or(cmp.Compare(btoi(a.Part == ""), btoi(b.Part == "")), cmp.Compare(rank(a), rank(b)))
	})
	return out
}

// unsaid names what the register does not say.
var unsaid = map[string]record.Words{
	"month":    {VI: "Chỉ ghi năm", EN: "Only the year is known"},
	"kind":     {VI: "Không thuộc hoạt động nào", EN: "At no activity"},
	"audience": {VI: "Chưa ghi đối tượng", EN: "No audience given"},
	"place":    {VI: "Nơi khác, chưa rõ xã", EN: "Elsewhere, or not known"},
	"unit":     {VI: "Chưa ghi đơn vị", EN: "No unit given"},
	"topic":    {VI: "Chưa ghi nội dung", EN: "No topic given"},
	"task":     {VI: "Không gắn nhiệm vụ của kế hoạch", EN: "No task of the plan"},
}

// name is what people call a part.
func (i *inquirer) name(split, part string, topics []record.Term) record.Words {
	same := func(s string) record.Words { return record.Words{VI: s, EN: s} }
	switch {
	case part == "":
		return unsaid[split]
	case split == "month":
		d := record.Date(part + "-01")
		return record.Words{VI: fmt.Sprintf("Tháng %d/%d", d.Month(), d.Year()), EN: d.Time().Format("January 2006")}
	case split == "place", split == "unit":
		id, err := record.ParseID(part)
		if u, known := i.in.Units[id]; err == nil && known {
			return same(u.FullName())
		}
	case split == "task":
		return same(part)
	}
	return record.Words{VI: PartIn(split, part, topics, "vi"), EN: PartIn(split, part, topics, "en")}
}

// words are the answer in a sentence.
func (i *inquirer) words(r record.Reply, topics []record.Term) record.Words {
	m := record.MeasureOf(i.q.Measure)
	n := fmt.Sprint(r.Whole.Value)
	vi, en := Grouped(n, "vi")+" "+m.Unit.VI, Grouped(n, "en")+" "+m.Unit.EN
	if at := len(r.Whole.Records); at > 0 && slices.Contains([]string{"people", "women", "ethnic_minority", "disabled", "worker", "employer"}, m.Code) {
		vi += fmt.Sprintf(" tại %s hoạt động", Grouped(fmt.Sprint(at), "vi"))
		en += fmt.Sprintf(" at %s activities", Grouped(fmt.Sprint(at), "en"))
	}
	if span := SpanInWords(i.in.Period); span != "" {
		vi += ", " + span
		en += ", " + daysInEnglish(i.in.Period)
	}
	for _, t := range record.Splits {
		if part, narrowed := i.q.Only[t.Code]; narrowed {
			name := i.name(t.Code, part, topics)
			vi += fmt.Sprintf("; chỉ kể %s “%s”", LowerFirst(t.Words.VI), name.VI)
			en += fmt.Sprintf("; only %s “%s”", LowerFirst(t.Words.EN), name.EN)
		}
	}
	return record.Words{VI: vi + ".", EN: en + "."}
}

func daysInEnglish(p record.FigurePeriod) string {
	var words []string
	if p.From != "" {
		words = append(words, "from "+p.From.String())
	}
	if p.To != "" {
		words = append(words, "to "+p.To.String())
	}
	return strings.Join(words, " ")
}
