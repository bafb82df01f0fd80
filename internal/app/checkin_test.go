package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/store"
)

const (
	cardOfAn   = "062090123456|233012345|Nguyễn Văn An|05031990|Nam|Thôn 1, Đăk Hà, Kon Tum|15042021"
	cardOfNgoc = "062301123456||Y Ngọc|01122001|Nữ|Kon Tum|01072024"
)

// door is an office with a list of one known man, whose year of birth alone was written.
func door(t testing.TB) (*App, record.Activity) {
	t.Helper()
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	list := []record.Attendee{{Person: record.Person{FullName: "nguyễn văn an", Birth: "1990", UnitText: "thôn 1"}}, {Person: record.Person{FullName: "Nguyễn Văn Ân", Birth: "1990"}}}
	must(a.SaveAttendees(ctx, act.ID, list))(t)
	return a, act
}

func TestACardTicksWhoIsOnTheList(t *testing.T) {
	a, act := door(t)
	in := must(a.CheckIn(ctx, act.ID, cardOfAn+"\r"))(t)
	if in.Again || in.Added || in.New || in.Attendance.Arrived != "09:00" || !in.Attendance.Signed || in.Here != 1 || in.Listed != 2 || in.Batch == "" {
		t.Errorf("first scan: %+v", in)
	}
	if p := must(a.Person(ctx, in.Person.ID))(t); p.IDNumber != "" || !strings.HasSuffix(p.IDMark, ":456") || p.FullName != "nguyễn văn an" || p.Sex != "nam" || p.Birth != "1990" {
		t.Errorf("kept of the card: %+v", p)
	}
	before := commits(t, a)
	again := must(a.CheckIn(ctx, act.ID, cardOfAn))(t)
	if !again.Again || again.Batch != "" || again.Attendance.Arrived != "09:00" || commits(t, a) != before {
		t.Errorf("second scan: %+v", again)
	}
	must(a.Undo(ctx, in.Batch))(t)
	if list := must(a.Attendees(ctx, act.ID))(t); list[0].Attendance.Arrived != "" || list[0].Attendance.Signed {
		t.Errorf("after undo: %+v", list[0].Attendance)
	}
	agree(t, a)
}

func TestACardPutsOthersOnTheList(t *testing.T) {
	a, act := door(t)
	in := must(a.CheckIn(ctx, act.ID, cardOfNgoc))(t)
	if !in.Added || !in.New || in.Listed != 3 || in.Person.Birth != "2001" || in.Person.Sex != "nữ" {
		t.Errorf("%+v", in)
	}
	if h := must(a.Activity(ctx, act.ID))(t).Heads; h.Total != 3 || h.Women != 1 {
		t.Errorf("counted %+v", h)
	}
	// at another activity the same card is the same person
	other := newTraining(t, a, "Buổi khác")
	known := must(a.CheckIn(ctx, other.ID, cardOfNgoc))(t)
	if !known.Added || known.New || known.Person.ID != in.Person.ID {
		t.Errorf("elsewhere: %+v", known)
	}
	// another card under the same name and year is somebody else
	twin := must(a.CheckIn(ctx, act.ID, strings.Replace(cardOfNgoc, "062301123456", "062301654321", 1)))(t)
	if !twin.New || twin.Person.ID == in.Person.ID {
		t.Errorf("a namesake: %+v", twin)
	}
	agree(t, a)
}

func TestTheNumberIsKeptOnlyWhereItIsCollected(t *testing.T) {
	a, act := door(t)
	marked := must(a.CheckIn(ctx, act.ID, cardOfNgoc))(t).Person
	office := must(a.Office(ctx))(t)
	office.Collects = []record.Collect{{Field: "id_number", Purpose: "chi tiền hỗ trợ"}}
	if err := a.SaveOffice(ctx, office); err != nil {
		t.Fatal(err)
	}
	in := must(a.CheckIn(ctx, act.ID, cardOfAn))(t)
	if in.Person.IDNumber != "062090123456" || in.New {
		t.Errorf("%+v", in)
	}
	if again := must(a.CheckIn(ctx, act.ID, cardOfNgoc))(t); !again.Again || again.Person.ID != marked.ID {
		t.Errorf("who was known by the mark: %+v", again)
	}
}

func TestWithoutACardFourBareLetters(t *testing.T) {
	a, act := door(t)
	other := newTraining(t, a, "Buổi khác")
	must(a.SaveAttendees(ctx, other.ID, []record.Attendee{{Person: record.Person{FullName: "Nguyễn Thị Vân Anh"}}}))(t)
	found := must(a.FindAttendees(ctx, act.ID, "nguy", 10))(t)
	if len(found) != 3 || found[0].Name != "nguyễn văn an" || found[2].Name != "Nguyễn Thị Vân Anh" {
		t.Fatalf("found %+v", found)
	}
	in := must(a.CheckInPerson(ctx, act.ID, found[2].ID))(t)
	if !in.Added || in.New || in.Attendance.Line != 3 {
		t.Errorf("%+v", in)
	}
	if found = must(a.FindAttendees(ctx, act.ID, "van anh", 10))(t); len(found) != 1 || !strings.Contains(found[0].Detail, "đã điểm danh 09:00") {
		t.Errorf("found %+v", found)
	}
	if _, err := a.CheckInPerson(ctx, act.ID, recordtest.ID(5)); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestAGarbledCardIsRefusedAndNothingIsStored(t *testing.T) {
	a, act := door(t)
	before := commits(t, a)
	for _, text := range []string{"", "abc", cardOfAn[:40], strings.Replace(cardOfAn, "Nam", "Nữ", 1)} {
		if _, err := a.CheckIn(ctx, act.ID, text); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if commits(t, a) != before {
		t.Error("something was stored")
	}
}

func TestNobodyIsCheckedInToAClosedActivity(t *testing.T) {
	a, act := door(t)
	act = must(a.Activity(ctx, act.ID))(t)
	act.Status = "closed"
	must(a.SaveActivity(ctx, act))(t)
	if _, err := a.CheckIn(ctx, act.ID, cardOfAn); !errors.Is(err, record.ErrConflict) {
		t.Errorf("checked in: %v", err)
	}
}

// TestListsOfPeopleGoOutWithANote in the log of personal data.
func TestListsOfPeopleGoOutWithANote(t *testing.T) {
	a, _ := door(t)
	for _, noun := range []string{"person", "attendance"} {
		words := must(a.ExportList(ctx, record.ListFilter{Noun: noun}, nil, filepath.Join(t.TempDir(), noun+".xlsx")))(t)
		if words.VI == "" {
			t.Errorf("%s: nothing is said of the names", noun)
		}
	}
	if log := must(a.CustodyLog(ctx))(t); len(log) != 2 || log[0].Kind != "export" || log[0].Count != 2 {
		t.Errorf("log %+v", log)
	}
}

// TestScansAtOnceTakeInEachOnce: the same card at two readers, and others meanwhile.
func TestScansAtOnceTakeInEachOnce(t *testing.T) {
	a, act := door(t)
	var work sync.WaitGroup
	for i := range 24 {
		work.Go(func() {
			if _, err := a.CheckIn(ctx, act.ID, fmt.Sprintf("062301%06d||Y Ngọc|01122001|Nữ|Kon Tum|01072024", 100+i%6)); err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	if list := must(a.Attendees(ctx, act.ID))(t); len(list) != 2+6 {
		t.Errorf("%d on the list", len(list))
	}
}

// TestACheckInIsOnTheDiskWhenItIsSaid: a copy of the folder taken right after, as a
// pulled plug would leave it, has it.
func TestACheckInIsOnTheDiskWhenItIsSaid(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	act := newTraining(t, a, "Tập huấn")
	must(a.CheckIn(ctx, act.ID, cardOfNgoc))(t)
	left := filepath.Join(t.TempDir(), "so")
	if err := os.CopyFS(left, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	b := open(t, left, at(today))
	if list := must(b.Attendees(ctx, act.ID))(t); len(list) != 1 || list[0].Attendance.Arrived != "09:00" {
		t.Errorf("after the cut: %+v", list)
	}
}

// BenchmarkCheckIn is one scan at a list of sixty beside 60,000 people; the bar is 50 ms.
func BenchmarkCheckIn(b *testing.B) {
	a, err := CreateDemo(ctx, b.TempDir(), DemoOptions{Seed: 1, Years: 1, PerYear: 2, People: 45}, Options{Now: func() time.Time { return today }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	crowd := recordtest.Activity(9)
	for from := int64(0); from < 60_000; from += 2000 {
		_, err := a.commit(ctx, func(*store.Tx) ([]record.Edit, error) {
			edits := []record.Edit{}
			for _, x := range recordtest.Attendees(crowd.ID, from, 2000) {
				edits = append(edits, record.Create(x.Person))
			}
			return edits, nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	var act record.Activity
	var worst time.Duration
	n := 0
	for b.Loop() {
		if n%60 == 0 {
			b.StopTimer()
			act = must(a.SaveActivity(ctx, training(fmt.Sprint("buổi ", n))))(b)
			must(a.SaveAttendees(ctx, act.ID, newcomers(int64(200_000+n), 30)))(b)
			b.StartTimer()
		}
		start := time.Now()
		if _, err := a.CheckIn(ctx, act.ID, fmt.Sprintf("062301%06d||Y Ngọc|01122001|Nữ|Kon Tum|01072024", n)); err != nil {
			b.Fatal(err)
		}
		worst = max(worst, time.Since(start))
		n++
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
}
