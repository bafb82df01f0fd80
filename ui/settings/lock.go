package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Locks is what locking the window asks of the running office.
type Locks interface {
	LockState(ctx context.Context) (record.LockState, error)
	SetLockAfter(ctx context.Context, minutes int) error
	SetLockPassphrase(ctx context.Context, current, next string) error
}

// lockForm says after how long the window is locked, and with what it opens.
type lockForm struct {
	desk    kit.Desk
	office  Locks
	content fyne.CanvasObject

	shown   record.LockState
	state   *kit.Note
	minutes *kit.NumberEntry
	field   *kit.Field
	set     *kit.PushButton
	drop    *kit.PushButton
}

func newLockForm(desk kit.Desk, office Locks) *lockForm {
	f := &lockForm{desk: desk, office: office, state: kit.NewNote(kit.Plain, ""), minutes: kit.NewNumberEntry()}
	f.minutes.Entry().OnLeft = f.save
	f.field = kit.NewField(kit.T("Tự khóa sau bao nhiêu phút không ai dùng (để trống: không tự khóa)"), f.minutes)
	f.set = kit.Button("", theme.IconKey, f.ask)
	f.drop = kit.Quiet(kit.T("Bỏ mật khẩu khóa màn hình"), "", f.askDrop)
	f.content = kit.VStack(theme.SizeGap,
		kit.Paragraph(kit.T("Khi khóa, trên màn hình không còn nội dung nào của sổ; việc đang làm dở vẫn còn nguyên. Khóa ngay: Ctrl+Shift+L.")),
		f.state, kit.HStack(theme.SizeGap, f.set, f.drop), kit.TwoColumns(f.field))
	return f
}

func (f *lockForm) show(st record.LockState) {
	f.shown = st
	f.minutes.SetValue(int64(st.Minutes))
	f.set.SetText(kit.T("Đặt mật khẩu khóa màn hình"))
	switch {
	case !st.Set:
		f.state.Set(kit.Plain, kit.T("Chưa đặt mật khẩu khóa màn hình."))
	case st.Own:
		f.state.Set(kit.Fine, kit.T("Đã đặt mật khẩu khóa màn hình; mở chương trình cũng hỏi mật khẩu này."))
		f.set.SetText(kit.T("Đổi mật khẩu khóa màn hình"))
	default:
		f.state.Set(kit.Fine, kit.T("Màn hình khóa mở bằng mật khẩu của sổ."))
	}
	visible(f.set, !st.Set || st.Own)
	visible(f.drop, st.Own)
	visible(f.field, st.Set)
	f.content.Refresh()
}

func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// save keeps the minutes when the field is left.
func (f *lockForm) save() {
	n, err := f.minutes.Value()
	if err != nil {
		f.field.SetProblem(kit.Sentence(err))
		return
	}
	if int(n) == f.shown.Minutes {
		f.field.SetProblem("")
		return
	}
	kit.Do(f.desk.Runner, func(ctx context.Context) (record.LockState, error) {
		if err := f.office.SetLockAfter(ctx, int(n)); err != nil {
			return record.LockState{}, err
		}
		return f.office.LockState(ctx)
	}, func(st record.LockState, err error) {
		if err != nil {
			f.field.SetProblem(kit.Sentence(err))
			return
		}
		f.field.SetProblem("")
		f.show(st)
	})
}

// ask opens the sheet in which a passphrase is set or changed.
func (f *lockForm) ask() {
	current, next, again := kit.NewSecret(), kit.NewSecret(), kit.NewSecret()
	was := kit.NewField(kit.T("Mật khẩu đang dùng"), current)
	first := kit.NewField(kit.T("Mật khẩu mới"), next).Hint(kit.T("Ít nhất 4 chữ số hoặc chữ cái."))
	second := kit.NewField(kit.T("Gõ lại mật khẩu"), again)
	visible(was, f.shown.Own)
	kit.AskFields(f.desk.Window, f.set.Text, kit.VStack(theme.SizeGap, was, first, second), kit.T("Lưu"), func(close func()) {
		first.SetProblem("")
		second.SetProblem("")
		switch {
		case next.Text == "":
			first.SetProblem(kit.T("Hãy gõ mật khẩu mới."))
		case next.Text != again.Text:
			second.SetProblem(kit.T("Hai lần gõ không giống nhau."))
		default:
			f.change(current.Text, next.Text, problemField(f.shown.Own, was, first), close)
		}
	})
}

// problemField is where a refusal is said: at the old passphrase where one is asked.
func problemField(own bool, was, first *kit.Field) *kit.Field {
	if own {
		return was
	}
	return first
}

// askDrop opens the sheet in which the passphrase is taken away.
func (f *lockForm) askDrop() {
	current := kit.NewSecret()
	was := kit.NewField(kit.T("Mật khẩu đang dùng"), current)
	kit.AskFields(f.desk.Window, f.drop.Text, was, kit.T("Bỏ"), func(close func()) { f.change(current.Text, "", was, close) })
}

func (f *lockForm) change(current, next string, field *kit.Field, close func()) {
	kit.Do(f.desk.Runner, func(ctx context.Context) (record.LockState, error) {
		if err := f.office.SetLockPassphrase(ctx, current, next); err != nil {
			return record.LockState{}, err
		}
		return f.office.LockState(ctx)
	}, func(st record.LockState, err error) {
		if err != nil {
			field.SetProblem(kit.Sentence(err))
			field.Focus()
			return
		}
		close()
		f.show(st)
	})
}
