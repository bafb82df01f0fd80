package settings_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/uitest"
)

func ended(heirs ...record.UnitChoice) record.UnitEnd {
	return record.UnitEnd{Unit: "xã Đăk Hà", From: "2026-11-01", Into: "xã Hợp Nhất", Heirs: heirs}
}

func TestAnOfficeWhoseUnitStandsIsAskedNothing(t *testing.T) {
	st := screen(t, uitest.AtOnce(), newOffice())
	if shown := uitest.Words(st.screen); strings.Contains(shown, "Đơn vị báo cáo") {
		t.Errorf("shown:\n%s", shown)
	}
}

// TestTheOfficeMovesOnceItIsConfirmed, with the keyboard alone: Escape leaves all as it was.
func TestTheOfficeMovesOnceItIsConfirmed(t *testing.T) {
	o := newOffice()
	o.end = ended(record.UnitChoice{ID: record.ID{9}, Name: "xã Hợp Nhất"})
	st := screen(t, uitest.AtOnce(), o)
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "Đơn vị xã Đăk Hà đã sắp xếp vào xã Hợp Nhất từ ngày 01/11/2026. Hãy đổi đơn vị báo cáo") {
		t.Fatalf("shown:\n%s", shown)
	}
	keys := uitest.NewKeyboard(st.window)
	button := uitest.Button(t, st.screen, "Đổi sang xã Hợp Nhất…")
	c := st.window.Canvas()
	c.Focus(button)
	keys.Press(fyne.KeySpace)
	if shown := uitest.Words(uitest.Overlay(st.window)); !strings.Contains(shown, "vẫn đứng tên xã Đăk Hà") {
		t.Errorf("asked:\n%s", shown)
	}
	keys.Press(fyne.KeyEscape)
	if uitest.Overlay(st.window) != nil || len(o.moved) > 0 {
		t.Fatalf("after Escape: moved %v", o.moved)
	}
	c.Focus(button)
	keys.Press(fyne.KeySpace, fyne.KeyReturn) // the safe button has the keyboard
	if len(o.moved) > 0 {
		t.Fatalf("after Enter: moved %v", o.moved)
	}
	c.Focus(button)
	keys.Press(fyne.KeySpace)
	uitest.TapButton(t, uitest.Overlay(st.window), "Đổi đơn vị báo cáo")
	if diff := cmp.Diff([]record.ID{{9}}, o.moved); diff != "" {
		t.Errorf("moved (-want +got):\n%s", diff)
	}
	if shown := uitest.Words(st.screen); strings.Contains(shown, "Đơn vị báo cáo") {
		t.Errorf("once it has moved:\n%s", shown)
	}
}

func TestAMoveThatIsRefusedSaysWhy(t *testing.T) {
	o := newOffice()
	o.end = ended(record.UnitChoice{ID: record.ID{8}, Name: "xã Đông"}, record.UnitChoice{ID: record.ID{9}, Name: "xã Tây"})
	o.fail = record.Refuse(record.ErrConflict, "Danh bạ xếp máy này vào xã Tây.", "The roster has this PC with xã Tây.")
	st := screen(t, uitest.AtOnce(), o)
	uitest.Button(t, st.screen, "Đổi sang xã Tây…")
	uitest.TapButton(t, st.screen, "Đổi sang xã Đông…")
	uitest.TapButton(t, uitest.Overlay(st.window), "Đổi đơn vị báo cáo")
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "Danh bạ xếp máy này vào xã Tây.") || !strings.Contains(shown, "Hãy chọn đơn vị") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestAUnitWithoutHeirs(t *testing.T) {
	o := newOffice()
	o.end = record.UnitEnd{Unit: "xã Đăk Hà", From: "2026-11-01"}
	st := screen(t, uitest.AtOnce(), o)
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "không có đơn vị nhận. Hãy giao hết phần còn lại") || strings.Contains(shown, "Đổi sang") {
		t.Errorf("shown:\n%s", shown)
	}
}
