package kit

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// PathEntry is a field for a folder or a file, typed or chosen.
type PathEntry struct {
	*Entry

	browse *PushButton
}

// NewFolderEntry makes a field for a folder.
func NewFolderEntry(win fyne.Window) *PathEntry {
	p := &PathEntry{Entry: NewEntry()}
	p.browse = Button(T("Chọn…"), fynetheme.IconNameFolderOpen, func() { p.chooseFolder(win) })
	return p
}

// NewFileEntry makes a field for an existing file with one of the endings.
func NewFileEntry(win fyne.Window, endings ...string) *PathEntry {
	p := &PathEntry{Entry: NewEntry()}
	p.browse = Button(T("Chọn…"), fynetheme.IconNameFile, func() { p.chooseFile(win, endings) })
	return p
}

// Object is the field with its button.
func (p *PathEntry) Object() fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, InsetXY(theme.SizeTight, theme.SizeNone, p.browse), p.Entry)
}

func (p *PathEntry) chooseFolder(win fyne.Window) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			p.SetText(filepath.FromSlash(u.Path()))
		}
	}, win)
	p.show(d, win)
}

func (p *PathEntry) chooseFile(win fyne.Window, endings []string) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		p.SetText(filepath.FromSlash(r.URI().Path()))
		_ = r.Close() // only its name is wanted
	}, win)
	if len(endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(endings))
	}
	p.show(d, win)
}

func (p *PathEntry) show(d *dialog.FileDialog, win fyne.Window) {
	if from, err := storage.ListerForURI(storage.NewFileURI(p.Text)); err == nil {
		d.SetLocation(from)
	}
	size := win.Canvas().Size()
	d.Resize(fyne.NewSize(size.Width*0.8, size.Height*0.8))
	d.Show()
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
