package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Door asks for the passphrase before a register that has one opens.
type Door struct {
	widget.BaseWidget

	onOpen  func(passphrase string)
	heading string
	note    string // when and why it was locked; "" for a register that is not open yet
	hint    string
	entry   *kit.Entry
	field   *kit.Field
	open    *kit.PushButton
	restore *kit.PushButton // nil for a lock: the register is open behind it
}

// NewDoor makes a door; onOpen gets what was typed, onRestore is for who forgot it.
func NewDoor(onOpen func(passphrase string), onRestore func()) *Door {
	d := newDoor(kit.T("Sổ Phổ Biến"), kit.T("Mật khẩu của sổ"), onOpen)
	d.hint = kit.T("Quên mật khẩu thì khôi phục từ bản sao lưu bằng mã trên tờ khôi phục; sổ đang có được giữ lại bên cạnh, không bị xóa.")
	d.restore = kit.Quiet(kit.T("Khôi phục từ bản sao lưu…"), theme.IconShield, onRestore)
	return d
}

// newLockDoor makes the door before an open register.
func newLockDoor(st record.LockState, at time.Time, onOpen func(passphrase string)) *Door {
	label := kit.T("Mật khẩu của sổ")
	if st.Own {
		label = kit.T("Mật khẩu khóa màn hình")
	}
	d := newDoor(kit.T("Sổ đang khóa"), label, onOpen)
	d.note = kit.T("Khóa từ {{.Clock}}. Việc đang làm dở vẫn còn nguyên.", map[string]any{"Clock": at.Format("15:04")})
	d.hint = kit.T("Quên mật khẩu thì gõ mã trên tờ khôi phục.")
	return d
}

func newDoor(heading, label string, onOpen func(passphrase string)) *Door {
	d := &Door{onOpen: onOpen, heading: heading, entry: kit.NewSecret()}
	d.field = kit.NewField(label, d.entry)
	d.entry.OnSubmitted = func(string) { d.knock() }
	d.open = kit.Primary(kit.T("Mở sổ"), theme.IconLock, d.knock)
	d.ExtendBaseWidget(d)
	return d
}

func (d *Door) knock() {
	if d.open.Disabled() {
		return
	}
	d.field.SetProblem("")
	d.open.Disable()
	d.onOpen(d.entry.Text)
}

// Refuse says why it did not open; what was typed stays.
func (d *Door) Refuse(sentence string) {
	d.open.Enable()
	d.field.SetProblem(sentence)
	d.field.Focus()
}

// FocusTarget is where the keyboard goes.
func (d *Door) FocusTarget() fyne.Focusable { return d.entry }

// CreateRenderer shows the field in the middle of the window.
func (d *Door) CreateRenderer() fyne.WidgetRenderer {
	heading := kit.Page(d.heading)
	heading.Whole = true
	page := kit.VStack(theme.SizeGroup, heading)
	if d.note != "" {
		page.Add(kit.Paragraph(d.note))
	}
	buttons := kit.HStack(theme.SizeGap, d.open)
	if d.restore != nil {
		buttons.Add(d.restore)
	}
	hint := kit.Caption(d.hint)
	hint.Wrap = true
	for _, o := range []fyne.CanvasObject{d.field, buttons, hint} {
		page.Add(o)
	}
	return widget.NewSimpleRenderer(sheet(page))
}

// NewTrouble says what is wrong before there is a register to show, what is safe,
// and what can be done.
func NewTrouble(heading, sentence string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	mark := widget.NewIcon(fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameWarning)))
	title := kit.Page(heading)
	title.Wrap = true
	return sheet(kit.VStack(theme.SizeGroup,
		kit.Border(nil, nil, container.NewVBox(container.NewPadded(mark)), nil, title),
		kit.Paragraph(sentence), kit.HStack(theme.SizeGap, buttons...)))
}

// NewWaiting is shown while the register opens.
func NewWaiting() fyne.CanvasObject {
	words := kit.Line(kit.T("Đang mở sổ…"))
	words.Whole = true
	return container.NewCenter(words)
}

// sheet puts something of a column's width in the middle of the window.
func sheet(o fyne.CanvasObject) fyne.CanvasObject { return container.New(sheetLayout{}, o) }

type sheetLayout struct{}

func (sheetLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	edge := fynetheme.Size(theme.SizeEdge)
	return o[0].MinSize().AddWidthHeight(2*edge, 2*edge)
}

func (sheetLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	edge := fynetheme.Size(theme.SizeEdge)
	width := min(fynetheme.Size(theme.SizeMeasure)*1.2, size.Width-2*edge)
	o[0].Resize(fyne.NewSize(width, o[0].Size().Height))
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(width, height))
	o[0].Move(fyne.NewPos((size.Width-width)/2, max((size.Height-height)*0.4, edge)))
}
