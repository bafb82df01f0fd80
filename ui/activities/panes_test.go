package activities_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// went goes through the parts of the screen and says what stands in each.
func went(t *testing.T, s *stage) []string {
	t.Helper()
	var out []string
	for i, p := range s.Panes() {
		first := p.First()
		if first == nil {
			continue
		}
		s.window.Canvas().Focus(first)
		if got := kit.PaneOf(s.Panes(), s.window.Canvas().Focused()); got != i {
			t.Errorf("part %d has the keyboard in part %d (%T)", i, got, first)
		}
		out = append(out, uitest.Words(p.Object))
	}
	return out
}

func TestThePartsOfAnActivity(t *testing.T) {
	s, _ := printStage(t, "Tập huấn ở Đăk Hà")
	parts := went(t, s)
	if len(parts) != 3 || !strings.Contains(parts[1], "Loại hoạt động") || !strings.Contains(parts[2], "Lưu") {
		t.Fatalf("parts: %q", parts)
	}
	uitest.TapButton(t, s.Screen, "Thêm")
	parts = went(t, s)
	if len(parts) != 5 || !strings.Contains(parts[2], "Số bản") || !strings.Contains(parts[3], "Nguồn kinh phí") {
		t.Errorf("with all fields: %d parts: %q", len(parts), parts[min(2, len(parts)):])
	}
	s.keys.Ctrl(fyne.KeyL) // to its people
	parts = went(t, s)
	if len(parts) != 2 || !strings.Contains(parts[0], "Họ và tên") {
		t.Errorf("with its people: %q", parts)
	}
}
