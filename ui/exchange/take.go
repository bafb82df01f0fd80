package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// taking is what takes files in.
type taking struct {
	s      *Screen
	office Taker

	folder  *kit.PathEntry
	field   *kit.Field
	outcome *outcome
	again   *kit.PushButton // shows once more what became of each file
	last    record.TakenIn
	box     *fyne.Container
}

func newTaking(s *Screen, office Taker) *taking {
	t := &taking{s: s, office: office, folder: kit.NewFolderEntry(s.desk), outcome: newOutcome()}
	t.folder.OnSubmitted = func(string) { t.takeFolder() }
	t.field = kit.NewField(kit.T("Nhận từ thư mục hoặc USB"), t.folder.Object())
	t.again = kit.Quiet(kit.T("Xem từng tệp"), "", func() { t.list() })
	t.again.Hide()
	about := kit.Caption(kit.T("Biên nhận, trả lời, danh bạ của cấp trên và gói của máy khác. Tệp không phải của chương trình được bỏ qua."))
	about.Wrap = true
	t.box = kit.VStack(theme.SizeGap, t.field, kit.HStack(theme.SizeGap,
		kit.Primary(kit.T("Nhận"), fynetheme.IconNameDownload, t.takeFolder),
		kit.Button(kit.T("Chọn tệp…"), fynetheme.IconNameFile, t.choose), t.again), t.outcome.box, about)
	return t
}

func (t *taking) offer() {
	t.folder.Offer(fyne.CurrentApp().Preferences().String(takeFolderKey))
}

func (t *taking) takeFolder() {
	folder := strings.TrimSpace(t.folder.Text)
	if folder == "" {
		t.field.SetProblem(kit.T("Hãy chọn thư mục có tệp nhận về, ví dụ USB."))
		t.field.Focus()
		return
	}
	fyne.CurrentApp().Preferences().SetString(takeFolderKey, folder)
	t.read([]string{folder})
}

func (t *taking) choose() {
	kit.ChooseFiles(t.s.desk, kit.FileQuestion{Endings: []string{".zip"}, From: t.folder.Text}, t.read)
}

// read takes files and folders in.
func (t *taking) read(paths []string) {
	t.field.SetProblem("")
	t.outcome.hide()
	kit.RunWithProgress(t.s.desk.Runner, t.s.desk.Window, kit.T("Đang nhận tệp"),
		func(ctx context.Context, report func(done, total int64)) (record.TakenIn, error) {
			return t.office.TakeIn(ctx, paths, func(done, total int) { report(int64(done), int64(total)) })
		}, t.taken)
}

func (t *taking) taken(in record.TakenIn, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		t.last = in
		t.say(kit.Plain, kit.T("Đã dừng; những tệp nhận xong trước đó vẫn giữ ({{.N}}).", map[string]any{"N": kit.Number(int64(len(in.Files)))}))
		kit.SetVisible(t.again, len(in.Files) > 0)
	case err != nil:
		t.field.SetProblem(kit.Sentence(err))
	default:
		t.last = in
		t.say(takenWords(in))
		kit.SetVisible(t.again, len(in.Files) > 0)
		if len(in.Files) > 0 {
			t.list()
		}
	}
	t.s.changed()
}

func (t *taking) say(state kit.State, words string) {
	t.outcome.say(state, words)
	t.s.handOver.page.Refresh()
}

// takenWords are what became of all of it, in one sentence.
func takenWords(in record.TakenIn) (kit.State, string) {
	n := func(i int) map[string]any { return map[string]any{"N": kit.Number(int64(i))} }
	if len(in.Files) == 0 {
		return kit.Plain, kit.T("Không có tệp nào của chương trình ở đó.")
	}
	words := []string{kit.T("Đã nhận {{.N}} tệp", n(in.Applied))}
	if in.Commits > 0 {
		words = append(words, kit.T("{{.N}} thay đổi mới", n(in.Commits)))
	}
	state := kit.Plain
	if in.Refused > 0 {
		state = kit.Wrong
		words = append(words, kit.T("{{.N}} tệp bị từ chối", n(in.Refused)))
	}
	if in.Stopped != (record.Words{}) {
		state = kit.Wrong
	}
	return state, strings.Join(words, ", ") + "."
}

// list says of each file what became of it.
func (t *taking) list() {
	lines := kit.VStack(theme.SizeGap)
	if stopped := kit.In(t.last.Stopped); stopped != "" {
		lines.Add(kit.NewNote(kit.Wrong, stopped))
	}
	for _, f := range t.last.Files {
		lines.Add(kit.NewNote(takenState(f.State), filepath.Base(f.File)+": "+kit.In(f.Words)))
	}
	if t.last.Ignored > 0 {
		lines.Add(kit.Caption(kit.T("Bỏ qua {{.N}} tệp không phải của chương trình.", map[string]any{"N": kit.Number(int64(t.last.Ignored))})))
	}
	_, heading := takenWords(t.last)
	kit.ShowBody(t.s.desk.Window, kit.Plain, strings.TrimSuffix(heading, "."), scrolled(lines))
}

// takenState is how it went with a file. None of it is green: the register has it, and
// nobody has said more.
func takenState(s record.TakenState) kit.State {
	switch s {
	case record.TakenRefused:
		return kit.Wrong
	case record.TakenParked:
		return kit.Attention
	}
	return kit.Plain
}

// low is as high as what scrolls in it, up to what the smallest screen has room for.
type low struct{ lines fyne.CanvasObject }

const highest = 360

func (l low) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, min(l.lines.MinSize().Height, highest))
}

func (low) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// scrolled is a list in a dialog: its lines wrap first, so that they say how high they are.
func scrolled(lines fyne.CanvasObject) fyne.CanvasObject {
	lines.Resize(fyne.NewSize(fynetheme.Size(theme.SizeMeasure), lines.MinSize().Height))
	bar := kit.Border(nil, nil, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, kit.VStack(theme.SizeNone)), lines) // the bar lies over nothing
	return container.New(low{lines}, container.NewVScroll(bar))
}
