package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// The folders a person gave last are remembered between runs.
const (
	giveFolderKey = "exchange.folder"
	takeFolderKey = "exchange.from"
)

// giving is what hands over.
type giving struct {
	s *Screen

	folder   *kit.PathEntry
	field    *kit.Field
	province *kit.Check
	machines *kit.Check
	carried  *kit.Check
	evidence *kit.Check
	write    *kit.PushButton
	mail     *kit.PushButton
	outcome  *outcome
	box      *fyne.Container
}

func newGiving(s *Screen) *giving {
	g := &giving{s: s, folder: kit.NewFolderEntry(s.desk), outcome: newOutcome()}
	g.folder.OnSubmitted = func(string) { g.handOver() }
	g.field = kit.NewField(kit.T("Ghi vào thư mục hoặc USB"), g.folder.Object())
	changed := func(bool) { g.field.SetProblem("") }
	g.province = kit.NewCheck(kit.T("Cho cấp trên"), changed)
	g.machines = kit.NewCheck("", changed)
	g.carried = kit.NewCheck("", changed)
	g.evidence = kit.NewCheck(kit.T("Kèm ảnh, tệp minh chứng"), nil)
	for _, c := range []*kit.Check{g.province, g.machines, g.carried} {
		c.Checked = true
	}
	g.write = kit.Primary(kit.T("Giao"), fynetheme.IconNameUpload, g.handOver)
	g.mail = kit.Button(kit.T("Thư điện tử"), fynetheme.IconNameMailSend, g.writeMail)
	_, mails := s.office.(Mailer)
	g.mail.Hidden = !mails
	about := kit.Caption(kit.T("Gói được ký và mã hóa. Gói cho cấp trên không có dữ liệu cá nhân: không họ tên, ngày sinh, số điện thoại."))
	about.Wrap = true
	g.box = kit.VStack(theme.SizeGap, g.field, kit.HStack(theme.SizeGap, g.write, g.mail), g.outcome.box,
		kit.Flow(g.province, g.machines, g.carried, g.evidence), about)
	return g
}

// offer fills in what is usual, and asks only for what there is.
func (g *giving) offer(e record.Exchange) {
	g.folder.Offer(fyne.CurrentApp().Preferences().StringWithFallback(giveFolderKey, g.s.DefaultFolder))
	count := func(c *kit.Check, words string, n int) {
		c.Text = words
		c.Refresh()
		kit.SetVisible(c, n > 0)
	}
	count(g.machines, kit.T("Cho máy khác ({{.N}})", map[string]any{"N": kit.Number(int64(e.OtherMachines))}), e.OtherMachines)
	count(g.carried, kit.T("Chuyển hộ ({{.N}})", map[string]any{"N": kit.Number(int64(e.Carried))}), e.Carried)
}

// options are what was ticked; false: nothing was.
func (g *giving) options() (o record.HandOverOptions, any bool) {
	off := func(c *kit.Check) bool { return !c.Checked || !c.Visible() }
	o = record.HandOverOptions{
		Evidence: g.evidence.Checked, SkipProvince: !g.province.Checked,
		SkipMachines: g.machines.Visible() && !g.machines.Checked, SkipCarried: g.carried.Visible() && !g.carried.Checked,
	}
	return o, !(off(g.province) && off(g.machines) && off(g.carried))
}

// place is the folder that was given; "" once its field says that one is missing.
func (g *giving) place() string {
	g.field.SetProblem("")
	folder := strings.TrimSpace(g.folder.Text)
	if folder == "" {
		g.field.SetProblem(kit.T("Hãy chọn thư mục, ví dụ USB hoặc thư mục Tài liệu."))
		g.field.Focus()
	}
	return folder
}

func (g *giving) handOver() {
	folder := g.place()
	if folder == "" || g.write.Disabled() {
		return
	}
	o, any := g.options()
	if !any {
		g.field.SetProblem(kit.T("Hãy chọn ít nhất một nơi để giao."))
		return
	}
	g.rest(true)
	g.outcome.hide()
	kit.RunWithProgress(g.s.desk.Runner, g.s.desk.Window, kit.T("Đang giao"),
		func(ctx context.Context, report func(done, total int64)) (record.HandedOver, error) {
			o.Progress = func(done, total int) { report(int64(done), int64(total)) }
			return g.s.office.HandOver(ctx, folder, o)
		}, func(done record.HandedOver, err error) {
			g.rest(false)
			switch {
			case errors.Is(err, context.Canceled):
				g.say(kit.Plain, stoppedWords(folder, done))
				g.s.changed()
				return
			case err != nil:
				g.field.SetProblem(kit.Sentence(err))
			}
			if err == nil || len(done.Written) > 0 {
				g.handed(folder, done)
			}
		})
}

// stoppedWords say what of a hand-over is there that a person stopped, and that nothing is lost.
func stoppedWords(folder string, done record.HandedOver) string {
	if len(done.Written)+len(done.Carried) == 0 {
		return kit.T("Đã dừng, chưa ghi gì ra {{.Folder}}. Lần giao sau sẽ ghi đủ.", map[string]any{"Folder": folder})
	}
	return kit.T("Đã dừng: ghi và đọc lại được {{.What}} ở {{.Folder}}. Lần giao sau sẽ ghi phần còn lại.", map[string]any{"What": writtenWords(done), "Folder": folder})
}

// rest keeps the buttons from being pushed again while something is written.
func (g *giving) rest(on bool) {
	for _, b := range []*kit.PushButton{g.write, g.mail} {
		if on {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

func (g *giving) handed(folder string, done record.HandedOver) {
	fyne.CurrentApp().Preferences().SetString(giveFolderKey, folder)
	g.say(handedWords(folder, done))
	g.s.changed()
}

func (g *giving) say(state kit.State, words string) {
	g.outcome.say(state, words)
	g.s.handOver.page.Refresh()
}

// handedWords say what was written, and whether the stick may go: only what was read
// back is on it for certain.
func handedWords(folder string, done record.HandedOver) (kit.State, string) {
	if len(done.Written)+len(done.Carried) == 0 {
		return kit.Plain, kit.T("Không có gì mới để giao.")
	}
	data := map[string]any{"What": writtenWords(done), "Folder": folder}
	if !done.Safe {
		return kit.Attention, kit.T("Đã ghi {{.What}} vào {{.Folder}} nhưng chưa đọc lại được hết: khoan rút USB, hãy giao lại.", data)
	}
	return kit.Plain, kit.T("Đã ghi và đọc lại {{.What}} ở {{.Folder}} – có thể rút USB.", data)
}

func writtenWords(done record.HandedOver) string {
	words := kit.T("{{.N}} gói", map[string]any{"N": kit.Number(int64(len(done.Written)))})
	if len(done.Written) == 1 {
		words = kit.T("gói số {{.No}}", map[string]any{"No": kit.Number(done.Written[0].No)})
	}
	carried := kit.T("{{.N}} tệp của nơi khác", map[string]any{"N": kit.Number(int64(len(done.Carried)))})
	switch {
	case len(done.Carried) == 0:
		return words
	case len(done.Written) == 0:
		return carried
	}
	return words + ", " + carried
}

// writeMail writes a draft for the program people write their mails with.
func (g *giving) writeMail() {
	folder := g.place()
	if folder == "" {
		return
	}
	g.rest(true)
	g.outcome.hide()
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.HandedOver, error) {
		return g.s.office.(Mailer).WriteMail(ctx, folder)
	}, func(done record.HandedOver, err error) {
		g.rest(false)
		if err != nil {
			g.field.SetProblem(kit.Sentence(err))
			return
		}
		fyne.CurrentApp().Preferences().SetString(giveFolderKey, folder)
		path := done.Folder
		if len(done.Written) > 0 && len(done.Written[0].Places) > 0 {
			path = done.Written[0].Places[0]
		}
		g.say(kit.Plain, kit.T("Đã ghi thư nháp {{.Name}}. Mở thư, ghi địa chỉ người nhận, giữ nguyên tệp kèm rồi gửi; gửi xong vẫn chờ cấp trên ghi nhận.", map[string]any{"Name": filepath.Base(path)}))
		kit.SayWritten(g.s.desk, path, record.Words{})
		g.s.changed()
	})
}
