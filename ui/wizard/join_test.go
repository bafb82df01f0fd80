package wizard_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

const thirty = "012345678901234567890123456789"

// joiner can make this PC another one of an office.
type joiner struct {
	*starter
	setups []record.Setup
	got    []string
	refuse error
}

func (j *joiner) JoinAsk(_ context.Context, s record.Setup, folder string) (path, fingerprint string, err error) {
	j.setups = append(j.setups, s)
	return folder + "/SPB_enrol_23500_c3d4.sope.zip", thirty, j.refuse
}

func (j *joiner) Join(_ context.Context, s record.Setup, paths []string, digits string) (pdf, code string, err error) {
	j.got = append(append(j.got, paths...), digits, s.Passphrase)
	return "D:/so/phieu-khoi-phuc.pdf", "20719-38255", j.refuse
}

// join goes to the page on which the register of the first PC is asked for.
func join(t *testing.T, j *joiner) *stage {
	t.Helper()
	st := start(t, uitest.AtOnce(), j, "")
	uitest.Find[*kit.Radio](t, st.wizard).Choose("Máy thứ hai của cơ quan đã có sổ")
	st.mustShow(t, "Bước 1 trên 5")
	st.chooseUnit(t)
	st.fill(t, "Cán bộ ghi sổ (họ và tên)", "Y Thu")
	st.next(t)
	st.fill(t, "Mật khẩu", "bốn từ ghép lại")
	st.fill(t, "Gõ lại mật khẩu", "bốn từ ghép lại")
	st.next(t)
	st.mustShow(t, "Bước 4 trên 5")
	return st
}

func TestASecondPCJoinsItsOffice(t *testing.T) {
	j := &joiner{starter: &starter{}}
	st := join(t, j)
	st.keys.Type("E:") // the keyboard is in the folder
	uitest.TapButton(t, st.wizard, "Ghi tệp đăng ký")
	st.mustShow(t, "Đã ghi E:/SPB_enrol_23500_c3d4.sope.zip. 30 số của máy này: 01234 56789 01234 56789 01234 56789")
	uitest.TapButton(t, st.wizard, "Nhận sổ")
	st.mustShow(t, "Cần đủ 30 số, mới có 0.")
	st.keys.Type("98765 43210 98765 43210 98765 43210") // the keyboard is where something is missing
	st.mustNotShow(t, "Cần đủ 30 số")
	j.refuse = record.Refuse(record.ErrNotFound, "Ở đó không có tệp nào cho máy này.", "There is no file for this PC.")
	uitest.TapButton(t, st.wizard, "Nhận sổ")
	st.mustShow(t, "Ở đó không có tệp nào cho máy này.")
	if st.done != 0 {
		t.Fatal("a register opens that is not there")
	}
	j.refuse = nil
	uitest.TapButton(t, st.wizard, "Nhận sổ")
	for _, want := range []string{"Sổ của cơ quan đã ở máy này.", "20719-38255", "D:/so/phieu-khoi-phuc.pdf"} {
		st.mustShow(t, want)
	}
	if st.done != 0 {
		t.Fatal("the register opens before its recovery sheet was shown")
	}
	uitest.TapButton(t, st.wizard, "Mở sổ")
	if st.done != 1 || len(j.created) != 0 {
		t.Errorf("done %d times, created %v", st.done, j.created)
	}
	once := []string{"E:", "987654321098765432109876543210", "bốn từ ghép lại"}
	if diff := cmp.Diff(append(once, once...), j.got); diff != "" {
		t.Errorf("joined with (-want +got):\n%s", diff)
	}
	if s := j.setups[0]; s.OfficerName != "Y Thu" || s.Unit.Code != "23500" || s.Passphrase != "bốn từ ghép lại" {
		t.Errorf("asked with %+v", s)
	}
}

func TestAPassphraseThatIsRefusedWhenAskingIsSaidBesideItsField(t *testing.T) {
	j := &joiner{starter: &starter{}, refuse: record.Refuse(record.ErrPassphrase, "Mật khẩu không đúng.", "Wrong passphrase.")}
	st := join(t, j)
	st.keys.Type("E:")
	uitest.TapButton(t, st.wizard, "Ghi tệp đăng ký")
	st.mustShow(t, "Bước 3 trên 5")
	st.mustShow(t, "Mật khẩu không đúng.")
}

func TestOneMayStillBeginARegister(t *testing.T) {
	st := start(t, uitest.AtOnce(), &joiner{starter: &starter{}}, "")
	way := uitest.Find[*kit.Radio](t, st.wizard)
	way.Choose("Máy thứ hai của cơ quan đã có sổ")
	way.Choose("Lập sổ mới")
	st.mustShow(t, "Bước 1 trên 5")
	start(t, uitest.AtOnce(), &starter{}, "").mustNotShow(t, "Lập sổ mới")
}

func TestTheThirdWayFitsAndIsRead(t *testing.T) {
	j := &joiner{starter: &starter{}}
	st := join(t, j)
	st.keys.Type("E:")
	st.keys.Press(fyne.KeyTab)
	uitest.TapButton(t, st.wizard, "Ghi tệp đăng ký")
	for _, wrong := range uitest.TabsBack(st.wizard, nil) {
		t.Error(wrong)
	}
}
