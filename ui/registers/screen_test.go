package registers_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/registers"
	"sophobien/ui/uitest"
)

type desk struct {
	*uitest.Keyboard
	office *uitest.Records
	screen *registers.Screen
	window fyne.Window
}

func open(t *testing.T) *desk {
	t.Helper()
	uitest.App(t)
	d := &desk{office: uitest.NewRecords(uitest.NewOffice()), window: uitest.Window(t, nil)}
	d.screen = registers.New(kit.Desk{Runner: uitest.AtOnce(), Window: d.window, Now: uitest.Clock, Say: func(string, func()) {}}, d.office)
	d.window.SetContent(d.screen)
	d.Keyboard = uitest.NewKeyboard(d.window)
	d.screen.Reload()
	return d
}

// nouns are the registers in their order.
var nouns = []string{"unit", "instructor", "directive", "publication", "material", "survey", "model", "budget"}

// TestEveryFieldStandsInItsForm: a row in which every field says something comes back
// from its form as it went in, so no form drops what it does not show.
func TestEveryFieldStandsInItsForm(t *testing.T) {
	for _, noun := range nouns {
		t.Run(noun, func(t *testing.T) {
			d := open(t)
			n := full(noun)
			if err := n.Validate(); err != nil {
				t.Fatalf("the fixture is refused: %v", err)
			}
			d.office.Put(n)
			d.screen.Open(noun)
			d.screen.OpenRow(n.Ref())
			got, err := d.screen.Current().Form().Value()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(n, got); diff != "" {
				t.Errorf("through the form (-stored +shown):\n%s", diff)
			}
		})
	}
}

// full is a good row with every field set.
func full(noun string) record.Noun {
	id := recordtest.ID
	when := record.Validity{From: "2026-01-01", To: "2026-12-31"}
	switch noun {
	case "unit":
		return record.Unit{ID: id(1), Kind: "enterprise", Type: "tnhh", Name: "Công ty An Phát", Code: "6100", ParentID: id(2), Sector: "VSIC2025:C", Address: "Thôn 1",
			Workers: record.Workers{Total: 1200, Women: 700, EthnicMinority: 300, Disabled: 2}, Focus: []string{"zone", "fdi"}, Aliases: []string{"An Phát", "AP"},
			Valid: when, Predecessors: []record.ID{id(3)}, Successors: []record.ID{id(4), id(5)}, Note: "Ghi chú"}
	case "instructor":
		return record.Instructor{ID: id(1), PersonID: id(2), Kind: "reporter", Level: "commune", Languages: []string{"Tiếng Việt", "Tiếng Xơ-đăng"}, Qualification: "Cử nhân luật",
			Decision: "12/QĐ-UBND", Valid: when, Trained: []record.Training{{On: "2026-02-03", Title: "Bồi dưỡng"}, {Title: "Kỹ năng"}}, Note: "Ghi chú"}
	case "directive":
		return record.Directive{ID: id(1), Kind: "plan", Number: "15/KH-UBND", Title: "Kế hoạch", Issued: "2026-01-15", Issuer: "UBND xã", Task: "IV.1.a", Topics: []string{"LD07"}, Content: "Một\nhai", Note: "Ghi chú"}
	case "publication":
		return record.Publication{ID: id(1), Document: "45/2019/QH14", MaterialID: id(2), Title: "Bộ luật Lao động", Channel: "web", Place: "Cổng", Link: "https://example.vn", On: "2026-02-03", Until: "2026-05-01", UnitID: id(3), Note: "Ghi chú"}
	case "material":
		return record.Material{ID: id(1), Kind: "leaflet", Title: "Tờ gấp", Languages: []string{"Tiếng Ba-na"}, Topics: []string{"LD02", "LD07"}, On: "2026-02-03", Made: 1500, Given: 1200, Source: "Sở", Link: "https://example.vn", Note: "Ghi chú"}
	case "survey":
		return record.Survey{ID: id(1), Purpose: "quiz", Title: "Kiểm tra nhanh", On: "2026-02-03", Until: "2026-02-04", ActivityID: id(2), Audience: []string{"worker"}, Sent: 60, Returned: 58,
			Questions: []record.SurveyQuestion{{Text: "Nghỉ lễ mấy ngày?", Options: []string{"10", "11"}, Right: 2}, {Text: "Ý kiến khác"}},
			Answers:   []record.SurveyCount{{Question: 1, Option: 1, Round: "before", Sheets: 40}, {Question: 1, Option: 2, Round: "before", Sheets: 18}, {Question: 1, Option: 2, Round: "after", Sheets: 58}},
			Result:    "Tiến bộ", Note: "Ghi chú"}
	case "model":
		return record.Model{ID: id(1), Title: "Giỏ sách", UnitID: id(2), Place: "Thôn 1", Since: "2026-01-01", Content: "Cách làm", Result: "Kết quả", TakenOver: []record.ID{id(3), id(4)}, Topics: []string{"LD07"}, Note: "Ghi chú"}
	}
	return record.Budget{ID: id(1), Year: 2026, Source: "state", Task: "IV.2.a", Content: "In tờ gấp", Planned: 18_000_000, Spent: 2_500_000, Decision: "3/QĐ", Note: "Ghi chú"}
}

func TestTheSheetOfASurveyIsRefusedLineByLine(t *testing.T) {
	d := open(t)
	d.office.Put(full("survey"))
	d.screen.Open("survey")
	d.screen.OpenRow(full("survey").Ref())
	form := d.screen.Current().Form()
	for cells, want := range map[[6]string]string{
		{"Hỏi", "A; B", "3", "", "", ""}:        "đáp án đúng là số thứ tự",
		{"Hỏi", "A; B", "1", "1; 2; 3", "", ""}: "số phiếu nhiều hơn số lựa chọn",
		{"Hỏi", "A; B", "", "nhiều", "", ""}:    "số phiếu ghi bằng chữ số",
	} {
		grid := uitest.Find[*kit.Grid](t, d.screen.Current())
		grid.SetRows([]kit.GridRow{{Cells: cells[:]}})
		d.screen.Save()
		if p := form.Field("questions").Problem(); !strings.Contains(p, want) || !strings.HasPrefix(p, "Dòng 1: ") {
			t.Errorf("%v: said %q", cells, p)
		}
	}
}

func TestEachRegisterBeginsARowAndTurnsToAnother(t *testing.T) {
	d := open(t)
	for _, noun := range nouns {
		d.screen.Open(noun)
		if d.screen.Current().Noun() != noun || !d.screen.Has(noun) {
			t.Fatalf("open is %s, not %s", d.screen.Current().Noun(), noun)
		}
		d.screen.Create()
		if !d.screen.Current().Form().Visible() {
			t.Errorf("%s: no form", noun)
		}
		for _, l := range []*ledger.Screen{d.screen.Current()} {
			if words := uitest.Words(l); !strings.Contains(words, "Lưu") {
				t.Errorf("%s shows:\n%s", noun, words)
			}
		}
	}
}

// TestAChangeIsReadWhenItsRegisterIsSeen, not before.
func TestAChangeIsReadWhenItsRegisterIsSeen(t *testing.T) {
	d := open(t)
	d.screen.Open("budget")
	d.screen.Open("unit")
	before := d.office.Count("Rows")
	if !d.screen.Shows(record.Change{Nouns: []string{"budget"}}) || d.screen.Shows(record.Change{Nouns: []string{"office"}}) {
		t.Error("what the registers show is not what they say")
	}
	if d.office.Count("Rows") != before {
		t.Error("a register that is not seen was read")
	}
	d.screen.Open("budget")
	if d.office.Count("Rows") == before {
		t.Error("it was not read when it was seen")
	}
}

// TestTabFollowsThought: from the first field Tab goes through all fields in the order
// in which they stand, those under "Thêm" too.
func TestTabFollowsThought(t *testing.T) {
	for _, noun := range nouns {
		t.Run(noun, func(t *testing.T) {
			d := open(t)
			d.screen.Open(noun)
			d.screen.Create()
			uitest.TapButton(t, d.screen.Current().Form(), "Thêm")
			d.window.Canvas().Focus(d.screen.Current().Form().FocusTarget())
			want := uitest.Labels(d.screen.Current().Form())
			if diff := cmp.Diff(want, d.TabLabels(t, d.screen.Current().Form())); diff != "" {
				t.Errorf("by Tab (-as they stand +as they are reached):\n%s", diff)
			}
		})
	}
}

func TestWhatIsPastedOnARegisterIsHandedOver(t *testing.T) {
	const rows = "Tên\tĐịa chỉ\nCông ty A\tThôn 1"
	d := open(t)
	var told []string
	d.screen.OnPasted(func(noun, text string) { told = append(told, noun+": "+text) })
	for _, noun := range []string{"unit", "budget"} {
		d.office.Put(full(noun))
		d.screen.Open(noun)
		d.screen.Current().Reload()
		d.screen.Current().List().Focus()
		d.Paste(rows)
	}
	d.screen.Current().List().Paste(rows) // it is the list that has the keyboard
	// An empty register has no list to paste on.
	d.screen.Open("model")
	d.screen.Current().List().Paste(rows)
	if diff := cmp.Diff([]string{"unit: " + rows, "budget: " + rows, "model: " + rows}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}
