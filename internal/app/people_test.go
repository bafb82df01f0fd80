package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestSixtyPeopleAreOneCommit(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	before := commits(t, a)
	ch := must(a.SaveAttendees(ctx, act.ID, newcomers(0, 60)))(t)
	if got := commits(t, a) - before; got != 1 {
		t.Errorf("60 people are %d commits", got)
	}
	if diff := cmp.Diff([]string{"activity", "attendance", "person"}, ch.Nouns); diff != "" {
		t.Error(diff)
	}
	list := must(a.Attendees(ctx, act.ID))(t)
	h := must(a.Activity(ctx, act.ID))(t).Heads
	if want := (record.HeadCount{Listed: true, Total: 60, Women: 30, Workers: 60}); h != want || len(list) != 60 {
		t.Errorf("%d on the list, counted %+v", len(list), h)
	}
	for i, at := range list {
		if at.Attendance.Line != int64(i+1) || at.Person.FullName != fmt.Sprintf("Y Ngọc Thử %d", i) {
			t.Fatalf("place %d holds line %d, %s", i, at.Attendance.Line, at.Person.FullName)
		}
	}
	must(a.SaveAttendees(ctx, act.ID, list))(t)
	if got := commits(t, a) - before; got != 1 {
		t.Error("saving the same list again made a commit")
	}
	agree(t, a)
}

// TestListIsChangedAsAWhole edits, removes, adds and moves people in one action,
// and takes it back in one.
func TestListIsChangedAsAWhole(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	must(a.SaveAttendees(ctx, act.ID, newcomers(0, 5)))(t)
	was := must(a.Attendees(ctx, act.ID))(t)

	next := slices.Clone(was)
	next[0].Person.Sex, next[0].Person.Group = "nam", "employer"
	next[1].Attendance.Role = "speaker" // does not count as one who came
	next = append(next[:3], next[4:]...)
	slices.Reverse(next)
	next = append(next, newcomers(100, 2)...)
	ch := must(a.SaveAttendees(ctx, act.ID, next))(t)

	var names []string
	for _, at := range must(a.Attendees(ctx, act.ID))(t) {
		names = append(names, strings.TrimPrefix(at.Person.FullName, "Y Ngọc Thử "))
	}
	if diff := cmp.Diff([]string{"4", "2", "1", "0", "100", "101"}, names); diff != "" {
		t.Error(diff)
	}
	h := must(a.Activity(ctx, act.ID))(t).Heads
	if want := (record.HeadCount{Listed: true, Total: 5, Women: 3, Workers: 4, Employers: 1}); h != want {
		t.Errorf("counted %+v, want %+v", h, want)
	}
	agree(t, a)

	must(a.Undo(ctx, ch.Batch))(t)
	if diff := cmp.Diff(was, must(a.Attendees(ctx, act.ID))(t)); diff != "" {
		t.Errorf("after undo:\n%s", diff)
	}
	agree(t, a)
}

// TestWrongLineStoresNothing: the grid shows the sentence at the line it names.
func TestWrongLineStoresNothing(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	act := newTraining(t, a, "Tập huấn")
	must(a.SaveAttendees(ctx, act.ID, newcomers(0, 3)))(t)
	kept := must(a.Attendees(ctx, act.ID))(t)
	for name, tt := range map[string]struct {
		change func(*record.Attendee)
		field  string
	}{
		"no name":     {func(at *record.Attendee) { at.Person.FullName = " " }, "5.full_name"},
		"no such day": {func(at *record.Attendee) { at.Person.Birth = "1987-02-30" }, "5.birth"},
		"short id":    {func(at *record.Attendee) { at.Person.IDNumber = "123" }, "5.id_number"},
		"role":        {func(at *record.Attendee) { at.Attendance.Role = "cook" }, "5.role"},
		"twice":       {func(at *record.Attendee) { *at = kept[1] }, "5.full_name"},
	} {
		t.Run(name, func(t *testing.T) {
			before := commits(t, a)
			list := append(slices.Clone(kept), newcomers(50, 2)...)
			tt.change(&list[4])
			_, err := a.SaveAttendees(ctx, act.ID, list)
			var p record.Problems
			if !errors.As(err, &p) || !strings.HasPrefix(p.For(tt.field, "vi"), "Dòng 5: ") || !strings.HasPrefix(p.For(tt.field, "en"), "Line 5: ") {
				t.Errorf("got %v, want a sentence at %s", err, tt.field)
			}
			if commits(t, a) != before {
				t.Error("something was stored")
			}
		})
	}
	if diff := cmp.Diff(kept, must(a.Attendees(ctx, act.ID))(t)); diff != "" {
		t.Error(diff)
	}
	if _, err := a.SaveAttendees(ctx, record.NewID(1, [10]byte{1}), newcomers(0, 1)); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a list of an activity nobody made: %v", err)
	}
}

// TestKnownPersonOnTwoLists: a person is one row however many lists name them; a
// correction counts on every list, and leaving one list is not leaving the other.
func TestKnownPersonOnTwoLists(t *testing.T) {
	a := newApp(t)
	one, two := newTraining(t, a, "Một"), newTraining(t, a, "Hai")
	must(a.SaveAttendees(ctx, one.ID, newcomers(0, 2)))(t)
	known := must(a.Attendees(ctx, one.ID))(t)[0].Person
	must(a.SaveAttendees(ctx, two.ID, []record.Attendee{{Person: known}}))(t)

	known.Sex, known.Group = "nam", "official"
	list := must(a.Attendees(ctx, two.ID))(t)
	list[0].Person = known
	ch := must(a.SaveAttendees(ctx, two.ID, list))(t)
	if got := must(a.Attendees(ctx, one.ID))(t)[0].Person; got != known {
		t.Errorf("the first list knows %+v", got)
	}
	want := record.HeadCount{Listed: true, Total: 2, Workers: 1, Officials: 1}
	if h := must(a.Activity(ctx, one.ID))(t).Heads; h != want {
		t.Errorf("the first list counts %+v, want %+v", h, want)
	}
	agree(t, a)
	must(a.Undo(ctx, ch.Batch))(t)
	agree(t, a)

	must(a.SaveAttendees(ctx, two.ID, nil))(t)
	if n := len(must(a.FindPeople(ctx, "thu 0", 5))(t)); n != 1 {
		t.Errorf("after leaving one of two lists %d people are found", n)
	}
	must(a.SaveAttendees(ctx, one.ID, must(a.Attendees(ctx, one.ID))(t)[1:]))(t)
	if n := len(must(a.FindPeople(ctx, "thu 0", 5))(t)); n != 0 {
		t.Errorf("after leaving the last list %d people are found", n)
	}
	agree(t, a)
}

// TestUndoOfAListKeepsCountsTrue takes the first of two imports back: the count
// was written again by the second, the people of the first still go.
func TestUndoOfAListKeepsCountsTrue(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	var batches []string
	for i := range int64(2) {
		list := append(must(a.Attendees(ctx, act.ID))(t), newcomers(10*i, 3+i)...)
		batches = append(batches, must(a.SaveAttendees(ctx, act.ID, list))(t).Batch)
	}
	undone := must(a.Undo(ctx, batches[0]))(t)
	if n := len(must(a.Attendees(ctx, act.ID))(t)); n != 4 || total(t, a, act.ID) != 4 {
		t.Errorf("%d on the list, counted %d, want 4", n, total(t, a, act.ID))
	}
	agree(t, a)
	must(a.Undo(ctx, undone.Batch))(t)
	if n := len(must(a.Attendees(ctx, act.ID))(t)); n != 7 || total(t, a, act.ID) != 7 {
		t.Errorf("after redo %d on the list, counted %d, want 7", n, total(t, a, act.ID))
	}
	agree(t, a)
	if _, err := a.Undo(ctx, "nonsense"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("undo of nonsense: %v", err)
	}
}

// TestImportsAtOnce: two imports into one list both stay.
func TestImportsAtOnce(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			p, err := proposed(a, fmt.Sprintf("Họ và tên\tNăm sinh\nY Ngọc Thử %c\t1987\nA Blan Thử %c\t1990\n", 'a'+i, 'a'+i))
			if err == nil {
				_, err = imported(a, act.ID, p)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := total(t, a, act.ID); got != 16 {
		t.Errorf("%d people, want 16", got)
	}
	agree(t, a)
}

// collectAll switches every optional field on.
func collectAll(t *testing.T, a *App) {
	t.Helper()
	o := must(a.Office(ctx))(t)
	for _, f := range []string{"phone", "id_number", "ethnicity", "disability"} {
		o.Collects = append(o.Collects, record.Collect{Field: f, Purpose: "Mời dự đối thoại"})
	}
	if err := a.SaveOffice(ctx, o); err != nil {
		t.Fatal(err)
	}
}

// TestOnlyWhatIsCollected: phone and number come in only where the office has
// switched them on with a purpose.
func TestOnlyWhatIsCollected(t *testing.T) {
	a := newApp(t)
	text := "Họ và tên\tSố điện thoại\tSố CCCD\tDân tộc\nY Ngọc\t0905123456\t062087001234\tXơ Đăng\n"
	for _, on := range []bool{false, true} {
		if on {
			collectAll(t, a)
		}
		p := must(proposed(a, text))(t)
		act := newTraining(t, a, "Tập huấn")
		must(imported(a, act.ID, p))(t)
		got := must(a.Attendees(ctx, act.ID))(t)[0].Person
		kept := got.Phone == "0905123456" && got.IDNumber == "062087001234" && got.Ethnicity == "Xơ Đăng"
		if kept != on || !on && got.Phone+got.IDNumber+got.Ethnicity != "" {
			t.Errorf("switched on: %v; kept %+v", on, got)
		}
	}
	o := must(a.Office(ctx))(t)
	o.Collects[0].Purpose = " "
	if err := a.SaveOffice(ctx, o); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a field without a purpose: %v", err)
	}
}

func TestProposeRefusesNonsense(t *testing.T) {
	a := newApp(t)
	for _, text := range []string{"", "\n\n", "1\t2\t3\n4\t5\t6\n", "Năm sinh\tGhi chú\n1987\tx\n"} {
		if p, err := proposed(a, text); err == nil {
			t.Errorf("%q gave %d rows", text, len(p.Rows))
		} else if s := record.SentenceOf(err, "vi"); s == record.SentenceOf(errors.New("x"), "vi") {
			t.Errorf("%q: no sentence of its own: %v", text, err)
		}
	}
}

// TestNoListLeavesATypedCount: opening the people tab and saving it empty, or an
// import of which nothing is certain, is no list of nobody.
func TestNoListLeavesATypedCount(t *testing.T) {
	a := newApp(t)
	act := training("Chỉ có số")
	act.Heads = record.HeadCount{Total: 50, Women: 20}
	act = must(a.SaveActivity(ctx, act))(t)
	before := commits(t, a)
	must(a.SaveAttendees(ctx, act.ID, nil))(t)
	parked := record.Proposal{Parked: []record.ParkedRow{{Line: 2, Question: "?"}}}
	if _, err := imported(a, act.ID, parked); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("an import of nothing: %v", err)
	}
	if got := must(a.Activity(ctx, act.ID))(t).Heads; got != act.Heads || commits(t, a) != before {
		t.Errorf("counted %+v after %d commits", got, commits(t, a)-before)
	}
	must(a.SaveAttendees(ctx, act.ID, newcomers(0, 2)))(t)
	must(a.SaveAttendees(ctx, act.ID, nil))(t)
	if got := must(a.Activity(ctx, act.ID))(t).Heads; got != (record.HeadCount{Listed: true}) {
		t.Errorf("a list that was emptied counts %+v", got)
	}
	agree(t, a)
}
