package narrative

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// The beginnings of names of figures of other times: those of the workbook.
const (
	beforePrefix = "NT_" // the same part of the year before
	sincePrefix  = "LK_" // since the plan began
	changePrefix = "change_"
	sharePrefix  = "share_"
)

// names are the names of the figures of a report, by code and split.
type names map[string]string

// nameFigures gives every figure a name no other has, as the workbook does: a spreadsheet
// tells names apart without regard to case, so a second "i4_topic_ld01" gets a number. A
// figure of several times keeps its first name.
func nameFigures(y report.Yearly) names {
	out, taken := names{}, map[string]bool{}
	for _, figures := range []*record.Figures{&y.Figures, y.Before, y.Since} {
		if figures == nil {
			continue
		}
		for _, f := range figures.Indicators {
			if key := f.Code + " " + f.SplitKey(); out[key] == "" {
				out[key] = free(report.FigureName(f), taken)
			}
		}
	}
	return out
}

func (n names) of(code, splitKey string) string { return n[code+" "+splitKey] }

// nameTasks gives the row of every task a name.
func nameTasks(tasks []report.TaskRow) map[string]string {
	out, taken := map[string]string{}, map[string]bool{}
	for _, t := range tasks {
		base := "task_none"
		if t.Task != "" {
			base = "task_" + PlainName(t.Task)
		}
		out[t.Task] = free(base, taken)
	}
	return out
}

// free is a name that was not taken, and takes it.
func free(base string, taken map[string]bool) string {
	name := base
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s_%d", base, n)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// rowName is the beginning of the names in the row of a unit or an activity.
func rowName(what string, id record.ID) string {
	if id.IsZero() {
		return what + "_other"
	}
	return what + "_" + PlainName(id.String())
}

// PlainName puts a line in the place of all but letters and digits of ASCII.
func PlainName(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return r
		}
		return '_'
	}, text)
}
