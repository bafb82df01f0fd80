package exchange

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// holders are the persons who each keep one root key. Two of them together can replace
// whatever other key is lost.
const holders = 3

// ceremony makes the keys of a province: three persons come one after another, each with a
// stick and a passphrase of their own. At the end it shows the digits for the letter.
type ceremony struct {
	k *Keys

	step        int // the holder at the desk; holders when all were there
	sticks      [holders]string
	passphrases [holders]string
	telling     bool // what was made is shown, until a person goes on
	making      bool

	heading *kit.Text
	about   *kit.Text
	stick   *kit.PathEntry
	drive   *kit.Field // of the stick
	secret  *kit.Entry
	again   *kit.Entry
	secretF *kit.Field
	againF  *kit.Field
	problem *kit.Note
	asking  *fyne.Container
	back    *kit.PushButton
	next    *kit.PushButton
	anew    *kit.PushButton // for a province that had keys

	digits *digits
	files  *kit.Text
	told   *fyne.Container
	done   *kit.PushButton
	made   record.Ceremony

	page *kit.FormScroll
}

func newCeremony(k *Keys) *ceremony {
	c := &ceremony{k: k, heading: kit.Page(""), about: kit.Paragraph(""), stick: kit.NewFolderEntry(k.desk), secret: kit.NewSecret(), again: kit.NewSecret(),
		problem: kit.NewNote(kit.Wrong, ""), digits: newDigits(), files: kit.Paragraph("")}
	c.heading.Wrap = true
	c.drive = kit.NewField(kit.T("USB của người này"), c.stick.Object())
	c.secretF = kit.NewField(kit.T("Mật khẩu của người này"), c.secret).Hint(kit.T("Nên là sáu từ trở lên, dễ nhớ với mình, không ai khác biết. Quên thì không lấy lại được."))
	c.againF = kit.NewField(kit.T("Gõ lại mật khẩu"), c.again)
	c.stick.OnSubmitted = func(string) { c.secretF.Focus() }
	c.secret.OnSubmitted = func(string) { c.againF.Focus() }
	c.again.OnSubmitted = func(string) { c.forward() }
	c.back = kit.Button(kit.T("Quay lại"), "", func() { c.goTo(c.step - 1) })
	c.next = kit.Primary("", "", c.forward)
	c.anew = kit.Quiet(kit.T("Tỉnh đã có khóa, máy cũ đã mất…"), "", k.AskRebuild)
	c.asking = kit.VStack(theme.SizeGroup, c.drive, c.secretF, c.againF)
	c.done = kit.Primary(kit.T("Đã chép dãy số, tiếp tục"), "", c.leave)
	copying := copyButton(kit.T("Chép dãy số"), func() {
		copyText(k.desk, c.made.RootFingerprint, kit.T("Đã chép dãy số của khóa gốc."))
	})
	c.told = kit.VStack(theme.SizeGroup, c.digits, c.files, kit.HStack(theme.SizeGap, c.done, copying))
	c.page = kit.NewFormScroll(k.desk.Runner, kit.Wide(kit.VStack(theme.SizeGroup,
		kit.VStack(theme.SizeGap, c.heading, c.about), c.asking, c.problem, kit.HStack(theme.SizeGap, c.next, c.back, c.anew), c.told)))
	c.problem.Hide()
	c.page.Hide() // until it is known that there are no keys
	c.goTo(0)
	return c
}

// first is what gets the keyboard when one comes here.
func (c *ceremony) first() fyne.Focusable {
	switch {
	case c.telling:
		return c.done
	case c.step == holders:
		return c.next
	}
	return c.stick.Focusable()
}

// holds reports whether the page stays whatever is read meanwhile: making the keys
// announces a roster before the digits for the letter are here.
func (c *ceremony) holds() bool { return c.making || c.telling }

// goTo asks the next person, or the one before again.
func (c *ceremony) goTo(step int) {
	c.step = step
	asks := step < holders
	kit.SetVisible(c.asking, asks)
	kit.SetVisible(c.told, c.telling)
	kit.SetVisible(c.back, step > 0 && !c.telling)
	kit.SetVisible(c.next, !c.telling)
	kit.SetVisible(c.anew, step == 0 && !c.telling)
	c.problem.Hide()
	for _, f := range []*kit.Field{c.drive, c.secretF, c.againF} {
		f.SetProblem("")
	}
	c.secret.SetText("")
	c.again.SetText("")
	switch {
	case c.telling:
		c.heading.SetText(kit.T("Đã tạo khóa của cấp tỉnh"))
		c.about.SetText(kit.T("In dãy số này vào công văn gửi các đơn vị. Đơn vị so dãy số trên máy với công văn rồi mới tin danh bạ."))
	case asks:
		c.stick.SetText(c.sticks[step])
		c.heading.SetText(kit.T("Tạo khóa: người giữ khóa thứ {{.I}} trên {{.N}}", map[string]any{"I": step + 1, "N": holders}))
		c.about.SetText(stepWords(step))
		c.next.SetText(kit.T("Tiếp tục"))
	default:
		c.heading.SetText(kit.T("Tạo khóa: đủ ba người"))
		c.about.SetText(kit.T("Cắm cả ba USB. Mỗi khóa ghi vào USB của người giữ, bằng mật khẩu của người ấy. Việc này cần chừng một phút."))
		c.next.SetText(kit.T("Tạo khóa"))
	}
	c.page.ToTop()
	c.page.Refresh()
	if c.k.desk.Window != nil && c.page.Visible() {
		c.k.desk.Window.Canvas().Focus(c.first())
	}
}

func stepWords(step int) string {
	if step == 0 {
		return kit.T("Ba người, mỗi người giữ một khóa gốc trên USB riêng và một mật khẩu riêng. Mất một USB, hai người kia vẫn thay được khóa. Mời người thứ nhất chọn USB và tự gõ mật khẩu; hai người kia quay đi.")
	}
	if step == 1 {
		return kit.T("Mời người thứ hai ngồi vào máy, chọn USB của mình và tự gõ mật khẩu.")
	}
	return kit.T("Mời người thứ ba ngồi vào máy, chọn USB của mình và tự gõ mật khẩu.")
}

// forward takes what a person gave and asks the next, or makes the keys.
func (c *ceremony) forward() {
	if c.step == holders {
		c.make()
		return
	}
	stick := strings.TrimSpace(c.stick.Text)
	if !c.judge(stick) {
		return
	}
	c.sticks[c.step], c.passphrases[c.step] = stick, c.secret.Text
	c.goTo(c.step + 1)
}

// judge says what is wrong with what a person gave, and puts the keyboard there.
func (c *ceremony) judge(stick string) bool {
	c.drive.SetProblem("")
	c.secretF.SetProblem("")
	c.againF.SetProblem("")
	refuse := func(f *kit.Field, sentence string) bool {
		f.SetProblem(sentence)
		f.Focus()
		return false
	}
	if stick == "" {
		return refuse(c.drive, kit.T("Hãy chọn USB của người này."))
	}
	for i := range c.step {
		if filepath.Clean(c.sticks[i]) == filepath.Clean(stick) {
			return refuse(c.drive, kit.T("Đây là USB của người thứ {{.I}}. Mỗi người một USB riêng.", map[string]any{"I": i + 1}))
		}
		if c.passphrases[i] == c.secret.Text && c.secret.Text != "" {
			return refuse(c.secretF, kit.T("Ba mật khẩu phải khác nhau."))
		}
	}
	if strings.TrimSpace(c.secret.Text) == "" {
		return refuse(c.secretF, kit.T("Hãy gõ mật khẩu."))
	}
	if len([]rune(strings.TrimSpace(c.secret.Text))) < record.RootPassphraseLeast {
		return refuse(c.secretF, kit.T("Mật khẩu cần ít nhất {{.N}} ký tự; nên dùng sáu từ.", map[string]any{"N": record.RootPassphraseLeast}))
	}
	if c.again.Text != c.secret.Text {
		return refuse(c.againF, kit.T("Hai lần gõ chưa giống nhau."))
	}
	return true
}

// make writes the keys. A failure keeps the sticks and the passphrases: the three persons
// need not come again.
func (c *ceremony) make() {
	if c.making {
		return
	}
	c.making = true
	c.next.Disable()
	sticks, passphrases := c.sticks, c.passphrases
	kit.Do(c.k.desk.Runner, func(ctx context.Context) (record.Ceremony, error) {
		return c.k.p.MakeProvince(ctx, sticks, passphrases)
	}, func(made record.Ceremony, err error) {
		c.making = false
		c.next.Enable()
		if err != nil {
			c.fail(err)
			return
		}
		c.passphrases = [holders]string{}
		c.tell(made)
	})
}

func (c *ceremony) fail(err error) {
	c.problem.SetText(kit.Sentence(err))
	c.problem.Show()
	c.page.Refresh()
}

func (c *ceremony) tell(made record.Ceremony) {
	c.made, c.telling = made, true
	c.digits.set(made.RootFingerprint)
	lines := []string{kit.T("Rút ba USB, mỗi người cất USB của mình ở một nơi. Khóa gốc chỉ dùng khi phải thay khóa khác.")}
	for _, path := range made.RootKeys {
		lines = append(lines, "• "+path)
	}
	lines = append(lines, kit.T("Danh bạ đầu tiên: {{.File}}", map[string]any{"File": filepath.Base(made.Roster)}))
	c.files.SetText(strings.Join(lines, "\n"))
	c.goTo(holders)
	c.k.desk.Restate()
}

// leave goes on to the machines, and the keyboard with it.
func (c *ceremony) leave() {
	c.telling, c.k.arriving = false, true
	c.k.Reload()
}
