package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/ui"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// TestAProvinceHasItsTabs: the register of an office that collects shows what it collects,
// and nothing of handing over, on the smallest screen and as one reads.
func TestAProvinceHasItsTabs(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 3, 10, 14, 5, 0, 0, time.UTC) }
	office := officeOf(t, now, "2025-province", "quang ngai")
	uitest.App(t)
	window := uitest.Window(t, kit.Line(""))
	shell := ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: window, Now: now}, office)
	screens := ui.NewScreens(shell, office, ui.ScreenOptions{Words: vocabulary{office.Topics()}})
	window.SetContent(shell)
	shell.Begin(screens.Areas())
	shell.Keys(window.Canvas())
	shell.Go(ui.AreaExchange)
	see := func(tab string, words ...string) {
		t.Helper()
		screens.Exchange.View(tab)
		shown := strings.Join(strings.Fields(uitest.Words(shell)), " ")
		for _, w := range words {
			if !strings.Contains(shown, w) {
				t.Errorf("%s does not show %q:\n%s", tab, w, shown)
			}
		}
		for _, not := range []string{"Đóng gói", "Giao và nhận"} {
			if strings.Contains(shown, not) {
				t.Errorf("%s shows %q:\n%s", tab, not, shown)
			}
		}
		for _, wrong := range uitest.TabsBack(shell, inTheRail) {
			t.Errorf("%s: %s", tab, wrong)
		}
		for _, scale := range []float32{1.5, 1} {
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
			if min := window.Content().MinSize(); min.Width > 1366 || min.Height > 768 {
				t.Errorf("at %.0f %% %s asks for %.0f × %.0f", scale*100, tab, min.Width, min.Height)
			}
		}
	}
	see(exchange.TabUnits, "Danh bạ chưa có đơn vị nào.")
	see(exchange.TabKeys, "Tạo khóa: người giữ khóa thứ 1 trên 3")

	var sticks, words [3]string
	for i := range sticks {
		sticks[i], words[i] = t.TempDir(), "một hai ba bốn năm sáu "+string(rune('1'+i))
	}
	if _, err := office.MakeProvince(context.Background(), sticks, words); err != nil {
		t.Fatal(err)
	}
	screens.Exchange.Reload()
	see(exchange.TabUnits, "96 đơn vị", "Xã Ba Tơ")
	see(exchange.TabIncoming, "Nhận từ thư mục…", "Ghi biên nhận cho tất cả…")
	see(exchange.TabPairs, "Không có cặp nào chờ quyết định.")
	see(exchange.TabKeys, "Danh bạ bản 1", "Máy đang dùng, có trong danh bạ.")
	see(exchange.TabDifferences, "Không có chỗ nào hai máy ghi khác nhau.")
}
