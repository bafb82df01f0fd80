package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Finder searches all registers at once.
type Finder interface {
	SearchAll(ctx context.Context, text string, limit int) ([]record.Hit, error)
}

// foundOfEach is how many rows of each register a search shows.
const foundOfEach = 12

// found lists what a search over all registers has found, in the place of the open
// area, until something is opened or Escape goes back.
type found struct {
	widget.BaseWidget

	shell *Shell
	asks  *kit.Latest
	title *kit.Text
	note  *kit.Note
	table *kit.Table
	hits  []record.Hit
}

func newFound(s *Shell) *found {
	f := &found{shell: s, asks: kit.NewLatest(s.desk.Runner), title: kit.Section(""), note: kit.NewNote(kit.Plain, "")}
	f.table = kit.NewTable(
		kit.Column{Key: "kind", Heading: kit.T("Loại"), Ems: 11},
		kit.Column{Key: "title", Heading: kit.T("Tên, nội dung")},
		kit.Column{Key: "detail", Heading: kit.T("Thông tin thêm"), Ems: 30},
	)
	f.table.OnOpen = f.open
	f.ExtendBaseWidget(f)
	return f
}

// Find searches everywhere and shows what is found.
func (s *Shell) Find(text string) {
	finder, ok := s.office.(Finder)
	text = strings.TrimSpace(text)
	if !ok || text == "" {
		return
	}
	kit.Ask(s.found.asks, func(ctx context.Context) ([]record.Hit, error) {
		return finder.SearchAll(ctx, text, foundOfEach)
	}, func(hits []record.Hit, err error) {
		if err != nil {
			s.toast.Say(kit.Sentence(err), nil)
			return
		}
		s.found.show(text, hits)
		s.areas[s.at].Screen.Hide()
		s.found.Show()
		if len(hits) > 0 {
			s.desk.Window.Canvas().Focus(s.found.FocusTarget())
			s.found.table.MoveTo(0)
		}
	})
}

// leaveFound goes back to the open area.
func (s *Shell) leaveFound() {
	if s.found.Visible() {
		s.found.Hide()
		if s.at >= 0 {
			s.areas[s.at].Screen.Show()
		}
	}
}

func (f *found) show(text string, hits []record.Hit) {
	f.hits = hits
	f.title.SetText(kit.T("Tìm “{{.Text}}” khắp sổ", map[string]any{"Text": text}))
	f.note.SetText(kit.T("{{.N}} kết quả. Enter mở, Esc trở lại.", map[string]any{"N": kit.Number(int64(len(hits)))}))
	if len(hits) == 0 {
		f.note.SetText(kit.T("Không tìm thấy ở đâu trong sổ. Hãy gõ một phần tên khác; không cần gõ dấu."))
	}
	rows := make([][]string, len(hits))
	for i, h := range hits {
		d, _ := record.Describe(h.Ref.Noun)
		rows[i] = []string{upperFirst(kit.In(d.Words)), h.Title, told(h)}
	}
	f.table.SetRows(rows)
	f.Refresh()
}

// told is why a row was found, where its title does not say so, and what tells it from
// its namesakes.
func told(h record.Hit) string {
	return strings.Join(slices.DeleteFunc([]string{upperFirst(kit.In(h.Why)), kit.In(h.Detail)}, func(s string) bool { return s == "" }), " · ")
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// FocusTarget is the rows; nil while there are none.
func (f *found) FocusTarget() fyne.Focusable {
	if len(f.hits) == 0 {
		return nil
	}
	return f.table.FocusTarget()
}

func (f *found) open(i int) {
	hit := f.hits[i]
	f.shell.leaveFound()
	f.shell.OpenAt(hit.Ref, hit.Place)
}

// Hide forgets what still runs.
func (f *found) Hide() {
	f.asks.Drop()
	f.BaseWidget.Hide()
}

// CreateRenderer shows the heading above the rows.
func (f *found) CreateRenderer() fyne.WidgetRenderer {
	head := kit.InsetXY(theme.SizeEdge, theme.SizeGap, kit.VStack(theme.SizeTight, f.title, f.note))
	return widget.NewSimpleRenderer(kit.Border(head, nil, nil, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, f.table)))
}
