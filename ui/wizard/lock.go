package wizard

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// lockPage asks who keeps the key of personal data: the system, or a passphrase.
type lockPage struct {
	keyring        string
	choice         *widget.RadioGroup
	system, phrase string // the two labels
	first, second  *kit.Entry
	firstField     *kit.Field
	secondField    *kit.Field
	phrases        *fyne.Container
	systemNote     *kit.Note
	box            fyne.CanvasObject
}

// longEnough is the length from which guessing is hopeless for who finds the disk.
const longEnough = 12

func newLockPage(keyring string) *lockPage {
	p := &lockPage{keyring: keyring, first: kit.NewSecret(), second: kit.NewSecret()}
	p.system = kit.T("Tài khoản đăng nhập máy này (không phải gõ mật khẩu)")
	p.phrase = kit.T("Một mật khẩu riêng cho sổ")
	p.firstField = kit.NewField(kit.T("Mật khẩu"), p.first).
		Hint(kit.T("Nên là bốn, năm từ thường dùng ghép lại, ít nhất 12 ký tự. Máy dùng chung nên chọn cách này."))
	p.secondField = kit.NewField(kit.T("Gõ lại mật khẩu"), p.second)
	lost := kit.NewNote(kit.Attention, kit.T("Quên mật khẩu và mất tờ khôi phục thì họ tên và dữ liệu cá nhân không ai mở lại được. Tờ khôi phục được in ở bước cuối."))
	p.phrases = kit.VStack(theme.SizeGroup, kit.TwoColumns(p.firstField, p.secondField), lost)
	p.systemNote = kit.NewNote(kit.Attention, kit.T("Ai đăng nhập được tài khoản này thì mở được sổ. Cài lại máy thì cần tờ khôi phục để mở; tờ này được in ở bước cuối."))
	labels := []string{p.phrase}
	if keyring != "" {
		labels = []string{p.system, p.phrase}
	}
	p.choice = widget.NewRadioGroup(labels, func(string) { p.show() })
	p.choice.Required = true
	p.choice.Selected = labels[0]
	choice := kit.NewField(kit.T("Mở sổ bằng"), p.choice)
	if len(labels) == 1 {
		choice.Hide()
	}
	p.box = kit.VStack(theme.SizeGroup,
		kit.Paragraph(kit.T("Họ tên và dữ liệu cá nhân của người tham dự nằm mã hóa trong máy; chỉ mở được bằng khóa chọn ở đây.")),
		choice, p.systemNote, p.phrases)
	p.show()
	return p
}

func (p *lockPage) usesPhrase() bool { return p.choice.Selected == p.phrase }

func (p *lockPage) show() {
	if p.usesPhrase() {
		p.phrases.Show()
		p.systemNote.Hide()
	} else {
		p.phrases.Hide()
		p.systemNote.Show()
	}
}

func (p *lockPage) into(s *record.Setup) {
	s.Protection = p.keyring
	if p.usesPhrase() {
		s.Protection, s.Passphrase = "passphrase", p.first.Text
	}
}

func (p *lockPage) heading() string            { return kit.T("Khóa của sổ") }
func (p *lockPage) content() fyne.CanvasObject { return p.box }

func (p *lockPage) check() bool {
	p.firstField.SetProblem("")
	p.secondField.SetProblem("")
	switch {
	case !p.usesPhrase():
		return true
	case utf8.RuneCountInString(p.first.Text) < longEnough:
		p.firstField.SetProblem(kit.T("Mật khẩu cần ít nhất 12 ký tự; ghép thêm một từ là đủ."))
		p.firstField.Focus()
		return false
	case p.first.Text != p.second.Text:
		p.secondField.SetProblem(kit.T("Hai lần gõ không giống nhau."))
		p.secondField.Focus()
		return false
	}
	return true
}
