package help

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Viewer is the sheet.
type Viewer struct {
	win   fyne.Window
	sheet *kit.Dialog
	pages []Page
	page  string
	past  []string // the pages before, the last on top

	search   *kit.KeyEntry
	contents *contents
	reader   *reader
	none     *kit.Text
	back     *kit.PushButton
	print    *kit.PushButton // hidden where nobody prints
	write    func(Page)
}

// Open shows the help over a window, in a language, at a page; one that is not there
// is the first. What is wrong with the help is said in a sentence in its place.
func Open(win fyne.Window, language, page string) *Viewer {
	pages, err := Pages(language)
	if err != nil {
		kit.ShowError(win, kit.T("Hướng dẫn"), err)
		return nil
	}
	v := &Viewer{win: win, pages: pages}
	v.build()
	if _, there := v.find(page); !there {
		page = First
	}
	v.contents.set(v.all(), page)
	v.show(page, -1)
	v.sheet = kit.ShowSheet(win, v.layout(), v.contents, v.typed)
	v.sheet.OnShortcut(v.shortcut)
	return v
}

func (v *Viewer) build() {
	v.search = kit.NewKeyEntry()
	v.search.SetPlaceHolder(kit.T("Tìm trong hướng dẫn (Ctrl+F)"))
	v.search.Icon = theme.Icon(fynetheme.IconNameSearch)
	v.search.OnChanged = v.seek
	v.search.OnKey = v.searchKey
	v.contents, v.reader = newContents(), newReader()
	v.contents.onOpen, v.contents.onEnter = func(e entry) { v.turn(e.page, e.block) }, v.intoPage
	v.contents.keys, v.contents.short = v.typed, v.shortcut
	v.reader.follow, v.reader.keys, v.reader.short = v.Follow, v.typed, v.shortcut
	v.none = kit.Caption(kit.T("Không có trang nào nói đến điều này. Thử ít chữ hơn."))
	v.none.Wrap = true
	v.none.Hide()
	v.back = kit.Quiet(kit.T("Trang trước"), fynetheme.IconNameNavigateBack, v.Back)
	v.back.Disable()
	v.print = kit.Quiet(kit.T("In trang"), fynetheme.IconNameDocumentPrint, v.Print)
	v.print.Hide()
}

func (v *Viewer) layout() fyne.CanvasObject {
	leave := kit.Quiet(kit.T("Đóng"), fynetheme.IconNameCancel, v.Close)
	title := kit.Page(kit.T("Hướng dẫn"))
	title.Whole = true
	head := kit.HStack(theme.SizeGap, title, kit.Spring(), v.back, v.print, leave)
	left := kit.Border(kit.VStack(theme.SizeGap, v.search, v.none), nil, nil, nil, kit.InsetXY(theme.SizeNone, theme.SizeGap, v.contents))
	foot := kit.Caption(kit.T("↑ ↓ chọn trang · Enter vào trang · Tab sang đường dẫn · PageUp, PageDown cuộn · Ctrl+F tìm · Ctrl+P in · Esc đóng"))
	return kit.Border(
		kit.VStack(theme.SizeGap, head, kit.Hairline()), kit.VStack(theme.SizeTight, kit.Hairline(), foot), nil, nil,
		container.New(beside{}, left, kit.Hairline(), v.reader))
}

// all are the lines of the contents.
func (v *Viewer) all() []entry {
	out := make([]entry, len(v.pages))
	for i, p := range v.pages {
		out[i] = entry{page: p.Name, title: p.Title, block: -1}
	}
	return out
}

func (v *Viewer) find(name string) (Page, bool) {
	for _, p := range v.pages {
		if p.Name == name {
			return p, true
		}
	}
	return Page{}, false
}

// show puts a page at the right.
func (v *Viewer) show(name string, block int) {
	p, there := v.find(name)
	if !there {
		return
	}
	v.page = name
	v.reader.show(p, block)
}

// turn opens a page and remembers the one before.
func (v *Viewer) turn(name string, block int) {
	if name != v.page {
		v.past = append(v.past, v.page)
		v.back.Enable()
	}
	v.show(name, block)
}

// Follow opens the page a link leads to, and marks it in the contents.
func (v *Viewer) Follow(name string) {
	v.turn(name, -1)
	v.search.SetText("")
	v.contents.set(v.all(), name)
	v.win.Canvas().Focus(v.reader)
}

// Back opens the page before.
func (v *Viewer) Back() {
	if len(v.past) == 0 {
		return
	}
	name := v.past[len(v.past)-1]
	v.past = v.past[:len(v.past)-1]
	if len(v.past) == 0 {
		v.back.Disable()
		v.win.Canvas().Focus(v.contents)
	}
	v.search.SetText("")
	v.contents.set(v.all(), name)
	v.show(name, -1)
}

// Close takes the sheet away.
func (v *Viewer) Close() { v.sheet.Hide() }

// Page is the page that is shown.
func (v *Viewer) Page() string { return v.page }

// seek narrows the contents to the pages that have what was typed, and shows the first.
func (v *Viewer) seek(query string) {
	if strings.TrimSpace(query) == "" {
		v.none.Hide()
		v.contents.set(v.all(), v.page)
		return
	}
	hits := Search(v.pages, query)
	entries := make([]entry, len(hits))
	for i, h := range hits {
		entries[i] = entry{page: h.Page, title: h.Title, words: h.Words, block: h.Block}
	}
	v.contents.set(entries, "")
	if len(hits) == 0 {
		v.none.Show()
		return
	}
	v.none.Hide()
	v.contents.choose(0)
}

// searchKey lets the arrows move in the lines below while one types.
func (v *Viewer) searchKey(key *fyne.KeyEvent) bool {
	switch {
	case v.contents.step(key.Name), v.reader.turn(key.Name):
	case key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		v.intoPage()
	case key.Name == fyne.KeyEscape && v.search.Text != "":
		v.search.SetText("")
	default:
		return false
	}
	return true
}

func (v *Viewer) intoPage() { v.win.Canvas().Focus(v.reader) }

// typed has the keys nothing in the sheet took.
func (v *Viewer) typed(key *fyne.KeyEvent) bool { return v.reader.turn(key.Name) }

// shortcut is Ctrl+F, Ctrl+P and Alt+Left.
func (v *Viewer) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	switch {
	case ok && c.KeyName == fyne.KeyF && c.Modifier == fyne.KeyModifierShortcutDefault:
		v.win.Canvas().Focus(v.search)
	case ok && c.KeyName == fyne.KeyP && c.Modifier == fyne.KeyModifierShortcutDefault:
		v.Print()
	case ok && c.KeyName == fyne.KeyLeft && c.Modifier == fyne.KeyModifierAlt:
		v.Back()
	default:
		return false
	}
	return true
}

// beside puts the contents at the left and gives the page what is left.
type beside struct{}

func (beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, page := o[0].MinSize(), o[2].MinSize()
	return fyne.NewSize(left.Width+page.Width+2*fynetheme.Size(theme.SizeGroup), max(left.Height, page.Height))
}

func (beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := fynetheme.Size(theme.SizeGroup)
	left := min(size.Width*0.32, 22*fynetheme.TextSize())
	o[0].Resize(fyne.NewSize(left, size.Height))
	o[0].Move(fyne.Position{})
	o[1].Resize(fyne.NewSize(1, size.Height))
	o[1].Move(fyne.NewPos(left+gap, 0))
	o[2].Resize(fyne.NewSize(size.Width-left-gap-1, size.Height))
	o[2].Move(fyne.NewPos(left+gap+1, 0))
}
