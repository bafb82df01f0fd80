package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// proposed reads a pasted list of people.
func proposed(a *App, text string) (record.Proposal, error) {
	return a.ProposeList(ctx, record.ListSource{Text: text}, record.ListOptions{Of: "person"})
}

// proposedFor is proposed for the list of an activity.
func proposedFor(a *App, activity record.ID, text string) (record.Proposal, error) {
	return a.ProposeList(ctx, record.ListSource{Text: text}, record.ListOptions{Of: "person", Activity: activity})
}

// imported puts a proposal into the list of an activity.
func imported(a *App, activity record.ID, p record.Proposal) (record.Change, error) {
	_, ch, err := a.ImportList(ctx, record.ListImport{Proposal: p, Activity: activity, Source: "danh sách.xlsx"})
	return ch, err
}

const villagers = "Họ và tên\tGiới tính\tNgày sinh\tĐơn vị\tSố điện thoại\n" +
	"Y Ngọc\tNữ\t05/03/1987\tThôn 1, xã Đăk Hà\t0905000001\n" +
	"A Blan\tNam\t1990\tThôn 2, xã Đăk Hà\t0905000002\n" +
	"Nguyễn Văn An\tNam\t02/01/1975\tUBND xã Đăk Hà\t\n"

// TestKnownPeopleComeAgain: those of the first session are linked in the second,
// not made anew; the units of their texts are registered.
func TestKnownPeopleComeAgain(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	one, two := newTraining(t, a, "Một"), newTraining(t, a, "Hai")
	must(imported(a, one.ID, must(proposedFor(a, one.ID, villagers))(t)))(t)
	first := must(a.Attendees(ctx, one.ID))(t)
	commune := must(a.Unit(ctx, first[0].Person.UnitID))(t)
	if commune.FullName() != "xã Đăk Hà" || first[2].Person.UnitID != commune.ID {
		t.Errorf("the unit of the first is %q, of the third %v", commune.FullName(), first[2].Person.UnitID)
	}
	if own := must(a.db.Units(ctx))(t); !slices.ContainsFunc(own, func(u record.Unit) bool { return u.ID == commune.ID }) {
		t.Error("the commune is not registered")
	}

	p := must(proposedFor(a, two.ID, villagers+"Y Hà\tNữ\t1995\txã Đăk Hà\t\n"))(t)
	var known []string
	for _, r := range p.Rows {
		if r.Known != nil {
			known = append(known, r.Known.Name+": "+r.Known.Why)
		}
	}
	want := []string{"Y Ngọc: cùng tên, ngày sinh, số điện thoại, đơn vị", "A Blan: cùng tên, năm sinh, số điện thoại, đơn vị", "Nguyễn Văn An: cùng tên, ngày sinh, đơn vị"}
	if !slices.Equal(known, want) {
		t.Errorf("known are %q, want %q", known, want)
	}
	must(imported(a, two.ID, p))(t)
	second := must(a.Attendees(ctx, two.ID))(t)
	for i := range first {
		if second[i].Person.ID != first[i].Person.ID {
			t.Errorf("%s was made again", first[i].Person.FullName)
		}
	}
	if n := len(second); n != 4 {
		t.Errorf("%d on the second list", n)
	}

	again := must(proposedFor(a, two.ID, villagers))(t)
	if len(again.Rows) != 0 || len(again.Parked) != 0 || !strings.Contains(fmt.Sprint(again.Dropped), "đã có ở dòng 1 của danh sách đang ghi") {
		t.Errorf("the same list once more: %d rows, dropped %v", len(again.Rows), again.Dropped)
	}
	agree(t, a)
}

// TestImportFillsAndNeverOverwrites: what the register did not know comes in, what
// it knew stays, unless an officer takes the list's word.
func TestImportFillsAndNeverOverwrites(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	one, two := newTraining(t, a, "Một"), newTraining(t, a, "Hai")
	must(imported(a, one.ID, must(proposed(a, "Họ và tên\tNăm sinh\tSố CCCD\tChức vụ\nY Ngọc\t1987\t062087001234\tCông nhân\n"))(t)))(t)

	p := must(proposedFor(a, two.ID, "Họ và tên\tGiới tính\tNgày sinh\tSố CCCD\tChức vụ\nY Ngọc\tNữ\t05/03/1987\t062087001234\tTổ trưởng\n"))(t)
	if len(p.Rows) != 1 || p.Rows[0].Known == nil || len(p.Rows[0].Known.Differs) != 1 {
		t.Fatalf("proposed %+v", p.Rows)
	}
	d := p.Rows[0].Known.Differs[0]
	if d != (record.Difference{Field: "birth", List: "1987-03-05", Register: "1987"}) {
		t.Errorf("differs in %+v", d)
	}
	kept := p.Rows[0]
	ch := must(imported(a, two.ID, p))(t)
	got := must(a.Attendees(ctx, two.ID))(t)[0].Person
	if got.Sex != "nữ" || got.Birth != "1987" || got.Position != "Công nhân" {
		t.Errorf("the register says %+v", got)
	}
	if h := must(a.Activity(ctx, one.ID))(t).Heads; h.Women != 1 {
		t.Errorf("the first list counts %+v", h)
	}
	agree(t, a)

	must(a.Undo(ctx, ch.Batch))(t)
	if got := must(a.Attendees(ctx, one.ID))(t)[0].Person; got.Sex != "" {
		t.Errorf("after undo the register says %+v", got)
	}
	agree(t, a)

	kept.Take = true
	must(imported(a, two.ID, record.Proposal{Of: "person", Rows: []record.ProposedRow{kept}}))(t)
	if got := must(a.Attendees(ctx, two.ID))(t)[0].Person; got.Birth != "1987-03-05" || got.Position != "Tổ trưởng" {
		t.Errorf("with the list's word the register says %+v", got)
	}
	agree(t, a)
}

// TestWhoMayBeIsOffered: a name and a year are not enough; that two are not the same
// is remembered.
func TestWhoMayBeIsOffered(t *testing.T) {
	a := newApp(t)
	list := "Họ và tên\tNăm sinh\tĐơn vị\n%s\t%s\t%s\n"
	one, two, three := newTraining(t, a, "Một"), newTraining(t, a, "Hai"), newTraining(t, a, "Ba")
	must(imported(a, one.ID, must(proposed(a, fmt.Sprintf(list, "Nguyễn Văn An", "", "Tổ 1")))(t)))(t)
	old := must(a.Attendees(ctx, one.ID))(t)[0].Person.ID

	p := must(proposedFor(a, two.ID, fmt.Sprintf(list, "Nguyễn Văn An", "1990", "Tổ 1")))(t)
	if r := p.Rows[0]; r.Known != nil || len(r.Offered) != 1 || r.Offered[0].ID != old {
		t.Fatalf("proposed %+v", r)
	}
	p.Rows[0].Apart = []record.ID{old}
	must(imported(a, two.ID, p))(t)
	made := must(a.Attendees(ctx, two.ID))(t)[0].Person.ID
	if made == old {
		t.Fatal("somebody said to be another was linked")
	}
	p = must(proposedFor(a, three.ID, fmt.Sprintf(list, "Nguyễn Văn An", "1990", "Tổ 1")))(t)
	if r := p.Rows[0]; r.Known != nil || len(r.Offered) != 1 || r.Offered[0].ID != made {
		t.Errorf("the third time proposed %+v, want only %v", r, made)
	}
	for name, text := range map[string]string{
		"other marks": fmt.Sprintf(list, "Nguyễn Văn Ân", "1990", "Tổ 1"), "another year": fmt.Sprintf(list, "Nguyễn Văn An", "1991", "Tổ 2"),
	} {
		for _, r := range must(proposed(a, text))(t).Rows {
			if r.Known != nil || len(r.Offered) > 0 {
				t.Errorf("%s: proposed %+v", name, r)
			}
		}
	}
}

// TestSameNumberOtherName is a question: one of the two is written wrong.
func TestSameNumberOtherName(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	one := newTraining(t, a, "Một")
	must(imported(a, one.ID, must(proposed(a, "Họ và tên\tSố CCCD\nY Ngọc\t062087001234\n"))(t)))(t)
	p := must(proposed(a, "Họ và tên\tSố CCCD\nTrần Văn Bình\t062087001234\nNgọc\t062087001234\n"))(t)
	if len(p.Parked) != 2 || !strings.Contains(p.Parked[0].Question, "“Y Ngọc”") {
		t.Errorf("proposed %+v, parked %+v", p.Rows, p.Parked)
	}
}

// TestSixtyWithSevenBroken: 53 are stored, 7 wait, and a week later one undo takes
// the 53 back while what was done since stays.
func TestSixtyWithSevenBroken(t *testing.T) {
	a := newApp(t)
	act, other := newTraining(t, a, "Tập huấn"), newTraining(t, a, "Khác")
	text := "Họ và tên\tNgày sinh\tĐơn vị\n"
	for i := range 60 {
		born := fmt.Sprintf("%02d/03/19%02d", 13+i%15, 40+i)
		if i%9 == 4 {
			born = "31/02/1980"
		}
		text += fmt.Sprintf("Nguyễn Thị %c%c\t%s\tThôn %d, xã Đăk Hà\n", 'A'+i/10, 'a'+i%10, born, i%7+1)
	}
	p := must(proposedFor(a, act.ID, text))(t)
	if len(p.Rows) != 53 || len(p.Parked) != 7 {
		t.Fatalf("%d ready, %d parked", len(p.Rows), len(p.Parked))
	}
	im, _, err := a.ImportList(ctx, record.ListImport{Proposal: p, Activity: act.ID, Source: "thon.xlsx"})
	if err != nil || im.Rows != 53 || im.Parked != 7 {
		t.Fatalf("%+v, %v", im, err)
	}
	if got := must(a.Imports(ctx, act.ID))(t); len(got) != 1 || got[0] != im {
		t.Errorf("imports are %+v, want %+v", got, im)
	}
	list := must(a.Attendees(ctx, act.ID))(t)
	if len(list) != 53 {
		t.Fatalf("%d on the list", len(list))
	}
	edited, elsewhere := list[3], list[5].Person
	edited.Person.Position = "Tổ trưởng"
	list[3] = edited
	must(a.SaveAttendees(ctx, act.ID, append(list, newcomers(0, 2)...)))(t)
	must(a.SaveAttendees(ctx, other.ID, []record.Attendee{{Person: elsewhere}}))(t)

	back := must(a.UndoImport(ctx, im.ID))(t)
	if back.Words.VI != "Nhập danh sách 53 dòng" {
		t.Errorf("taken back: %q", back.Words.VI)
	}
	must(a.Undo(ctx, back.Batch))(t) // done again
	if again := must(a.Attendees(ctx, act.ID))(t); len(again) != 55 || len(must(a.Imports(ctx, act.ID))(t)) != 1 {
		t.Errorf("done again: %d people", len(again))
	}
	must(a.UndoImport(ctx, im.ID))(t)
	left := must(a.Attendees(ctx, act.ID))(t)
	for _, at := range left {
		if at.Person.FullName == "" {
			t.Error("somebody without a name is left")
		}
	}
	if n := len(left); n != 2 {
		t.Errorf("%d are left, want the two typed later", n)
	}
	if got := must(a.Attendees(ctx, other.ID))(t)[0].Person; got != elsewhere {
		t.Errorf("on the other list stands %+v", got)
	}
	if got := must(a.Imports(ctx, act.ID))(t); len(got) != 0 {
		t.Errorf("imports are still %+v", got)
	}
	if _, err := a.UndoImport(ctx, im.ID); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a second undo: %v", err)
	}
	agree(t, a)
}

// TestUndoOutOfOrder takes two lists of the same people back in both orders, and does
// them again: who was made by a list goes with the last list that named them.
func TestUndoOutOfOrder(t *testing.T) {
	const text = "Họ và tên\tNgày sinh\tSố điện thoại\tĐơn vị\nNguyễn Văn Mới\t25/3/1980\t0905123456\txã Đăk Hà\nY Mới\t26/3/1981\t0905123457\tThôn 2\n"
	people := func(a *App) int { return len(must(a.FindPeople(ctx, "moi", 9))(t)) }
	for _, c := range []struct {
		name   string
		undo   [2]int // lists, in the order they are taken back
		again  [2]int
		edited bool // one of them by hand, after both lists
		left   int
	}{
		{"the last first", [2]int{1, 0}, [2]int{0, 1}, false, 0},
		{"the first first", [2]int{0, 1}, [2]int{1, 0}, false, 0},
		{"the first first, and first again", [2]int{0, 1}, [2]int{0, 1}, false, 0},
		{"one edited since", [2]int{0, 1}, [2]int{1, 0}, true, 1},
	} {
		a := newApp(t)
		acts := []record.Activity{newTraining(t, a, "Một"), newTraining(t, a, "Hai")}
		before := units(t, a)
		var batches []string
		for _, act := range acts {
			p := must(proposedFor(a, act.ID, text))(t)
			_, ch, err := a.ImportList(ctx, record.ListImport{Proposal: p, Activity: act.ID})
			if err != nil {
				t.Fatal(err)
			}
			batches = append(batches, ch.Batch)
		}
		if people(a) != 2 {
			t.Fatalf("%s: %d people are made", c.name, people(a))
		}
		if c.edited {
			list := must(a.Attendees(ctx, acts[1].ID))(t)
			list[0].Person.Position = "Tổ trưởng"
			must(a.SaveAttendees(ctx, acts[1].ID, list))(t)
		}
		was := [][]record.Attendee{must(a.Attendees(ctx, acts[0].ID))(t), must(a.Attendees(ctx, acts[1].ID))(t)}
		undone := map[int]string{}
		for _, n := range c.undo {
			undone[n] = must(a.Undo(ctx, batches[n]))(t).Batch
			agree(t, a)
		}
		if people(a) != c.left {
			t.Errorf("%s: %d people are left, want %d", c.name, people(a), c.left)
		}
		if got := units(t, a); !c.edited && got != before {
			t.Errorf("%s: %d units are left of %d", c.name, got, before)
		}
		for _, n := range c.again {
			must(a.Undo(ctx, undone[n]))(t)
			if diff := cmp.Diff(was[n], must(a.Attendees(ctx, acts[n].ID))(t)); diff != "" {
				t.Errorf("%s: list %d again: %s", c.name, n, diff)
			}
			agree(t, a)
		}
		if people(a) != 2 {
			t.Errorf("%s: %d people after all was done again", c.name, people(a))
		}
	}
}

// TestUndoKeepsWhoWasThere: a known person stays in the register when the list that
// named them again is taken back, and so does one whose list nobody took back.
func TestUndoKeepsWhoWasThere(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	one, two := newTraining(t, a, "Một"), newTraining(t, a, "Hai")
	const text = "Họ và tên\tNgày sinh\tSố điện thoại\nY Mới\t26/3/1981\t0905123457\n"
	instructor := must(a.ProposeList(ctx, record.ListSource{Text: "Họ và tên\tNgày sinh\tSố điện thoại\tLoại\nY Mới\t26/3/1981\t0905123457\tBáo cáo viên\n"}, record.ListOptions{Of: "instructor"}))(t)
	if _, _, err := a.ImportList(ctx, record.ListImport{Proposal: instructor}); err != nil {
		t.Fatal(err)
	}
	for _, act := range []record.Activity{one, two} {
		im, _, err := a.ImportList(ctx, record.ListImport{Proposal: must(proposedFor(a, act.ID, text))(t), Activity: act.ID})
		if err != nil || im.Known != 1 {
			t.Fatalf("%+v, %v", im, err)
		}
		must(a.UndoImport(ctx, im.ID))(t)
	}
	if n := len(must(a.FindPeople(ctx, "moi", 9))(t)); n != 1 {
		t.Errorf("%d people are found", n)
	}
}

// units counts the units of the register.
func units(t *testing.T, a *App) int {
	t.Helper()
	list, err := store.All[record.Unit](ctx, a.db)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// TestLayoutIsRemembered: columns that were explained once are understood from then on.
func TestLayoutIsRemembered(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	src := record.ListSource{Text: "Cột A\tCột B\tCột C\nY Ngọc\tThôn 1\tx\nA Blan\tThôn 2\ty\n"}
	strange := record.ListSource{Text: "Mã\tGiá\n12\t5\n13\t6\n"}
	if p := must(a.ProposeList(ctx, strange, record.ListOptions{Of: "person", Ask: true}))(t); p.Unclear == nil || len(p.Columns) != 2 || len(p.Raw) == 0 {
		t.Errorf("columns that nobody can tell: %+v", p)
	}
	o := record.ListOptions{Of: "person", Activity: act.ID, Header: 1, Fields: map[int]string{0: "full_name", 1: "unit", 2: record.LeftOut}}
	p := must(a.ProposeList(ctx, src, o))(t)
	if _, _, err := a.ImportList(ctx, record.ListImport{Proposal: p, Activity: act.ID, Learn: true}); err != nil {
		t.Fatal(err)
	}
	src.Text = "Cột A\tCột B\tCột C\nY Hà\tThôn 3\tx\n"
	p = must(proposed(a, src.Text))(t)
	if f := p.Rows[0].Fields; f.Get("full_name") != "Y Hà" || f.Get("unit") != "Thôn 3" || len(f) != 2 {
		t.Errorf("read as %v", f)
	}
}
