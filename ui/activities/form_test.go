package activities_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// full is an activity with every field set to a value of its own.
func full(office *uitest.Office) record.Activity {
	for _, name := range []string{"Công ty Sao Mai", "HTX Măng Đen", "Trường nghề", "UBND xã Ya Ly", "Liên đoàn"} {
		office.Units = append(office.Units, record.Unit{ID: office.ID(), Kind: "agency", Name: name})
	}
	u := office.Units
	return record.Activity{
		ID: office.ID(), Kind: "contest", Task: "IV.2.c", Form: "4", Mode: "hybrid", Title: "Thi tìm hiểu <pháp luật> & lao động",
		Topics: []string{"LD07", "BH01"},
		When: record.Occasion{
			Date: "2026-02-27", EndDate: "2026-03-01", Start: "07:30", End: "16:45", Place: "Nhà rông thôn Đăk Mơ Nua",
		},
		HostUnitID: u[0].ID, CoOrganisers: []record.ID{u[1].ID, u[2].ID}, UnitsReached: []record.ID{u[3].ID, u[4].ID},
		Audience: []string{"worker", "employer"}, Direct: true, WovenInto: "Ngày hội văn hóa",
		Languages: []string{"Tiếng Việt", "Tiếng Xơ-đăng"}, Speakers: []string{"Nguyễn Văn A, phó trưởng phòng", "Y Ngọc"},
		Materials: []record.MaterialGiven{{Name: "Tờ gấp BHXH", Kind: "tờ gấp", Copies: 200}, {Name: "Sổ tay", Copies: 15}},
		Costs:     []record.Cost{{Source: "state", Amount: 1500000}, {Source: "contributed", Amount: 250000}},
		Heads: record.HeadCount{
			Total: 100, Women: 41, Workers: 31, Employers: 12, Officials: 13, Reporters: 4, Mediators: 5, EthnicMinority: 36, Disabled: 7,
		},
		Channel: "Đài xã", Link: "https://vi.du/tin", Times: 8, Reason: "01/03/2026: gõ nhầm",
		Prizes: 9, Status: "closed", Result: "Tốt.\nBà con hỏi nhiều về BHXH.", Note: "Micro hỏng.",
	}
}

func newForm(t *testing.T) (*activities.Form, *uitest.Office, *uitest.Keyboard) {
	t.Helper()
	uitest.App(t)
	office := uitest.NewOffice()
	f := activities.NewForm(uitest.AtOnce(), office)
	return f, office, uitest.NewKeyboard(uitest.Window(t, f))
}

func TestFormGivesBackEveryFieldItShows(t *testing.T) {
	f, office, _ := newForm(t)
	want := full(office)
	f.Edit(want)
	got, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-shown +given back):\n%s", diff)
	}
	f.Edit(record.Activity{Kind: "training", Title: "Khác", Status: "held", When: record.Occasion{Date: "2026-01-02"}})
	got, err = f.Value()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(record.Activity{Kind: "training", Title: "Khác", Status: "held", When: record.Occasion{Date: "2026-01-02"}}, got); diff != "" {
		t.Errorf("something of the first activity stayed (-want +got):\n%s", diff)
	}
}

func TestFormReadsWhatPeopleWrite(t *testing.T) {
	f, _, keys := newForm(t)
	f.Edit(record.Activity{Kind: "training", Status: "held"})
	fyne.CurrentApp().Driver().CanvasForObject(f).Focus(f.FocusTarget())
	keys.Press(fyne.KeyTab, fyne.KeyTab)
	keys.UniKey("Đối thoại với người sử dụng lao động")
	keys.Press(fyne.KeyTab)
	keys.Type("05032026")
	keys.Press(fyne.KeyTab, fyne.KeyTab)
	keys.Type("1.200")
	got, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	want := record.Activity{
		Kind: "training", Status: "held", Title: "Đối thoại với người sử dụng lao động",
		When: record.Occasion{Date: "2026-03-05"}, Heads: record.HeadCount{Total: 1200},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFormSaysWhatCannotBeRead(t *testing.T) {
	f, _, keys := newForm(t)
	f.Edit(record.Activity{Kind: "training", Title: "Tập huấn", Status: "held", When: record.Occasion{Date: "2026-03-05"}})
	fyne.CurrentApp().Driver().CanvasForObject(f).Focus(f.FocusTarget())
	keys.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	keys.Type("sáu mươi")
	_, err := f.Value()
	var problems record.Problems
	if !errors.As(err, &problems) || problems.For("heads.total", "vi") != "Ghi bằng chữ số, ví dụ 60 hoặc 1.200." {
		t.Errorf("said %v", err)
	}
}

func TestProblemUnderMoreOpensIt(t *testing.T) {
	f, _, _ := newForm(t)
	a := record.Activity{
		Kind: "training", Title: "Tập huấn", Status: "held",
		When: record.Occasion{Date: "2026-03-05", EndDate: "2026-03-01"},
	}
	f.Edit(a)
	if tryToStore(f) == nil {
		t.Error("an end before the start may be sent")
	}
	s := &stage{t: t, window: windowOf(f)}
	s.mustShow("Ngày kết thúc sớm hơn ngày bắt đầu.")
}

// tryToStore shows what stands against storing what a form holds, as saving does.
func tryToStore(f *activities.Form) error {
	f.Commit()
	_, err := f.Value()
	f.ShowProblem(err)
	return err
}

func windowOf(o fyne.CanvasObject) fyne.Window {
	all := fyne.CurrentApp().Driver().AllWindows()
	return all[len(all)-1]
}

func TestShowingAnActivityIsNoChange(t *testing.T) {
	f, office, keys := newForm(t)
	changes := 0
	f.OnChanged = func() { changes++ }
	f.Edit(full(office))
	f.ShowHeads(record.HeadCount{Listed: true, Total: 3})
	if changes != 0 {
		t.Errorf("%d changes were told", changes)
	}
	fyne.CurrentApp().Driver().CanvasForObject(f).Focus(f.FocusTarget())
	keys.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab) // two topics can be taken away on the way
	keys.Type("ab")
	if changes == 0 {
		t.Error("typing told no change")
	}
}

func TestWhatLiesAheadIsAPlanUntilSomeoneDecides(t *testing.T) {
	f, _, keys := newForm(t)
	f.Edit(record.Activity{Kind: "training", Title: "Tập huấn", Status: "held"})
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	toDate := func() {
		c.Unfocus()
		c.Focus(f.FocusTarget())
		keys.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
		keys.Ctrl(fyne.KeyA)
	}
	for day, want := range map[string]string{"20/12": "planned", "hôm nay": "held", "1/2": "held", "11/03/2026": "planned"} {
		toDate()
		keys.Type(day)
		keys.Press(fyne.KeyTab)
		if got, _ := f.Value(); got.Status != want {
			t.Errorf("on %s it is %q, want %q", day, got.Status, want)
		}
	}
}

// shelf is an office with a register of materials.
type shelf struct {
	*keeper
	asked []string
}

func (s *shelf) Rows(_ context.Context, f record.ListFilter) (record.ListPage, error) {
	s.asked = append(s.asked, f.Noun+" "+f.Text)
	l := record.ListingOf("material")
	row := func(title, kind string) record.ListRow {
		cells := make([]string, len(l.Columns))
		cells[l.TitleColumn()], cells[l.Column("kind")] = title, kind
		return record.ListRow{Cells: cells}
	}
	return record.ListPage{Rows: []record.ListRow{row("Sổ tay hỏi đáp tiền lương", "book"), row("Sổ tay an toàn lao động", "book")}}, nil
}

// TestEnterGoesAlongTheRowOfAMaterial: name, kind chosen from its list, number, next row.
func TestEnterGoesAlongTheRowOfAMaterial(t *testing.T) {
	uitest.App(t)
	office := uitest.NewOffice()
	f := activities.NewForm(uitest.AtOnce(), office)
	keys := uitest.NewKeyboard(uitest.Window(t, f))
	a := full(office)
	a.Materials = nil
	f.Edit(a)
	uitest.TapButton(t, f, "Thêm")
	uitest.Find[*kit.Grid](t, f).Focus()
	for _, m := range []string{"Tờ gấp tiền lương", "Tờ gấp an toàn"} {
		keys.UniKey(m)
		keys.Press(fyne.KeyEnter, fyne.KeyF2, fyne.KeyDown, fyne.KeyEnter) // the first kind
		keys.Type("200")
		keys.Press(fyne.KeyEnter)
	}
	got, err := f.Value()
	want := []record.MaterialGiven{{Name: "Tờ gấp tiền lương", Kind: "leaflet", Copies: 200}, {Name: "Tờ gấp an toàn", Kind: "leaflet", Copies: 200}}
	if diff := cmp.Diff(want, got.Materials); diff != "" || err != nil {
		t.Errorf("materials (-want +got):\n%s %v", diff, err)
	}
}

func TestMaterialsGivenAreChosenFromTheRegister(t *testing.T) {
	uitest.App(t)
	office := &shelf{keeper: uitest.NewOffice()}
	f := activities.NewForm(uitest.AtOnce(), office)
	keys := uitest.NewKeyboard(uitest.Window(t, f))
	a := full(office.keeper)
	a.Materials = nil
	f.Edit(a)
	uitest.TapButton(t, f, "Thêm")
	uitest.Find[*kit.Grid](t, f).Focus()
	keys.UniKey("sổ tay")
	keys.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyTab) // the second one; its kind comes with it
	keys.Press(fyne.KeyTab)
	keys.Type("200")
	keys.Press(fyne.KeyEnter)
	keys.UniKey("Sổ tay") // one that is in no register stays as it is typed
	keys.Press(fyne.KeyTab)
	keys.UniKey("tờ gấp") // the first letters of a kind are enough
	keys.Press(fyne.KeyTab)
	keys.Type("15")
	keys.Press(fyne.KeyEnter)
	keys.UniKey("Quạt giấy")
	keys.Press(fyne.KeyTab)
	keys.UniKey("quà tặng") // a word of the office's own
	keys.Press(fyne.KeyTab)
	keys.Type("30")
	keys.Press(fyne.KeyEnter)
	got, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	want := []record.MaterialGiven{
		{Name: "Sổ tay an toàn lao động", Kind: "book", Copies: 200},
		{Name: "Sổ tay", Kind: "leaflet", Copies: 15},
		{Name: "Quạt giấy", Kind: "quà tặng", Copies: 30},
	}
	if diff := cmp.Diff(want, got.Materials); diff != "" {
		t.Errorf("given (-want +got):\n%s", diff)
	}
	if len(office.asked) == 0 || !strings.HasPrefix(office.asked[0], "material ") {
		t.Errorf("asked %q", office.asked)
	}
}

func TestAProblemGoesWhileItIsMended(t *testing.T) {
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.Create()
	s.window.Canvas().Focus(uitest.FieldUnder(t, s.Screen, "Ngày"))
	s.keys.Type("31/2")
	s.keys.Press(fyne.KeyTab)
	s.mustShow("Hãy ghi như 05/03/2026")
	s.keys.Shift(fyne.KeyTab)
	s.keys.Type("28/2")
	s.mustNotShow("Hãy ghi như 05/03/2026")
}
