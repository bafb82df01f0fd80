package wizard_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
	"sophobien/ui/wizard"
)

var dakHa = record.UnitChoice{ID: record.ID{7}, Code: "23500", Name: "xã Đăk Hà", Detail: "tỉnh Quảng Ngãi"}

// starter knows one unit and keeps what it was asked to create.
type starter struct {
	created []record.Setup
	asked   []string
	fail    error
	removal error // of the sheet's file
	removed int
}

func (s *starter) FindUnits(_ context.Context, preset, query string, _ int) ([]record.UnitChoice, error) {
	s.asked = append(s.asked, preset)
	if strings.HasPrefix("dak ha", query) {
		return []record.UnitChoice{dakHa}, nil
	}
	return nil, nil
}

func (s *starter) Propose(preset string, unit record.ID) (record.Setup, error) {
	return record.Setup{Preset: preset, OfficeName: "Phòng Văn hóa - Xã hội", Place: "Đăk Hà", HeadTitle: "TRƯỞNG PHÒNG"}, nil
}

func (s *starter) Create(_ context.Context, setup record.Setup) (pdf, code string, err error) {
	s.created = append(s.created, setup)
	return "/sổ/phieu.pdf", "12345-67890", s.fail
}

// remover can delete the sheet's file too.
type remover struct{ *starter }

func (r remover) RemoveRecoverySheet() error {
	r.removed++
	return r.removal
}

type stage struct {
	wizard *wizard.Wizard
	window fyne.Window
	keys   *uitest.Keyboard
	done   int
	helped int
	opened []string // with a program of the system
	refuse error    // of that program
}

func start(t *testing.T, r *kit.Runner, s wizard.Starter, keyring string) *stage {
	t.Helper()
	uitest.App(t)
	st := &stage{window: uitest.Window(t, kit.Line(""))}
	st.keys = uitest.NewKeyboard(st.window)
	st.wizard = wizard.New(kit.Desk{
		Runner: r, Window: st.window, Now: time.Now, Say: func(string, func()) {}, Restate: func() {},
		Open: func(path string) error { st.opened = append(st.opened, path); return st.refuse },
	}, s, wizard.Options{Keyring: keyring, OnDone: func() { st.done++ }, OnHelp: func() { st.helped++ }})
	st.window.SetContent(st.wizard)
	st.wizard.Keys(st.window.Canvas())
	return st
}

func (st *stage) words() string { return strings.Join(strings.Fields(uitest.Words(st.wizard)), " ") }

func (st *stage) next(t *testing.T) {
	t.Helper()
	uitest.TapButton(t, st.wizard, "Tiếp tục")
}

func (st *stage) chooseUnit(t *testing.T) {
	t.Helper()
	st.window.Canvas().Focus(uitest.Find[*kit.Picker](t, st.wizard).FocusTarget())
	st.keys.Type("dak ha")
	st.keys.Press(fyne.KeyReturn)
	st.next(t)
}

// fill types into the field under a label.
func (st *stage) fill(t *testing.T, label, text string) {
	t.Helper()
	st.window.Canvas().Focus(uitest.EntryUnder(t, st.wizard, label))
	st.keys.UniKey(text)
	st.window.Canvas().Unfocus()
}

func TestWhatIsTypedIsWhatIsCreated(t *testing.T) {
	s := &starter{}
	st := start(t, uitest.AtOnce(), s, "")
	st.chooseUnit(t)
	st.fill(t, "Cán bộ ghi sổ (họ và tên)", "A Brel")
	st.fill(t, "Người ký báo cáo (có thể ghi sau)", "Y Thu")
	st.next(t)
	st.fill(t, "Mật khẩu", "bốn từ ghép lại")
	st.fill(t, "Gõ lại mật khẩu", "bốn từ ghép lại")
	st.next(t)
	st.fill(t, "Thư mục sao lưu", "E:/sao lưu")
	uitest.TapButton(t, st.wizard, "Lập sổ")
	want := []record.Setup{{
		Preset: "2025-commune", Unit: dakHa, OfficeName: "Phòng Văn hóa - Xã hội", Place: "Đăk Hà", HeadTitle: "TRƯỞNG PHÒNG",
		OfficerName: "A Brel", HeadName: "Y Thu", Protection: "passphrase", Passphrase: "bốn từ ghép lại", BackupFolder: "E:/sao lưu",
	}}
	if diff := cmp.Diff(want, s.created); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	for _, part := range []string{"12345-67890", "/sổ/phieu.pdf"} {
		if !strings.Contains(st.words(), part) {
			t.Errorf("the sheet does not show %q: %s", part, st.words())
		}
	}
	if st.done != 0 {
		t.Error("the register opened before the sheet was seen")
	}
	uitest.TapButton(t, st.wizard, "Mở sổ")
	if st.done != 1 {
		t.Errorf("done %d times", st.done)
	}
}

func TestARefusalKeepsWhatWasTyped(t *testing.T) {
	s := &starter{fail: record.Refuse(record.ErrSpace, "Ổ đĩa đầy, chưa ghi gì.", "The disk is full.")}
	st := start(t, uitest.AtOnce(), s, "keyring")
	st.chooseUnit(t)
	st.fill(t, "Cán bộ ghi sổ (họ và tên)", "A Brel")
	st.next(t)
	st.next(t)
	uitest.TapButton(t, st.wizard, "Lập sổ")
	if !strings.Contains(st.words(), "Ổ đĩa đầy, chưa ghi gì.") {
		t.Errorf("the reason is not said: %s", st.words())
	}
	s.fail = nil
	uitest.TapButton(t, st.wizard, "Lập sổ")
	if len(s.created) != 2 || s.created[1].OfficerName != "A Brel" || s.created[1].Protection != "keyring" {
		t.Errorf("second try sent %+v", s.created)
	}
}

func TestNothingGoesOnWithoutAUnit(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.next(t)
	if !strings.Contains(st.words(), "Hãy chọn đơn vị") || !strings.Contains(st.words(), "Bước 1 trên 5") {
		t.Errorf("shown: %s", st.words())
	}
}

func TestAnotherPresetAsksForAnotherUnit(t *testing.T) {
	s := &starter{}
	st := start(t, uitest.AtOnce(), s, "")
	uitest.Find[*kit.Radio](t, st.wizard).Choose("Huyện, thành phố báo cáo cấp tỉnh (kế hoạch năm 2024)")
	st.window.Canvas().Focus(uitest.Find[*kit.Picker](t, st.wizard).FocusTarget())
	st.keys.Type("d")
	if got := s.asked[len(s.asked)-1]; got != "2024-district" {
		t.Errorf("asked for %q", got)
	}
}

func TestNamesTypedAreNotReplacedByThePreset(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.chooseUnit(t)
	e := uitest.EntryUnder(t, st.wizard, "Tên cơ quan")
	e.SetText("Phòng Kinh tế")
	uitest.TapButton(t, st.wizard, "Quay lại")
	st.next(t)
	if e.Text != "Phòng Kinh tế" {
		t.Errorf("replaced by %q", e.Text)
	}
}

func TestPassphrasesMustAgreeAndBeLong(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.chooseUnit(t)
	st.fill(t, "Cán bộ ghi sổ (họ và tên)", "A Brel")
	st.next(t)
	st.fill(t, "Mật khẩu", "ngắn")
	st.next(t)
	if !strings.Contains(st.words(), "ít nhất 12 ký tự; ghép thêm") {
		t.Errorf("shown: %s", st.words())
	}
	st.fill(t, "Mật khẩu", " nhưng nay đã dài")
	st.fill(t, "Gõ lại mật khẩu", "khác hẳn")
	st.next(t)
	if !strings.Contains(st.words(), "Hai lần gõ không giống nhau.") {
		t.Errorf("shown: %s", st.words())
	}
}

func TestAHeldAnswerDoesNotCreateTwice(t *testing.T) {
	var held uitest.Held
	s := &starter{}
	st := start(t, held.Runner(), s, "keyring")
	st.wizard.Open(3)
	uitest.TapButton(t, st.wizard, "Lập sổ")
	uitest.TapButton(t, st.wizard, "Lập sổ")
	held.ReleaseAll()
	if len(s.created) != 1 {
		t.Errorf("created %d times", len(s.created))
	}
}

func TestTabGoesFromOnePassphraseToTheOther(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.wizard.Open(2)
	first, second := uitest.EntryUnder(t, st.wizard, "Mật khẩu"), uitest.EntryUnder(t, st.wizard, "Gõ lại mật khẩu")
	st.window.Canvas().Focus(first)
	st.keys.Type("một")
	st.keys.Press(fyne.KeyTab)
	st.keys.Type("hai")
	if first.Text != "một" || second.Text != "hai" {
		t.Errorf("typed %q and %q", first.Text, second.Text)
	}
}

func (st *stage) mustShow(t *testing.T, text string) {
	t.Helper()
	if !strings.Contains(st.words(), text) {
		t.Errorf("%q is not shown: %s", text, st.words())
	}
}

func (st *stage) mustNotShow(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(st.words(), text) {
		t.Errorf("%q is shown: %s", text, st.words())
	}
}

// Namesakes are told apart by what is above them, after choosing too.
func TestChosenUnitIsShownWithWhatIsAboveIt(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.window.Canvas().Focus(uitest.Find[*kit.Picker](t, st.wizard).FocusTarget())
	st.keys.Type("dak ha")
	st.mustNotShow(t, "xã Đăk Hà, tỉnh Quảng Ngãi")
	st.keys.Press(fyne.KeyReturn)
	st.mustShow(t, "xã Đăk Hà, tỉnh Quảng Ngãi")
	st.keys.Press(fyne.KeyBackspace)
	st.mustNotShow(t, "xã Đăk Hà, tỉnh Quảng Ngãi")
}

func TestAnotherPresetForgetsTheChosenUnit(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.window.Canvas().Focus(uitest.Find[*kit.Picker](t, st.wizard).FocusTarget())
	st.keys.Type("dak ha")
	st.keys.Press(fyne.KeyReturn)
	uitest.Find[*kit.Radio](t, st.wizard).Choose("Huyện, thành phố báo cáo cấp tỉnh (kế hoạch năm 2024)")
	st.mustNotShow(t, "xã Đăk Hà, tỉnh Quảng Ngãi")
}

func TestSentenceGoesAsSoonAsThePassphrasesAgree(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.wizard.Open(2)
	st.fill(t, "Mật khẩu", "bốn từ ghép lại")
	st.fill(t, "Gõ lại mật khẩu", "bốn từ ghép lạ")
	st.next(t)
	st.mustShow(t, "Hai lần gõ không giống nhau.")
	st.keys.Type("i") // the keyboard is in the field that is wrong
	st.mustNotShow(t, "Hai lần gõ không giống nhau.")
	st.mustShow(t, "Bước 3 trên 5")
}

func TestSentenceGoesAsSoonAsThePassphraseIsLong(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "")
	st.wizard.Open(2)
	st.fill(t, "Mật khẩu", "mười một ch")
	st.next(t)
	st.mustShow(t, "ít nhất 12 ký tự; ghép thêm")
	st.keys.Type("ữ")
	st.mustNotShow(t, "ít nhất 12 ký tự; ghép thêm")
}

// TestTheWizardWithTheKeyboardAlone: Enter goes on wherever a step is complete, and says
// what is missing where it is not.
func TestTheWizardWithTheKeyboardAlone(t *testing.T) {
	s := &starter{}
	var held uitest.Held
	st := start(t, held.Runner(), s, "keyring")
	enter := func() { st.keys.Press(fyne.KeyReturn); held.ReleaseAll() }
	st.window.Canvas().Focus(st.wizard.FocusTarget())
	st.keys.Type("dak ha")
	held.ReleaseAll()
	enter()
	st.mustShow(t, "Bước 1 trên 5")
	enter()
	st.mustShow(t, "Bước 2 trên 5")
	enter() // in the name of the officer, which is empty
	st.mustShow(t, "Hãy ghi họ tên người ghi sổ")
	st.keys.UniKey("A Brel")
	st.mustNotShow(t, "Hãy ghi họ tên người ghi sổ")
	enter()
	st.mustShow(t, "Bước 3 trên 5")
	st.keys.Press(fyne.KeyDown) // a passphrase
	st.keys.Press(fyne.KeyTab)
	st.keys.Type("bốn từ ghép lại")
	enter()
	st.mustShow(t, "Bước 3 trên 5")
	st.mustNotShow(t, "không giống nhau")
	st.keys.Type("bốn từ ghép lại")
	enter()
	st.mustShow(t, "Bước 4 trên 5")
	st.keys.Press(fyne.KeyF1)
	if st.helped != 1 {
		t.Errorf("F1 helped %d times", st.helped)
	}
	st.keys.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab) // the folder, the file, and their buttons
	if b, ok := st.window.Canvas().Focused().(*kit.PushButton); !ok || b.Text != "Lập sổ" {
		t.Errorf("after the fields the keyboard is on %T", st.window.Canvas().Focused())
	}
	st.keys.Press(fyne.KeyReturn, fyne.KeyReturn)
	held.ReleaseAll()
	st.mustShow(t, "Bước 5 trên 5")
	if len(s.created) != 1 {
		t.Errorf("created %d times", len(s.created))
	}
	enter()
	if diff := cmp.Diff([]string{"/sổ/phieu.pdf"}, st.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	st.keys.Press(fyne.KeyTab)
	enter()
	if st.done != 1 {
		t.Error("the register does not open")
	}
}

func TestEnterTakesTheKeyOfTheSystem(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "keyring")
	st.chooseUnit(t)
	st.fill(t, "Cán bộ ghi sổ (họ và tên)", "A Brel")
	st.next(t)
	st.keys.Press(fyne.KeyReturn)
	st.mustShow(t, "Bước 4 trên 5")
}

func TestRefusedPassphraseIsSaidBesideItsField(t *testing.T) {
	const sentence = "Mật khẩu này dễ đoán. Chưa lập gì; hãy chọn mật khẩu khác."
	s := &starter{fail: record.Refuse(record.ErrPassphrase, sentence, "Too easy.")}
	st := start(t, uitest.AtOnce(), s, "")
	st.wizard.Open(2)
	st.fill(t, "Mật khẩu", "mật khẩu mật khẩu")
	st.fill(t, "Gõ lại mật khẩu", "mật khẩu mật khẩu")
	st.next(t)
	uitest.TapButton(t, st.wizard, "Lập sổ")
	st.mustShow(t, "Bước 3 trên 5")
	st.mustShow(t, sentence)
	st.keys.Press(fyne.KeyEnd) // the keyboard is in the field
	st.keys.Type("x")
	st.mustNotShow(t, sentence)
	if e := uitest.EntryUnder(t, st.wizard, "Mật khẩu"); e.Text != "mật khẩu mật khẩux" {
		t.Errorf("the field holds %q", e.Text)
	}
}

func TestSheetIsRemovedAfterPrinting(t *testing.T) {
	s := remover{&starter{removal: record.Refuse(record.ErrPlace, "Tệp đang mở ở chương trình khác. Hãy đóng rồi làm lại.", "Open elsewhere.")}}
	st := start(t, uitest.AtOnce(), s, "keyring")
	st.wizard.Open(3)
	uitest.TapButton(t, st.wizard, "Lập sổ")
	uitest.TapButton(t, st.wizard, "Xóa tệp sau khi in")
	st.mustShow(t, "Tệp đang mở ở chương trình khác.")
	s.removal = nil
	uitest.TapButton(t, st.wizard, "Xóa tệp sau khi in")
	st.mustShow(t, "Đã xóa tệp của tờ khôi phục.")
	st.mustNotShow(t, "Tệp đang mở ở chương trình khác.")
	st.mustNotShow(t, "Xóa tệp sau khi in")
	st.mustNotShow(t, "/sổ/phieu.pdf")
	st.mustShow(t, "12345-67890")
	if s.removed != 2 {
		t.Errorf("asked %d times", s.removed)
	}
	st.keys.Press(fyne.KeyReturn) // the button is gone; the keyboard is on the next
	if st.done != 1 {
		t.Errorf("the keyboard is on %T", st.window.Canvas().Focused())
	}
}

func TestSheetThatCannotBeOpenedSaysSo(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "keyring")
	st.refuse = errors.New("no viewer")
	st.wizard.Open(3)
	uitest.TapButton(t, st.wizard, "Lập sổ")
	st.keys.Press(fyne.KeyReturn)
	st.mustShow(t, "Máy chưa mở được /sổ/phieu.pdf.")
}

func TestSheetThatCannotBeRemovedHasNoButton(t *testing.T) {
	st := start(t, uitest.AtOnce(), &starter{}, "keyring")
	st.wizard.Open(3)
	uitest.TapButton(t, st.wizard, "Lập sổ")
	st.mustNotShow(t, "Xóa tệp sau khi in")
}

func TestTabGoesAsOneReads(t *testing.T) {
	st := start(t, uitest.AtOnce(), remover{&starter{}}, "")
	for page := range 5 {
		st.wizard.Open(page)
		for _, wrong := range uitest.TabsBack(st.wizard, nil) {
			t.Errorf("step %d: %s", page+1, wrong)
		}
	}
}
