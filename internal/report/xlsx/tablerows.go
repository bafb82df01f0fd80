package xlsx

import (
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

const noTask = "Không gắn nhiệm vụ của kế hoạch"

func orNoTask(task string) string {
	if task == "" {
		return noTask
	}
	return task
}

func stt(i int) int64 { return int64(i + 1) }

func taskRows(v *vocabulary) []row {
	var out []row
	for i, r := range v.y.Tasks {
		out = append(out, row{values: []any{stt(i), orNoTask(r.Task), r.Activities, r.Direct, r.People, r.Spent}})
	}
	return out
}

func placeRows(v *vocabulary) []row {
	var out []row
	for i, r := range v.y.Places {
		name := v.y.UnitNames[r.Unit]
		if r.Unit.IsZero() {
			name = "Nơi khác, chưa rõ xã"
		}
		out = append(out, row{values: []any{stt(i), name, r.Activities, r.Direct, r.Attended, r.Trainings, r.Trained, r.Questions}})
	}
	return out
}

func unitRows(v *vocabulary) []row {
	var out []row
	for i, r := range v.y.Units {
		said := "Chưa đạt"
		if r.Enough {
			said = "Đạt"
		}
		out = append(out, row{values: []any{stt(i), v.y.UnitNames[r.Unit], r.Sessions, said}})
	}
	return out
}

func activityRows(v *vocabulary) []row {
	var out []row
	for i, a := range v.y.Activities {
		out = append(out, row{values: []any{stt(i), a.When.Date, record.WordIn(record.ActivityKinds, a.Kind, lang), a.Title, v.where(a), v.topics(a.Topics), a.Task,
			marked(a.Direct), a.Heads.Total, a.Heads.Women, a.Heads.EthnicMinority, a.Heads.Disabled}})
	}
	return out
}

func marked(yes bool) string {
	if yes {
		return "x"
	}
	return ""
}

// where is the host unit, and the place when that says more.
func (v *vocabulary) where(a record.Activity) string {
	host, place := v.y.UnitNames[a.HostUnitID], strings.TrimSpace(a.When.Place)
	if host == "" || strings.Contains(place, host) {
		return place
	}
	return strings.TrimSuffix(host+"\n"+place, "\n")
}

func (v *vocabulary) topics(codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = record.WordIn(v.y.Topics, code, lang)
	}
	return strings.Join(words, "; ")
}

func questionRows(v *vocabulary) []row {
	var out []row
	for i, q := range v.y.Questions {
		out = append(out, row{values: []any{stt(i), q.Received, record.WordIn(record.Audiences, q.AskerGroup, lang), v.topics(q.Topics), q.Text, marked(q.Difficulty),
			q.Due.On, q.AnsweredOn, q.Routed.To}})
	}
	return out
}

func materialRows(v *vocabulary) []row {
	var out []row
	for i, m := range v.y.Materials {
		out = append(out, row{values: []any{stt(i), m.On, record.WordIn(record.MaterialKinds, m.Kind, lang), m.Title, strings.Join(m.Languages, ", "), m.Made, m.Given}})
	}
	return out
}

func budgetRows(v *vocabulary) []row {
	var out []row
	for i, b := range v.y.Budgets {
		out = append(out, row{values: []any{stt(i), orNoTask(b.Task), record.WordIn(record.CostSources, b.Source, lang), b.Content, b.Planned, b.Spent}})
	}
	return out
}

func textRows(v *vocabulary) []row {
	var out []row
	for i, t := range report.TextSections {
		out = append(out, row{values: []any{stt(i), t.Words.In(lang), ""}})
		for _, line := range strings.Split(strings.TrimSpace(v.y.Texts[t.Code]), "\n") {
			out = append(out, row{level: 1, values: []any{nil, "", strings.TrimSpace(line)}})
		}
	}
	return out
}
