package narrative

import (
	"strings"

	"sophobien/internal/report"
)

// taskGroup is the group of a task of the plan, "IV.1" or "IV.2"; "" is no task of them.
func taskGroup(task string) string {
	task = strings.ToUpper(strings.TrimSpace(task))
	for _, g := range []string{"IV.1", "IV.2"} {
		if task == g || strings.HasPrefix(task, g+".") {
			return g
		}
	}
	return ""
}

// tasksOf are the rows of a group for which anything was done or spent.
func (w *writer) tasksOf(group string) []report.TaskRow {
	var out []report.TaskRow
	for _, t := range w.Tasks {
		if taskGroup(t.Task) == group && (t.Activities > 0 || t.People > 0 || t.Spent > 0) {
			out = append(out, t)
		}
	}
	return out
}

// group says what was done for a group of tasks in all, and for each of them.
func (w *writer) group(group string) []Block {
	rows := w.tasksOf(group)
	if len(rows) == 0 {
		return []Block{body(phrase{}.t("Trong kỳ chưa có hoạt động nào ghi theo nhóm nhiệm vụ này."))}
	}
	var all report.TaskRow
	for _, r := range rows {
		all.Activities += r.Activities
		all.Direct += r.Direct
		all.People += r.People
		all.Spent += r.Spent
	}
	name := "group_" + PlainName(group)
	p := done(phrase{}.t("Trong kỳ đã thực hiện "), all, name)
	return append([]Block{Para{Style: BodyText, Keep: true, Runs: p.t(", cụ thể:")}}, w.taskLines(rows)...)
}

func (w *writer) taskLines(rows []report.TaskRow) []Block {
	var out []Block
	for i, r := range rows {
		head := "- Nhiệm vụ " + strings.TrimSpace(r.Task) + ": "
		if r.Task == "" {
			head = "- Chưa ghi theo nhiệm vụ của Kế hoạch: "
		}
		end := ";"
		if i == len(rows)-1 {
			end = "."
		}
		out = append(out, body(done(phrase{}.t(head), r, w.tasks[r.Task]).t(end)))
	}
	return out
}

// done says what a row of tasks counts; what is 0 is left out.
func done(p phrase, r report.TaskRow, name string) phrase {
	var all []phrase
	if r.Activities > 0 {
		a := phrase{}.n(r.Activities, name+"_activities").t(" hoạt động")
		if r.Direct > 0 {
			a = a.t(" (trong đó ").n(r.Direct, name+"_direct").t(" cuộc phổ biến trực tiếp)")
		}
		all = append(all, a)
	}
	if r.People > 0 {
		all = append(all, phrase{}.n(r.People, name+"_people").t(" lượt người"))
	}
	if r.Spent > 0 {
		all = append(all, phrase{}.t("kinh phí ").n(r.Spent, name+"_spent").t(" đồng"))
	}
	return p.and(", ", all...)
}
