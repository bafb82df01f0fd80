package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

// newcomer rows of every noun that is saved by itself.
func oneOfEach() []record.Noun {
	return []record.Noun{
		record.Directive{Kind: "plan", Title: "Kế hoạch năm", Issued: "2026-01-15"},
		record.Publication{Title: "Bộ luật Lao động", Channel: "office", On: "2026-02-01"},
		record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-02-01", Made: 500},
		record.Survey{Purpose: "needs", Title: "Nhu cầu", On: "2026-02-01", Sent: 10, Returned: 9},
		record.Model{Title: "Giỏ sách pháp luật", Since: "2026-02-01"},
		record.Budget{Year: 2026, Source: "state", Content: "In tờ gấp", Planned: 3_000_000},
		record.Question{Text: "Làm thêm giờ tính thế nào?", Received: "2026-03-01"},
		record.Holiday{Day: "2026-09-01", Name: "Nghỉ bù"},
		record.Unit{Kind: "enterprise", Name: "Công ty An Phát"},
		record.Person{FullName: "Y Ngọc", Sex: "nữ"},
	}
}

// TestEveryNounIsSavedChangedTakenAwayAndBroughtBack by the same four actions.
func TestEveryNounIsSavedChangedTakenAwayAndBroughtBack(t *testing.T) {
	a := newApp(t)
	for _, n := range oneOfEach() {
		name := n.Ref().Noun
		t.Run(name, func(t *testing.T) {
			made := must(a.SaveRecord(ctx, n))(t)
			if made.Ref().ID.IsZero() {
				t.Fatal("stored without an id")
			}
			before := commits(t, a)
			must(a.SaveRecord(ctx, made))(t)
			if commits(t, a) != before {
				t.Error("saving the same again is a commit")
			}
			if diff := cmp.Diff(made, must(a.Record(ctx, made.Ref()))(t)); diff != "" {
				t.Errorf("read back (-saved +read):\n%s", diff)
			}
			if l := record.ListingOf(name); l != nil {
				if page := must(a.Rows(ctx, record.ListFilter{Noun: name}))(t); page.Total < 1 {
					t.Errorf("the list has %d rows", page.Total)
				}
			}
			gone := must(a.DeleteRecord(ctx, made.Ref()))(t)
			if _, err := a.Record(ctx, made.Ref()); !errors.Is(err, record.ErrNotFound) {
				t.Errorf("deleted, and read: %v", err)
			}
			if !strings.HasPrefix(gone.Words.VI, "Xóa ") {
				t.Errorf("said to be done: %q", gone.Words.VI)
			}
			must(a.UndoLast(ctx))(t)
			if diff := cmp.Diff(made, must(a.Record(ctx, made.Ref()))(t)); diff != "" {
				t.Errorf("brought back (-saved +read):\n%s", diff)
			}
			if lines := must(a.History(ctx, made.Ref()))(t); len(lines) != 3 || !strings.HasPrefix(lines[2].Words.VI, "Ghi mới") || lines[0].Words.VI != "Lấy lại" {
				t.Errorf("history: %+v", lines)
			}
		})
	}
}

func TestUndoAndRedoWalkBackAndForth(t *testing.T) {
	a := newApp(t)
	m := must(a.SaveRecord(ctx, record.Model{Title: "Một", Since: "2026-01-01"}))(t).(record.Model)
	for _, title := range []string{"Hai", "Ba"} {
		m.Title = title
		must(a.SaveRecord(ctx, m))(t)
	}
	title := func() string {
		n, err := a.Record(ctx, m.Ref())
		if errors.Is(err, record.ErrNotFound) {
			return ""
		}
		return must(n, err)(t).(record.Model).Title
	}
	var words string
	for _, want := range []string{"Hai", "Một", ""} {
		words = must(a.UndoLast(ctx))(t).Words.VI
		if title() != want {
			t.Errorf("undone: %q, want %q", title(), want)
		}
	}
	if words != "Thêm mô hình “Một”" {
		t.Errorf("taken back: %q", words)
	}
	if _, err := a.UndoLast(ctx); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("more could be taken back than was done: %v", err)
	}
	for _, want := range []string{"Một", "Hai", "Ba"} {
		must(a.RedoLast(ctx))(t)
		if title() != want {
			t.Errorf("done again: %q, want %q", title(), want)
		}
	}
	if _, err := a.RedoLast(ctx); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("more could be done again: %v", err)
	}
	must(a.UndoLast(ctx))(t)
	must(a.SaveRecord(ctx, record.Model{Title: "Khác", Since: "2026-01-01"}))(t)
	if _, err := a.RedoLast(ctx); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("something new was done, and the old can still be done again: %v", err)
	}
}

// TestUndoOfAnOlderActionLeavesTheOthersOnTheStack: the toast's button and Ctrl+Z do
// not get in each other's way.
func TestUndoOfAnOlderActionLeavesTheOthersOnTheStack(t *testing.T) {
	a := newApp(t)
	one := must(a.SaveRecord(ctx, record.Model{Title: "Một", Since: "2026-01-01"}))(t)
	gone := must(a.DeleteRecord(ctx, one.Ref()))(t)
	two := must(a.SaveRecord(ctx, record.Model{Title: "Hai", Since: "2026-01-01"}))(t)
	must(a.Undo(ctx, gone.Batch))(t)
	must(a.Record(ctx, one.Ref()))(t)
	must(a.UndoLast(ctx))(t)
	if _, err := a.Record(ctx, two.Ref()); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the last action is still done: %v", err)
	}
	must(a.Record(ctx, one.Ref()))(t)
}

func TestHistorySpeaksInSentences(t *testing.T) {
	a := newApp(t)
	made := training("Tập huấn")
	made.When.Place = "Nhà văn hóa"
	act := must(a.SaveActivity(ctx, made))(t)
	act.Title, act.Kind, act.When.Place = "Tập huấn tiền lương", "dialogue", "Nhà rông"
	act.Heads = record.HeadCount{Total: 1200, Women: 30}
	must(a.SaveActivity(ctx, act))(t)
	lines := must(a.History(ctx, act.Ref()))(t)
	if len(lines) != 2 || lines[0].Officer == "" || lines[0].At == 0 {
		t.Fatalf("%+v", lines)
	}
	for _, part := range []string{"Sửa ", "tên hoạt động: “Tập huấn” → “Tập huấn tiền lương”", "loại hoạt động: Tập huấn, bồi dưỡng → Đối thoại", "1.200, nữ 30"} {
		if !strings.Contains(lines[0].Words.VI, part) {
			t.Errorf("%q lacks %q", lines[0].Words.VI, part)
		}
	}
	if got := lines[1].Words; got.VI != "Ghi mới “Tập huấn”, "+act.When.Date.String()+", Nhà văn hóa" || !strings.HasPrefix(got.EN, "Recorded “Tập huấn”, ") {
		t.Errorf("what was made is called %+v", got)
	}
	if !strings.Contains(lines[0].Words.EN, "kind: Training → Dialogue") {
		t.Errorf("in English: %q", lines[0].Words.EN)
	}
}

func TestWhatIsInUseIsNotTakenAway(t *testing.T) {
	a := newApp(t)
	u := must(a.SaveRecord(ctx, record.Unit{Kind: "enterprise", Name: "Công ty An Phát"}))(t)
	must(a.SaveRecord(ctx, record.Question{Text: "Hỏi?", Received: "2026-03-01", UnitID: u.Ref().ID}))(t)
	if _, err := a.DeleteRecord(ctx, u.Ref()); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a unit that a question names: %v", err)
	}
}

func TestWhatIsDoneDoesNotLieInTheFuture(t *testing.T) {
	a := newApp(t)
	for _, n := range []record.Noun{
		record.Directive{Kind: "plan", Title: "Kế hoạch", Issued: "2027-01-15"},
		record.Publication{Title: "Luật", Channel: "office", On: "2027-02-01"},
		record.Question{Text: "Hỏi?", Received: "2027-03-01"},
	} {
		if _, err := a.SaveRecord(ctx, n); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", n.Ref().Noun, err)
		}
	}
}

// TestEveryFigureCanBePointedAt: the rows behind each figure of a made-up year are
// there, documents among them.
func TestEveryFigureCanBePointedAt(t *testing.T) {
	a, err := CreateDemo(ctx, t.TempDir(), DemoOptions{Seed: 2, Years: 1, PerYear: 40, People: 5}, at(today))
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	f := must(a.Figures(ctx, must(a.Period(ctx, 2026, ""))(t)))(t)
	nouns := map[string]bool{}
	for _, g := range f.Indicators {
		rows := must(a.Behind(ctx, g.Records))(t)
		if len(rows) != len(g.Records) {
			t.Errorf("%s %s: %d rows behind, %d named", g.Code, g.SplitKey(), len(rows), len(g.Records))
		}
		for _, r := range rows {
			nouns[r.Ref.Noun] = true
			must(a.Record(ctx, r.Ref))(t)
		}
	}
	for _, g := range f.Targets {
		if rows := must(a.Behind(ctx, slices.Concat(g.Records, g.Missing)))(t); len(rows) != len(g.Records)+len(g.Missing) {
			t.Errorf("target %s: %d rows behind, %d named", g.Code, len(rows), len(g.Records)+len(g.Missing))
		}
	}
	for _, noun := range []string{"activity", "directive", "material", "budget", "question", "unit"} {
		if !nouns[noun] {
			t.Errorf("no %s behind any figure: %v", noun, nouns)
		}
	}
}
