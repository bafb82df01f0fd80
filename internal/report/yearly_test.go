package report_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// TestTablesAddUpToTheFigures, by task, by commune and by unit, under both maps.
func TestTablesAddUpToTheFigures(t *testing.T) {
	for _, as := range []string{record.MapAsItWas, record.MapToday} {
		in := desk()
		in.Period.Map = as
		in.Activities[0].Task, in.Activities[0].Direct, in.Activities[0].Heads.Total = "IV.2.a", true, 40
		in.Activities[1].Heads.Total = 25
		in.Questions[0].UnitID, in.Questions[1].UnitID = id(1), id(11)
		in.Budgets[0].Task = "IV.2.a"
		var y report.Yearly
		y.Tables(in)
		f := report.Compute(in)
		value := func(code, split string) int64 { v, _ := f.Value(code, split); return v }
		var task report.TaskRow
		for _, r := range y.Tasks {
			task.Activities += r.Activities
			task.Direct += r.Direct
			task.Spent += r.Spent
		}
		if task.Activities != int64(len(y.Activities)) || task.Direct != value("I4", "") || task.Spent != value("I14", "") {
			t.Errorf("by task: %+v", task)
		}
		var place report.PlaceRow
		for _, r := range y.Places {
			place.Direct += r.Direct
			place.Attended += r.Attended
			place.Trainings += r.Trainings
			place.Trained += r.Trained
			place.Questions += r.Questions
		}
		if place.Direct != value("I4", "") || place.Attended != value("I5", "") || place.Trainings != value("I2", "") ||
			place.Trained != value("I3", "") || place.Questions != value("I11", "") {
			t.Errorf("by commune: %+v", place)
		}
		if last := y.Places[len(y.Places)-1]; !last.Unit.IsZero() || y.Places[0].Unit != id(1) || y.Places[0].Attended != 40 || y.Places[0].Questions != 1 {
			t.Errorf("communes: %+v", y.Places)
		}
		if int64(len(y.Units)) != value("I12", "measure=units") || y.Units[0].Unit != id(12) || y.Units[0].Enough {
			t.Errorf("units: %+v", y.Units)
		}
		if len(y.Questions) != 3 || len(y.Materials) != 1 || len(y.Budgets) != 1 {
			t.Errorf("%d questions, %d materials, %d budget lines", len(y.Questions), len(y.Materials), len(y.Budgets))
		}
	}
}

// TestAReportNamesNobody: what is printed holds no speaker, no asker, no inner note.
func TestAReportNamesNobody(t *testing.T) {
	in := desk()
	in.Activities[0].Speakers, in.Activities[0].Note = []string{"Y Hồng"}, "gọi Y Hồng"
	in.Questions[0].Asker, in.Questions[0].Contact, in.Questions[0].UnitText, in.Questions[0].Note = "A Blan", "0905", "nhà A Blan", "A Blan"
	in.Materials[0].Note, in.Budgets[0].Note = "Y Hồng", "Y Hồng"
	var y report.Yearly
	y.Tables(in)
	a, q := y.Activities[0], y.Questions[0]
	if a.Speakers != nil || a.Note+q.Asker+q.Contact+q.UnitText+q.Note+y.Materials[0].Note+y.Budgets[0].Note != "" {
		t.Errorf("%+v\n%+v", a, q)
	}
	if in.Activities[0].Note == "" || in.Questions[0].Asker == "" {
		t.Error("the input was changed")
	}
}
