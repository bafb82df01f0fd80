package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/preview"
	"sophobien/ui/theme"
)

// Lists is what taking in lists asks of the running office.
type Lists interface {
	preview.Office
	ReadListFile(ctx context.Context, path string) (record.ListSource, error)
	Imports(ctx context.Context, activity record.ID) ([]record.Import, error)
	UndoImport(ctx context.Context, id record.ID) (record.Change, error)
	Undo(ctx context.Context, batch string) (record.Change, error)
}

// lists is where lists of units, of the network and of questions come in, and where
// every list that came in can be taken back.
type lists struct {
	desk    kit.Desk
	office  Lists
	asks    *kit.Latest
	content fyne.CanvasObject
	preview *preview.Preview
	onLook  func(on bool) // a list is looked over, or no more
	back    func()        // to where a list was pasted; nil: it was taken in here

	kinds *kit.Chips
	file  *kit.PathEntry
	field *kit.Field
	state *kit.Note
	taken *fyne.Container
}

func newLists(desk kit.Desk, office Lists) *lists {
	l := &lists{
		desk: desk, office: office, asks: kit.NewLatest(desk.Runner), preview: preview.New(desk, office),
		file: kit.NewFileEntry(desk, preview.Endings...), state: kit.NewNote(kit.Plain, ""), taken: kit.VStack(theme.SizeGap),
	}
	l.state.Hide()
	l.preview.Hide()
	l.preview.OnShown = func() { l.look(true) }
	l.preview.OnLeft = func() {
		l.look(false)
		l.goBack()
	}
	l.preview.OnRefused = func(sentence string) {
		l.field.SetProblem(sentence)
		l.back = nil
	}
	l.preview.OnStored = l.stored
	l.kinds = kit.NewChips(l.choose)
	l.choose("unit")
	l.field = kit.NewField(kit.T("Tệp danh sách (bảng tính, văn bản, trang web)"), l.file.Object())
	l.content = kit.Wide(kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Nhập danh sách")),
		kit.Paragraph(kit.T("Danh sách được xem trước, sửa chỗ sai rồi mới ghi. Người tham dự thì nhập ngay trong hoạt động của họ.")),
		l.kinds, l.field,
		kit.HStack(theme.SizeGap, kit.Primary(kit.T("Xem trước"), "", l.readFile), kit.Button(kit.T("Dán từ bảng tính"), fynetheme.IconNameContentPaste, l.paste)),
		l.state,
		kit.Section(kit.T("Danh sách đã nhập")), l.taken))
	return l
}

// take looks over a list that was pasted elsewhere.
func (l *lists) take(of, text string, back func()) {
	l.choose(of)
	l.back = back
	l.field.SetProblem("")
	l.preview.Read(record.ListSource{Text: text}, record.ListOptions{Of: of})
}

// TakesLists reports whether lists of a noun come in here.
func TakesLists(noun string) bool {
	return slices.ContainsFunc(kindsOfList(), func(c kit.Chip) bool { return c.Key == noun })
}

// kindsOfList are the nouns whose lists come in here.
func kindsOfList() []kit.Chip {
	return []kit.Chip{
		{Key: "unit", Label: kit.T("Doanh nghiệp, đơn vị"), Count: -1},
		{Key: "instructor", Label: kit.T("Báo cáo viên, tuyên truyền viên"), Count: -1},
		{Key: "question", Label: kit.T("Câu hỏi"), Count: -1},
	}
}

func (l *lists) choose(of string) {
	if of == "" {
		of = "unit"
	}
	l.kinds.Set(kindsOfList(), of)
}

func (l *lists) readFile() {
	l.field.SetProblem("")
	path := strings.TrimSpace(l.file.Text)
	if path == "" {
		l.field.SetProblem(kit.T("Hãy chọn tệp danh sách, hoặc thả tệp vào cửa sổ."))
		return
	}
	of := l.kinds.Chosen()
	kit.Do(l.desk.Runner, func(ctx context.Context) (record.ListSource, error) {
		return l.office.ReadListFile(ctx, path)
	}, func(src record.ListSource, err error) {
		if err != nil {
			l.field.SetProblem(kit.Sentence(err))
			return
		}
		l.preview.Read(src, record.ListOptions{Of: of})
	})
}

func (l *lists) paste() {
	l.field.SetProblem("")
	text := fyne.CurrentApp().Clipboard().Content()
	if strings.TrimSpace(text) == "" {
		l.field.SetProblem(kit.T("Chưa chép gì. Hãy chép danh sách trong bảng tính (Ctrl+C) rồi nhấn lại."))
		return
	}
	l.preview.Read(record.ListSource{Text: text}, record.ListOptions{Of: l.kinds.Chosen()})
}

// drop reads a file that was dropped on the window.
func (l *lists) drop(path string) {
	l.file.SetText(path)
	l.readFile()
}

func (l *lists) look(on bool) {
	if on {
		l.preview.Show()
	} else {
		l.preview.Hide()
	}
	l.onLook(on)
}

func (l *lists) stored(o preview.Outcome) {
	l.look(false)
	l.file.SetText("")
	said := kit.T("Đã ghi {{.N}} dòng.", map[string]any{"N": kit.Number(o.Import.Rows)})
	if o.Import.Rows == 0 {
		said = kit.T("Không có gì mới: mọi dòng đã có trong sổ.")
	}
	l.state.Set(kit.Fine, said)
	if n := len(o.Parked); n > 0 {
		l.state.Set(kit.Attention, said+" "+kit.T("{{.N}} dòng cần hỏi chưa ghi: sửa trong tệp rồi nhập lại, các dòng đã ghi sẽ không ghi lần nữa.", map[string]any{"N": kit.Number(int64(n))}))
	}
	l.state.Show()
	l.desk.Say(said, func() { l.undo(o.Import.ID) })
	l.reload()
	if len(o.Parked) == 0 {
		l.goBack()
	}
	l.back = nil
}

// goBack goes where a list was pasted.
func (l *lists) goBack() {
	if back := l.back; back != nil {
		l.back = nil
		back()
	}
}

// reload reads what was taken in.
func (l *lists) reload() {
	kit.Ask(l.asks, func(ctx context.Context) ([]record.Import, error) {
		return l.office.Imports(ctx, record.ID{})
	}, func(list []record.Import, err error) {
		if err != nil {
			l.state.Set(kit.Wrong, kit.Sentence(err))
			l.state.Show()
			return
		}
		l.show(list)
	})
}

// shownImports is how many lists are shown; older ones are undone by their batch.
const shownImports = 30

func (l *lists) show(list []record.Import) {
	l.taken.RemoveAll()
	for _, im := range list[:min(len(list), shownImports)] {
		words := kit.Line(listName(im.Of) + " · " + preview.Told(im))
		undo := kit.Button(kit.T("Hoàn tác"), fynetheme.IconNameContentUndo, func() { l.undo(im.ID) })
		l.taken.Add(kit.Border(nil, nil, nil, undo, words))
	}
	if len(list) == 0 {
		l.taken.Add(kit.Caption(kit.T("Chưa nhập danh sách nào.")))
	}
	l.taken.Refresh()
}

// listName says what a list is of.
func listName(of string) string {
	for _, k := range kindsOfList() {
		if k.Key == of {
			return k.Label
		}
	}
	return kit.T("Người tham dự")
}

// undo takes a list back, with the way to take it in again.
func (l *lists) undo(id record.ID) {
	l.desk.TakeBack(func(ctx context.Context) (record.Change, error) { return l.office.UndoImport(ctx, id) }, kit.Redoing(l.office.Undo), func() {
		l.state.Hide()
		l.reload()
	})
}
