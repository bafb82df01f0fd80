package checkin

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Office is what the panel asks of the running office.
type Office interface {
	Attendees(ctx context.Context, activity record.ID) ([]record.Attendee, error)
	// CheckIn takes in whoever holds the card of which a reader typed the text.
	CheckIn(ctx context.Context, activity record.ID, text string) (record.CheckedIn, error)
	CheckInPerson(ctx context.Context, activity, person record.ID) (record.CheckedIn, error)
	// FindAttendees finds by the beginnings of words, those on the list first.
	FindAttendees(ctx context.Context, activity record.ID, query string, limit int) ([]record.PersonChoice, error)
	Undo(ctx context.Context, batch string) (record.Change, error)
}

// Panel is the panel of one activity at a time.
type Panel struct {
	widget.BaseWidget

	OnClose   func() // nil: it cannot be closed
	OnArrived func() // somebody came, or their coming was taken back

	desk     kit.Desk
	office   Office
	activity record.ID

	waiting []scan // in the order in which they came; the first is being stored
	failed  []scan // could not be stored, for want of room or a disk
	last    []arrived
	turn    int // grows with each activity

	heading *kit.Text
	count   *kit.Text
	find    *kit.Picker
	busy    *kit.Text
	result  *result
	again   *tap
	recent  *fyne.Container
	buttons *fyne.Container
}

// scan is somebody at the door: a card's text, or a person found by name.
type scan struct {
	text   string
	person record.ID
	name   string
}

// arrived is somebody who came in while the panel was open.
type arrived struct {
	in    record.CheckedIn
	taken bool // back
}

// shownLast is how many of those who came are in sight.
const shownLast = 8

// New makes the panel; Open says for which activity.
func New(desk kit.Desk, office Office) *Panel {
	p := &Panel{desk: desk, office: office, heading: kit.Page(""), count: kit.Page(""), busy: kit.Caption(""), result: newResult(), recent: kit.VStack(theme.SizeNone)}
	p.find = kit.NewPicker(desk.Runner, p.offers)
	p.find.SetPlaceHolder(kit.T("Quét thẻ căn cước, hoặc gõ vài chữ đầu tên người không mang thẻ"))
	p.find.Skips = func(text string) bool { return strings.ContainsAny(text, "0123456789|") }
	p.find.OnChosen = p.chosen
	p.find.OnEscape = p.escape
	p.find.Entry().OnSubmitted = p.submitted
	p.again = newTap(kit.T("Ghi lại lượt chưa lưu được (Enter)"), p.retry)
	p.again.Hide()
	p.buttons = kit.HStack(theme.SizeGroup, newTap(kit.T("Hoàn tác lượt vừa rồi (Alt+Z)"), p.Undo), newTap(kit.T("Xong (Esc)"), p.close))
	desk.Window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) {
		if p.onScreen() {
			p.Undo()
		}
	})
	p.ExtendBaseWidget(p)
	return p
}

func (p *Panel) onScreen() bool {
	return p.Visible() && fyne.CurrentApp().Driver().CanvasForObject(p) != nil
}

// Open shows the panel of an activity and puts the keyboard into its field.
func (p *Panel) Open(activity record.ID, title string) {
	p.activity, p.last, p.failed = activity, nil, nil
	p.turn++
	turn := p.turn
	p.heading.SetText(kit.T("Điểm danh: {{.Title}}", map[string]any{"Title": title}))
	p.result.say(kit.Plain, kit.T("Sẵn sàng"), kit.T("Đưa thẻ vào đầu đọc. Không cần chuột hay phím nào khác."))
	p.showRecent()
	p.find.SetChosen(kit.Choice{})
	kit.Do(p.desk.Runner, func(ctx context.Context) ([]record.Attendee, error) {
		return p.office.Attendees(ctx, activity)
	}, func(list []record.Attendee, err error) {
		switch {
		case turn != p.turn:
		case err != nil:
			p.result.say(kit.Wrong, kit.T("Chưa đọc được danh sách"), kit.Sentence(err))
		default:
			p.showList(list)
		}
	})
	p.Focus()
}

// Focus puts the keyboard into the field.
func (p *Panel) Focus() { p.desk.Window.Canvas().Focus(p.find.FocusTarget()) }

// FocusTarget is the field.
func (p *Panel) FocusTarget() fyne.Focusable { return p.find.FocusTarget() }

// Tapped puts the keyboard back into the field.
func (p *Panel) Tapped(*fyne.PointEvent) { p.Focus() }

func (p *Panel) offers(ctx context.Context, query string) ([]kit.Choice, error) {
	if len([]rune(strings.TrimSpace(query))) < 2 {
		return nil, nil
	}
	found, err := p.office.FindAttendees(ctx, p.activity, query, 6)
	var out []kit.Choice
	for _, c := range found {
		out = append(out, kit.Choice{Key: c.ID.String(), Text: c.Name, Detail: c.Detail})
	}
	return out, err
}

func (p *Panel) chosen(c kit.Choice) {
	id, err := record.ParseID(c.Key)
	if err != nil {
		return // the text was changed
	}
	p.find.SetChosen(kit.Choice{})
	p.take(scan{person: id, name: c.Text})
}

// cardStart is where a card's text begins: a name half typed may stand before it.
var cardStart = regexp.MustCompile(`[0-9]{12}\|`)

func (p *Panel) submitted(text string) {
	p.find.SetChosen(kit.Choice{})
	if at := cardStart.FindStringIndex(text); at != nil {
		text = text[at[0]:]
	}
	switch {
	case strings.TrimSpace(text) != "":
		p.take(scan{text: text})
	case len(p.failed) > 0:
		p.retry()
	}
}

// take stores one after the other, in the order in which they came.
func (p *Panel) take(s scan) {
	p.waiting = append(p.waiting, s)
	p.showBusy()
	if len(p.waiting) == 1 {
		p.store()
	}
}

func (p *Panel) store() {
	s, activity, turn := p.waiting[0], p.activity, p.turn
	kit.Do(p.desk.Runner, func(ctx context.Context) (record.CheckedIn, error) {
		if s.text == "" {
			return p.office.CheckInPerson(ctx, activity, s.person)
		}
		return p.office.CheckIn(ctx, activity, s.text)
	}, func(in record.CheckedIn, err error) {
		p.waiting = p.waiting[1:]
		if turn == p.turn {
			p.stored(s, in, err)
		} else if err != nil {
			p.desk.Say(kit.Sentence(err), nil)
		}
		p.showBusy()
		if len(p.waiting) > 0 {
			p.store()
		}
	})
}

func (p *Panel) stored(s scan, in record.CheckedIn, err error) {
	if err != nil {
		p.refused(s, err)
		return
	}
	p.showCount(in.Here, in.Listed)
	p.result.show(in)
	if in.Again {
		return
	}
	p.last = append([]arrived{{in: in}}, p.last...)
	p.showRecent()
	if p.OnArrived != nil {
		p.OnArrived()
	}
}

// refused says why; a card that was read wrongly is scanned again, what the disk
// refused is kept.
func (p *Panel) refused(s scan, err error) {
	if errors.Is(err, record.ErrInvalid) || errors.Is(err, record.ErrNotFound) {
		p.result.say(kit.Wrong, kit.T("Chưa điểm danh được"), kit.Sentence(err))
		return
	}
	p.failed = append(p.failed, s)
	p.result.say(kit.Wrong, kit.T("Chưa lưu được, lượt này còn giữ ở đây"), kit.Sentence(err))
	p.showFailed()
}

func (p *Panel) showFailed() {
	p.again.Hidden = len(p.failed) == 0
	p.Refresh()
}

// retry stores again what could not be stored.
func (p *Panel) retry() {
	again := p.failed
	p.failed = nil
	p.showFailed()
	p.Focus()
	for _, s := range again {
		p.take(s)
	}
}

// Undo takes back who came in last.
func (p *Panel) Undo() {
	for i := range p.last {
		if in := p.last[i].in; !p.last[i].taken {
			p.mark(in.Batch, true)
			p.takeBack(in)
			return
		}
	}
	p.result.say(kit.Plain, kit.T("Không còn lượt nào để hoàn tác"), "")
}

// mark notes whether a coming was taken back.
func (p *Panel) mark(batch string, taken bool) {
	for i := range p.last {
		if p.last[i].in.Batch == batch {
			p.last[i].taken = taken
		}
	}
}

func (p *Panel) takeBack(in record.CheckedIn) {
	activity, turn := p.activity, p.turn
	p.Focus()
	kit.Do(p.desk.Runner, func(ctx context.Context) ([]record.Attendee, error) {
		if _, err := p.office.Undo(ctx, in.Batch); err != nil {
			return nil, err
		}
		return p.office.Attendees(ctx, activity)
	}, func(list []record.Attendee, err error) {
		switch {
		case turn != p.turn:
		case err != nil:
			p.mark(in.Batch, false)
			p.result.say(kit.Wrong, kit.T("Chưa hoàn tác được"), kit.Sentence(err))
		default:
			p.showList(list)
			p.showRecent()
			p.result.say(kit.Plain, in.Person.FullName, kit.T("đã hoàn tác lượt điểm danh"))
			if p.OnArrived != nil {
				p.OnArrived()
			}
		}
	})
}

func (p *Panel) escape() {
	if p.find.Text() != "" {
		p.find.SetChosen(kit.Choice{})
		return
	}
	p.close()
}

func (p *Panel) close() {
	if p.OnClose != nil {
		p.OnClose()
	}
}

func (p *Panel) showList(list []record.Attendee) {
	here := 0
	for i := range list {
		if list[i].Attendance.Arrived != "" {
			here++
		}
	}
	p.showCount(here, len(list))
}

func (p *Panel) showCount(here, listed int) {
	p.count.SetText(kit.T("{{.Here}}/{{.Listed}} người", map[string]any{"Here": kit.Number(int64(here)), "Listed": kit.Number(int64(listed))}))
}

func (p *Panel) showBusy() {
	words := ""
	if n := len(p.waiting); n > 1 {
		words = kit.T("còn {{.N}} lượt đang chờ ghi", map[string]any{"N": kit.Number(int64(n - 1))})
	}
	p.busy.SetText(words)
}

func (p *Panel) showRecent() {
	p.recent.RemoveAll()
	for _, l := range p.last[:min(len(p.last), shownLast)] {
		p.recent.Add(recentLine(l))
		p.recent.Add(kit.Hairline())
	}
	p.recent.Refresh()
}

// CreateRenderer puts the field above the large line, and below it those who came last.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	p.count.Whole = true
	head := kit.Border(nil, nil, nil, p.count, p.heading)
	p.busy.Align = fyne.TextAlignTrailing
	lately := kit.Caption(kit.T("Vừa vào"))
	lately.Whole = true
	before := kit.Border(nil, nil, lately, nil, p.busy)
	top := kit.VStack(theme.SizeGroup, head, p.find, p.result, p.again, kit.VStack(theme.SizeTight, before, kit.Hairline()))
	return widget.NewSimpleRenderer(kit.Inset(theme.SizeEdge, kit.Border(top, p.buttons, nil, nil, container.NewVScroll(p.recent))))
}
