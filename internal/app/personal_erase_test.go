package app

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

// TestAnErasureLooksForNamesBeforeACorrection in questions, drafts and the log, and says
// beforehand what it takes.
func TestAnErasureLooksForNamesBeforeACorrection(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	wrong := planted
	wrong.FullName = "Đinh Thị Hạch"
	p := lastOf(t, a, listOn(t, a, "2026-03-05", 100, 2, wrong))
	p.FullName = planted.FullName
	must(a.CorrectPerson(ctx, p, "bà đinh thị hạch, đọc nhầm"))(t)
	ask := func(day record.Date, asker string) record.Question {
		return asked(t, a, record.Question{Text: "Hỏi ngày " + string(day) + "?", Received: day, Asker: asker, Contact: "0900000000"})
	}
	before, now, other := ask("2026-03-01", "Đinh Thị Hạch"), ask("2026-03-03", planted.FullName), ask("2026-03-02", "Đinh Thị Hạ")
	for scope, text := range map[string]string{
		"question/":          `{"asker":"đinh thị hạch"}`,
		"question/new":       `{"text":"Bà “` + planted.FullName + `” hỏi"}`,
		"activity/x":         `{"speakers":"Dinh Thi Hach; A Brôl"}`,
		"question/another":   `{"asker":"Đinh Thị Hạ"}`,
		"question/unrelated": `{"asker":"Đinh Thị Hạch Nhân"}`,
	} {
		must(a.SaveDraft(ctx, scope, []byte(text)))(t)
	}
	drafts := []string{"activity/x", "question/", "question/new", "question/unrelated"}

	takes := must(a.ErasureOf(ctx, p.ID))(t)
	want := record.Erasure{
		Names: []string{planted.FullName, "Đinh Thị Hạch"},
		Asked: []record.AskedLine{
			{ID: now.ID, Received: "2026-03-03", Asker: planted.FullName, Text: now.Text},
			{ID: before.ID, Received: "2026-03-01", Asker: "Đinh Thị Hạch", Text: before.Text},
		},
		Drafts: drafts,
	}
	if diff := cmp.Diff(want, takes); diff != "" {
		t.Errorf("said beforehand (-want +got):\n%s", diff)
	}
	if _, err := a.ErasePerson(ctx, p.ID, "Đơn của bà Đinh Thị Hạch, ngày 20/03/2026"); err == nil {
		t.Error("a reason with the name before the correction is taken")
	}
	gone := must(a.ErasePerson(ctx, p.ID, "Đơn 12"))(t)
	if gone.Askers != 2 || !slices.Equal(gone.Drafts, drafts) {
		t.Errorf("%+v", gone)
	}
	asker := func(q record.Question) string { return must(a.Record(ctx, q.Ref()))(t).(record.Question).Asker }
	if asker(before) != "" || asker(now) != "" || asker(other) != other.Asker {
		t.Errorf("left: %q, %q, %q", asker(before), asker(now), asker(other))
	}
	for _, entry := range must(a.CustodyLog(ctx))(t) {
		if strings.Contains(entry.Reason, "hạch") {
			t.Errorf("the log says %q", entry.Reason)
		}
	}
	for _, scope := range drafts {
		if err := a.DropDraft(ctx, scope); err != nil {
			t.Fatal(err)
		}
	}
	if after := must(a.ErasureOf(ctx, p.ID))(t); len(after.Names)+len(after.Asked)+len(after.Drafts) != 0 {
		t.Errorf("still there: %+v", after)
	}
	nowhere(t, a, folder, plantedValues...)
	agree(t, a)
}

// TestAnErasureLooksIntoTheHistoryOfQuestions: who was written over as the asker goes from
// there, whoever asks now stays.
func TestAnErasureLooksIntoTheHistoryOfQuestions(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	p := lastOf(t, a, listOn(t, a, "2026-03-05", 100, 2, planted))
	ask := func(asker, contact string) record.Question {
		return asked(t, a, record.Question{Text: "Hỏi về lương?", Received: "2026-03-01", Asker: asker, Contact: contact})
	}
	over := func(q record.Question, asker, contact string) record.Question {
		q.Asker, q.Contact = asker, contact
		return must(a.SaveRecord(ctx, q))(t).(record.Question)
	}
	kept := over(ask(planted.FullName, "0912000111"), "A Brôl", "0900000000")
	same := over(ask(planted.FullName, "0912000111"), "A Brôl", "0912000111")
	never := over(ask("Y Thu", "0911"), "A Brôl", "0900000000")
	deleted := over(ask(planted.FullName, "0912000111"), "A Brôl", "0912000111")
	must(a.DeleteRecord(ctx, deleted.Ref()))(t)

	if takes := must(a.ErasureOf(ctx, p.ID))(t); len(takes.Asked) != 3 || takes.Asked[0].Asker != planted.FullName {
		t.Errorf("said beforehand: %+v", takes.Asked)
	}
	if gone := must(a.ErasePerson(ctx, p.ID, "Đơn 12"))(t); gone.Askers != 3 {
		t.Errorf("%+v", gone)
	}
	for q, contact := range map[record.ID]string{kept.ID: "0900000000", same.ID: "", never.ID: "0900000000"} {
		if now := must(a.Record(ctx, record.Ref{Noun: "question", ID: q}))(t).(record.Question); now.Asker != "A Brôl" || now.Contact != contact {
			t.Errorf("left: %q, %q, want %q", now.Asker, now.Contact, contact)
		}
	}
	if after := must(a.ErasureOf(ctx, p.ID))(t); len(after.Asked) != 0 {
		t.Errorf("still there: %+v", after.Asked)
	}
	nowhere(t, a, folder, plantedValues...)
	agree(t, a)
}

// TestAListFilteredByANameIsAnExportOfNames: its heading says the name.
func TestAListFilteredByANameIsAnExportOfNames(t *testing.T) {
	a := newApp(t)
	listOn(t, a, "2026-03-05", 100, 1, planted)
	asked(t, a, record.Question{Text: "Chị Rơ Châm Hỏi Lạ hỏi về lương", Received: "2026-03-01", Asker: "Rơ Châm Hỏi Lạ"})
	asked(t, a, record.Question{Text: "Lương tháng tính sao?", Received: "2026-03-01"})
	for i, c := range []struct {
		noun, text string
		logged     bool
	}{
		{"question", "Rơ Châm Hỏi Lạ", true},
		{"question", "ro cham hoi la luong", true},
		{"activity", planted.FullName, true},
		{"question", "lương", false},
		{"question", "châm hỏi", false},
		{"question", "", false},
	} {
		for _, export := range []func(path string) (record.Words, error){
			func(path string) (record.Words, error) {
				return a.ExportList(ctx, record.ListFilter{Noun: c.noun, Text: c.text}, nil, path+".xlsx")
			},
			func(path string) (record.Words, error) {
				return a.PrintList(ctx, record.ListFilter{Noun: c.noun, Text: c.text}, nil, path+".pdf")
			},
		} {
			before := len(must(a.CustodyLog(ctx))(t))
			words := must(export(filepath.Join(t.TempDir(), "a")))(t)
			log := must(a.CustodyLog(ctx))(t)
			if logged := len(log) > before; logged != c.logged || (words.VI != "") != c.logged {
				t.Errorf("%d, %q: logged %v, warned %q", i, c.text, logged, words.VI)
			}
		}
	}
}
