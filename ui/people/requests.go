package people

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Requests is what people may ask of the office about their data. Each leaves a line in
// the log of personal data.
type Requests interface {
	PersonalData(ctx context.Context, person record.ID) (record.PersonalData, error)
	CorrectPerson(ctx context.Context, p record.Person, reason string) (record.Change, error)
	ErasureOf(ctx context.Context, person record.ID) (record.Erasure, error)
	ErasePerson(ctx context.Context, person record.ID, reason string) (record.Forgotten, error)
	PersonalDue(ctx context.Context) (record.PersonalDue, error)
	HideOldNames(ctx context.Context, before record.Date) (record.Forgotten, error)
	ClearOldFields(ctx context.Context) (record.Forgotten, error)
}

// tools are what can be done at a person's request.
func (s *Screen) tools(n record.Noun) []fyne.CanvasObject {
	p := n.(record.Person)
	if p.ID.IsZero() || p.FullName == record.NameErased || p.FullName == record.NameHidden {
		return nil
	}
	var menu *kit.PushButton
	menu = kit.Quiet(kit.T("Yêu cầu của người này…"), theme.IconShield, func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(menu)
		kit.Menu(s.desk.Window, at.AddXY(0, menu.Size().Height),
			fyne.NewMenuItem(kit.T("Xem mọi thông tin đang giữ"), func() { s.tell(p) }),
			fyne.NewMenuItem(kit.T("Sửa theo yêu cầu…"), s.correct),
			fyne.NewMenuItem(kit.T("Xóa theo yêu cầu…"), func() { s.erase(p) }))
	})
	return []fyne.CanvasObject{menu}
}

// tell shows all that is held of a person, to be copied and handed over.
func (s *Screen) tell(p record.Person) {
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.PersonalData, error) {
		return s.office.PersonalData(ctx, p.ID)
	}, func(data record.PersonalData, err error) {
		if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
			return
		}
		body := kit.VStack(theme.SizeGroup)
		for _, part := range data.Parts {
			lines := kit.VStack(theme.SizeTight, kit.Section(kit.In(part.Heading)))
			for _, l := range part.Lines {
				lines.Add(kit.Paragraph(kit.In(l)))
			}
			body.Add(lines)
		}
		text := data.Text(kit.Language())
		copying := kit.Button(kit.T("Chép để giao cho người yêu cầu"), fynetheme.IconNameContentCopy, func() {
			fyne.CurrentApp().Clipboard().SetContent(text)
			s.desk.Say(kit.T("Đã chép; dán vào văn bản trả lời."), nil)
		})
		page := kit.Border(nil, container.NewHBox(copying), nil, nil, container.New(high{}, container.NewVScroll(body)))
		kit.ShowBody(s.desk.Window, kit.Plain, kit.T("Thông tin sổ đang giữ về {{.Name}}", map[string]any{"Name": data.Name}), page)
	})
}

// high is as much of a dialog as the smallest screen has room for.
type high struct{}

func (high) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, 380)
}

func (high) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// correct stores what the form says, with the reason the log keeps.
func (s *Screen) correct() {
	n, err := s.people.Form().Value()
	s.people.Form().ShowProblem(err)
	if err != nil {
		return
	}
	p := n.(record.Person)
	s.askReason(kit.T("Sửa theo yêu cầu"), kit.T("Sửa các ô trong biểu trước, rồi ghi yêu cầu ở đây; nhật ký giữ lại lý do và tên các ô đã sửa."), kit.T("Sửa"), func(reason string, close func()) {
		kit.Do(s.desk.Runner, func(ctx context.Context) (record.Change, error) {
			return s.office.CorrectPerson(ctx, p, reason)
		}, func(ch record.Change, err error) {
			close()
			switch {
			case err != nil:
				s.people.Form().ShowProblem(err)
			case ch.Batch == "":
				s.desk.Say(kit.T("Chưa có ô nào được sửa."), nil)
			default:
				s.people.Forget()
				s.desk.Say(kit.T("Đã sửa và ghi vào nhật ký dữ liệu cá nhân."), nil)
			}
		})
	})
}

// erase asks, naming what will be lost, since it cannot be taken back.
func (s *Screen) erase(p record.Person) {
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Erasure, error) {
		return s.office.ErasureOf(ctx, p.ID)
	}, func(e record.Erasure, err error) {
		if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
			return
		}
		s.askErase(p, e)
	})
}

// mostAsked is how many questions are named before an erasure.
const mostAsked = 5

// lost names what else an erasure takes: who asked in which questions, and what it does
// not reach.
func lost(p record.Person, e record.Erasure) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var before []string
	for _, name := range e.Names {
		if name != p.FullName {
			before = append(before, name)
		}
	}
	if len(before) > 0 {
		out = append(out, kit.Paragraph(kit.T("Tên đã ghi trước khi sửa, cũng bị xóa: {{.Names}}.", map[string]any{"Names": strings.Join(before, "; ")})))
	}
	if n := len(e.Asked); n > 0 {
		lines := kit.VStack(theme.SizeTight, kit.NewNote(kit.Attention, kit.T("{{.N}} câu hỏi ghi dưới các tên này, có thể của người khác cùng tên, mất người hỏi và liên hệ:", map[string]any{"N": kit.Number(int64(n))})))
		for _, q := range e.Asked[:min(n, mostAsked)] {
			lines.Add(kit.Line(q.Received.String() + ", " + q.Asker + ": " + q.Text))
		}
		if n > mostAsked {
			lines.Add(kit.Caption(kit.T("và {{.N}} câu nữa", map[string]any{"N": kit.Number(int64(n - mostAsked))})))
		}
		out = append(out, lines)
	}
	if n := len(e.Drafts); n > 0 {
		out = append(out, kit.NewNote(kit.Attention, kit.T("{{.N}} bản nháp chưa lưu còn chứa tên; việc xóa không sửa bản nháp.", map[string]any{"N": kit.Number(int64(n))})))
	}
	return out
}

func (s *Screen) askErase(p record.Person, e record.Erasure) {
	warning := kit.T("Xóa hẳn họ tên, ngày sinh, đơn vị đã ghi và mọi thông tin cá nhân của {{.Name}}, cả trong lịch sử; không hoàn tác được. Các lượt tham dự và số liệu báo cáo giữ nguyên. Bản sao lưu đã có từ trước không đổi.", map[string]any{"Name": p.FullName})
	s.askReason(kit.T("Xóa theo yêu cầu"), warning, kit.T("Xóa hẳn"), func(reason string, close func()) {
		kit.Do(s.desk.Runner, func(ctx context.Context) (record.Forgotten, error) {
			return s.office.ErasePerson(ctx, p.ID, reason)
		}, func(gone record.Forgotten, err error) {
			close()
			switch {
			case err != nil:
				s.desk.Say(kit.Sentence(err), nil)
			case len(gone.Drafts) > 0:
				s.people.Forget()
				kit.ShowSentence(s.desk.Window, kit.Attention, kit.T("Đã xóa, nhưng tên còn trong bản nháp"),
					kit.T("Có {{.N}} bản nháp chưa lưu còn chứa tên này. Hãy mở các hoạt động, câu hỏi đang ghi dở, bỏ hoặc sửa bản nháp.", map[string]any{"N": kit.Number(int64(len(gone.Drafts)))}))
			default:
				s.people.Forget()
				s.desk.Say(kit.T("Đã xóa thông tin cá nhân; số liệu giữ nguyên."), nil)
			}
		})
	}, lost(p, e)...)
}

// askReason asks what the log is to say of a request, with more to know above it.
func (s *Screen) askReason(heading, explained, do string, then func(reason string, close func()), more ...fyne.CanvasObject) {
	entry := kit.NewEntry()
	field := kit.NewField(kit.T("Số, ngày đơn yêu cầu (ghi vào nhật ký)"), entry)
	kit.AskFields(s.desk.Window, heading, kit.VStack(theme.SizeGroup, append(append([]fyne.CanvasObject{kit.Paragraph(explained)}, more...), field)...), do, func(close func()) {
		reason := strings.TrimSpace(entry.Text)
		if reason == "" {
			field.SetProblem(kit.T("Hãy ghi yêu cầu, ví dụ: đơn ngày 20/03/2026."))
			field.Focus()
			return
		}
		then(reason, close)
	})
}
