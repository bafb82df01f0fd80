package wizard

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// lockPage asks who keeps the key of personal data: the system, or a passphrase.
type lockPage struct {
	keyring        string
	choice         *kit.Radio
	system, phrase string // the two labels
	once, again    *kit.Entry
	onceField      *kit.Field
	wrong          func() bool // whether what is said of the passphrase is true still
	againField     *kit.Field
	phrases        *fyne.Container
	systemNote     *kit.Note
	box            fyne.CanvasObject
}

// longEnough is the length from which guessing is hopeless for who finds the disk.
const longEnough = 12

func newLockPage(keyring string) *lockPage {
	p := &lockPage{keyring: keyring, once: kit.NewSecret(), again: kit.NewSecret()}
	p.system = kit.T("Tài khoản đăng nhập máy này (không phải gõ mật khẩu)")
	p.phrase = kit.T("Một mật khẩu riêng cho sổ")
	p.onceField = kit.NewField(kit.T("Mật khẩu"), p.once).
		Hint(kit.T("Nên là bốn, năm từ thường dùng ghép lại, ít nhất 12 ký tự. Máy dùng chung nên chọn cách này."))
	p.againField = kit.NewField(kit.T("Gõ lại mật khẩu"), p.again)
	p.once.OnChanged, p.again.OnChanged = func(string) { p.typing() }, func(string) { p.typing() }
	p.wrong = func() bool { return false }
	p.once.OnSubmitted = func(string) { p.againField.Focus() }
	lost := kit.NewNote(kit.Attention, kit.T("Quên mật khẩu và mất tờ khôi phục thì họ tên và dữ liệu cá nhân không ai mở lại được. Tờ khôi phục được in ở bước cuối."))
	p.phrases = kit.VStack(theme.SizeGroup, kit.TwoColumns(p.onceField, p.againField), lost)
	p.systemNote = kit.NewNote(kit.Attention, kit.T("Ai đăng nhập được tài khoản này thì mở được sổ. Cài lại máy thì cần tờ khôi phục để mở; tờ này được in ở bước cuối."))
	labels := []string{p.phrase}
	if keyring != "" {
		labels = []string{p.system, p.phrase}
	}
	p.choice = kit.NewRadio(labels, func(string) { p.show() })
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

func (p *lockPage) usesPhrase() bool { return p.choice.Chosen() == p.phrase }

func (p *lockPage) show() {
	if p.usesPhrase() {
		p.phrases.Show()
		p.systemNote.Hide()
	} else {
		p.phrases.Hide()
		p.systemNote.Show()
	}
}

// typing takes a sentence away as soon as it is true no more.
func (p *lockPage) typing() {
	if !p.wrong() {
		p.onceField.SetProblem("")
	}
	if p.once.Text == p.again.Text {
		p.againField.SetProblem("")
	}
}

func (p *lockPage) longEnough() bool { return utf8.RuneCountInString(p.once.Text) >= longEnough }

// refuse shows why the program does not take the passphrase; another one it may.
func (p *lockPage) refuse(sentence string) {
	refused := p.once.Text
	p.wrong = func() bool { return p.once.Text == refused }
	p.onceField.SetProblem(sentence)
	p.onceField.Focus()
}

func (p *lockPage) into(s *record.Setup) {
	s.Protection = p.keyring
	if p.usesPhrase() {
		s.Protection, s.Passphrase = "passphrase", p.once.Text
	}
}

func (p *lockPage) heading() string            { return kit.T("Khóa của sổ") }
func (p *lockPage) content() fyne.CanvasObject { return p.box }
func (p *lockPage) first() fyne.Focusable {
	if p.usesPhrase() {
		return p.once
	}
	return p.choice
}

func (p *lockPage) check() bool {
	p.onceField.SetProblem("")
	p.againField.SetProblem("")
	switch {
	case !p.usesPhrase():
		return true
	case !p.longEnough():
		p.wrong = func() bool { return !p.longEnough() }
		p.onceField.SetProblem(kit.T("Mật khẩu cần ít nhất 12 ký tự; ghép thêm một từ là đủ."))
		p.onceField.Focus()
		return false
	case p.once.Text != p.again.Text:
		p.againField.SetProblem(kit.T("Hai lần gõ không giống nhau."))
		p.againField.Focus()
		return false
	}
	return true
}
