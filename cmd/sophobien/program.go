package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"sophobien/assets"
	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/help"
	"sophobien/ui/kit"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
	"sophobien/ui/wizard"
)

// program is the desktop program from its start to its end.
type program struct {
	flags  flags
	fyne   fyne.App
	window fyne.Window
	runner *kit.Runner
	look   settings.Look

	office  *app.App
	shell   *ui.Shell
	screens *ui.Screens
	shut    *atomic.Bool // nothing may begin for the open register any more
	copies  *time.Timer  // makes the next day's backup
	looks   *time.Timer  // looks again whether anybody is there

	stopTrial context.CancelFunc // of the trial restore under way; nil for none

	busy atomic.Int64 // work under way
}

// windowSize is the smallest screen the program is made for, less its task bar.
var windowSize = fyne.NewSize(1366, 728)

func newProgram(f flags) (*program, error) {
	if f.screens != "" {
		os.Setenv("FYNE_SCALE", "1") // pictures are of one size on every display
	}
	p := &program{flags: f, fyne: fyneapp.NewWithID("vn.sophobien.app")}
	p.fyne.SetIcon(fyne.NewStaticResource("sophobien.png", assets.Icon))
	p.runner = kit.NewRunner(p.start, fyne.Do)
	kit.OnDamaged(p.watch)
	p.look = p.readLook()
	p.window = p.fyne.NewWindow("Sổ Phổ Biến")
	p.window.SetPadded(false)
	p.window.Resize(windowSize)
	p.window.SetMaster()
	p.window.SetCloseIntercept(p.leave)
	kit.Keys(p.window.Canvas(), func(*fyne.KeyEvent) {}) // until there is a shell
	return p, p.wear(p.look)
}

// longestWait is how long closing waits for a save under way.
const longestWait = 10 * time.Second

// leave takes the keyboard from the field being typed in, which saves it, and
// closes the window when no work is under way any more.
func (p *program) leave() {
	p.window.Canvas().Unfocus()
	if p.stopTrial != nil {
		p.stopTrial()
	}
	go func() {
		for end := time.Now().Add(longestWait); p.busy.Load() > 0 && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond)
		}
		fyne.Do(p.window.Close)
	}()
}

func (p *program) start(work func()) {
	p.busy.Add(1)
	go func() {
		defer p.busy.Add(-1)
		work()
	}()
}

// wear puts a look on the program.
func (p *program) wear(l settings.Look) error {
	p.look = l
	p.fyne.Settings().SetTheme(theme.New(l.Variant, l.Scale))
	return kit.Speak(l.Language, ui.Words(l.Language))
}

// run shows the window until it is closed, then closes the office: in the reverse
// order of the opening.
func (p *program) run() error {
	if p.flags.screens != "" {
		return p.takePictures()
	}
	p.open(p.flags.passphrase)
	p.window.ShowAndRun()
	return p.close()
}

func (p *program) close() error {
	if p.shell != nil {
		p.shell.End()
	}
	if p.office == nil {
		return nil
	}
	return p.office.Close()
}

func (p *program) options() app.Options {
	return app.Options{OnRaise: p.raise, Version: version}
}

// raise brings the window forward when a second copy was started.
func (p *program) raise() {
	fyne.Do(func() {
		p.window.Show()
		p.window.RequestFocus()
	})
}

func (p *program) open(passphrase string) {
	if _, door := p.window.Content().(*ui.Door); !door {
		p.window.SetContent(ui.NewWaiting())
	}
	options := p.options()
	options.Passphrase = passphrase
	kit.Do(p.runner, func(ctx context.Context) (opened, error) { return openRegister(ctx, p.flags.data, options) }, p.opened)
}

// opened is a register that opened, and how its window is locked.
type opened struct {
	office *app.App
	lock   record.LockState
}

func openRegister(ctx context.Context, folder string, o app.Options) (opened, error) {
	office, err := app.Open(folder, o)
	if err != nil {
		return opened{}, err
	}
	lock, err := office.LockState(ctx)
	if err != nil {
		return opened{}, errors.Join(err, office.Close())
	}
	return opened{office, lock}, nil
}

func (p *program) opened(o opened, err error) {
	switch {
	case err == nil:
		p.begin(o.office)
		p.shell.Lock().Start(o.lock)
	case errors.Is(err, record.ErrBusy):
		p.fyne.Quit() // the first copy has come forward
	case errors.Is(err, record.ErrPassphrase):
		p.ask(err)
	case errors.Is(err, record.ErrNotFound) && !p.hasRegister():
		p.firstRun()
	default:
		p.trouble(err)
	}
}

// hasRegister tells a folder without a register from one whose parts are missing.
func (p *program) hasRegister() bool {
	_, err := os.Stat(filepath.Join(p.flags.data, "sophobien.db"))
	return err == nil
}

// ask shows the door, with the reason once something was typed.
func (p *program) ask(err error) {
	if door, standing := p.window.Content().(*ui.Door); standing {
		door.Refuse(kit.Sentence(err))
		return
	}
	door := ui.NewDoor(p.open, func() { p.askRestore(p.newestCopy()) })
	p.window.SetContent(door)
	if p.flags.passphrase != "" {
		door.Refuse(kit.Sentence(err))
	}
	p.window.Canvas().Focus(door.FocusTarget())
}

func (p *program) begin(office *app.App) {
	p.office = office
	slog.Info("register opened")
	p.build()
	if p.flags.screens == "" {
		p.keepCopies()
		p.watchDesk()
	}
}

// build makes shell and screens, anew when the language has changed.
func (p *program) build() { p.showOffice(p.shown()) }

func (p *program) showOffice(office ui.Office) {
	if p.shell != nil {
		p.shell.End()
	}
	p.shut = new(atomic.Bool)
	p.shell = ui.New(p.desk(), office)
	p.screens = ui.NewScreens(p.shell, office, p.screenOptions())
	p.window.SetContent(p.shell)
	p.shell.Begin(p.screens.Areas())
	p.shell.Keys(p.window.Canvas())
	p.window.SetOnDropped(p.dropped)
}

// shown is the office as its screens see it; of the exchange, pictures show one that is made
// up, since a made-up office has nobody to exchange with.
func (p *program) shown() ui.Office {
	if p.flags.screens != "" {
		return rehearsedExchange{p.office}
	}
	return p.office
}

// dropped hands files that were dropped on the window to the open area.
func (p *program) dropped(_ fyne.Position, files []fyne.URI) {
	var paths []string
	for _, f := range files {
		if f.Scheme() == "file" {
			paths = append(paths, filepath.FromSlash(f.Path()))
		}
	}
	if p.shell != nil && len(paths) > 0 {
		p.shell.Dropped(paths)
	}
}

func (p *program) desk() kit.Desk {
	return kit.Desk{Runner: p.guarded(), Window: p.window, Now: time.Now, Say: func(string, func()) {}, Restate: func() {}}
}

// guarded starts work for the screens as long as the register they show is open.
func (p *program) guarded() *kit.Runner {
	shut := p.shut
	return kit.NewRunner(func(work func()) {
		if shut == nil || !shut.Load() {
			p.start(work)
		}
	}, p.runner.Post)
}

// putAway lets what is under way end, closes the register if one is open, and goes on.
// From its call on nothing new is begun for the register: screens that are still
// seen, or left behind, write nothing more.
func (p *program) putAway(then func()) {
	if p.office == nil {
		then()
		return
	}
	office := p.office
	p.shut.Store(true)
	if p.stopTrial != nil {
		p.stopTrial()
	}
	p.shell.End()
	p.office, p.shell, p.screens = nil, nil, nil
	kit.Do(p.runner, func(context.Context) (struct{}, error) {
		for p.busy.Load() > 1 { // this work is one
			time.Sleep(20 * time.Millisecond)
		}
		return struct{}{}, office.Close()
	}, func(_ struct{}, err error) {
		if err != nil {
			slog.Error("closing the register", "error", err)
		}
		then()
	})
}

// firstRun asks the system for a keyring, which may take a moment, and shows the wizard.
func (p *program) firstRun() {
	kit.Do(p.runner, func(context.Context) (string, error) { return systemKeyring(), nil },
		func(keyring string, _ error) {
			w := p.newWizard(starter{p}, keyring)
			p.window.SetContent(w)
			p.window.Canvas().Focus(w.FocusTarget())
		})
}

func (p *program) newWizard(s wizard.Starter, keyring string) *wizard.Wizard {
	w := wizard.New(p.desk(), s, wizard.Options{
		Keyring: keyring,
		OnDone:  func() { p.begin(p.office) },
		OnHelp:  func() { help.Open(p.window, kit.Language(), help.First) },
	})
	w.Keys(p.window.Canvas())
	return w
}

// starter makes the office for the wizard and keeps it open.
type starter struct{ p *program }

func (s starter) app() app.Starter {
	return app.Starter{Folder: s.p.flags.data, Options: s.p.options()}
}

func (s starter) FindUnits(ctx context.Context, preset, query string, limit int) ([]record.UnitChoice, error) {
	return s.app().FindUnits(ctx, preset, query, limit)
}

func (s starter) Propose(preset string, unit record.ID) (record.Setup, error) {
	return s.app().Propose(preset, unit)
}

func (s starter) Create(ctx context.Context, setup record.Setup) (pdf, code string, err error) {
	made, err := s.app().Create(ctx, setup)
	if err != nil {
		return "", "", err
	}
	fyne.DoAndWait(func() { s.p.office = made.App })
	return made.RecoveryPDF, made.RecoveryCode, nil
}

// JoinAsk makes this PC's keys and writes the file with which it asks for the register.
func (s starter) JoinAsk(ctx context.Context, setup record.Setup, folder string) (path, fingerprint string, err error) {
	asked, err := s.app().JoinAsk(ctx, setup, folder)
	return asked.Path, asked.Fingerprint, err
}

// Join takes the register of the office in and keeps it open; what is left to do after a
// refusal is its recovery sheet.
func (s starter) Join(ctx context.Context, setup record.Setup, paths []string, digits string) (pdf, code string, err error) {
	office := s.p.office
	if office == nil {
		joins := s.app()
		joins.Options.Passphrase = setup.Passphrase
		if office, err = joins.Join(ctx, paths, digits); err != nil {
			return "", "", err
		}
		fyne.DoAndWait(func() { s.p.office = office })
	}
	code, pdf, err = office.NewRecoverySheet(ctx)
	return pdf, code, err
}

// RemoveRecoverySheet deletes the sheet's file once it was printed.
func (s starter) RemoveRecoverySheet() error {
	return s.p.office.RemoveRecoverySheet(context.Background())
}
