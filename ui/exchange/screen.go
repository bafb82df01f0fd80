package exchange

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// The tabs by their keys.
const (
	TabHandOver    = "handover"
	TabDifferences = "differences"
	TabMachines    = "machines"
	TabUnits       = "units"    // of a province
	TabIncoming    = "incoming" // of a province
	TabPairs       = "pairs"    // of a province
	TabKeys        = "keys"     // of a province
)

// order is how the tabs of a role stand beside each other.
var order = map[record.Role][]string{
	record.RoleOffice:   {TabHandOver, TabDifferences, TabMachines},
	record.RoleProvince: {TabUnits, TabIncoming, TabDifferences, TabPairs, TabKeys},
}

// Tab is one page of the area.
type Tab struct {
	Key    string
	Label  string
	Help   string // page of the help
	Page   fyne.CanvasObject
	Reload func(record.Exchange)
	Panes  func() []kit.Pane
	Count  func(record.Exchange) int // is shown beside the label; nil, or 0: nothing

	stale bool
}

// Screen is the area: its tabs, of which one is seen.
type Screen struct {
	widget.BaseWidget

	// DefaultFolder is offered until a person has given another.
	DefaultFolder string
	// OnOpenRow shows a row in its area, at a place in its form; given by the shell.
	OnOpenRow func(record.Ref, record.Place)

	desk   kit.Desk
	office Office
	asks   *kit.Latest

	tabs     map[string]*Tab
	state    record.Exchange
	at       string // "" before anything was read
	names    *kit.ChipRow
	problem  *kit.Note
	stage    *fyne.Container
	handOver *handOver
	machines *machines // nil: the office keeps none
	collects Collected // without tabs: nothing is collected
	arriving string    // the tab that takes the keyboard once it is read
}

// New makes the area, with the tabs its office has what they ask for.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{
		desk: desk, office: office, asks: kit.NewLatest(desk.Runner), OnOpenRow: func(record.Ref, record.Place) {},
		tabs: map[string]*Tab{}, problem: kit.NewNote(kit.Wrong, ""), stage: container.NewStack(),
		state: record.Exchange{Role: record.RoleOffice},
	}
	s.problem.Hide()
	s.names = kit.NewChipRow(func(c kit.GroupChip) { s.View(c.Key) })
	s.handOver = newHandOver(s)
	s.Put(s.handOver.tab())
	if o, ok := office.(Differing); ok {
		s.Put(newDifferences(s, o).tab())
	}
	if o, ok := office.(MachineKeeper); ok {
		s.machines = newMachines(s, o)
		s.Put(s.machines.tab())
	}
	s.ExtendBaseWidget(s)
	s.show(TabHandOver)
	return s
}

// Put adds a tab; where it stands, and for which role, is said by its key.
func (s *Screen) Put(t Tab) {
	t.stale = true
	t.Page.Hide()
	s.tabs[t.Key] = &t
	s.stage.Add(t.Page)
}

// Tabs are the keys of the tabs a role has, in their order.
func (s *Screen) Tabs(role record.Role) []string {
	var keys []string
	for _, key := range order[role] {
		if _, there := s.tabs[key]; there {
			keys = append(keys, key)
		}
	}
	return keys
}

// View shows a tab.
func (s *Screen) View(key string) {
	if slices.Contains(s.Tabs(s.state.Role), key) {
		s.show(key)
		s.read()
	}
}

func (s *Screen) show(key string) {
	if t := s.tabs[s.at]; t != nil {
		t.Page.Hide()
	}
	s.at = key
	s.tabs[key].Page.Show()
	s.name()
	s.Refresh()
}

// name writes the tabs' labels, with how much waits on each.
func (s *Screen) name() {
	var chips []kit.GroupChip
	for _, key := range s.Tabs(s.state.Role) {
		t, n := s.tabs[key], -1
		if t.Count != nil {
			if n = t.Count(s.state); n == 0 {
				n = -1
			}
		}
		chips = append(chips, kit.GroupChip{Group: "tab", Chip: kit.Chip{Key: key, Label: t.Label, Count: n}, On: key == s.at})
	}
	s.names.Set(chips)
}

// Shows is true for every change: each is one more that is in no file.
func (s *Screen) Shows(record.Change) bool { return true }

// Reload reads where things stand, and the tab that is seen.
func (s *Screen) Reload() {
	kit.Ask(s.asks, s.office.Exchange, func(e record.Exchange, err error) {
		s.say(err)
		if err != nil {
			return
		}
		s.state = e
		for _, t := range s.tabs {
			t.stale = true
		}
		if has := s.Tabs(e.Role); !slices.Contains(has, s.at) && len(has) > 0 {
			s.show(has[0])
		}
		s.name()
		s.read()
	})
}

func (s *Screen) say(err error) {
	sentence := ""
	if err != nil {
		sentence = kit.Sentence(err)
	}
	s.problem.SetText(sentence)
	kit.SetVisible(s.problem, err != nil)
}

func (s *Screen) read() {
	if t := s.tabs[s.at]; t.stale {
		t.stale = false
		t.Reload(s.state)
	}
}

// changed reads again what is seen, and the states of the top line, after something
// that is no change of the record.
func (s *Screen) changed() {
	s.desk.Restate()
	s.Reload()
}

// OpenSent tells all of a file in the table, by its place.
func (s *Screen) OpenSent(i int) { s.handOver.sent.table.Open(i) }

// Collected are the tabs of an office that collects from others.
type Collected struct {
	Grid     *Grid
	Incoming *Incoming
	Pairs    *Pairs
	Keys     *Keys
}

// Collect gives the area the tabs of an office that collects from others. They are seen
// once the office says that it is one.
func (s *Screen) Collect(p Province) Collected {
	c := Collected{NewGrid(s.desk, p), NewIncoming(s.desk, p), NewPairs(s.desk, p), NewKeys(s.desk, p)}
	put := func(key, label string, page collecting) {
		s.Put(Tab{Key: key, Label: label, Help: page.HelpPage(), Page: page, Reload: func(record.Exchange) { page.Reload() }, Panes: page.Panes})
	}
	put(TabUnits, kit.T("Các đơn vị"), c.Grid)
	put(TabIncoming, kit.T("Nhận và trả"), c.Incoming)
	put(TabPairs, kit.T("Trùng sự kiện"), c.Pairs)
	put(TabKeys, kit.T("Máy và khóa"), c.Keys)
	s.collects = c
	c.Keys.OnShown = func() {
		if s.arriving == TabKeys && s.at == TabKeys {
			s.enter()
		}
	}
	return c
}

// Collects are the tabs that Collect gave.
func (s *Screen) Collects() Collected { return s.collects }

// collecting is a page of such an office.
type collecting interface {
	fyne.CanvasObject
	HelpPage() string
	Reload()
	Panes() []kit.Pane
}

// AskMachine asks for what lets another PC of the office in.
func (s *Screen) AskMachine() {
	if s.machines != nil {
		s.machines.addMachine()
	}
}

// NextPart shows the tab so many further on, round and round, with the keyboard in it.
func (s *Screen) NextPart(step int) {
	keys := s.Tabs(s.state.Role)
	n := len(keys)
	s.View(keys[((slices.Index(keys, s.at)+step)%n+n)%n])
	s.enter()
}

// enter puts the keyboard where the work of the tab is; on one that is not read yet, once
// that is known.
func (s *Screen) enter() {
	s.arriving = s.at
	for _, p := range s.Panes() {
		if first := p.First(); first != nil {
			s.arriving = ""
			p.Enter(s.desk.Window.Canvas(), first)
			return
		}
	}
	s.desk.Window.Canvas().Unfocus() // what had the keyboard is out of sight
}

// Panes are those of the tab that is seen.
func (s *Screen) Panes() []kit.Pane { return s.tabs[s.at].Panes() }

// HelpPage is the page of the help that speaks of the tab that is seen.
func (s *Screen) HelpPage() string { return s.tabs[s.at].Help }

// Dropped takes in the files that were dropped on the window.
func (s *Screen) Dropped(paths []string) {
	if s.state.Role == record.RoleProvince && s.collects.Incoming != nil {
		s.View(TabIncoming)
		s.collects.Incoming.Take(paths)
		return
	}
	if s.handOver.take == nil {
		s.desk.Say(kit.T("Thả tệp danh sách vào một hoạt động, hoặc vào Thiết lập › Nhập danh sách."), nil)
		return
	}
	s.handOver.take.read(paths)
}

// CreateRenderer puts the names of the tabs above the one that is seen.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeNone, kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, s.names, s.problem)), kit.Hairline())
	return widget.NewSimpleRenderer(kit.Border(head, nil, nil, nil, s.stage))
}
