package exchange

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// sent is the table of the files sealed here.
type sent struct {
	s     *Screen
	files []record.Sent
	table *kit.Table
	empty fyne.CanvasObject
}

func newSent(s *Screen) *sent {
	l := &sent{s: s, empty: kit.EmptyState(kit.T("Chưa có gói nào được ghi."), nil)}
	l.table = kit.NewTable(
		kit.Column{Heading: kit.T("Số"), Ems: 4, Number: true},
		kit.Column{Heading: kit.T("Ngày"), Ems: 9},
		kit.Column{Heading: kit.T("Gửi cho"), Ems: 14},
		kit.Column{Heading: kit.T("Thay đổi"), Ems: 6, Number: true},
		kit.Column{Heading: kit.T("Dung lượng"), Ems: 7, Number: true},
		kit.Column{Heading: kit.T("Tình trạng"), Ems: 15},
		kit.Column{Heading: kit.T("Tệp, lý do")},
	)
	l.table.Row = func(i int) (kit.TableRow, bool) { return l.row(l.files[i]), true }
	l.table.OnOpen = func(i int) { l.open(l.files[i]) }
	l.table.Hide()
	return l
}

func (l *sent) show(files []record.Sent) {
	l.files = files
	l.table.SetTotal(len(files))
	kit.SetVisible(l.empty, len(files) == 0)
	kit.SetVisible(l.table, len(files) > 0)
}

func (l *sent) row(f record.Sent) kit.TableRow {
	last := f.Name
	if why := reason(f); why != "" {
		last = why
	}
	commits := kit.Number(f.Commits)
	if f.Kind == "blob" { // photos are no entries
		commits = ""
	}
	return kit.TableRow{
		Key:   f.ID,
		Cells: []string{kit.Number(f.No), kit.When(f.Created, l.s.desk.Now()), receiver(f), commits, kit.Size(f.Size), stateWords(f), last},
		Marks: []kit.State{5: mark(f)},
	}
}

// receiver is who a file is for, and what kind of thing it is where it is no record.
func receiver(f record.Sent) string {
	who := f.UnitName
	switch {
	case f.Device != "":
		who = kit.T("Máy khác của cơ quan")
	case f.Kind == "roster" || f.Kind == "units":
		who = kit.T("Mọi đơn vị")
	case who == "":
		who = f.Unit
	}
	if f.Kind == "blob" {
		who = strings.TrimPrefix(who+", "+kit.T("ảnh và tệp"), ", ")
	}
	return who
}

// path are the five states in the order one is reached after the other.
var path = []record.HandOverState{
	record.StateSaved, record.StatePacked, record.StateHanded, record.StateReceived, record.StateAccepted,
}

// stateWords say how far a file came: as a step of five, or how it ended.
func stateWords(f record.Sent) string {
	words := kit.In(f.Says(f.State))
	if step := slices.Index(path, f.State); step >= 0 {
		words = strconv.Itoa(step+1) + "/" + strconv.Itoa(len(path)) + "  " + words
	}
	if f.Practice {
		words += kit.T(" (tập)")
	}
	return words
}

// mark is the icon of a state. Only what the receiver accepted is fine.
func mark(f record.Sent) kit.State {
	switch f.State {
	case record.StateAccepted:
		return kit.Fine
	case record.StateRefused:
		return kit.Wrong
	case record.StateParked:
		return kit.Attention
	}
	return kit.Plain
}

// reason says what a person must know of a file; "" for nothing.
func reason(f record.Sent) string {
	if why := kit.In(f.Reason); why != "" {
		return why
	}
	if f.Lost {
		return kit.T("Tệp trong máy không còn; sổ vẫn giữ đủ, lần giao sau có lại.")
	}
	return ""
}

// meaning is what a state is, and is not.
func meaning(f record.Sent, s record.HandOverState) string {
	switch s {
	case record.StateSaved:
		return kit.T("Thay đổi nằm trong sổ của máy này.")
	case record.StatePacked:
		return kit.T("Đã ký, mã hóa thành tệp; tệp còn nằm trong máy này.")
	case record.StateHanded:
		return kit.T("Đã ghi ra USB, thư mục hay thư và đọc lại đúng; chưa ai xác nhận đã nhận.")
	case record.StateReceived:
		if f.Device != "" {
			return kit.T("Máy kia có tệp này.")
		}
		return kit.T("Cấp trên có tệp này, theo biên nhận có chữ ký.")
	}
	if f.Device != "" {
		return kit.T("Gói máy kia đóng về sau cho biết nó có mọi thay đổi trong tệp.")
	}
	return kit.T("Biên nhận có chữ ký bao gồm mọi thay đổi trong tệp.")
}

// reached is the last of the five states a file is known to have reached.
func reached(f record.Sent) int {
	switch step := slices.Index(path, f.State); {
	case step >= 0:
		return step
	case f.State == record.StateParked || f.State == record.StateRefused:
		return slices.Index(path, record.StateReceived)
	case len(f.Places) > 0:
		return slices.Index(path, record.StateHanded)
	}
	return slices.Index(path, record.StatePacked)
}

// open tells all of one file, with the way to hand over the same file again.
func (l *sent) open(f record.Sent) {
	folder := kit.NewFolderEntry(l.s.desk)
	folder.SetText(l.s.handOver.give.folder.Text)
	field := kit.NewField(kit.T("Giao lại đúng tệp này vào"), folder.Object())
	told := kit.VStack(theme.SizeGroup, l.about(f), kit.VStack(theme.SizeGap, l.steps(f)...))
	if why := reason(f); why != "" {
		told.Add(kit.NewNote(max(mark(f), kit.Attention), why))
	}
	if len(f.Places) > 0 {
		places := kit.Caption(kit.T("Đã ghi ở: {{.Places}}", map[string]any{"Places": strings.Join(f.Places, "; ")}))
		places.Wrap = true
		told.Add(places)
	}
	body := kit.VStack(theme.SizeGroup, scrolled(told), field)
	heading := kit.T("Gói số {{.No}}: {{.State}}", map[string]any{"No": kit.Number(f.No), "State": kit.In(f.Says(f.State))})
	kit.AskFields(l.s.desk.Window, heading, body, kit.T("Giao lại"), func(done func()) {
		l.again(f, strings.TrimSpace(folder.Text), field, done)
	})
}

func (l *sent) about(f record.Sent) fyne.CanvasObject {
	words := []string{f.Name, receiver(f), kit.T("{{.N}} thay đổi", map[string]any{"N": kit.Number(f.Commits)}), kit.Size(f.Size)}
	c := kit.Caption(strings.Join(words, " · "))
	c.Wrap = true
	return c
}

// steps are the five states, those that were reached with a sign.
func (l *sent) steps(f record.Sent) []fyne.CanvasObject {
	far := reached(f)
	var out []fyne.CanvasObject
	for i, state := range path {
		icon := theme.Icon(fynetheme.IconNameRadioButton)
		if i <= far {
			icon = theme.Icon(fynetheme.IconNameConfirm)
		}
		if i <= far && state == record.StateAccepted {
			icon = fynetheme.NewSuccessThemedResource(icon)
		}
		name := kit.Line(kit.In(f.Says(state)))
		name.Style.Bold = i == far
		if when := l.when(f, state, i <= far); when != "" {
			name.Text += ", " + when
		}
		means := kit.Caption(meaning(f, state))
		means.Wrap = true
		out = append(out, kit.Border(nil, nil, widget.NewIcon(icon), nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, kit.VStack(theme.SizeNone, name, means))))
	}
	return out
}

// when is the day a state was reached, where it is known.
func (l *sent) when(f record.Sent, state record.HandOverState, reached bool) string {
	switch {
	case !reached:
		return ""
	case state == record.StatePacked:
		return kit.When(f.Created, l.s.desk.Now())
	case state == f.State, state == record.StateReceived && slices.Index(path, f.State) < 0:
		return kit.When(f.Stated, l.s.desk.Now())
	}
	return ""
}

func (l *sent) again(f record.Sent, folder string, field *kit.Field, done func()) {
	if folder == "" {
		field.SetProblem(kit.T("Hãy chọn thư mục, ví dụ USB hoặc thư mục Tài liệu."))
		return
	}
	kit.Do(l.s.desk.Runner, func(ctx context.Context) (record.HandedOver, error) {
		return l.s.office.HandOverAgain(ctx, f.ID, folder)
	}, func(handed record.HandedOver, err error) {
		if err != nil {
			field.SetProblem(kit.Sentence(err))
			return
		}
		done()
		l.s.handOver.give.handed(folder, handed)
	})
}
