package ledger

import (
	"context"
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// List shows the rows of a listing that a filter leaves: chips with their counts
// above, what is filtered in words, columns that can be chosen, sorted and sized,
// and that stay as a person left them.
type List struct {
	widget.BaseWidget

	OnOpen func(record.ID) // a row was chosen: by a tap, or with Enter
	OnNew  func()          // nil: nothing can be begun here
	OnTake func(record.ID) // Delete on a row; nil: nothing is taken away here
	// Mark is the state a row is marked with; nil for none.
	Mark func(row record.ListRow) kit.State

	desk    kit.Desk
	office  lister
	listing *record.Listing
	topics  []record.Term
	words   ListWords
	pages   *kit.Pages[record.ListPage, record.ListRow]
	filter  record.ListFilter
	years   string // "this", "last" or "" for all
	open    record.ID

	chips   *kit.ChipRow
	said    *kit.Text
	problem *kit.Note
	table   *kit.Table
	empty   *fyne.Container
	sums    *kit.Text
	out     *kit.PushButton // nil: the office writes no lists
}

// ListWords are the sentences that only the noun knows.
type ListWords struct {
	New     string // the button that begins a row
	Nothing string // there is none yet
}

// lister is the part of the office that reads lists.
type lister interface {
	Rows(ctx context.Context, f record.ListFilter) (record.ListPage, error)
}

// NewList makes the list of a noun that has a listing.
func NewList(desk kit.Desk, office lister, topics []record.Term, noun string, words ListWords) *List {
	l := &List{
		desk: desk, office: office, listing: record.ListingOf(noun), topics: topics, words: words,
		pages: kit.NewPages(desk.Runner, func(p record.ListPage) ([]record.ListRow, int) { return p.Rows, p.Total }),
		said:  kit.Caption(""), problem: kit.NewNote(kit.Wrong, ""), empty: container.NewStack(), sums: kit.Caption(""),
	}
	l.filter = record.ListFilter{Noun: noun, Only: map[string]string{}}
	if l.listing.Day != "" {
		l.years = "this"
	}
	l.problem.Hide()
	l.chips = kit.NewChipRow(l.chosen)
	l.table = kit.NewTable(tableColumns(l.listing)...)
	l.table.Row, l.table.OnOpen, l.table.OnCursor = l.row, l.opened, func(int) {}
	l.table.OnSort, l.table.OnState, l.table.OnSearch = l.sorted, l.keepState, l.searchFrom
	l.table.OnRefused = func(sentence string) { desk.Say(sentence, nil) }
	l.table.Selects = true
	l.restoreState()
	l.pages.OnFirst, l.pages.OnPage = l.show, l.table.Refresh
	if exporter, ok := office.(Exporter); ok {
		l.out = kit.Quiet(kit.T("Xuất, in…"), fynetheme.IconNameDocumentPrint, func() { l.offerOut(exporter) })
	}
	l.ExtendBaseWidget(l)
	return l
}

// Reload reads the list anew for its filter.
func (l *List) Reload() {
	l.filter.Period = kit.YearSpan(l.years, l.desk.Now())
	f := l.filter
	if l.said.Text == "" { // nothing is shown yet: lists of people are read after the start
		l.said.SetText(reading())
	}
	l.pages.Load(func(ctx context.Context, offset, limit int) (record.ListPage, error) {
		f.Offset, f.Limit = offset, limit
		return l.office.Rows(ctx, f)
	})
}

func reading() string { return kit.T("Đang đọc danh sách…") }

// Filter is what the list shows now.
func (l *List) Filter() record.ListFilter { return l.filter }

// Columns are the names of the columns that are shown, in their order.
func (l *List) Columns() []string {
	var out []string
	for _, c := range l.table.State().Columns {
		if !c.Hidden {
			out = append(out, c.Key)
		}
	}
	return out
}

// Search narrows the list to a text.
func (l *List) Search(text string) {
	l.filter.Text = text
	l.table.SelectNone()
	l.Reload()
}

// Only narrows the list to one code of a facet, "" for all, whatever the year.
func (l *List) Only(facet, code string) {
	l.filter.Only = map[string]string{facet: code}
	l.years = ""
	l.Reload()
}

// Narrow shows what a filter of this noun leaves, in the list's own order.
func (l *List) Narrow(f record.ListFilter) {
	l.filter.Only, l.filter.Text = map[string]string{}, f.Text
	for facet, code := range f.Only {
		l.filter.Only[facet] = code
	}
	l.years = ""
	l.table.SelectNone()
	l.Reload()
}

// Focus gives the keyboard to the rows.
func (l *List) Focus() { l.table.Focus() }

// SetOpen shows which row stands open.
func (l *List) SetOpen(id record.ID) {
	l.open = id
	if at := l.pages.Find(func(r record.ListRow) bool { return r.ID == id }); at >= 0 {
		l.table.MoveTo(at)
	}
}

func (l *List) row(i int) (kit.TableRow, bool) {
	r, there := l.pages.Row(i)
	if !there {
		return kit.TableRow{}, false
	}
	out := kit.TableRow{Key: r.ID.String(), Cells: make([]string, len(r.Cells))}
	for c := range r.Cells {
		out.Cells[c] = Cell(&l.listing.Columns[c], r.Cells[c], l.topics)
	}
	if l.Mark != nil {
		if state := l.Mark(r); state != kit.Plain {
			out.Marks = []kit.State{state}
		}
	}
	return out, true
}

func (l *List) opened(i int) {
	if r, there := l.pages.Row(i); there {
		l.open = r.ID
		l.OnOpen(r.ID)
	}
}

func (l *List) sorted(s kit.Sorting) {
	l.filter.Sort, l.filter.Desc = s.Key, s.Down
	l.Reload()
}

func (l *List) stateKey() string { return "ledger." + l.listing.Noun + ".table" }

func (l *List) keepState(s kit.TableState) {
	if text, err := json.Marshal(s); err == nil {
		fyne.CurrentApp().Preferences().SetString(l.stateKey(), string(text))
	}
}

func (l *List) restoreState() {
	var s kit.TableState
	text := fyne.CurrentApp().Preferences().String(l.stateKey())
	if text == "" || json.Unmarshal([]byte(text), &s) != nil {
		return // as it comes
	}
	l.table.SetState(s)
	l.filter.Sort, l.filter.Desc = s.Sort.Key, s.Sort.Down
}

// searchFrom hands a letter typed among the rows to the window's search.
func (l *List) searchFrom(c rune) {
	kit.PassShortcut(l.table, &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl})
	if f := l.desk.Window.Canvas().Focused(); f != nil {
		f.TypedRune(c)
	}
}

func (l *List) show(page record.ListPage, err error) {
	l.problem.Hidden = err == nil
	if err != nil {
		if l.said.Text == reading() {
			l.said.SetText("")
		}
		l.problem.SetText(kit.Sentence(err))
		l.Refresh()
		return
	}
	l.said.SetText(l.sentence(page))
	l.sums.SetText(l.sumsIn(page))
	l.chips.Set(l.chipsOf(page))
	l.showEmpty(page.Total)
	l.table.SetTotal(page.Total)
	l.SetOpen(l.open)
	l.Refresh()
}

// chipsOf are the filters in one row: the year, then each facet with its counts.
func (l *List) chipsOf(page record.ListPage) []kit.GroupChip {
	var chips []kit.GroupChip
	if l.listing.Day != "" {
		chips = append(chips,
			kit.GroupChip{Group: "year", Chip: kit.Chip{Key: "this", Label: kit.T("Năm nay"), Count: -1}, On: l.years == "this"},
			kit.GroupChip{Group: "year", Chip: kit.Chip{Key: "last", Label: kit.T("Năm trước"), Count: -1}, On: l.years == "last"})
	}
	for _, facet := range l.listing.Facets {
		c := &l.listing.Columns[l.listing.Column(facet)]
		for _, t := range c.Terms {
			on := l.filter.Only[facet] == t.Code
			if n := page.By[facet][t.Code]; n > 0 || on {
				chips = append(chips, kit.GroupChip{Group: facet, Chip: kit.Chip{Key: t.Code, Label: kit.In(t.Words), Count: n}, On: on})
			}
		}
	}
	return chips
}

// chosen switches a filter on, or off when it was on.
func (l *List) chosen(c kit.GroupChip) {
	key := c.Key
	if c.On {
		key = ""
	}
	if c.Group == "year" {
		l.years = key
	} else {
		l.filter.Only[c.Group] = key
	}
	l.table.SelectNone()
	l.Reload()
}

// sentence says what is shown: "23 văn bản, năm 2026, Kế hoạch".
func (l *List) sentence(page record.ListPage) string {
	said := []string{kit.T("{{.N}} dòng", map[string]any{"N": kit.Number(int64(page.Total))})}
	if l.filter.Period.From != "" {
		said = append(said, kit.T("năm {{.Year}}", map[string]any{"Year": l.filter.Period.From.Year()}))
	}
	for _, facet := range l.listing.Facets {
		if code := l.filter.Only[facet]; code != "" {
			said = append(said, kit.Term(l.listing.Columns[l.listing.Column(facet)].Terms, code))
		}
	}
	if l.filter.Text != "" {
		said = append(said, "“"+l.filter.Text+"”")
	}
	return strings.Join(said, ", ")
}

// sumsIn says the sums of the columns of numbers.
func (l *List) sumsIn(page record.ListPage) string {
	var said []string
	for i := range l.listing.Columns {
		c := &l.listing.Columns[i]
		if n := page.Sums[c.Name]; n > 0 {
			said = append(said, strings.ToLower(kit.In(c.Words))+": "+kit.Number(n))
		}
	}
	return strings.Join(said, " · ")
}

// showEmpty says why nothing is here, and gives the one way on.
func (l *List) showEmpty(total int) {
	l.empty.RemoveAll()
	l.table.Hidden = total == 0
	if total > 0 {
		return
	}
	var begin *kit.PushButton
	if l.OnNew != nil {
		begin = kit.Primary(l.words.New, fynetheme.IconNameContentAdd, l.OnNew)
	}
	switch {
	case l.narrowed():
		l.empty.Add(kit.EmptyState(kit.T("Không có dòng nào khớp với điều kiện lọc."), kit.Button(kit.T("Bỏ lọc"), "", l.clearFilter)))
	case l.years != "":
		l.empty.Add(kit.EmptyState(kit.T("Năm {{.Year}} chưa ghi gì ở đây.", map[string]any{"Year": l.filter.Period.From.Year()}), begin))
	default:
		l.empty.Add(kit.EmptyState(l.words.Nothing, begin))
	}
}

func (l *List) narrowed() bool {
	for _, code := range l.filter.Only {
		if code != "" {
			return true
		}
	}
	return l.filter.Text != ""
}

func (l *List) clearFilter() {
	l.filter.Text, l.filter.Only, l.years = "", map[string]string{}, ""
	l.Reload()
}

// CreateRenderer puts the filters above the rows.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	top := kit.HStack(theme.SizeGap)
	if l.OnNew != nil {
		top.Add(kit.Primary(l.words.New, fynetheme.IconNameContentAdd, func() { l.OnNew() }))
	}
	top.Add(kit.Spring())
	if l.out != nil {
		top.Add(l.out)
	}
	head := kit.VStack(theme.SizeGap, top, l.chips, kit.Border(nil, nil, l.said, nil, l.sums), l.problem)
	l.said.Whole = true
	l.sums.Align = fyne.TextAlignTrailing
	return widget.NewSimpleRenderer(kit.OverRows(kit.InsetXY(theme.SizeGroup, theme.SizeGap, head), l.chips, container.NewStack(l.table, l.empty)))
}
