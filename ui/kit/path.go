package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// PathEntry is a field for a folder or a file, typed or chosen.
type PathEntry struct {
	*Entry

	browse *PushButton
}

// NewFolderEntry makes a field for a folder.
func NewFolderEntry(desk Desk) *PathEntry {
	return newPathEntry(desk, FileQuestion{Folder: true}, fynetheme.IconNameFolderOpen)
}

// NewFileEntry makes a field for an existing file with one of the endings.
func NewFileEntry(desk Desk, endings ...string) *PathEntry {
	return newPathEntry(desk, FileQuestion{Endings: endings}, fynetheme.IconNameFile)
}

func newPathEntry(desk Desk, ask FileQuestion, icon fyne.ThemeIconName) *PathEntry {
	p := &PathEntry{Entry: NewEntry()}
	p.browse = Button(T("Chọn…"), icon, func() {
		ask.From = p.Text
		ChooseFile(desk, ask, func(path string) {
			p.SetText(path)
			desk.Window.Canvas().Focus(p.Entry)
		})
	})
	return p
}

// Object is the field with its button.
func (p *PathEntry) Object() fyne.CanvasObject {
	return Border(nil, nil, nil, InsetXY(theme.SizeTight, theme.SizeNone, p.browse), p.Entry)
}

// Offer fills in what is usual where nothing stands yet, marked when someone is already
// there: what is typed then takes its place.
func (p *PathEntry) Offer(path string) {
	if p.Text != "" {
		return
	}
	p.SetText(path)
	if p.focused {
		p.SelectAll()
	}
}

// AskFields opens a sheet with fields, a button that does something with them and
// one that does not. do gets the function that closes the sheet, to be called when
// all went well: until then what was typed stays.
func AskFields(win fyne.Window, heading string, body fyne.CanvasObject, doLabel string, do func(close func())) *Dialog {
	var d *Dialog
	cancel := Button(T("Thôi"), "", func() { d.Hide() })
	act := Primary(doLabel, "", func() { do(d.Hide) })
	d = newDialog(win, nil, heading, body, cancel, act)
	d.first, d.escape, d.enter = focusable(body), cancel, act
	d.Show()
	return d
}
