// Package wizard is the first run: it asks what a register needs before it can
// exist, page by page, and hands it to the program as one record.Setup.
//
// It promises that nothing is created before the last page, that a refusal leaves
// everything that was typed, and that the recovery sheet is shown before the
// register opens. Names and titles come from a preset and may all be changed; the
// wizard knows no ministry and no level.
package wizard

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Starter is what the wizard asks of the program.
type Starter interface {
	FindUnits(ctx context.Context, preset, query string, limit int) ([]record.UnitChoice, error)
	// Propose fills in what offices of a preset usually write.
	Propose(preset string, unit record.ID) (record.Setup, error)
	Create(ctx context.Context, s record.Setup) (recoveryPDF, code string, err error)
}

// SheetRemover is a Starter that can delete the file of the recovery sheet, which
// holds the code in clear and is of no use once printed.
type SheetRemover interface {
	RemoveRecoverySheet() error
}

// Joiner is a Starter that can make this PC another one of an office that has its register.
type Joiner interface {
	// JoinAsk makes this PC's keys and writes the file with which it asks for the register.
	// Asked again, it writes the same file once more.
	JoinAsk(ctx context.Context, s record.Setup, folder string) (path, fingerprint string, err error)
	// Join takes in what the first PC wrote for this one; digits are those of the first PC.
	// The sheet is this PC's own. What failed after the register was here is tried again.
	Join(ctx context.Context, s record.Setup, paths []string, digits string) (recoveryPDF, code string, err error)
}

// Options are what the program knows before the first page.
type Options struct {
	Keyring      string // "keyring" or "dpapi" where the system has one, else ""
	BackupFolder string // offered
	OnDone       func() // the register exists and the sheet was shown
	OnHelp       func() // F1
}

// presets name the arrangements that ship; what each fills in is data of the program.
var presets = []record.Term{
	{Code: "2025-commune", Words: record.Words{VI: "Xã, phường báo cáo cấp tỉnh (từ 01/7/2025)", EN: "Commune reporting to the province (from 1 July 2025)"}},
	{Code: "2024-district", Words: record.Words{VI: "Huyện, thành phố báo cáo cấp tỉnh (kế hoạch năm 2024)", EN: "District reporting to the province (2024 plan)"}},
	{Code: collecting, Words: record.Words{VI: "Cấp tỉnh: nhận và tổng hợp của các xã, phường (từ 01/7/2025)", EN: "Province: collects from the communes (from 1 July 2025)"}},
}

// collecting is the arrangement of an office to which others report.
const collecting = "2025-province"

// Wizard is the first run's window content.
type Wizard struct {
	widget.BaseWidget

	desk    kit.Desk
	starter Starter
	options Options

	at      int
	pages   []page
	unit    *unitPage
	names   *namesPage
	lock    *lockPage
	places  *placesPage
	done    *donePage
	join    *joinPage
	all     []page // of both ways
	stage   *fyne.Container
	step    *kit.Text
	heading *kit.Text
	problem *kit.Note
	back    *kit.PushButton
	next    *kit.PushButton
}

// page is one step: its heading, its content, and whether what stands on it will do.
type page interface {
	heading() string
	content() fyne.CanvasObject
	// check shows what is missing under its field and reports whether all is well.
	check() bool
	// first is where the keyboard begins; nil for the button that goes on.
	first() fyne.Focusable
}

// New makes the wizard on its first page.
func New(desk kit.Desk, starter Starter, o Options) *Wizard {
	w := &Wizard{desk: desk, starter: starter, options: o,
		step: kit.Caption(""), heading: kit.Page(""), problem: kit.NewNote(kit.Wrong, ""), stage: container.NewStack()}
	w.unit = newUnitPage(desk, starter, presets)
	w.names = newNamesPage()
	w.lock = newLockPage(o.Keyring)
	w.places = newPlacesPage(desk, o.BackupFolder)
	w.done = newDonePage(desk, starter)
	w.join = newJoinPage(desk, starter, w.Setup, w.refused)
	w.unit.way.OnChanged = func(string) { w.open(0) }
	w.all = []page{w.unit, w.names, w.lock, w.places, w.done, w.join}
	for _, p := range w.all {
		w.stage.Add(p.content())
	}
	w.back = kit.Button(kit.T("Quay lại"), fynetheme.IconNameNavigateBack, func() { w.turn(w.at - 1) })
	w.next = kit.Primary("", "", w.forward)
	w.done.removed = func() { w.desk.Window.Canvas().Focus(w.next) }
	w.ExtendBaseWidget(w)
	w.open(0)
	return w
}

// Keys makes the window answer to F1, and to the Enter no field or button waits for, with
// which one goes on to the next step.
func (w *Wizard) Keys(c fyne.Canvas) {
	kit.Keys(c, func(key *fyne.KeyEvent) {
		switch key.Name {
		case fyne.KeyReturn, fyne.KeyEnter:
			w.forward()
		case fyne.KeyF1:
			w.options.OnHelp()
		}
	})
}

// Second chooses the way of a second PC, where the program has it.
func (w *Wizard) Second() {
	if _, joins := w.starter.(Joiner); joins {
		w.unit.way.Choose(w.unit.second)
	}
}

// Open goes to a page without checking the one left.
func (w *Wizard) Open(i int) { w.turn(i) }

// FocusTarget is the first field of the first page.
func (w *Wizard) FocusTarget() fyne.Focusable { return w.unit.picker.FocusTarget() }

// Next does what the button at the foot does.
func (w *Wizard) Next() { w.forward() }

// way are the pages of the way that was chosen.
func (w *Wizard) way() []page {
	if w.unit.joins() {
		return []page{w.unit, w.names, w.lock, w.join, w.done}
	}
	return []page{w.unit, w.names, w.lock, w.places, w.done}
}

func (w *Wizard) open(i int) {
	w.pages = w.way()
	w.at = min(max(i, 0), len(w.pages)-1)
	for _, p := range w.all {
		if p == w.pages[w.at] {
			p.content().Show()
		} else {
			p.content().Hide()
		}
	}
	w.step.SetText(kit.T("Bước {{.N}} trên {{.All}}", map[string]any{"N": w.at + 1, "All": len(w.pages)}))
	w.heading.SetText(w.pages[w.at].heading())
	w.say("")
	w.label()
	w.Refresh()
}

// turn goes to a page and puts the keyboard where it begins.
func (w *Wizard) turn(i int) {
	w.open(i)
	first := w.pages[w.at].first()
	if first == nil {
		first = w.next
	}
	w.desk.Window.Canvas().Focus(first)
}

func (w *Wizard) label() {
	switch w.pages[w.at] {
	case w.done:
		w.next.SetText(kit.T("Mở sổ"))
	case w.join:
		w.next.SetText(kit.T("Nhận sổ"))
	case w.places:
		w.next.SetText(kit.T("Lập sổ"))
	default:
		w.next.SetText(kit.T("Tiếp tục"))
	}
	// Once the register exists there is nothing to go back to.
	if w.at == 0 || w.pages[w.at] == w.done {
		w.back.Hide()
	} else {
		w.back.Show()
	}
}

func (w *Wizard) say(sentence string) {
	w.problem.SetText(sentence)
	if sentence == "" {
		w.problem.Hide()
	} else {
		w.problem.Show()
	}
}

func (w *Wizard) forward() {
	if w.next.Disabled() || !w.pages[w.at].check() {
		return
	}
	switch w.pages[w.at] {
	case w.done:
		w.options.OnDone()
	case w.places:
		w.create()
	case w.join:
		w.joinOffice()
	default:
		w.advance()
	}
}

// advance goes one page on; after the first the names that follow from it are
// looked up on the way.
func (w *Wizard) advance() {
	if w.at > 0 {
		w.turn(w.at + 1)
		return
	}
	preset, unit := w.unit.preset(), w.unit.unit().ID
	w.places.askKey(preset != collecting)
	kit.Do(w.desk.Runner, func(context.Context) (record.Setup, error) { return w.starter.Propose(preset, unit) },
		func(proposed record.Setup, err error) {
			if err != nil {
				w.say(kit.Sentence(err))
				return
			}
			w.names.fill(proposed)
			w.turn(1)
		})
}

// Setup is what was typed so far.
func (w *Wizard) Setup() record.Setup {
	s := record.Setup{Preset: w.unit.preset(), Unit: w.unit.unit()}
	w.names.into(&s)
	w.lock.into(&s)
	w.places.into(&s)
	return s
}

type created struct{ pdf, code string }

func (w *Wizard) create() {
	w.say("")
	w.next.Disable()
	w.back.Disable()
	setup := w.Setup()
	kit.Do(w.desk.Runner, func(ctx context.Context) (created, error) {
		pdf, code, err := w.starter.Create(ctx, setup)
		return created{pdf, code}, err
	}, w.created)
}

func (w *Wizard) created(c created, err error) {
	w.next.Enable()
	w.back.Enable()
	if w.refused(err) {
		return
	}
	w.done.set(c, w.unit.joins())
	w.turn(len(w.pages) - 1)
}

// refused says what an error says, that of a passphrase beside its field, and reports
// whether there was one.
func (w *Wizard) refused(err error) bool {
	switch {
	case err == nil:
		w.say("")
		return false
	case errors.Is(err, record.ErrPassphrase) && w.lock.usesPhrase():
		w.turn(slices.Index(w.pages, page(w.lock)))
		w.lock.refuse(kit.Sentence(err))
	default:
		w.say(kit.Sentence(err))
	}
	return true
}

// joinOffice takes in what the first PC wrote for this one.
func (w *Wizard) joinOffice() {
	w.say("")
	w.next.Disable()
	w.back.Disable()
	setup, paths, digits := w.Setup(), []string{w.join.from()}, w.join.digits()
	kit.Do(w.desk.Runner, func(ctx context.Context) (created, error) {
		pdf, code, err := w.starter.(Joiner).Join(ctx, setup, paths, digits)
		return created{pdf, code}, err
	}, w.created)
}

// CreateRenderer keeps the buttons in sight whatever the page's length.
func (w *Wizard) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeTight, w.step, w.heading)
	foot := kit.VStack(theme.SizeGap, w.problem, kit.HStack(theme.SizeGap, w.next, w.back))
	body := kit.Border(
		kit.InsetXY(theme.SizeGap, theme.SizeGroup, head),
		kit.InsetXY(theme.SizeGap, theme.SizeGroup, foot), nil, nil,
		container.NewVScroll(kit.InsetXY(theme.SizeGap, theme.SizeNone, w.stage)))
	return widget.NewSimpleRenderer(container.New(middle{}, kit.Inset(theme.SizeEdge, body)))
}

// middle keeps the pages at the width of two columns, in the middle of the window.
type middle struct{}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, fynetheme.Size(theme.SizeMeasure)*2)
	o[0].Resize(fyne.NewSize(width, size.Height))
	o[0].Move(fyne.NewPos((size.Width-width)/2, 0))
}
