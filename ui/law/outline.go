package law

import (
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// outline lays the parts, chapters and articles of the document over the window. Letters
// and numbers narrow them; Enter goes there.
func (r *reading) outline() {
	if len(r.r.Provisions) == 0 {
		return
	}
	var sheet *kit.Dialog
	find, list := kit.NewKeyEntry(), newColumn()
	leadTo := func(anchor string) func() {
		return func() {
			sheet.Hide()
			r.column.goTo(r.column.find(provisionKey(anchor)))
			r.s.focus(r.column)
		}
	}
	show := func() { list.set(outlineBlocks(r.r.Provisions, find.Text, leadTo)) }
	find.SetPlaceHolder(kit.T("Số điều hoặc tên điều, không cần gõ dấu"))
	find.Icon = theme.Icon(fynetheme.IconNameSearch)
	find.OnChanged = func(string) { show() }
	find.OnKey = func(key *fyne.KeyEvent) bool {
		switch key.Name {
		case fyne.KeyDown:
			r.s.focus(list)
		case fyne.KeyReturn, fyne.KeyEnter:
			list.openAt(list.next(-1, 1))
		default:
			return false
		}
		return true
	}
	list.onLetter = func(c rune) {
		r.s.focus(find)
		find.SetText(string(c))
		find.CursorColumn = 1
	}
	show()
	head := kit.VStack(theme.SizeGap, kit.Section(kit.T("Mục lục {{.Document}}", map[string]any{"Document": called(r.r.Number, r.r.Title)})), find)
	sheet = kit.ShowSheet(r.s.desk.Window, kit.Border(head, nil, nil, nil, list), find, func(*fyne.KeyEvent) bool { return false })
	list.onKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyEscape {
			sheet.Hide()
			r.s.focus(r.column)
			return true
		}
		return false
	}
	here := r.articleOf(r.at())
	if i := list.find(here); i >= 0 {
		list.goTo(i)
	}
}

// articleOf is the anchor of the article, or what is higher, in which a provision stands.
func (r *reading) articleOf(anchor string) string {
	for i := r.indexOf(anchor); i >= 0; i-- {
		if p := r.r.Provisions[i]; p.Level != "clause" && p.Level != "point" && p.Level != "text" {
			return p.Anchor
		}
	}
	return ""
}

// outlineBlocks are the headings of a text that a query leaves.
func outlineBlocks(all []record.LawProvision, query string, open func(anchor string) func()) []block {
	want := strings.Fields(kit.Bare(query))
	var out []block
	for _, p := range all {
		if p.Level == "clause" || p.Level == "point" || p.Level == "text" {
			continue
		}
		label := record.LawLabel(p)
		if !has(kit.Bare(label), want) {
			continue
		}
		b := block{key: p.Anchor, stop: true, open: open(p.Anchor), texts: []text{{words: label}}}
		if p.Level == "article" {
			b.indent = 1.5
		} else {
			b.texts[0].bold, b.above = true, theme.SizeGap
		}
		if p.Status == record.LawEnded {
			b.icon, b.texts[0].ink = statusIcon(p.Status), theme.ColorMuted
		}
		out = append(out, b)
	}
	return out
}

func has(words string, want []string) bool {
	for _, w := range want {
		if !strings.Contains(words, w) {
			return false
		}
	}
	return true
}
