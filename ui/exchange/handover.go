package exchange

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// handOver is the tab on which things are handed over and taken in.
type handOver struct {
	s    *Screen
	asks *kit.Latest

	stand *kit.Text // where things stand, in one sentence
	notes *fyne.Container
	give  *giving
	take  *taking // nil: the office takes nothing in
	sent  *sent
	top   *kit.FormScroll // all above the table
	page  *fyne.Container
}

func newHandOver(s *Screen) *handOver {
	h := &handOver{s: s, asks: kit.NewLatest(s.desk.Runner), stand: kit.Section(""), notes: kit.VStack(theme.SizeTight)}
	h.stand.Wrap = true
	h.give, h.sent = newGiving(s), newSent(s)
	columns := kit.TwoColumns(h.give.box)
	if t, ok := s.office.(Taker); ok {
		h.take = newTaking(s, t)
		columns.Add(h.take.box)
	}
	head := kit.VStack(theme.SizeGroup, kit.VStack(theme.SizeGap, h.stand, h.notes), columns, kit.Section(kit.T("Các gói đã ghi")))
	h.top = kit.NewFormScroll(s.desk.Runner, head)
	h.page = container.New(overTable{head}, h.top, kit.InsetXY(theme.SizeGroup, theme.SizeNone, container.NewStack(h.sent.table, h.sent.empty)))
	return h
}

// overTable gives a page above a table the height it needs, as long as a few rows stay in
// sight: with large text, or all there is to say, the page scrolls.
type overTable struct{ content fyne.CanvasObject }

// fewRows are the headings and the rows that stay.
const fewRows = 4

func (overTable) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

func (l overTable) Layout(o []fyne.CanvasObject, size fyne.Size) {
	spare := max(0, size.Height-fewRows*fynetheme.Size(theme.SizeRow))
	o[0].Resize(fyne.NewSize(size.Width, spare)) // what wraps says how high it is once it has its width
	high := min(spare, l.content.MinSize().Height+2*fynetheme.Size(theme.SizeGap))
	o[0].Resize(fyne.NewSize(size.Width, high))
	o[0].Move(fyne.Position{})
	o[1].Move(fyne.NewPos(0, high))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-high))
}

func (h *handOver) tab() Tab {
	return Tab{Key: TabHandOver, Label: kit.T("Giao và nhận"), Help: "trao-doi", Page: h.page, Reload: h.reload, Panes: h.panes}
}

func (h *handOver) panes() []kit.Pane {
	panes := []kit.Pane{{Object: h.give.box, Page: h.top}}
	if h.take != nil {
		panes = append(panes, kit.Pane{Object: h.take.box, Page: h.top})
	}
	return append(panes, kit.Pane{Object: h.sent.table})
}

func (h *handOver) reload(e record.Exchange) {
	h.stand.SetText(standing(e, h.s.desk))
	h.warn(e)
	h.give.offer(e)
	if h.take != nil {
		h.take.offer()
	}
	kit.Ask(h.asks, func(ctx context.Context) ([]record.Sent, error) { return h.s.office.Sent(ctx) }, func(list []record.Sent, err error) {
		h.s.say(err)
		if err == nil {
			h.sent.show(list)
			h.page.Refresh()
		}
	})
}

// warn says in words what a person must know before anything else.
func (h *handOver) warn(e record.Exchange) {
	h.notes.RemoveAll()
	add := func(state kit.State, sentence string) {
		if sentence != "" {
			h.notes.Add(kit.NewNote(state, sentence))
		}
	}
	if alarm := kit.In(e.Alarm); alarm != "" {
		h.notes.Add(h.until(kit.Wrong, alarm, Dismisser.DismissAlarm))
	}
	if news := kit.In(e.RosterNews); news != "" {
		h.notes.Add(h.until(kit.Plain, news, Dismisser.SeenRoster))
	}
	switch {
	case e.Practice && h.s.tabs[TabMachines] != nil && !e.Enrolled:
		add(kit.Attention, kit.T("Chưa có khóa của cấp trên: gói ghi ra bây giờ chỉ để tập, cấp trên không mở được; dữ liệu vẫn giữ đủ. Hãy xin đăng ký ở thẻ Máy và khóa, rồi nhận danh bạ cấp trên gửi về."))
	case e.Practice:
		add(kit.Attention, kit.T("Chưa có khóa của cấp trên: gói ghi ra bây giờ chỉ để tập, cấp trên không mở được. Khi có danh bạ hoặc tệp khóa, nhận vào là giao được; dữ liệu vẫn giữ đủ."))
	case !e.Confirmed && h.s.tabs[TabMachines] != nil:
		add(kit.Attention, kit.T("Khóa của cấp trên chưa được đối chiếu với công văn. Hãy đối chiếu ở thẻ Máy và khóa."))
	}
	if e.Waiting > 0 {
		add(kit.Plain, kit.T("{{.N}} tệp đã nhận còn chờ tệp khác mới dùng được.", map[string]any{"N": kit.Number(int64(e.Waiting))}))
	}
	kit.SetVisible(h.notes, len(h.notes.Objects) > 0)
}

// until is a sentence that stays until a person says that they read it, where the office
// lets it go.
func (h *handOver) until(state kit.State, sentence string, seen func(Dismisser, context.Context) error) fyne.CanvasObject {
	note := kit.NewNote(state, sentence)
	o, can := h.s.office.(Dismisser)
	if !can {
		return note
	}
	read := kit.Quiet(kit.T("Đã rõ"), "", func() {
		kit.Do(h.s.desk.Runner, func(ctx context.Context) (struct{}, error) { return struct{}{}, seen(o, ctx) }, func(_ struct{}, err error) {
			h.s.say(err)
			if err == nil {
				h.s.changed()
			}
		})
	})
	return kit.Border(nil, nil, nil, container.NewVBox(read), kit.InsetXY(theme.SizeNone, theme.SizeGap, note)) // its first line beside the button's word
}

// standing is where things stand, in one sentence.
func standing(e record.Exchange, desk kit.Desk) string {
	return unsentWords(e.Unsent) + "; " + acceptedWords(e, desk) + "."
}

func unsentWords(n int64) string {
	if n == 0 {
		return kit.T("Mọi thay đổi đã có trong một gói")
	}
	return kit.T("{{.N}} thay đổi chưa có trong gói nào", map[string]any{"N": kit.Number(n)})
}

func acceptedWords(e record.Exchange, desk kit.Desk) string {
	data := map[string]any{"When": kit.When(e.LastReceipt, desk.Now()), "Until": kit.When(e.Accepted, desk.Now()), "N": kit.Number(e.Unaccepted)}
	switch {
	case e.LastReceipt == "":
		return kit.T("cấp trên chưa ghi nhận lần nào")
	case e.Unaccepted == 0:
		return kit.T("cấp trên đã ghi nhận tất cả (biên nhận {{.When}})", data)
	case e.Accepted == "":
		return kit.T("cấp trên chưa ghi nhận gì, còn {{.N}} thay đổi chờ (biên nhận {{.When}})", data)
	}
	return kit.T("cấp trên đã ghi nhận đến {{.Until}}, còn {{.N}} thay đổi chờ (biên nhận {{.When}})", data)
}
