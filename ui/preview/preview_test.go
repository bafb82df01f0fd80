package preview_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/preview"
	"sophobien/ui/uitest"
)

// stage is a preview in a window, and what it told.
type stage struct {
	*preview.Preview
	t       *testing.T
	office  *uitest.Office
	window  fyne.Window
	keys    *uitest.Keyboard
	stored  []preview.Outcome
	left    int
	refused []string
}

func play(t *testing.T, office *uitest.Office, r *kit.Runner) *stage {
	t.Helper()
	uitest.App(t)
	s := &stage{t: t, office: office, window: uitest.Window(t, kit.Line(""))}
	s.Preview = preview.New(kit.Desk{
		Runner: r, Window: s.window, Now: func() time.Time { return uitest.Now }, Restate: func() {}, Say: func(string, func()) {},
	}, office)
	s.OnStored = func(o preview.Outcome) { s.stored = append(s.stored, o) }
	s.OnLeft = func() { s.left++ }
	s.OnRefused = func(sentence string) { s.refused = append(s.refused, sentence) }
	s.window.SetContent(s.Preview)
	s.keys = uitest.NewKeyboard(s.window)
	return s
}

func (s *stage) read(of, text string) {
	s.Read(record.ListSource{Name: "danh sách.xlsx", Text: text}, record.ListOptions{Of: of})
}

func (s *stage) shows(texts ...string) {
	s.t.Helper()
	words := uitest.Words(s.window.Content())
	for _, text := range texts {
		if !strings.Contains(words, text) {
			s.t.Errorf("the preview does not show %q:\n%s", text, words)
		}
	}
}

func (s *stage) showsNot(texts ...string) {
	s.t.Helper()
	words := uitest.Words(s.window.Content())
	for _, text := range texts {
		if strings.Contains(words, text) {
			s.t.Errorf("the preview shows %q:\n%s", text, words)
		}
	}
}

// menu picks an item of the menu that is open, by the keyboard.
func (s *stage) menu(item string) {
	s.t.Helper()
	menu, ok := uitest.Overlay(s.window).(fyne.Widget)
	if !ok {
		s.t.Fatalf("no menu is open for %q", item)
	}
	for _, o := range test.WidgetRenderer(menu).Objects() {
		if pop, is := o.(*widget.PopUpMenu); is {
			for i, it := range pop.Items {
				if label := uitest.Words(it); label == item {
					s.keys.Press(repeat(fyne.KeyDown, i)...) // the first is marked
					s.keys.Press(fyne.KeyReturn)
					return
				}
			}
		}
	}
	s.t.Fatalf("the menu has no %q:\n%s", item, uitest.Words(menu))
}

func repeat(key fyne.KeyName, n int) []fyne.KeyName {
	var out []fyne.KeyName
	for range n {
		out = append(out, key)
	}
	return out
}

const three = "Họ và tên\tNăm sinh\tThôn\tGhi chú\nNGUYỄN VĂN AN\t1990\tThôn 1\tchưa ký\nTrần Thị Bình\t31/02/1991\tThôn 2\t\nY Ngọc\t1987\tThôn 3\t\nTổng cộng\t3\t\t\n"

func TestTheListIsShownAsItWillStand(t *testing.T) {
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.read("person", three)
	s.shows("danh sách.xlsx", "2 dòng sẵn sàng", "1 dòng cần hỏi", "Ghi nhận 2 dòng", "Bỏ qua 1 dòng", "Ghi chú", "chưa ký", "Ngày sinh “31/02/1991” không có trong lịch.")
	s.keys.Press(fyne.KeyUp, fyne.KeyHome)
	s.keys.Ctrl(fyne.KeyHome)
	uitest.TapButton(t, s.Preview, "Bỏ qua 1 dòng")
	if words := uitest.Words(uitest.Overlay(s.window)); !strings.Contains(words, "Dòng 5") {
		t.Errorf("the dropped lines are not listed:\n%s", words)
	}
	s.window.Canvas().Overlays().Remove(uitest.Overlay(s.window))

	check := uitest.Check(t, s.Preview, "Viết thường họ tên in hoa")
	test.Tap(check)
	s.shows("Nguyễn Văn An")
	s.Store()
	in := s.office.Imported[0]
	if len(in.Proposal.Rows) != 2 || in.Proposal.Rows[0].Fields.Get("full_name") != "Nguyễn Văn An" || len(in.Proposal.Parked) != 1 || in.Source != "danh sách.xlsx" || in.Learn {
		t.Errorf("imported %+v", in)
	}
	if len(s.stored) != 1 || len(s.stored[0].Parked) != 1 || s.stored[0].Parked[0].Field != "birth" || s.Shown() {
		t.Errorf("told %+v", s.stored)
	}
}

// A column is put right from its title, with the keyboard; what was typed stays.
func TestColumnIsPutRightFromItsTitle(t *testing.T) {
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.read("person", three)
	s.keys.Type("1991") // the cursor stands on the birth that is asked for
	s.keys.Press(fyne.KeyEnter)
	s.shows("3 dòng sẵn sàng")
	s.keys.Press(fyne.KeyEnd)
	s.keys.Alt(fyne.KeyDown)
	s.menu("Chức vụ")
	s.shows("Chức vụ", "chưa ký", "3 dòng sẵn sàng")
	s.Store()
	in := s.office.Imported[0]
	if !in.Learn || len(in.Proposal.Rows) != 3 || in.Proposal.Rows[0].Fields.Get("position") != "chưa ký" || in.Proposal.Rows[1].Fields.Get("birth") != "1991" {
		t.Errorf("imported %+v", in.Proposal.Rows)
	}
}

// Columns that nobody can tell are shown as they stand until they are explained.
func TestUnclearColumnsAreExplained(t *testing.T) {
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.read("person", "Mã 1\tMã 2\n12\t1987\n13\t1990\n")
	s.shows("Chưa rõ", "Bảng có 2 cột", "Chọn ở tiêu đề từng cột")
	s.Store()
	if len(s.office.Imported) != 0 {
		t.Error("a list that nobody understands was stored")
	}
	uitest.TapButton(t, s.Preview, "Dòng này là tiêu đề")
	s.keys.Press(fyne.KeyEnd)
	s.keys.Alt(fyne.KeyDown)
	s.menu("Ngày, năm sinh")
	s.shows("Chưa rõ", "Mã 2")
	s.keys.Press(fyne.KeyHome)
	s.keys.Alt(fyne.KeyDown)
	s.menu("Họ và tên")
	s.shows("2 dòng cần hỏi", "1987")
}

// Somebody who may be known is offered; the person chooses, or says it is nobody of them.
func TestWhoItIsIsChosen(t *testing.T) {
	office := uitest.NewOffice()
	office.People = []record.Person{
		{ID: office.ID(), FullName: "Y Ngọc", Birth: "1987", UnitText: "Thôn 3", Sex: "nữ"},
		{ID: office.ID(), FullName: "Nguyễn Văn An", Birth: "1990-01-02", UnitText: "Thôn 1"},
	}
	list := "Họ và tên\tNgày sinh\tĐơn vị\nY Ngọc\t1987\tThôn 3\nNguyễn Văn An\t02/01/1990\tThôn 1\nA Blan\t1980\tThôn 1\n"
	s := play(t, office, uitest.AtOnce())
	s.read("person", list)
	s.shows("trùng?", "đã có", "1 đã có trong sổ", "1 có thể trùng", "Có thể là Y Ngọc, 1987, Thôn 3 đã có trong sổ (cùng tên, năm sinh, đơn vị).")
	s.keys.Ctrl(fyne.KeyReturn)
	s.menu("Là Y Ngọc, 1987, Thôn 3")
	s.shows("2 đã có trong sổ")
	s.showsNot("trùng?")
	s.keys.Press(fyne.KeyDown)
	s.keys.Ctrl(fyne.KeyReturn)
	s.menu("Không phải; ghi là mới")
	s.shows("1 đã có trong sổ")
	s.Store()
	rows := office.Imported[0].Proposal.Rows
	if rows[0].Known == nil || rows[0].Known.ID != office.People[0].ID || rows[1].Known != nil || len(rows[1].Apart) != 1 || rows[1].Apart[0] != office.People[1].ID {
		t.Errorf("imported %+v", rows)
	}

	again := play(t, office, uitest.AtOnce())
	again.read("person", list)
	again.keys.Press(fyne.KeyF2)
	again.keys.Type("a") // another name is another person
	again.keys.Press(fyne.KeyEnter)
	again.Store()
	if r := office.Imported[1].Proposal.Rows[0]; r.Known != nil || len(r.Offered) != 0 || r.Fields.Get("full_name") != "Y Ngọca" {
		t.Errorf("imported %+v", r)
	}
}

// Where list and register differ, the register's word stays unless somebody says so.
func TestTheListsWordIsTaken(t *testing.T) {
	office := uitest.NewOffice()
	office.People = []record.Person{{ID: office.ID(), FullName: "Y Ngọc", Birth: "1987-03-05", UnitText: "Thôn 3", Sex: "nữ", Phone: "0905000009"}}
	office.Settings.Collects = []record.Collect{{Field: "phone", Purpose: "Mời"}}
	s := play(t, office, uitest.AtOnce())
	s.read("person", "Họ và tên\tNgày sinh\tĐơn vị\tĐiện thoại\nY Ngọc\t05/03/1987\tThôn 3\t0905000001\n")
	s.shows("khác sổ")
	s.keys.Press(fyne.KeyEnd)
	s.shows("Trong sổ là “0905000009”, danh sách ghi “0905000001”; giữ theo sổ.")
	s.keys.Ctrl(fyne.KeyReturn)
	s.menu("Lấy theo danh sách chỗ khác sổ")
	s.shows("sẽ sửa theo danh sách thành “0905000001”.")
	s.Store()
	if !office.Imported[0].Proposal.Rows[0].Take {
		t.Errorf("imported %+v", office.Imported[0].Proposal.Rows)
	}
}

func TestOtherLists(t *testing.T) {
	for of, c := range map[string]struct{ text, shown string }{
		"unit":       {"Tên đơn vị\tMã số thuế\tSố lao động\nCông ty TNHH Một\t6100123456\t30\nHTX Hai\t6100123457\t7\n", "Hợp tác xã"},
		"instructor": {"Họ và tên\tNăm sinh\tLoại\tCấp\nLê Thị Một\t1980\tBáo cáo viên\tTỉnh\n", "Cấp tỉnh"},
		"question":   {"Nội dung câu hỏi\tNgày nhận\nThử việc tối đa bao lâu?\t5/3/2026\n", "05/03/2026"},
	} {
		s := play(t, uitest.NewOffice(), uitest.AtOnce())
		s.read(of, c.text)
		s.shows(c.shown)
		s.Store()
		if len(s.office.Imported) != 1 || s.office.Imported[0].Proposal.Of != of {
			t.Errorf("%s: imported %+v", of, s.office.Imported)
		}
	}
}

// A failed store keeps everything, and marks the row that caused it.
func TestFailedStoreKeepsTheList(t *testing.T) {
	office := uitest.NewOffice()
	refusal := record.Refuse(record.ErrInvalid, "Dòng 4: số này của người khác.", "Line 4: taken.")
	refusal.Field = "4.full_name"
	office.Fail["ImportList"] = record.Problems{refusal}
	s := play(t, office, uitest.AtOnce())
	s.read("person", three)
	s.Store()
	s.shows("Dòng 4: số này của người khác.", "chưa lưu", "Trần Thị Bình")
	delete(office.Fail, "ImportList")
	s.keys.Press(fyne.KeyF2)
	s.keys.Type("h")
	s.keys.Press(fyne.KeyEnter)
	s.Store()
	if len(office.Imported) != 1 || len(s.stored) != 1 {
		t.Errorf("imported %d times, told %d times", len(office.Imported), len(s.stored))
	}
}

func TestRefusedListsSayWhy(t *testing.T) {
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.Read(record.ListSource{Name: "a.xlsx", Data: []byte("PK\x03\x04hỏng")}, record.ListOptions{Of: "person"})
	if len(s.refused) != 1 || s.Shown() {
		t.Errorf("told %q", s.refused)
	}
}

// The sheets of a file that hold a list are offered with their rows; what is shown
// stays the one that was chosen while columns are put right.
func TestSheetsAreOffered(t *testing.T) {
	const page = `<table><tr><td>BÁO CÁO</table><table><tr><td>Họ và tên<td>Năm sinh<td>Lớp<tr><td>Nguyễn Văn An<td>1987<td>A<tr><td>Y Ngọc<td>1990<td>B</table>` +
		`<table><tr><td>Họ và tên<td>Năm sinh<tr><td>A Blan<td>1985</table>`
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.Read(record.ListSource{Name: "a.xls", Data: []byte(`<meta charset="utf-8">` + page)}, record.ListOptions{Of: "person"})
	s.shows("Bảng 1", "Bảng 2  2", "Bảng 3  1", "Tệp còn danh sách ở trang tính khác: Bảng 3.", "Nguyễn Văn An")
	s.Choose(2, "position")
	s.shows("Nguyễn Văn An", "Bảng 3  1", "Tệp còn danh sách ở trang tính khác: Bảng 3.")
	uitest.TapButton(t, s.Preview, "Bảng 3  1")
	s.shows("A Blan", "1 dòng sẵn sàng", "Tệp còn danh sách ở trang tính khác: Bảng 2.")
	s.showsNot("Nguyễn Văn An")
	s.Choose(1, record.LeftOut)
	s.shows("A Blan", "Bảng 2  2")
	uitest.TapButton(t, s.Preview, "Bảng 3  1") // it stays on
	s.shows("A Blan")
}

// An answer to an earlier question is dropped, and a list put aside does not come back.
func TestAnswersInReverseOrder(t *testing.T) {
	held := &uitest.Held{}
	s := play(t, uitest.NewOffice(), held.Runner())
	s.read("person", "Họ và tên\tNăm sinh\nNgười Cũ\t1987\n")
	s.read("person", "Họ và tên\tNăm sinh\nNgười Mới\t1987\n")
	held.ReleaseReversed()
	s.shows("Người Mới")
	s.showsNot("Người Cũ")
	s.Choose(1, record.LeftOut)
	s.Leave()
	held.ReleaseAll()
	if s.Shown() || s.left != 1 {
		t.Error("a list that was put aside came back")
	}
}

// Only the rows in sight are looked at in full: a long list stays quick.
func BenchmarkShowSixty(b *testing.B) { benchShow(b, 60) }

// BenchmarkShowMany shows a hundred thousand rows.
func BenchmarkShowMany(b *testing.B) { benchShow(b, 100_000) }

func benchShow(b *testing.B, n int) {
	test.NewTempApp(b)
	office := uitest.NewOffice()
	w := test.NewWindow(kit.Line(""))
	defer w.Close()
	p := preview.New(kit.Desk{Runner: uitest.AtOnce(), Window: w, Now: time.Now}, office)
	w.SetContent(p)
	w.Resize(fyne.NewSize(1366, 768))
	text := "Họ và tên\tGiới tính\tNăm sinh\tĐơn vị\n" + strings.Repeat("Y Ngọc\tnữ\t1987\tthôn Kon Rờ Bàng\n", n)
	p.OnRefused = func(s string) { b.Fatal(s) }
	for b.Loop() {
		p.Read(record.ListSource{Text: text}, record.ListOptions{Of: "person"})
		if !p.Shown() {
			b.Fatal("nothing is shown")
		}
	}
}
