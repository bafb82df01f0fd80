package exchange

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Incoming is the tab Nhận và trả: a folder of files from the units is taken in, what became
// of each is said with what needs a person first, and receipts for all go out in one click.
type Incoming struct {
	widget.BaseWidget

	// OnReports is told that the report of all units together is wanted.
	OnReports func()

	desk kit.Desk
	p    Province

	taken  record.TakenIn
	filter record.TakenState // "" for all
	shown  []int             // of taken.Files, in their order
	at     int               // of shown, what is beside the list

	folder   *kit.PushButton
	files    *kit.PushButton
	receipts *kit.PushButton
	reports  *kit.PushButton
	problem  *kit.Note
	result   *kit.Note
	chips    *kit.ChipRow
	table    *kit.Table
	first    fyne.CanvasObject // before anything was taken in
	detail   *takenDetail
	both     *container.Split
}

// takenOrder is how the files stand in the list: what needs a person first.
var takenOrder = []record.TakenState{record.TakenRefused, record.TakenParked, record.TakenApplied, record.TakenCarried, record.TakenKnown}

// takenWord names what became of a file.
func takenWord(s record.TakenState) string { return kit.Term(record.TakenStates, string(s)) }

// arrived is how it went with a unit's file: what the province took in has reached its end.
func arrived(s record.TakenState) kit.State {
	if s == record.TakenApplied {
		return kit.Fine
	}
	return takenState(s)
}

// NewIncoming makes the tab.
func NewIncoming(desk kit.Desk, p Province) *Incoming {
	in := &Incoming{desk: desk, p: p, problem: kit.NewNote(kit.Wrong, ""), result: kit.NewNote(kit.Fine, "")}
	in.problem.Hide()
	in.result.Hide()
	in.folder = kit.Primary(kit.T("Nhận từ thư mục…"), fynetheme.IconNameFolderOpen, in.AskFolder)
	in.files = kit.Button(kit.T("Nhận tệp…"), fynetheme.IconNameFile, in.AskFiles)
	in.receipts = kit.Button(kit.T("Ghi biên nhận cho tất cả…"), theme.IconExchange, in.AskReceipts)
	in.reports = kit.Quiet(kit.T("Báo cáo tổng hợp"), theme.IconReports, func() {
		if in.OnReports != nil {
			in.OnReports()
		}
	})
	in.chips = kit.NewChipRow(func(c kit.GroupChip) {
		in.filter = record.TakenState(c.Key)
		if c.On {
			in.filter = ""
		}
		in.narrow()
	})
	in.table = kit.NewTable(
		kit.Column{Heading: kit.T("Tình trạng"), Ems: 9},
		kit.Column{Heading: kit.T("Đơn vị"), Ems: 11},
		kit.Column{Heading: kit.T("Tệp")},
		kit.Column{Heading: kit.T("Thay đổi mới"), Ems: 6.5, Number: true},
	)
	in.table.Row = in.row
	in.table.OnOpen, in.table.OnCursor = in.look, in.look
	in.first = kit.EmptyState(kit.T("Cắm USB hay mở thư mục có tệp của các đơn vị, rồi nhấn Nhận từ thư mục. Tệp nào đã nhận thì nhận lại cũng không sao."), nil)
	in.detail = newTakenDetail(in)
	in.both = container.NewHSplit(container.NewPadded(in.table), in.detail.content)
	in.both.SetOffset(0.64)
	in.narrow()
	in.ExtendBaseWidget(in)
	return in
}

// CreateRenderer puts what can be done above what became of the files.
func (in *Incoming) CreateRenderer() fyne.WidgetRenderer {
	tools := kit.Flow(in.folder, in.files, in.receipts, in.reports)
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, tools, in.problem, in.result, in.chips))
	return widget.NewSimpleRenderer(kit.OverRows(head, in.chips, kit.InsetXY(theme.SizeGap, theme.SizeNone, container.NewStack(in.both, in.first))))
}

// HelpPage is the page of the help that speaks of this tab.
func (in *Incoming) HelpPage() string { return "tinh-nhan-tra" }

// Panes are the buttons, the list and what is beside it.
func (in *Incoming) Panes() []kit.Pane {
	return []kit.Pane{{Object: in.folder}, {Object: in.table}, {Object: in.detail.content, Page: in.detail.page, Target: in.detail.first}}
}

// Shows is false for every change: what became of files was said when they came.
func (in *Incoming) Shows(record.Change) bool { return false }

// Reload has nothing to read.
func (in *Incoming) Reload() {}

// AskFolder asks for a folder and takes in what lies in it.
func (in *Incoming) AskFolder() {
	kit.ChooseFile(in.desk, kit.FileQuestion{Heading: kit.T("Thư mục có tệp của các đơn vị"), Folder: true, From: remembered(takenFolderKey)}, func(path string) {
		remember(takenFolderKey, path)
		in.Take([]string{path})
	})
}

// AskFiles asks for files and takes them in.
func (in *Incoming) AskFiles() {
	kit.ChooseFiles(in.desk, kit.FileQuestion{Endings: []string{".zip"}, From: remembered(takenFolderKey)}, in.Take)
}

// Take takes in files and folders.
func (in *Incoming) Take(paths []string) {
	kit.RunWithProgress(in.desk.Runner, in.desk.Window, kit.T("Đang nhận tệp của các đơn vị"),
		func(ctx context.Context, report func(done, total int64)) (record.TakenIn, error) {
			return in.p.TakeIn(ctx, paths, func(done, total int) { report(int64(done), int64(total)) })
		}, func(taken record.TakenIn, err error) { in.show(paths[0], taken, err) })
}

// show says what became of the files, those read before something went wrong too.
func (in *Incoming) show(path string, taken record.TakenIn, err error) {
	in.taken, in.filter, in.at = taken, "", 0
	in.narrow() // before anything else is laid out
	words := kit.In(taken.Stopped)
	switch {
	case stopped(err):
		words = kit.T("Đã dừng theo ý người dùng. Những tệp đã nhận vẫn ở trong sổ; nhận lại thư mục này để nhận phần còn lại.")
	case err != nil:
		words = kit.Sentence(err)
	}
	in.problem.SetText(words)
	kit.SetVisible(in.problem, words != "")
	state := kit.Fine
	if taken.Refused > 0 {
		state = kit.Attention
	}
	in.result.Set(state, in.resultWords(path))
	kit.SetVisible(in.result, len(taken.Files) > 0 || err == nil)
	in.narrow()
	if len(in.shown) > 0 {
		in.desk.Window.Canvas().Focus(in.table.FocusTarget()) // it may never have been drawn
	}
	in.desk.Restate()
}

func (in *Incoming) resultWords(path string) string {
	t := in.taken
	words := kit.T("Đọc {{.Files}} tệp ở {{.Folder}}, {{.Applied}} tệp vào sổ với {{.N}} thay đổi mới, {{.Refused}} tệp bị từ chối.", map[string]any{
		"Folder": path, "Files": kit.Number(int64(len(t.Files))), "Applied": kit.Number(int64(t.Applied)),
		"N": kit.Number(int64(t.Commits)), "Refused": kit.Number(int64(t.Refused))})
	if t.Ignored > 0 {
		words += " " + kit.T("{{.N}} tệp khác không phải của chương trình, để nguyên.", map[string]any{"N": kit.Number(int64(t.Ignored))})
	}
	return words
}

func (in *Incoming) narrow() {
	in.shown = in.shown[:0]
	count := map[record.TakenState]int{}
	for i, f := range in.taken.Files {
		count[f.State]++
		if in.filter == "" || f.State == in.filter {
			in.shown = append(in.shown, i)
		}
	}
	slices.SortStableFunc(in.shown, func(a, b int) int {
		x, y := in.taken.Files[a], in.taken.Files[b]
		return cmp.Or(slices.Index(takenOrder, x.State)-slices.Index(takenOrder, y.State), cmp.Compare(kit.Bare(x.Name), kit.Bare(y.Name)), cmp.Compare(x.No, y.No))
	})
	in.table.SetTotal(len(in.shown))
	var chips []kit.GroupChip
	for _, s := range takenOrder {
		if count[s] > 0 {
			chips = append(chips, kit.GroupChip{Chip: kit.Chip{Key: string(s), Label: takenWord(s), Count: count[s]}, Group: "state", On: in.filter == s})
		}
	}
	in.chips.Set(chips)
	any := len(in.taken.Files) > 0
	kit.SetVisible(in.chips, any)
	kit.SetVisible(in.first, !any)
	kit.SetVisible(in.both, any)
	in.look(0)
	in.Refresh()
}

func (in *Incoming) row(i int) (kit.TableRow, bool) {
	f := in.taken.Files[in.shown[i]]
	fresh := ""
	if f.Commits > 0 {
		fresh = kit.Number(int64(f.Commits))
	}
	return kit.TableRow{Key: f.File, Cells: []string{takenWord(f.State), fromWords(f), filepath.Base(f.File), fresh},
		Marks: []kit.State{arrived(f.State)}}, true
}

// fromWords is whose file it is, as far as it could be read.
func fromWords(f record.Taken) string {
	if f.Name != "" {
		return capital(f.Name)
	}
	if f.From != "" {
		return f.From
	}
	return kit.T("không rõ")
}

func (in *Incoming) look(i int) {
	if i < 0 || i >= len(in.shown) {
		in.detail.content.Hide()
		return
	}
	in.at = i
	in.table.MoveTo(i)
	in.detail.content.Show()
	in.detail.show(in.taken.Files[in.shown[i]])
}

// AskReceipts asks where the receipts of all units go, and writes them.
func (in *Incoming) AskReceipts() {
	askFolder(in.desk, receiptFolderKey, kit.T("Ghi biên nhận cho tất cả"),
		kit.T("Mỗi đơn vị có một biên nhận đã ký, câu trả lời cho đơn vị đó và danh bạ mới. Ai đi đâu thì mang cả thư mục: máy của đơn vị tự lấy phần của mình."),
		func(folder string, ended func(error)) {
			kit.Do(in.desk.Runner, func(ctx context.Context) (record.HandedOver, error) { return in.p.Receipts(ctx, folder) },
				func(out record.HandedOver, err error) {
					ended(err)
					if err == nil {
						in.written(out)
					}
				})
		})
}

func (in *Incoming) written(out record.HandedOver) {
	words := kit.T("Đã ghi {{.N}} tệp vào {{.Folder}}.", map[string]any{"N": kit.Number(int64(len(out.Written) + len(out.Carried))), "Folder": out.Folder})
	state := kit.Fine
	if !out.Safe {
		state = kit.Attention
	}
	in.result.Set(state, words+" "+safeWords(out.Safe))
	in.result.Show()
	in.Refresh()
	offerFolder(in.desk, words, out.Folder)
	in.desk.Restate()
}

// takenDetail is what became of one file, and the message to its sender.
type takenDetail struct {
	in   *Incoming
	file record.Taken

	unit    *kit.Text
	name    *kit.Text
	state   *kit.Note
	message *kit.Text
	copying *kit.PushButton
	told    fyne.CanvasObject
	page    *kit.FormScroll
	content *fyne.Container
}

func newTakenDetail(in *Incoming) *takenDetail {
	d := &takenDetail{in: in, unit: kit.Section(""), name: kit.Caption(""), state: kit.NewNote(kit.Plain, ""), message: kit.Caption("")}
	d.unit.Wrap, d.name.Wrap, d.message.Wrap = true, true, true
	d.message.Color = fynetheme.ColorNameForeground
	d.copying = copyButton(kit.T("Chép lời nhắn"), func() {
		copyText(in.desk, d.message.Text, kit.T("Đã chép lời nhắn cho {{.Unit}}.", map[string]any{"Unit": fromWords(d.file)}))
	})
	d.told = kit.VStack(theme.SizeGap, kit.Hairline(), kit.Section(kit.T("Lời nhắn soạn sẵn")), d.message, kit.HStack(theme.SizeGap, d.copying))
	d.page = kit.NewFormScroll(in.desk.Runner, kit.VStack(theme.SizeGroup, kit.VStack(theme.SizeTight, d.unit, d.name), d.state, d.told))
	d.content = container.NewStack(d.page)
	return d
}

func (d *takenDetail) first() fyne.Focusable {
	if d.told.Visible() {
		return d.copying
	}
	return nil
}

func (d *takenDetail) show(f record.Taken) {
	d.file = f
	d.unit.SetText(fromWords(f))
	d.name.SetText(filepath.Base(f.File))
	words := kit.In(f.Words)
	if words == "" {
		words = takenWord(f.State) + "."
	}
	d.state.Set(arrived(f.State), words)
	d.message.SetText(refusalMessage(f))
	kit.SetVisible(d.told, f.State == record.TakenRefused)
	d.content.Refresh()
}

// refusalMessage is what the sender of a refused file is to be told: which file, why not,
// and that nothing is lost.
func refusalMessage(f record.Taken) string {
	return kit.T("Kính gửi {{.Unit}},\nTệp {{.File}} đã đến nhưng chưa nhận được: {{.Why}}\nSổ của đơn vị vẫn giữ đủ. Đề nghị mở Trao đổi, giao lại gói rồi gửi về như thường lệ.",
		map[string]any{"Unit": cmp.Or(f.Name, fromWords(f)), "File": filepath.Base(f.File), "Why": kit.In(f.Words)})
}
