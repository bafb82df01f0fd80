package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// lowWindow is a row of twelve chips, the last of them on, above rows.
func lowWindow(t *testing.T, height float32) (words func() string, tap func(label string), chosen *[]string) {
	t.Helper()
	uitest.App(t)
	chosen = &[]string{}
	row := kit.NewChipRow(func(c kit.GroupChip) { *chosen = append(*chosen, c.Key) })
	table := kit.NewTable(kit.Column{Heading: "Tên"})
	table.SetRows([][]string{{"một"}, {"hai"}})
	page := kit.OverRows(kit.Inset(theme.SizeGap, kit.VStack(theme.SizeGap, kit.Line("đầu"), row, kit.Line("cuối"))), row, table)
	w := uitest.Window(t, page)
	var chips []kit.GroupChip
	for i := range 12 {
		chips = append(chips, kit.GroupChip{Group: "a", Chip: kit.Chip{Key: fmt.Sprint(i), Label: fmt.Sprintf("nhóm %02d", i), Count: -1}, On: i == 11})
	}
	row.Set(chips)
	w.Resize(fyne.NewSize(500, 600))
	w.Resize(fyne.NewSize(500, height))
	return func() string { return uitest.Words(page) }, func(label string) { uitest.TapButton(t, page, label) }, chosen
}

// TestChipsFoldWhereTheWindowIsLow: one line with what is on; the rest folds out.
func TestChipsFoldWhereTheWindowIsLow(t *testing.T) {
	words, tap, chosen := lowWindow(t, 300)
	shown := func() int { return strings.Count(words(), "nhóm") }
	few := shown()
	if few >= 12 || few < 3 || !strings.Contains(words(), "nhóm 11") || !strings.Contains(words(), fmt.Sprint("+", 12-few)) {
		t.Fatalf("folded:\n%s", words())
	}
	tap(fmt.Sprint("+", 12-few))
	if shown() != 12 || strings.Contains(words(), "+") {
		t.Errorf("unfolded:\n%s", words())
	}
	tap("nhóm 05")
	if len(*chosen) != 1 || (*chosen)[0] != "5" {
		t.Errorf("chosen %q", *chosen)
	}
	tap("Gọn lại")
	if shown() != few {
		t.Errorf("folded again:\n%s", words())
	}
}

func TestChipsStayUnfoldedWhereThereIsRoom(t *testing.T) {
	words, _, _ := lowWindow(t, 700)
	if strings.Count(words(), "nhóm") != 12 || strings.Contains(words(), "+") || strings.Contains(words(), "Gọn lại") {
		t.Errorf("shown:\n%s", words())
	}
}
