package app

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// planted are values that must be nowhere once they were erased.
var planted = record.Person{
	FullName: "Đinh Thị Hạnh Phúc Riêng", Sex: "nữ", Birth: "1977-07-17", UnitText: "Xưởng Mộc Bí Mật", Group: "worker", Position: "Thợ tiện lạ",
	Phone: "0987654321", Ethnicity: "Rơ-măm", Disability: "khiếm thính nặng",
}

var plantedValues = []string{planted.FullName, "Tên Cũ Đã Sửa", "1977-07-17", planted.UnitText, planted.Position, planted.Phone, planted.Ethnicity, planted.Disability}

func collecting(t testing.TB, a *App, months int64) {
	t.Helper()
	office := must(a.Office(ctx))(t)
	for _, f := range []string{"phone", "ethnicity", "disability"} {
		office.Collects = append(office.Collects, record.Collect{Field: f, Purpose: "thống kê", Months: months})
	}
	if err := a.SaveOffice(ctx, office); err != nil {
		t.Fatal(err)
	}
}

// listOn stores a held activity on a day with the planted person and n others.
func listOn(t testing.TB, a *App, day record.Date, from, n int64, people ...record.Person) record.Activity {
	t.Helper()
	act := training("Tập huấn " + string(day))
	act.When.Date = day
	act = must(a.SaveActivity(ctx, act))(t)
	list := newcomers(from, n)
	for _, p := range people {
		list = append(list, record.Attendee{Person: p})
	}
	must(a.SaveAttendees(ctx, act.ID, list))(t)
	return act
}

func lastOf(t testing.TB, a *App, act record.Activity) record.Person {
	t.Helper()
	list := must(a.Attendees(ctx, act.ID))(t)
	return list[len(list)-1].Person
}

func TestAnErasedPersonIsNowhereAndEveryCountStays(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	collecting(t, a, 0)
	old := planted
	old.FullName = "Tên Cũ Đã Sửa"
	act := listOn(t, a, "2026-03-05", 100, 5, old)
	p := lastOf(t, a, act)
	p.FullName = planted.FullName
	must(a.CorrectPerson(ctx, p, "đọc nhầm"))(t)
	before := must(a.Activity(ctx, act.ID))(t).Heads
	figures := must(a.Recount(ctx, must(a.Between("2026-01-01", "2026-12-31"))(t)))(t)

	gone := must(a.ErasePerson(ctx, p.ID, "đơn ngày 20/03/2026"))(t)
	if gone.People != 1 || len(gone.Drafts) != 0 {
		t.Errorf("%+v", gone)
	}
	got := lastOf(t, a, act)
	if got.FullName != record.NameErased || got.Birth != "" || got.Phone != "" || got.UnitText != "" || got.Sex != "nữ" || got.Group != "worker" {
		t.Errorf("what is left: %+v", got)
	}
	if after := must(a.Activity(ctx, act.ID))(t).Heads; after != before {
		t.Errorf("counts: %+v, were %+v", after, before)
	}
	if again := must(a.Recount(ctx, must(a.Between("2026-01-01", "2026-12-31"))(t)))(t); fmt.Sprint(again) != fmt.Sprint(figures) {
		t.Error("a recount differs")
	}
	// the list can still be stored, and counts as before
	must(a.SaveAttendees(ctx, act.ID, must(a.Attendees(ctx, act.ID))(t)))(t)
	if after := must(a.Activity(ctx, act.ID))(t).Heads; after != before {
		t.Errorf("counts after storing the list: %+v, were %+v", after, before)
	}
	nowhere(t, a, folder, plantedValues...)
	log := must(a.CustodyLog(ctx))(t)
	if len(log) != 2 || log[0].Kind != "erase" && log[1].Kind != "erase" {
		t.Errorf("log %+v", log)
	}
	agree(t, a)
}

// nowhere looks for values in what the program says and in the bytes of its folder.
func nowhere(t testing.TB, a *App, folder string, values ...string) {
	t.Helper()
	for _, v := range values {
		if found := must(a.FindPeople(ctx, v, 5))(t); len(found) > 0 {
			t.Errorf("%q is found: %+v", v, found)
		}
	}
	for _, noun := range []string{"person", "attendance"} {
		page := must(a.Rows(ctx, record.ListFilter{Noun: noun, Limit: 1000}))(t)
		for _, v := range values {
			if strings.Contains(fmt.Sprint(page.Rows), v) {
				t.Errorf("%q stands in the list of %s", v, noun)
			}
		}
	}
	people := must(a.Rows(ctx, record.ListFilter{Noun: "person", Limit: 1000}))(t)
	for _, r := range people.Rows {
		said := fmt.Sprint(must(a.History(ctx, record.Ref{Noun: "person", ID: r.ID}))(t))
		for _, v := range values {
			if strings.Contains(said, v) {
				t.Errorf("%q is told in a history", v)
			}
		}
	}
	filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		raw, _ := os.ReadFile(path)
		for _, v := range values {
			if bytes.Contains(raw, []byte(v)) {
				t.Errorf("%q stands in %s", v, filepath.Base(path))
			}
		}
		return err
	})
}

func TestOldNamesAreHiddenAndEveryCountStays(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	collecting(t, a, 0)
	oldAct := listOn(t, a, "2023-05-05", 100, 20, planted)
	kept := lastOf(t, a, listOn(t, a, "2023-06-06", 200, 3, record.Person{FullName: "Y Đến Lần Nữa"}))
	newer := listOn(t, a, "2026-01-15", 300, 4, kept)
	removed := listOn(t, a, "2023-07-07", 400, 0, record.Person{FullName: "Đã Gỡ Khỏi Sổ"})
	must(a.SaveAttendees(ctx, removed.ID, nil))(t)
	period := must(a.Between("2023-01-01", "2026-12-31"))(t)
	figures, heads := must(a.Recount(ctx, period))(t), must(a.Activity(ctx, oldAct.ID))(t).Heads

	due := must(a.PersonalDue(ctx))(t)
	if due.Names != 20+1+3+1 || due.Before != "2024-03-20" {
		t.Errorf("due: %+v", due)
	}
	hidden := must(a.HideOldNames(ctx, ""))(t)
	if hidden.People != due.Names {
		t.Errorf("hidden: %+v", hidden)
	}
	if got := fmt.Sprint(must(a.Recount(ctx, period))(t)); got != fmt.Sprint(figures) {
		t.Error("a recount differs")
	}
	if got := must(a.Activity(ctx, oldAct.ID))(t).Heads; got != heads || got.EthnicMinority != 1 || got.Disabled != 1 {
		t.Errorf("counts %+v, were %+v", got, heads)
	}
	must(a.SaveAttendees(ctx, oldAct.ID, must(a.Attendees(ctx, oldAct.ID))(t)))(t)
	if got := must(a.Activity(ctx, oldAct.ID))(t).Heads; got != heads {
		t.Errorf("counts after storing the list: %+v", got)
	}
	for _, at := range must(a.Attendees(ctx, newer.ID))(t) {
		if record.NoName(at.Person.FullName) {
			t.Errorf("who came lately lost their name: %+v", at.Person)
		}
	}
	if again := must(a.HideOldNames(ctx, ""))(t); again.People != 0 || must(a.PersonalDue(ctx))(t).Names != 0 {
		t.Errorf("a second time: %+v", again)
	}
	nowhere(t, a, folder, append(plantedValues, recordtest.Person(100).FullName+"\"", "Đã Gỡ Khỏi Sổ")...)
	agree(t, a)
	if log := must(a.CustodyLog(ctx))(t); len(log) != 1 || log[0].Count != int64(due.Names) {
		t.Errorf("log %+v", log)
	}
}

func TestOptionalFieldsAreClearedAfterTheirTime(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	collecting(t, a, 6)
	old := listOn(t, a, "2025-05-05", 100, 0, planted)
	fresh := planted
	fresh.FullName, fresh.Phone = "Y Mới Đến", "0911111111"
	newer := listOn(t, a, "2026-03-01", 200, 0, fresh)
	if due := must(a.PersonalDue(ctx))(t); due.Names != 0 || due.Fields["phone"] != 1 {
		t.Errorf("due: %+v", due)
	}
	cleared := must(a.ClearOldFields(ctx))(t)
	if cleared.People != 1 || cleared.Fields["phone"] != 1 || cleared.Fields["ethnicity"] != 1 {
		t.Errorf("%+v", cleared)
	}
	if p := lastOf(t, a, old); p.Phone != "" || p.Ethnicity != "" || p.FullName != planted.FullName || p.Birth != planted.Birth {
		t.Errorf("left: %+v", p)
	}
	if p := lastOf(t, a, newer); p.Phone != "0911111111" {
		t.Errorf("who came lately: %+v", p)
	}
	nowhere(t, a, folder, "0987654321")
	if h := must(a.Activity(ctx, old.ID))(t).Heads; h.EthnicMinority != 1 {
		t.Errorf("counts %+v", h)
	}
}

func TestAllThatIsHeldOfAPersonIsSaid(t *testing.T) {
	a := newApp(t)
	collecting(t, a, 0)
	act := listOn(t, a, "2026-03-05", 100, 2, planted)
	p := lastOf(t, a, act)
	q := record.Question{Text: "Lương tối thiểu là bao nhiêu?", Received: "2026-03-06", Channel: "phone", Asker: planted.FullName}
	must(a.SaveQuestion(ctx, q))(t)
	said := must(a.PersonalData(ctx, p.ID))(t).Text("vi")
	for _, want := range append([]string{"Tập huấn 2026-03-05", "Lương tối thiểu", "mục đích: thống kê", "Ghi mới", "17/07/1977"}, planted.FullName, planted.Phone) {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in:\n%s", want, said)
		}
	}
	if strings.Contains(said, recordtest.Person(100).FullName) {
		t.Error("it speaks of somebody else")
	}
	if log := must(a.CustodyLog(ctx))(t); len(log) != 1 || log[0].Kind != "find" || log[0].PersonID != p.ID {
		t.Errorf("log %+v", log)
	}
}

// TestErasureCannotBeTakenBack, nor is what was done before it taken back in its place.
func TestErasureCannotBeTakenBack(t *testing.T) {
	a := newApp(t)
	act := listOn(t, a, "2026-03-05", 100, 2, planted)
	p := lastOf(t, a, act)
	gone := must(a.ErasePerson(ctx, p.ID, "theo đơn"))(t)
	a.Undo(ctx, gone.Change.Batch)
	if got := lastOf(t, a, act); got.FullName == planted.FullName || got.Birth != "" {
		t.Errorf("came back: %+v", got)
	}
}

func TestADraftThatHoldsTheNameIsTold(t *testing.T) {
	a := newApp(t)
	act := listOn(t, a, "2026-03-05", 100, 2, planted)
	if _, err := a.SaveDraft(ctx, "people/x", []byte("… "+planted.FullName+" …")); err != nil {
		t.Fatal(err)
	}
	if gone := must(a.ErasePerson(ctx, lastOf(t, a, act).ID, ""))(t); len(gone.Drafts) != 1 || gone.Drafts[0] != "people/x" {
		t.Errorf("%+v", gone)
	}
}

// TestTheLogOfPersonalDataOnlyGrows: neither undo nor a deletion takes a line off it.
func TestTheLogOfPersonalDataOnlyGrows(t *testing.T) {
	a := newApp(t)
	p := lastOf(t, a, listOn(t, a, "2026-03-05", 100, 2, planted))
	after := p
	after.Position = "Tổ trưởng"
	ch := must(a.CorrectPerson(ctx, after, "gọi điện"))(t)
	must(a.Undo(ctx, ch.Batch))(t)
	if got := must(a.Person(ctx, p.ID))(t); got.Position != planted.Position {
		t.Errorf("not taken back: %+v", got)
	}
	log := must(a.CustodyLog(ctx))(t)
	if len(log) != 1 || log[0].What != "Chức vụ" || log[0].Reason != "gọi điện" {
		t.Fatalf("log %+v", log)
	}
	if _, err := a.DeleteRecord(ctx, log[0].Ref()); !errors.Is(err, record.ErrConflict) {
		t.Errorf("deleted: %v", err)
	}
}

// TestAnErasureTakesWhoAskedAndTheWordsOfTheLog: nothing brings them back.
func TestAnErasureTakesWhoAskedAndTheWordsOfTheLog(t *testing.T) {
	a := newApp(t)
	p := lastOf(t, a, listOn(t, a, "2026-03-05", 100, 2, planted))
	q := asked(t, a, record.Question{Text: "Hỏi?", Received: "2026-03-01", Asker: planted.FullName, Contact: planted.Phone})
	p.Position = "Tổ trưởng"
	must(a.CorrectPerson(ctx, p, "Bà "+planted.FullName+" gọi điện"))(t)
	if _, err := a.ErasePerson(ctx, p.ID, "Đơn của bà dinh thi hanh phuc rieng"); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a reason with the name: %v", err)
	}
	gone := must(a.ErasePerson(ctx, p.ID, "Đơn 12 ngày 20/03/2026"))(t)
	if gone.Askers != 1 {
		t.Errorf("%+v", gone)
	}
	for range 4 {
		a.UndoLast(ctx)
		if got, err := a.Record(ctx, q.Ref()); err == nil && got.(record.Question).Asker+got.(record.Question).Contact != "" {
			t.Fatalf("who asked came back: %+v", got)
		}
	}
	if page := must(a.Rows(ctx, record.ListFilter{Noun: "custody", Text: planted.FullName}))(t); page.Total != 0 {
		t.Errorf("the log says the name: %+v", page.Rows)
	}
	agree(t, a)
}

func TestADeletedPersonIsErased(t *testing.T) {
	a := newApp(t)
	p := must(a.SavePerson(ctx, planted))(t)
	ch := must(a.DeleteRecord(ctx, p.Ref()))(t)
	must(a.ErasePerson(ctx, p.ID, "đơn 12"))(t)
	a.Undo(ctx, ch.Batch)
	if got, err := a.Person(ctx, p.ID); err == nil && (got.FullName == planted.FullName || got.Phone != "") {
		t.Errorf("came back: %+v", got)
	}
	agree(t, a)
}

func TestWhoAskedLongAgoIsForgotten(t *testing.T) {
	a := newApp(t)
	ask := func(received, answered record.Date) record.Question {
		q := record.Question{Text: "Hỏi?", Received: received, Asker: planted.FullName, Contact: planted.Phone, AnsweredOn: answered}
		if answered != "" {
			q.Answer = "Rồi"
		}
		return asked(t, a, q)
	}
	old, waiting, fresh := ask("2022-03-01", "2022-03-02"), ask("2022-03-01", ""), ask("2026-03-01", "2026-03-02")
	if due := must(a.PersonalDue(ctx))(t); due.Askers != 1 {
		t.Errorf("due %+v", due)
	}
	if gone := must(a.HideOldNames(ctx, ""))(t); gone.Askers != 1 {
		t.Errorf("%+v", gone)
	}
	asker := func(q record.Question) string { return must(a.Record(ctx, q.Ref()))(t).(record.Question).Asker }
	if asker(old) != "" || asker(waiting) == "" {
		t.Errorf("old %q, waiting %q", asker(old), asker(waiting))
	}
	if asker(fresh) == "" || must(a.Rows(ctx, record.ListFilter{Noun: "question"}))(t).Total != 3 {
		t.Error("a question lost, or one of late without who asked")
	}
}

func TestWhoIsOnNoListIsHiddenByTheDayTheyWereMade(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today.AddDate(-4, 0, 0)))
	p := must(a.SavePerson(ctx, planted))(t)
	closeApp(t, a)
	a = open(t, folder, at(today))
	fresh := planted
	fresh.FullName = "Y Mới Ghi"
	kept := must(a.SavePerson(ctx, fresh))(t)
	if _, err := a.SaveDraft(ctx, "person/"+p.ID.String(), []byte(planted.FullName)); err != nil {
		t.Fatal(err)
	}
	if gone := must(a.HideOldNames(ctx, ""))(t); gone.People != 1 {
		t.Errorf("%+v", gone)
	}
	if got := must(a.Person(ctx, p.ID))(t); got.FullName != record.NameHidden {
		t.Errorf("kept: %+v", got)
	}
	if got := must(a.Person(ctx, kept.ID))(t); got.FullName != fresh.FullName {
		t.Errorf("hidden: %+v", got)
	}
	if draft, _, _ := a.Draft(ctx, "person/"+p.ID.String()); draft != nil {
		t.Errorf("the draft stays: %q", draft)
	}
}

func TestAListThatTellsWhoSomebodyIsGoesIntoTheLog(t *testing.T) {
	a := newApp(t)
	listOn(t, a, "2026-03-05", 100, 3, planted)
	for i, noun := range []string{"person", "attendance"} {
		words := must(a.ExportList(ctx, record.ListFilter{Noun: noun}, []string{"birth", "unit"}, filepath.Join(t.TempDir(), "a.xlsx")))(t)
		if log := must(a.CustodyLog(ctx))(t); len(log) != i+1 || words.VI == "" {
			t.Errorf("%s: %d in the log, %q", noun, len(log), words.VI)
		}
	}
}
