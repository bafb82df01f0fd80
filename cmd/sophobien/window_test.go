package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/help"
	"sophobien/ui/kit"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// The whole window on a real register: what is typed in one area is seen in the
// others after the change was announced.
func TestTheWindowOnARealRegister(t *testing.T) {
	uitest.App(t)
	now := time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)
	office := newOffice(t, func() time.Time { return now })
	w := uitest.Window(t, kit.Line(""))
	shell := ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: w, Now: func() time.Time { return now }}, office)
	screens := ui.NewScreens(shell, office, ui.ScreenOptions{
		Words: vocabulary{office.Topics()}, Documents: t.TempDir(),
		Settings: settings.Options{Look: settings.Look{Variant: theme.Light, Scale: 1, Language: "vi"}},
	})
	w.SetContent(shell)
	shell.Begin(screens.Areas())
	defer shell.End()

	for _, a := range screens.Areas() {
		if screen, ok := a.Screen.(ui.Helped); !ok || !slices.Contains(help.Names(), screen.HelpPage()) {
			t.Errorf("%s has no page of the help", a.Word)
		}
	}

	_, err := office.SaveActivity(t.Context(), record.Activity{
		Kind: "training", Title: "Tập huấn ở nhà rông", Status: "held", Direct: true,
		When: record.Occasion{Date: "2026-03-04", Place: "làng Kon Rờ Bàng"}, Heads: record.HeadCount{Total: 61},
	})
	if err != nil {
		t.Fatal(err)
	}
	shell.Go(ui.AreaSettings)
	screens.Settings.Open(settings.PartLook)
	screens.Home.OnOpen(record.Errand{Area: record.AreaOffice})
	if shown := uitest.Words(screens.Settings); !strings.Contains(shown, "Cán bộ") {
		t.Errorf("where the unit is changed:\n%s", shown)
	}
	for area, want := range map[string][]string{
		ui.AreaActivities: {"Tập huấn ở nhà rông"},
		ui.AreaReports:    {"Lượt người được tập huấn", "61", "Tập huấn ở nhà rông"},
		ui.AreaExchange:   {"2 thay đổi chưa có trong gói nào; cấp trên chưa ghi nhận lần nào."},
		ui.AreaSettings:   {"A Brel", "Phòng Văn hóa - Xã hội"},
	} {
		shell.Go(area)
		shown := strings.Join(strings.Fields(uitest.Words(shell)), " ")
		for _, words := range want {
			if !strings.Contains(shown, words) {
				t.Errorf("area %s does not show %q:\n%s", area, words, shown)
			}
		}
	}
	shell.Go(ui.AreaExchange)
	uitest.TapButton(t, shell, "Giao")
	if shown := uitest.Words(shell); !strings.Contains(shown, "SPB_23500_") || !strings.Contains(shown, "Đóng gói: hôm nay") {
		t.Errorf("the bundle is not shown:\n%s", shown)
	}
}
