package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/people"
	"sophobien/ui/reports"
	"sophobien/ui/settings"
	"sophobien/ui/wizard"
)

// A step brings the window to something worth a picture.
type step struct {
	name string
	do   func()
}

// takePictures walks through every screen in the very window people use, writes a
// picture of each and ends the program.
func (p *program) takePictures() error {
	p.window.Resize(fyne.NewSize(1366, 768))
	done := make(chan error, 1)
	p.fyne.Lifecycle().SetOnStarted(func() {
		go func() {
			done <- p.walk()
			fyne.Do(p.fyne.Quit)
		}()
	})
	p.window.SetContent(ui.NewWaiting())
	p.window.ShowAndRun()
	return errors.Join(<-done, p.close())
}

func (p *program) walk() error {
	options := p.options()
	options.Passphrase = p.flags.passphrase
	office, err := app.Open(p.flags.data, options)
	if err != nil {
		return err
	}
	fyne.DoAndWait(func() { p.begin(office) })
	activity, err := p.fullestActivity()
	if err != nil {
		return err
	}
	for i, s := range p.steps(activity) {
		fyne.DoAndWait(s.do)
		p.settle()
		if err := p.picture(fmt.Sprintf("%02d-%s.png", i+1, s.name)); err != nil {
			return err
		}
	}
	return nil
}

// settle waits until no work is under way and the window was drawn.
func (p *program) settle() {
	const frame = 50 * time.Millisecond
	for quiet := 0; quiet < 8; quiet++ {
		fyne.DoAndWait(func() {}) // what was posted before has been done: it may begin more
		if p.busy.Load() > 0 {
			quiet = 0
		}
		time.Sleep(frame)
	}
}

func (p *program) picture(name string) (err error) {
	file, err := os.Create(filepath.Join(p.flags.screens, name))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var shown image.Image
	fyne.DoAndWait(func() { shown, err = windowPicture(p.window) })
	if err != nil {
		return err
	}
	return png.Encode(file, shown)
}

// fullestActivity is the one of the newest page to which most people came.
func (p *program) fullestActivity() (record.ID, error) {
	page, err := p.office.Activities(context.Background(), record.ActivityFilter{})
	if err != nil {
		return record.ID{}, err
	}
	var fullest record.ActivityLine
	for _, l := range page.Lines {
		if l.Total >= fullest.Total && l.Kind == "training" || fullest.ID.IsZero() {
			fullest = l
		}
	}
	return fullest.ID, nil
}

// signQuarter shows a signed report: that of the first quarter, signed now unless it was.
func (p *program) signQuarter() {
	ctx := context.Background()
	period, err := p.office.PartOfYear(ctx, p.shell.Desk().Now().Year(), "", "q1")
	if err == nil {
		var r record.Report
		if r, err = p.office.ReportFor(ctx, period); err == nil && !r.Signed() {
			r.Number, r.Difficulties = "45", "Nhiều thôn xa trung tâm, mùa mưa đường đi lại khó khăn."
			_, err = p.office.SignReport(ctx, r)
		}
	}
	if err != nil {
		slog.Error("the report of the pictures was not signed", "error", err)
		return
	}
	p.screens.Reports.ChoosePart(period.Part)
}

func (p *program) steps(activity record.ID) []step {
	steps := p.areaSteps(activity)
	steps = append(steps, p.lawSteps()...)
	steps = append(steps, p.dialogSteps()...)
	steps = append(steps, p.wizardSteps()...)
	steps = append(steps, p.provinceSteps()...)
	return append(steps, p.doorSteps()...)
}

func (p *program) areaSteps(activity record.ID) []step {
	open := func(area string) func() { return func() { p.shell.Go(area) } }
	part := func(name string) func() { return func() { p.shell.Go(ui.AreaSettings); p.screens.Settings.Open(name) } }
	return []step{
		{"tong-quan", open(ui.AreaHome)},
		{"hoat-dong-lich", func() { p.shell.Go(ui.AreaActivities); p.screens.Activities.Turn() }},
		{"hoat-dong", func() { p.screens.Activities.Turn() }},
		{"hoat-dong-phieu", func() { p.screens.Activities.Open(activity) }},
		{"hoat-dong-nguoi", func() { p.press(fyne.KeyL) }},
		{"diem-danh", func() { p.screens.Activities.OpenDoor() }},
		{"danh-sach-xem-truoc", func() { p.screens.Activities.LeaveDoor(); p.paste(messyList) }},
		{"danh-sach-cot", func() { p.pressOn(fyne.KeyDown, fyne.KeyModifierAlt) }},
		{"danh-sach-da-ghi", func() {
			p.window.Canvas().Overlays().Remove(p.window.Canvas().Overlays().Top())
			p.screens.Activities.Save()
		}},
		{"danh-sach-da-nhap", func() { p.screens.Activities.ShowImports() }},
		{"danh-sach-khong-ro", func() {
			kit.CloseDialogs(p.window.Canvas())
			p.paste("Mã hồ sơ\tThông tin\tGhi nhận\n12\t5\t1\n13\t6\t1\n")
		}},
		{"danh-sach-xuat", func() {
			p.screens.Activities.PutListAside()
			p.screens.Activities.OfferForms()
		}},
		{"hoat-dong-moi", func() {
			p.window.Canvas().Overlays().Remove(p.window.Canvas().Overlays().Top())
			p.screens.Activities.Create()
		}},
		{"hoat-dong-trong", func() {
			p.screens.Activities.Search("không có hoạt động nào như thế")
		}},
		{"cau-hoi", func() { p.screens.Activities.Search(""); p.shell.Go(ui.AreaQuestions) }},
		{"cau-hoi-phieu", func() { p.openFirst("question") }},
		{"cau-hoi-lich-su", func() { p.screens.Questions.ShowHistory() }},
		{"cau-hoi-moi", func() { kit.CloseDialogs(p.window.Canvas()); p.screens.Questions.Create() }},
		{"nguoi", open(ui.AreaPeople)},
		{"nguoi-phieu", func() { p.openFirst("person") }},
		{"nguoi-luot", func() { p.screens.People.View(people.ViewAttendances) }},
		{"nguoi-du-lieu", func() { p.screens.People.View(people.ViewPersonal) }},
		{"so-theo-doi", open(ui.AreaRegisters)},
		{"so-theo-doi-don-vi", func() { p.openFirst("unit") }},
		{"so-theo-doi-khao-sat", func() { p.screens.Registers.Open("survey"); p.screens.Registers.Create() }},
		{"so-theo-doi-trong", func() { p.screens.Registers.Open("model") }},
		{"tim-khap-so", func() { p.shell.Find("tien luong") }},
		{"bao-cao", open(ui.AreaReports)},
		{"bao-cao-muc-tieu", func() { p.screens.Reports.View(reports.ViewTargets) }},
		{"bao-cao-can-xem", func() { p.screens.Reports.View(reports.ViewConcerns) }},
		{"bao-cao-soan", func() { p.screens.Reports.View(reports.ViewSigning) }},
		{"bao-cao-ky", func() { p.screens.Reports.Signing().AskSign() }},
		{"bao-cao-da-ky", func() { kit.CloseDialogs(p.window.Canvas()); p.signQuarter() }},
		{"bao-cao-hoi-nhanh", func() { p.screens.Reports.ChoosePart(""); p.screens.Reports.View(reports.ViewAsk) }},
		{"bao-cao-hoi-nhanh-noi-dung", func() {
			p.screens.Reports.Question().Measure("women")
			p.screens.Reports.Question().Split("topic")
		}},
		{"trao-doi", open(ui.AreaExchange)},
		{"trao-doi-goi", func() { p.screens.Exchange.OpenSent(1) }},
		{"trao-doi-nhan", func() { kit.CloseDialogs(p.window.Canvas()); p.screens.Exchange.Dropped([]string{"E:"}) }},
		{"trao-doi-khac-nhau", func() {
			kit.CloseDialogs(p.window.Canvas())
			p.screens.Exchange.View(exchange.TabDifferences)
			p.window.Canvas().Focus(p.screens.Exchange.Panes()[0].First())
		}},
		{"trao-doi-may", func() { p.window.Canvas().Unfocus(); p.screens.Exchange.View(exchange.TabMachines) }},
		{"trao-doi-them-may", func() { p.screens.Exchange.AskMachine() }},
		{"hoat-dong-khac-nhau", func() {
			kit.CloseDialogs(p.window.Canvas())
			p.shell.Go(ui.AreaActivities)
			p.screens.Activities.Open(rehearsedExchange{p.office}.differs(context.Background()).ID)
		}},
		{"thiet-lap-co-quan", part(settings.PartOffice)},
		{"thiet-lap-doi-don-vi", func() { p.showOffice(rehearsedMove{rehearsedExchange{p.office}}); part(settings.PartOffice)() }},
		{"thiet-lap-ngay-nghi", func() { p.showOffice(p.shown()); part(settings.PartDays)() }},
		{"thiet-lap-ca-nhan", part(settings.PartPersonal)},
		{"thiet-lap-danh-sach", part(settings.PartLists)},
		{"thiet-lap-an-toan", part(settings.PartSafety)},
		{"thiet-lap-giao-dien", part(settings.PartLook)},
	}
}

// openFirst shows the first row of a register.
func (p *program) openFirst(noun string) {
	page, err := p.office.Rows(context.Background(), record.ListFilter{Noun: noun, Limit: 1})
	if err == nil && len(page.Rows) > 0 {
		p.shell.OpenRow(record.Ref{Noun: noun, ID: page.Rows[0].ID})
	}
}

// messyList is a list as offices are sent them.
const messyList = "UBND XÃ ĐĂK HÀ\t\t\t\t\t\t\nDANH SÁCH NGƯỜI THAM DỰ\t\t\t\t\t\t\n" +
	"STT\tHọ và tên\tNam\tNữ\tNgày sinh\tĐịa chỉ\tSố điện thoại\tGhi chú\n" +
	"1\tY Ngọc Hà\t\tx\t05/03/1987\tThôn 1, xã Đăk Hà\t905123456\tchưa ký\n2\tA Blan\tx\t\t1979\tnt\t0905123457\t\n" +
	"3\tNGUYỄN VĂN THẮNG\tx\t\t31/02/1980\tnt\t905123458\t\n4\tTrần Thị  Hiền\t\tx\t12.4.1990\tThôn 2, xã Đăk Hà\t0905123459\t\n" +
	"5\t\t\tx\t1985\tnt\t0905123460\t\n6\tY Brôl\t\tx\t1966\tnt\t90512\t\nTổng cộng: 6 người\t\t\t\t\t\t\n\t\t\t\t\tNGƯỜI LẬP\t\n"

// paste hands a text to what has the keyboard, as Ctrl+V does; in a grid, below the
// last row.
func (p *program) paste(text string) {
	p.pressOn(fyne.KeyEnd, fyne.KeyModifierControl)
	if f := p.window.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	}
	if f, ok := p.window.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: heldText(text)})
	}
}

// pressOn presses a key with a modifier on what has the keyboard.
func (p *program) pressOn(key fyne.KeyName, m fyne.KeyModifier) {
	if f, ok := p.window.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: m})
	}
}

// heldText is a clipboard with one text: the person's own stays as it is.
type heldText string

// Content is the text.
func (h heldText) Content() string { return string(h) }

// SetContent keeps nothing.
func (heldText) SetContent(string) {}

// press presses a key with Ctrl while no field has the keyboard.
func (p *program) press(key fyne.KeyName) {
	p.window.Canvas().Unfocus()
	if c, ok := p.window.Canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl})
	}
}

// typeText types letters into what has the keyboard.
func (p *program) typeText(text string) {
	for _, r := range text {
		if f := p.window.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		}
	}
}

func (p *program) dialogSteps() []step {
	var shown *kit.Dialog
	refused := record.Refuse(record.ErrPlace,
		"Không ghi được vào thư mục E:\\SAO LUU: USB đã rút ra. Sổ vẫn nguyên; hãy cắm USB rồi làm lại.",
		"The folder E:\\SAO LUU cannot be written: the stick was pulled out. The register is safe; plug it in and try again.")
	hide := func() {
		if shown != nil {
			shown.Hide()
		}
	}
	return []step{
		{"bao-cao-xuat", func() {
			p.shell.Go(ui.AreaReports)
			p.screens.Reports.View(reports.ViewFigures)
			shown = p.screens.Reports.AskWhere()
		}},
		{"chon-tep", func() {
			hide()
			shown = kit.ChooseFile(p.shell.Desk(), kit.FileQuestion{Folder: true, From: p.office.Folder()}, func(string) {})
		}},
		{"bao-loi", func() { hide(); shown = kit.ShowError(p.window, kit.T("Chưa sao lưu được"), refused) }},
		{"xac-nhan", func() {
			hide()
			shown = kit.Confirm(p.window, kit.Confirmation{
				Heading: kit.T("Xóa bản sao lưu này?"), Loss: kit.T("Bản sao ngày 12/03/2026 sẽ mất và không lấy lại được."),
				Do: kit.T("Xóa bản sao"), Keep: kit.T("Giữ lại"),
			}, func() {})
		}},
		{"huong-dan", func() { hide(); p.shell.Help() }},
		{"huong-dan-tim", func() {
			p.pressOn(fyne.KeyF, fyne.KeyModifierControl)
			p.typeText("khoi phuc")
		}},
		{"khoa-man-hinh", func() {
			kit.CloseDialogs(p.window.Canvas())
			p.shell.Lock().Start(record.LockState{Set: true, Own: true})
		}},
		{"thong-bao", func() {
			p.build() // the door goes
			p.shell.Go(ui.AreaActivities)
			p.shell.Toast().Say(kit.T("Đã xóa một hoạt động."), func() {})
		}},
		{"cot-trai-gon", func() { p.shell.Toast().Hide(); p.window.Resize(fyne.NewSize(1100, 768)) }},
	}
}

func (p *program) wizardSteps() []step {
	var w *wizard.Wizard
	return []step{
		{"lan-dau-1", func() {
			p.window.Resize(fyne.NewSize(1366, 768))
			w = p.newWizard(rehearsal{starter{p}}, "")
			p.window.SetContent(w)
			p.window.Canvas().Focus(w.FocusTarget())
			for _, r := range "dak ha" {
				w.FocusTarget().TypedRune(r)
			}
		}},
		{"lan-dau-2", func() {
			w.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			w.Next()
		}},
		{"lan-dau-2-thieu", func() { w.Next() }},
		{"lan-dau-3", func() { w.Open(2) }},
		{"lan-dau-4", func() { w.Open(3) }},
		{"lan-dau-5", func() { w.Next() }},
		{"lan-dau-may-thu-hai", func() {
			w = p.newWizard(rehearsal{starter{p}}, "")
			p.window.SetContent(w)
			w.Second()
			w.Open(3)
		}},
	}
}

func (p *program) doorSteps() []step {
	var door *ui.Door
	damaged := record.Refuse(record.ErrDamaged, "Tệp sổ bị hỏng ở trang 117. Các bản sao lưu vẫn còn.", "The register's file is damaged at page 117. The backups are still there.")
	return []step{
		{"mat-khau", func() { door = ui.NewDoor(func(string) {}, func() {}); p.window.SetContent(door) }},
		{"mat-khau-sai", func() {
			door.Refuse(kit.T("Mật khẩu không đúng. Hãy gõ lại; chú ý phím Caps Lock và bộ gõ."))
		}},
		{"so-hong", func() { p.trouble(damaged) }},
	}
}

// rehearsal is a starter that creates nothing.
type rehearsal struct{ starter }

func (rehearsal) Create(context.Context, record.Setup) (pdf, code string, err error) {
	return "D:\\SoPhoBien\\phieu-khoi-phuc.pdf", "20719-38255-41660-97318-55024-61873-30492-18867", nil
}

// RemoveRecoverySheet removes nothing: the office behind the pictures has its own.
func (rehearsal) RemoveRecoverySheet() error { return nil }
