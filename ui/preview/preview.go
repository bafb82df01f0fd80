package preview

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Endings are those of files that can hold a list, for choosing among files.
var Endings = []string{".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html"}

// Office is what a preview asks of the running office.
type Office interface {
	Office(ctx context.Context) (record.Office, error)
	ProposeList(ctx context.Context, src record.ListSource, o record.ListOptions) (record.Proposal, error)
	ImportList(ctx context.Context, in record.ListImport) (record.Import, record.Change, error)
	// CheckRow refuses fields that make no row of a list of some noun.
	CheckRow(of string, fields record.Fields) error
	// ParseDate reads a day as people write it: 05/03/2026, 5/3, 05032026, hôm nay.
	ParseDate(text string) (record.Date, error)
}

// Outcome is what became of a list that was stored.
type Outcome struct {
	Import record.Import
	Parked []record.ParkedRow // not stored: they wait for an answer
}

// Preview is the widget.
type Preview struct {
	widget.BaseWidget

	// OnRead may take a list that has just been read, instead of its being shown here.
	OnRead func(record.Proposal) bool
	// OnShown tells that a list is in sight.
	OnShown func()
	// OnStored tells that the ready rows are in the register.
	OnStored func(Outcome)
	// OnLeft tells that the list was put aside and nothing of it stored.
	OnLeft func()
	// OnRefused tells in a sentence why a list cannot be shown.
	OnRefused func(sentence string)

	desk   kit.Desk
	office Office
	asks   *kit.Latest

	src      record.ListSource
	options  record.ListOptions
	learn    bool // columns were put right by hand
	keeper   record.Office
	proposal record.Proposal
	lists    map[string]int // rows of the file's sheets that hold a list
	columns  []column
	rows     map[string]*row     // by the key of their row in the grid
	typed    map[place]string    // what the person wrote, kept when the list is read again
	verdicts []verdict           // one a row of the grid
	judged   map[string]judgment // what was judged already, by key
	next     int
	shown    bool
	storing  bool

	grid    *kit.Grid
	holder  *fyne.Container
	heading *kit.Text
	counts  *kit.Text
	note    *kit.Note
	sheets  *kit.Chips
	usual   *kit.Check
	header  *kit.PushButton
	left    *kit.PushButton
	store   *kit.PushButton
	leave   *kit.PushButton
}

// New makes a preview that shows nothing yet.
func New(desk kit.Desk, office Office) *Preview {
	p := &Preview{
		desk: desk, office: office, asks: kit.NewLatest(desk.Runner), holder: container.NewStack(),
		heading: kit.Section(""), counts: kit.Line(""), note: kit.NewNote(kit.Plain, ""),
	}
	p.heading.Whole = true
	p.sheets = kit.NewChips(p.chooseSheet)
	p.usual = kit.NewCheck(kit.T("Viết thường họ tên in hoa"), p.useUsualCase)
	p.header = kit.Button(kit.T("Dòng này là tiêu đề"), "", p.chooseHeader)
	p.left = kit.Quiet("", "", p.showLeft)
	p.store = kit.Primary("", "", p.Store)
	p.leave = kit.Button(kit.T("Bỏ danh sách"), "", p.Leave)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer puts the heading and counts above the grid, a sentence about the
// cell under the cursor below it, and the buttons at the foot.
func (p *Preview) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeTight, kit.Border(nil, nil, p.heading, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, p.sheets)), p.counts)
	foot := kit.HStack(theme.SizeGap, p.store, p.leave, p.header, p.usual, kit.Spring(), p.left)
	return widget.NewSimpleRenderer(kit.Border(
		kit.InsetXY(theme.SizeGroup, theme.SizeTight, head),
		kit.VStack(theme.SizeNone, kit.Steady(2, kit.InsetXY(theme.SizeGroup, theme.SizeTight, p.note)), kit.Hairline(),
			kit.InsetXY(theme.SizeGroup, theme.SizeGap, foot)),
		nil, nil, p.holder))
}

// Shown reports whether a list is in sight.
func (p *Preview) Shown() bool { return p.shown }

// FocusTarget is what takes the keys.
func (p *Preview) FocusTarget() fyne.Focusable { return p.grid.FocusTarget() }

// Read reads a list and shows it.
func (p *Preview) Read(src record.ListSource, o record.ListOptions) {
	p.src, p.options, p.learn, p.typed, p.lists, p.shown = src, o, false, map[place]string{}, nil, false
	p.options.Ask = true
	p.readAgain()
}

// bigList is the size of a file from which reading may take so long that it is to
// be seen, and stopped.
const bigList = 1 << 20

type reading struct {
	keeper   record.Office
	proposal record.Proposal
}

func (p *Preview) readAgain() {
	src, options := p.src, p.options
	read := func(ctx context.Context, report func(done, total int64)) (reading, error) {
		options.Progress = report
		keeper, err := p.office.Office(ctx)
		if err != nil {
			return reading{}, err
		}
		proposal, err := p.office.ProposeList(ctx, src, options)
		return reading{keeper, proposal}, err
	}
	if len(src.Data)+len(src.Text) >= bigList {
		kit.RunWithProgress(p.desk.Runner, p.desk.Window, kit.T("Đang đọc danh sách"), read, p.got)
		return
	}
	kit.Ask(p.asks, func(ctx context.Context) (reading, error) { return read(ctx, nil) }, p.got)
}

func (p *Preview) got(r reading, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		p.refuse(kit.T("Đã dừng đọc danh sách. Chưa có gì được lưu."))
	case err != nil:
		p.refuse(kit.Sentence(err))
	case !p.shown && p.OnRead != nil && p.OnRead(r.proposal):
	default:
		p.show(r)
	}
}

// refuse says why a list cannot be read: here where one is shown, else to the owner.
func (p *Preview) refuse(sentence string) {
	if p.shown {
		p.say(kit.Wrong, sentence)
		return
	}
	if p.OnRefused != nil {
		p.OnRefused(sentence)
	}
}

// Leave puts the list aside.
func (p *Preview) Leave() {
	if p.storing {
		return
	}
	p.close()
	if p.OnLeft != nil {
		p.OnLeft()
	}
}

// close lets the list go; a big one is not kept for nothing.
func (p *Preview) close() {
	p.asks.Drop()
	p.shown, p.storing = false, false
	p.src, p.proposal, p.rows, p.verdicts, p.judged, p.typed = record.ListSource{}, record.Proposal{}, nil, nil, nil, nil
}

func (p *Preview) say(state kit.State, sentence string) {
	p.note.Set(state, sentence)
	if sentence == "" {
		p.note.Hide()
	} else {
		p.note.Show()
	}
}

// Store stores what is ready.
func (p *Preview) Store() {
	if p.storing || !p.shown || p.proposal.Unclear != nil {
		return
	}
	p.grid.Commit()
	in := record.ListImport{Proposal: p.decided(), Activity: p.options.Activity, Source: p.src.Name, Learn: p.learn}
	if len(in.Proposal.Rows) == 0 {
		p.say(kit.Attention, kit.T("Chưa có dòng nào chắc chắn để ghi. Hãy trả lời các dòng “cần hỏi”, hoặc bỏ danh sách."))
		return
	}
	p.storing = true
	parked := in.Proposal.Parked
	store := func(ctx context.Context) (record.Import, error) {
		im, _, err := p.office.ImportList(ctx, in)
		return im, err
	}
	done := func(im record.Import, err error) { p.stored(Outcome{im, parked}, err) }
	if len(in.Proposal.Rows) < manyRows {
		kit.Do(p.desk.Runner, store, done)
		return
	}
	kit.RunWithProgress(p.desk.Runner, p.desk.Window, kit.T("Đang ghi danh sách"),
		func(ctx context.Context, report func(done, total int64)) (record.Import, error) {
			in.Progress = report
			return store(ctx)
		}, done)
}

// manyRows is how many rows take so long to store that it is to be seen.
const manyRows = 3000

func (p *Preview) stored(o Outcome, err error) {
	p.storing = false
	switch {
	case errors.Is(err, context.Canceled):
		p.say(kit.Plain, kit.T("Đã dừng. Chưa có gì được lưu."))
	case err != nil:
		p.failed(err)
	default:
		p.close()
		if p.OnStored != nil {
			p.OnStored(o)
		}
	}
}

// Told says what was taken in: "05/03/2026 · thon1.xlsx · 53 dòng, 12 đã có trong sổ".
func Told(im record.Import) string {
	from := im.Source
	if from == "" {
		from = kit.T("dán từ bảng tính")
	}
	said := im.Day.String() + " · " + from + " · " + kit.T("{{.N}} dòng", map[string]any{"N": kit.Number(im.Rows)})
	if im.Known > 0 {
		said += ", " + kit.T("{{.N}} đã có trong sổ", map[string]any{"N": kit.Number(im.Known)})
	}
	return said
}
