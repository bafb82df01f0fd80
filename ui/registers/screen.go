package registers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// Screen is the area: the names of the registers, and the open one.
type Screen struct {
	widget.BaseWidget

	desk    kit.Desk
	names   *kit.ChipRow
	ledgers []*ledger.Screen
	stale   []bool
	at      int
	stage   *fyne.Container
}

// New makes the area.
func New(desk kit.Desk, office ledger.Office) *Screen {
	s := &Screen{desk: desk, stage: container.NewStack()}
	s.names = kit.NewChipRow(func(c kit.GroupChip) { s.Open(c.Key) })
	for _, spec := range specs(desk.Now) {
		l := ledger.New(desk, office, spec)
		l.Hide()
		s.ledgers = append(s.ledgers, l)
		s.stage.Add(l)
	}
	s.stale = make([]bool, len(s.ledgers))
	for i := range s.stale {
		s.stale[i] = true
	}
	s.ledgers[0].Show()
	s.name()
	s.ExtendBaseWidget(s)
	return s
}

// Open shows the register of a noun.
func (s *Screen) Open(noun string) {
	for i, l := range s.ledgers {
		if l.Noun() == noun {
			s.ledgers[s.at].Hide()
			s.at = i
			l.Show()
			s.name()
			s.read()
			s.Refresh()
		}
	}
}

// OpenRow shows a row in its register.
func (s *Screen) OpenRow(ref record.Ref) { s.Visit(ref, record.Place{}) }

// Visit shows a row in its register, with the keyboard at a place in its form.
func (s *Screen) Visit(ref record.Ref, at record.Place) {
	s.Open(ref.Noun)
	s.ledgers[s.at].Visit(ref.ID, at)
}

// Has reports whether a noun has its register here.
func (s *Screen) Has(noun string) bool {
	for _, l := range s.ledgers {
		if l.Noun() == noun {
			return true
		}
	}
	return false
}

// Begin begins a row in its register, filled in as far as it is known.
func (s *Screen) Begin(n record.Noun) {
	s.Open(n.Ref().Noun)
	s.Current().Begin(n)
}

// OnPasted hands over what is pasted on the list of a register, with its noun.
func (s *Screen) OnPasted(pasted func(noun, text string)) {
	for _, l := range s.ledgers {
		l.List().OnPasted(func(text string) { pasted(l.Noun(), text) })
	}
}

// Current is the open register.
func (s *Screen) Current() *ledger.Screen { return s.ledgers[s.at] }

func (s *Screen) name() {
	var chips []kit.GroupChip
	for i, l := range s.ledgers {
		chips = append(chips, kit.GroupChip{Group: "register", Chip: kit.Chip{Key: l.Noun(), Label: kit.In(shortNames[l.Noun()]), Count: -1}, On: i == s.at})
	}
	s.names.Set(chips)
}

// shortNames are the registers' names where there is little room.
var shortNames = map[string]record.Words{
	"unit": {VI: "Đơn vị, doanh nghiệp", EN: "Units"}, "instructor": {VI: "Mạng lưới", EN: "Network"},
	"directive": {VI: "Văn bản chỉ đạo", EN: "Directives"}, "publication": {VI: "Công khai", EN: "Publications"},
	"material": {VI: "Tài liệu", EN: "Materials"}, "survey": {VI: "Khảo sát", EN: "Surveys"},
	"model": {VI: "Mô hình", EN: "Models"}, "budget": {VI: "Kinh phí", EN: "Budget"},
}

// Shows reports whether a change touches a register; those not open are read again
// when they are.
func (s *Screen) Shows(c record.Change) bool {
	any := false
	for i, l := range s.ledgers {
		if l.Shows(c) {
			s.stale[i], any = true, true
		}
	}
	return any
}

// Reload reads the open register again.
func (s *Screen) Reload() {
	s.stale[s.at] = true
	s.read()
}

func (s *Screen) read() {
	if s.stale[s.at] {
		s.stale[s.at] = false
		s.Current().Reload()
	}
}

// Search, Create, Save and Repeat are the open register's.
func (s *Screen) Search(text string) { s.Current().Search(text) }

// Create begins a row in the open register.
func (s *Screen) Create() { s.Current().Create() }

// Save stores the row in sight.
func (s *Screen) Save() { s.Current().Save() }

// Repeat begins another row like the one in sight.
func (s *Screen) Repeat() { s.Current().Repeat() }

// Dropped takes files as evidence of the row in sight.
func (s *Screen) Dropped(paths []string) { s.Current().Dropped(paths) }

// CreateRenderer puts the names above the open register.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeNone, kit.InsetXY(theme.SizeGroup, theme.SizeGap, s.names), kit.Hairline())
	return widget.NewSimpleRenderer(kit.Border(head, nil, nil, nil, s.stage))
}
