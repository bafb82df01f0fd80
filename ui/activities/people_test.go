package activities_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/uitest"
)

// sixtyPeople is a list as it comes off a spreadsheet.
func sixtyPeople() string {
	var b strings.Builder
	b.WriteString("STT\tHọ và tên\tGiới tính\tNăm sinh\tĐơn vị\tChức vụ\tĐối tượng\r\n")
	for i := range 60 {
		name, sex := "Nguyễn Thị Hoa", "Nữ"
		if i%2 == 1 {
			name, sex = "A Blan", "Nam"
		}
		fmt.Fprintf(&b, "%d\t%s %d\t%s\t%d\tCông ty cao su %d\tCông nhân\tNgười lao động\r\n", i+1, name, i+1, sex, 1970+i%30, i%4)
	}
	return b.String()
}

// people opens the people of one activity.
func people(t *testing.T, office *uitest.Office) (*stage, record.ID) {
	t.Helper()
	var id record.ID
	for _, l := range mustPage(t, office).Lines {
		id = l.ID
	}
	s := play(t, office, uitest.AtOnce())
	s.OpenPeople(id)
	return s, id
}

func oneActivity() *uitest.Office {
	o := uitest.NewOffice()
	o.Add(training("Tập huấn", "2026-03-05", 0))
	return o
}

func TestBlockWithUnknownColumnsIsRefusedInASentence(t *testing.T) {
	office := oneActivity()
	office.Fail["ProposeList"] = record.Refuse(record.ErrInvalid,
		"Khối dán có 20 cột, nhiều hơn một danh sách người. Hãy chép lại chỉ các cột cần; chưa có gì thay đổi.", "Too many columns.")
	s, id := people(t, office)
	s.keys.Paste(strings.Repeat("x\t", 19) + "x\n")
	s.mustShow("Khối dán có 20 cột, nhiều hơn một danh sách người.", "Chưa có ai trong danh sách")
	if d := office.StoredDraft("people/" + id.String()); d != nil {
		t.Errorf("something was kept: %s", d)
	}
}

func TestBlockWithoutNamesIsShownAsItStands(t *testing.T) {
	office := oneActivity()
	s, _ := people(t, office)
	s.keys.Paste("12\t34\t56\n78\t90\t12\n")
	s.mustShow("Bảng có 3 cột", "Chưa rõ", "Dòng này là tiêu đề")
	s.keys.Ctrl(fyne.KeyS)
	if office.Count("ImportList") != 0 {
		t.Error("a list that nobody understands was sent")
	}
	uitest.TapButton(t, s.Screen, "Bỏ danh sách")
	s.mustShow("Chưa có ai trong danh sách")
}

// What is ready goes in at once; the rest waits in the grid, as a draft.
func TestParkedRowWaitsForItsAnswer(t *testing.T) {
	office := oneActivity()
	s, id := people(t, office)
	s.keys.Paste("Họ và tên\tGiới tính\tNăm sinh\nNguyễn Văn An\tNam\t1990\nTrần Thị Bình\tNữ\t31/02/1991\n")
	s.mustShow("1 dòng sẵn sàng", "cần hỏi", "1 dòng cần hỏi", "Ghi nhận 1 dòng")
	s.keys.Ctrl(fyne.KeyS)
	if list := office.StoredList(id); len(list) != 1 || list[0].Person.FullName != "Nguyễn Văn An" {
		t.Fatalf("stored %+v", list)
	}
	s.mustShow("2 người", "Trần Thị Bình", "cần hỏi", "Đã ghi 1 người vào danh sách.")
	s.keys.Ctrl(fyne.KeyS)
	if office.Count("SaveAttendees") != 1 { // by the import
		t.Fatal("a row with an open question was sent")
	}

	again := play(t, office, uitest.AtOnce())
	again.OpenPeople(id)
	again.mustShow("Trần Thị Bình", "cần hỏi", "Đang xem bản nháp")
	again.keys.Ctrl(fyne.KeyEnd)
	again.keys.Press(fyne.KeyHome, fyne.KeyRight, fyne.KeyRight)
	again.keys.Type("1991")
	again.keys.Press(fyne.KeyEnter)
	again.mustNotShow("cần hỏi", "cần sửa")
	again.keys.Ctrl(fyne.KeyS)
	if list := office.StoredList(id); len(list) != 2 || list[1].Person.Birth != "1991" {
		t.Errorf("stored %+v", list)
	}
}

func TestQuestionIsAnsweredWithOneKeyWhenTheRowIsRight(t *testing.T) {
	office := oneActivity()
	s, id := people(t, office)
	s.keys.Paste("Họ và tên\tGiới tính\tNgày sinh\nNguyễn Văn An\tNam\t25/03/1990\nNguyễn Văn An\tNam\t25/03/1990\n")
	s.mustShow("cần hỏi")
	s.keys.Ctrl(fyne.KeyReturn)
	s.mustNotShow("cần hỏi")
	s.keys.Ctrl(fyne.KeyS)
	if n := len(office.StoredList(id)); n != 2 {
		t.Errorf("stored %d people, want 2", n)
	}
}

// The toast takes a list back, and so does the list of lists days later.
func TestImportIsTakenBack(t *testing.T) {
	const block = "Họ và tên\tNăm sinh\nNguyễn Văn An\t1990\nTrần Thị Bình\t1991\n"
	office := oneActivity()
	s, id := people(t, office)
	s.keys.Type("Lê Thị Cúc")
	s.keys.Press(fyne.KeyEnter)
	s.keys.Paste(block)
	s.keys.Ctrl(fyne.KeyS)
	s.mustShow("3 người", "Lê Thị Cúc", "Trần Thị Bình")
	s.undo()
	if n := len(office.StoredList(id)); n != 0 {
		t.Errorf("%d people are left", n)
	}
	s.mustShow("1 người", "Lê Thị Cúc")
	s.mustNotShow("Trần Thị Bình")
	s.again()
	if n := len(office.StoredList(id)); n != 2 {
		t.Errorf("%d people are there again", n)
	}
	s.mustShow("3 người", "Lê Thị Cúc", "Trần Thị Bình", "Đã nhập 1 danh sách")
	s.tap("Đã nhập 1 danh sách")
	uitest.TapButton(t, uitest.Overlay(s.window), "Hoàn tác")
	s.mustShow("1 người")
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Ctrl(fyne.KeyL) // back in the grid

	s.keys.Ctrl(fyne.KeyEnd)
	s.keys.Press(fyne.KeyDown, fyne.KeyHome)
	s.keys.Paste(block)
	s.keys.Ctrl(fyne.KeyS)
	again := play(t, office, uitest.AtOnce())
	again.OpenPeople(id)
	uitest.TapButton(t, again.Screen, "Đã nhập 1 danh sách")
	uitest.TapButton(t, uitest.Overlay(again.window), "Hoàn tác")
	if n := len(office.StoredList(id)); n != 0 {
		t.Errorf("%d people are left", n)
	}
	again.mustShow("Lê Thị Cúc")
	again.mustNotShow("Trần Thị Bình", "Đã nhập 1 danh sách")
}

// A file is read as a paste is; one that cannot be read says why.
func TestFileIsLookedOver(t *testing.T) {
	office := oneActivity()
	office.Files = map[string][]byte{"thon1.csv": []byte("Họ và tên,Năm sinh\nNguyễn Văn An,1990\nTrần Thị Bình,1991\n")}
	s, id := people(t, office)
	s.Dropped([]string{"khong-co.csv"})
	s.mustShow("Không mở được tệp khong-co.csv.")
	s.Dropped([]string{"thon1.csv"})
	s.mustShow("thon1.csv", "2 dòng sẵn sàng")
	s.keys.Ctrl(fyne.KeyS)
	if n := len(office.StoredList(id)); n != 2 || office.Imported[0].Source != "thon1.csv" {
		t.Errorf("stored %d people from %q", n, office.Imported[0].Source)
	}
}

func TestTypedPeopleAreStored(t *testing.T) {
	office := oneActivity()
	s, id := people(t, office)
	s.keys.UniKey("Y Ngọc")
	s.keys.Press(fyne.KeyTab)
	s.keys.Type("nu")
	s.keys.Press(fyne.KeyTab)
	s.keys.Type("1987")
	s.keys.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	s.keys.Type("nld")
	s.keys.Ctrl(fyne.KeyS)
	list := office.StoredList(id)
	if len(list) != 1 {
		t.Fatalf("stored %d people, want 1", len(list))
	}
	got := list[0].Person
	got.ID = record.ID{}
	want := record.Person{FullName: "Y Ngọc", Sex: "nữ", Birth: "1987", Group: "worker"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
	s.mustShow("1 người: 1 nữ, 0 nam")
}

// Storing again changes the same people and makes no second ones.
func TestStoringTwiceKeepsWhoTheyAre(t *testing.T) {
	office := oneActivity()
	s, id := people(t, office)
	s.keys.Type("An")
	s.keys.Ctrl(fyne.KeyS)
	first := office.StoredList(id)[0]
	s.keys.Press(fyne.KeyTab)
	s.keys.Type("nam")
	s.keys.Press(fyne.KeyEnter)
	s.keys.Press(fyne.KeyHome)
	s.keys.Type("Bình")
	s.keys.Ctrl(fyne.KeyS)
	list := office.StoredList(id)
	if len(list) != 2 || list[0].Person.ID != first.Person.ID || list[0].Attendance.ID != first.Attendance.ID {
		t.Fatalf("first %+v\nthen %+v", first, list)
	}
	if list[0].Person.Sex != "nam" {
		t.Errorf("the change was not stored: %+v", list[0].Person)
	}
}

func TestWrongCellIsMarkedAndNotSent(t *testing.T) {
	office := oneActivity()
	s, _ := people(t, office)
	s.keys.Type("An")
	s.keys.Press(fyne.KeyTab)
	s.keys.Type("x")
	s.keys.Press(fyne.KeyTab)
	s.mustShow("cần sửa")
	s.keys.Ctrl(fyne.KeyS)
	if office.Count("SaveAttendees") != 0 {
		t.Error("a sex that is none was sent")
	}
	s.mustShow("Giới tính chỉ ghi “nam”, “nữ” hoặc để trống.")
	s.keys.Type("nam")
	s.keys.Ctrl(fyne.KeyS)
	if office.Count("SaveAttendees") != 1 {
		t.Error("the corrected list was not sent")
	}
}

func TestFailedSaveKeepsTheListAndMarksTheRow(t *testing.T) {
	office := oneActivity()
	refusal := record.Refuse(record.ErrInvalid, "Dòng 2: Số căn cước đã thuộc về người khác.", "Line 2: taken.")
	refusal.Field = "2.id_number"
	office.Fail["SaveAttendees"] = record.Problems{refusal}
	s, id := people(t, office)
	s.keys.Paste("Nguyễn Văn An\tnam\t1990\nTrần Thị Bình\tnữ\t1991\n")
	s.keys.Ctrl(fyne.KeyS)
	s.mustShow("Dòng 2: Số căn cước đã thuộc về người khác.", "chưa lưu", "Bình", "2 người")
	office.Fail = map[string]error{}
	s.keys.Ctrl(fyne.KeyS)
	if n := len(office.StoredList(id)); n != 2 {
		t.Errorf("stored %d people after trying again, want 2", n)
	}
}

func TestEveryCellIsKeptBeforeItIsStored(t *testing.T) {
	office := oneActivity()
	s, id := people(t, office)
	s.keys.UniKey("Nguyễn Văn An")
	s.keys.Press(fyne.KeyEnter)
	s.keys.UniKey("Trần Thị Bình")
	s.keys.Press(fyne.KeyEnter)
	s.keys.UniKey("Lê")

	again := play(t, office, uitest.AtOnce())
	again.OpenPeople(id)
	again.mustShow("Nguyễn Văn An", "Trần Thị Bình", "2 người", "Đang xem bản nháp chưa lưu")
	again.keys.Ctrl(fyne.KeyS)
	if n := len(office.StoredList(id)); n != 2 {
		t.Errorf("stored %d people, want 2", n)
	}
	if d := office.StoredDraft("people/" + id.String()); d != nil {
		t.Errorf("the draft is still there: %s", d)
	}
}

// The office may switch a column on or off while a list is a draft.
func TestDraftFitsTheColumnsThereAreNow(t *testing.T) {
	office := oneActivity()
	office.Settings.Collects = []record.Collect{{Field: "phone", Purpose: "Mời"}, {Field: "ethnicity", Purpose: "Thống kê"}}
	s, id := people(t, office)
	s.keys.UniKey("Y Ngọc")
	s.keys.Press(fyne.KeyEnd)
	s.keys.Press(fyne.KeyEnter)
	s.keys.Press(fyne.KeyUp, fyne.KeyEnd)
	s.keys.UniKey("Ba-na")
	s.keys.Press(fyne.KeyLeft)
	s.keys.Type("0905123456")
	s.keys.Press(fyne.KeyEnter)

	office.Settings.Collects = office.Settings.Collects[1:]
	again := play(t, office, uitest.AtOnce())
	again.OpenPeople(id)
	again.mustShow("Y Ngọc", "Ba-na")
	again.mustNotShow("0905123456")
	again.keys.Ctrl(fyne.KeyS)
	if got := office.StoredList(id)[0].Person; got.Ethnicity != "Ba-na" || got.Phone != "" {
		t.Errorf("stored %+v", got)
	}
}

// A draft over a stored list keeps who is who.
func TestDraftOverAStoredListKeepsWhoTheyAre(t *testing.T) {
	office := oneActivity()
	s, id := people(t, office)
	s.keys.Paste("Nguyễn Văn An\tnam\t1990\nTrần Thị Bình\tnữ\t1991\n")
	s.keys.Ctrl(fyne.KeyS)
	before := office.StoredList(id)
	s.keys.Press(fyne.KeyF2)
	s.keys.Type("h")
	s.keys.Press(fyne.KeyEnter)

	again := play(t, office, uitest.AtOnce())
	again.OpenPeople(id)
	again.keys.Ctrl(fyne.KeyS)
	after := office.StoredList(id)
	if len(after) != 2 || after[0].Person.FullName != "Nguyễn Văn Anh" || after[0].Person.ID != before[0].Person.ID ||
		after[1].Attendance.ID != before[1].Attendance.ID {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
}

func TestKnownPersonIsOfferedAndTakenWithOneKey(t *testing.T) {
	office := oneActivity()
	known := record.Person{ID: office.ID(), FullName: "Y Ngọc", Sex: "nữ", Birth: "1987", UnitText: "HTX Măng Đen", Group: "worker"}
	office.People = []record.Person{known}
	s, id := people(t, office)
	s.keys.UniKey("Y Ng")
	s.mustShow("Đã có trong sổ: Y Ngọc, 1987, HTX Măng Đen.", "Y Ng")
	s.keys.Ctrl(fyne.KeyReturn)
	s.keys.Ctrl(fyne.KeyS)
	list := office.StoredList(id)
	if len(list) != 1 {
		t.Fatalf("stored %+v", list)
	}
	if diff := cmp.Diff(known, list[0].Person); diff != "" {
		t.Errorf("stored person (-want +got):\n%s", diff)
	}
}

func TestPastedOverPeopleIsWrittenAsItStands(t *testing.T) {
	office := oneActivity()
	s, id := people(t, office)
	s.keys.Paste("Nguyễn Văn An\tnam\t1990\nTrần Thị Bình\tnữ\t1991\n")
	s.keys.Ctrl(fyne.KeyHome)
	s.keys.Press(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	s.keys.Paste("Xã Đăk Hà\nXã Đăk Tô\n")
	if office.Count("ProposeList") != 1 {
		t.Errorf("the second block went to the reader of lists")
	}
	s.keys.Ctrl(fyne.KeyS)
	list := office.StoredList(id)
	if len(list) != 2 || list[1].Person.UnitText != "Xã Đăk Tô" {
		t.Errorf("stored %+v", list)
	}
}

func TestSamePersonTwiceIsMarked(t *testing.T) {
	office := oneActivity()
	s, _ := people(t, office)
	for range 2 {
		s.keys.Type("An")
		s.keys.Press(fyne.KeyEnter)
	}
	s.mustShow("trùng", "1 dòng cần xem lại")
}

func TestColumnsFollowWhatTheOfficeCollects(t *testing.T) {
	office := oneActivity()
	s, _ := people(t, office)
	s.mustNotShow("Điện thoại", "Số căn cước", "Dân tộc")
	office.Settings.Collects = []record.Collect{{Field: "phone", Purpose: "Mời dự đối thoại"}}
	s.Reload()
	s.mustShow("Điện thoại")
	s.mustNotShow("Số căn cước")
}

// What the office does not collect is not stored, and that is said.
func TestFieldsThatAreNotKeptAreNamed(t *testing.T) {
	const block = "Họ và tên\tGiới tính\tNăm sinh\tĐiện thoại\tSố CCCD\nNguyễn Văn An\tNam\t1990\t0905123456\t062090001234\n"
	for name, c := range map[string]struct {
		collects []record.Collect
		said     string
		unsaid   string
	}{
		"nothing switched on": {nil, "Không lưu: số điện thoại, số căn cước (chưa bật ở Thiết lập › Dữ liệu cá nhân).", "dân tộc"},
		"one switched on":     {[]record.Collect{{Field: "phone", Purpose: "Mời"}}, "Không lưu: số căn cước (chưa bật", "số điện thoại"},
		"all switched on": {[]record.Collect{{Field: "phone", Purpose: "Mời"}, {Field: "id_number", Purpose: "Chi"}},
			"1 dòng sẵn sàng", "Không lưu"},
	} {
		t.Run(name, func(t *testing.T) {
			office := oneActivity()
			office.Settings.Collects = c.collects
			s, id := people(t, office)
			s.keys.Paste(block)
			s.mustShow(c.said)
			s.mustNotShow(c.unsaid)
			s.keys.Ctrl(fyne.KeyS)
			if p := office.StoredList(id)[0].Person; (p.Phone != "") != (len(c.collects) > 0) || (p.IDNumber != "") != (len(c.collects) > 1) {
				t.Errorf("stored %+v", p)
			}
		})
	}
}

// Lists and forms go out from a menu, named in words.
func TestFormsGoOut(t *testing.T) {
	office := oneActivity()
	s, _ := people(t, office)
	const signed = "Danh sách ký tên – Tập huấn.xlsx"
	s.SetDefaultFolder("/giấy tờ")
	uitest.TapButton(t, s.Screen, "Xuất…")
	s.keys.Press(fyne.KeyDown, fyne.KeyReturn)
	words := uitest.Words(uitest.Overlay(s.window))
	if !strings.Contains(words, "Tờ ký tên") || !strings.Contains(words, signed) {
		t.Fatalf("asked:\n%s", words)
	}
	office.Fail["WriteSignSheet"] = record.Refuse(record.ErrPlace, "Không ghi được vào thư mục.", "Cannot be written.")
	uitest.TapButton(t, uitest.Overlay(s.window), "Xuất")
	if words := uitest.Words(uitest.Overlay(s.window)); !strings.Contains(words, "Không ghi được vào thư mục.") {
		t.Errorf("a failure is not told:\n%s", words)
	}
	delete(office.Fail, "WriteSignSheet")
	uitest.TapButton(t, uitest.Overlay(s.window), "Xuất")
	if want := "sign " + filepath.Join("/giấy tờ", signed); uitest.Overlay(s.window) != nil || office.Written[1] != want {
		t.Errorf("written %q, want %q", office.Written, want)
	}
	s.keys.Type("Lê Thị Cúc")
	s.keys.Press(fyne.KeyEnter)
	uitest.TapButton(t, s.Screen, "Xuất…")
	s.keys.Press(fyne.KeyReturn)
	s.mustShow("Danh sách còn chỗ chưa lưu.")
}

// A list is chosen with the keyboard alone, and Esc leads back to where one was.
func TestAListIsChosenByTyping(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Danh sách Đăk Hà.csv")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	office := oneActivity()
	s, _ := people(t, office)
	uitest.TapButton(t, s.Screen, "Nhập từ tệp…")
	s.keys.Press(fyne.KeyEscape)
	if uitest.Overlay(s.window) != nil {
		t.Fatal("Esc does not leave")
	}
	uitest.TapButton(t, s.Screen, "Nhập từ tệp…")
	s.keys.Type(filepath.Dir(file))
	s.keys.Press(fyne.KeyReturn)
	s.keys.Type("dak ha")
	s.keys.Press(fyne.KeyReturn)
	if uitest.Overlay(s.window) != nil {
		t.Fatal("the file is not chosen")
	}
	s.mustShow("Không mở được tệp " + file + ".") // it was asked for just that file
}

// TestADraftTakesNothingBackThatOthersChanged: cells nobody typed in, who came and who
// was taken off since it began.
func TestADraftTakesNothingBackThatOthersChanged(t *testing.T) {
	office := oneActivity()
	id := mustPage(t, office).Lines[0].ID
	an := record.Attendee{Person: record.Person{FullName: "Nguyễn Văn An", Position: "Công nhân"}}
	binh := record.Attendee{Person: record.Person{FullName: "Trần Thị Bình", Position: "Thủ kho"}}
	cuc := record.Attendee{Person: record.Person{FullName: "Lê Thị Cúc"}}
	store := func(list ...record.Attendee) []record.Attendee {
		if _, err := office.SaveAttendees(t.Context(), id, list); err != nil {
			t.Fatal(err)
		}
		return office.StoredList(id)
	}
	list := store(an, binh, cuc)
	s := play(t, office, uitest.AtOnce())
	s.OpenPeople(id)
	s.keys.Type("Nguyễn Văn Ân") // in the place of An
	s.keys.Press(fyne.KeyEnter)

	list[0].Person.Position = "Tổ trưởng"
	list[1].Person.Position = "Kế toán"
	store(list[0], list[1], record.Attendee{Person: record.Person{FullName: "Y Dung"}})
	again := play(t, office, uitest.AtOnce())
	again.OpenPeople(id)
	again.mustShow("Nguyễn Văn Ân", "Tổ trưởng", "Kế toán", "Y Dung", "3 người")
	again.mustNotShow("Công nhân", "Thủ kho", "Lê Thị Cúc")
	again.keys.Ctrl(fyne.KeyS)
	var got []string
	for _, a := range office.StoredList(id) {
		got = append(got, a.Person.FullName+" "+a.Person.Position)
	}
	if diff := cmp.Diff([]string{"Nguyễn Văn Ân Tổ trưởng", "Trần Thị Bình Kế toán", "Y Dung "}, got); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
}
