package report

import (
	"slices"

	"sophobien/internal/record"
)

// indicator says which activities an indicator counts, how much each adds, and
// into which parts that is split.
type indicator struct {
	code   string
	has    func(*record.Activity) bool
	amount func(*record.Activity) int64
	splits []split
}

// split divides an indicator along one dimension. The fixed parts stand even at
// zero; each says what one activity adds to which part.
type split struct {
	dim   string
	fixed []string
	each  func(in Input, a *record.Activity, add func(part string, n int64))
}

// indicators are the rows of the yearly table that activities fill.
var indicators = []indicator{
	{"I1", isDirective, once, []split{byDocument}},
	{"I2", isTraining, once, []split{byMode}},
	{"I3", isTraining, people, []split{byAudience, byGroup("women", "ethnic_minority")}},
	{"I4", isDirect, once, []split{bySetting, byHost, byTopic}},
	{"I5", isDirect, people, []split{byAudience, byGroup("women", "ethnic_minority", "disabled")}},
	{"I7", isDialogue, once, []split{byKind, byMeasure("people", people)}},
	{"I8", isContest, once, []split{byMeasure("entries", people), byMeasure("prizes", prizes)}},
	{"I9", always, none, []split{byMeasure("given", copies), byGiven}},
	{"I10", isNews, times, []split{byNews}},
	{"I14", always, spent, []split{bySource}},
}

func isDirective(a *record.Activity) bool { return a.Kind == "directive" }
func isTraining(a *record.Activity) bool  { return a.Kind == "training" }
func isDirect(a *record.Activity) bool    { return a.Direct }
func isContest(a *record.Activity) bool   { return a.Kind == "contest" }

func isDialogue(a *record.Activity) bool {
	switch a.Kind {
	case "dialogue", "roundtable", "workshop", "forum":
		return true
	}
	return false
}

// isNews is what is published or sent out rather than held.
func isNews(a *record.Activity) bool {
	switch a.Kind {
	case "article", "broadcast", "social":
		return true
	}
	return false
}

func always(*record.Activity) bool    { return true }
func none(*record.Activity) int64     { return 0 }
func once(*record.Activity) int64     { return 1 }
func people(a *record.Activity) int64 { return a.Heads.Total }
func prizes(a *record.Activity) int64 { return a.Prizes }

// times is how often a piece went out; unsaid, once.
func times(a *record.Activity) int64 { return max(1, a.Times) }

func copies(a *record.Activity) int64 {
	n := int64(0)
	for _, m := range a.Materials {
		n += m.Copies
	}
	return n
}

func spent(a *record.Activity) int64 {
	n := int64(0)
	for _, k := range a.Costs {
		n += k.Amount
	}
	return n
}

// byGiven counts copies handed out; a material of no known kind is another.
var byGiven = split{"given", codes(record.MaterialKinds), func(_ Input, a *record.Activity, add func(string, int64)) {
	for _, m := range a.Materials {
		add(knownOr(record.MaterialKinds, m.Kind), m.Copies)
	}
}}

var byNews = split{"kind", []string{"article", "broadcast", "social"}, func(_ Input, a *record.Activity, add func(string, int64)) {
	add(a.Kind, times(a))
}}

var bySource = split{"source", codes(record.CostSources), func(_ Input, a *record.Activity, add func(string, int64)) {
	for _, k := range a.Costs {
		add(k.Source, k.Amount)
	}
}}

// knownOr is a code of the list, or "other".
func knownOr(list []record.Term, code string) string {
	if record.Word(list, code) == nil {
		return "other"
	}
	return code
}

// byDocument puts a document that was recorded as an activity, without its kind,
// with the others; those recorded as documents are counted beside.
var byDocument = split{"kind", codes(record.DirectiveKinds), func(_ Input, _ *record.Activity, add func(string, int64)) {
	add("other", 1)
}}

// byMode counts what does not say how people met as in person.
var byMode = split{"mode", codes(record.Modes), func(_ Input, a *record.Activity, add func(string, int64)) {
	if a.Mode == "" {
		add("in_person", 1)
		return
	}
	add(a.Mode, 1)
}}

var byAudience = split{"audience", codes(record.Audiences), func(_ Input, a *record.Activity, add func(string, int64)) {
	for _, t := range record.Audiences {
		add(t.Code, a.Heads.Of(t.Code))
	}
}}

var bySetting = split{"setting", []string{"standalone", "woven"}, func(_ Input, a *record.Activity, add func(string, int64)) {
	if a.Kind == "woven" || a.WovenInto != "" {
		add("woven", 1)
		return
	}
	add("standalone", 1)
}}

var byHost = split{"host", []string{"enterprise", "commune", "other"}, func(in Input, a *record.Activity, add func(string, int64)) {
	switch kind := in.Units[a.HostUnitID].Kind; kind {
	case "enterprise", "commune":
		add(kind, 1)
	default:
		add("other", 1)
	}
}}

// byTopic counts an activity once under each of its topics, so the parts add up
// to more than the whole.
var byTopic = split{"topic", nil, func(_ Input, a *record.Activity, add func(string, int64)) {
	for i, topic := range a.Topics {
		if !slices.Contains(a.Topics[:i], topic) {
			add(topic, 1)
		}
	}
}}

var byKind = split{"kind", []string{"dialogue", "roundtable", "workshop", "forum"}, func(_ Input, a *record.Activity, add func(string, int64)) {
	add(a.Kind, 1)
}}

// byGroup counts groups that overlap the audiences and each other.
func byGroup(groups ...string) split {
	return split{"group", groups, func(_ Input, a *record.Activity, add func(string, int64)) {
		for _, g := range groups {
			add(g, group(a.Heads, g))
		}
	}}
}

// byMeasure is another number of the same activities: people, entries, prizes.
func byMeasure(name string, amount func(*record.Activity) int64) split {
	return split{"measure", []string{name}, func(_ Input, a *record.Activity, add func(string, int64)) {
		add(name, amount(a))
	}}
}

func group(h record.HeadCount, name string) int64 {
	switch name {
	case "women":
		return h.Women
	case "ethnic_minority":
		return h.EthnicMinority
	case "disabled":
		return h.Disabled
	}
	return 0
}

func codes(terms []record.Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.Code
	}
	return out
}
