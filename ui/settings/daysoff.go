package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// DaysOff is what the list of days off asks of the running office.
type DaysOff interface {
	DaysOff(ctx context.Context, year int) ([]record.DayOff, error)
	SaveRecord(ctx context.Context, n record.Noun) (record.Noun, error)
	DeleteRecord(ctx context.Context, ref record.Ref) (record.Change, error)
	Undo(ctx context.Context, batch string) (record.Change, error)
	ParseDate(text string) (record.Date, error)
}

// daysOff shows the days off and the days made up of a year, with how sure each is,
// and lets the office say otherwise.
type daysOff struct {
	desk    kit.Desk
	office  DaysOff
	asks    *kit.Latest
	content fyne.CanvasObject

	year  int
	title *kit.Text
	state *kit.Note
	table *kit.Table
	days  []record.DayOff
}

func newDaysOff(desk kit.Desk, office DaysOff) *daysOff {
	d := &daysOff{desk: desk, office: office, asks: kit.NewLatest(desk.Runner), year: desk.Now().Year()}
	d.title, d.state = kit.Section(""), kit.NewNote(kit.Plain, "")
	d.title.Whole = true
	d.table = kit.NewTable(
		kit.Column{Key: "day", Heading: kit.T("Ngày"), Ems: 13},
		kit.Column{Key: "name", Heading: kit.T("Tên ngày"), Ems: 14},
		kit.Column{Key: "kind", Heading: kit.T("Nghỉ hay làm"), Ems: 8},
		kit.Column{Key: "source", Heading: kit.T("Căn cứ")})
	d.table.OnOpen = func(i int) { d.edit(d.days[i]) }
	years := kit.HStack(theme.SizeGap,
		kit.Button("", fynetheme.IconNameNavigateBack, func() { d.turn(-1) }), d.title,
		kit.Button("", fynetheme.IconNameNavigateNext, func() { d.turn(1) }),
		kit.Spring(), kit.Primary(kit.T("Thêm ngày"), fynetheme.IconNameContentAdd, func() { d.edit(record.DayOff{}) }))
	d.content = kit.VStack(theme.SizeGroup,
		kit.Paragraph(kit.T("Hạn trả lời câu hỏi tính theo lịch này. Ngày “dự kiến” là ngày Nhà nước chưa công bố; có thông báo thì mở ngày đó và sửa.")),
		years, d.state, container.New(tall{15}, d.table))
	return d
}

// tall gives a table the height of a number of rows.
type tall struct{ rows float32 }

func (t tall) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, t.rows*fynetheme.Size(theme.SizeRow))
}

func (tall) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

func (d *daysOff) turn(by int) {
	d.year += by
	d.reload()
}

// reload reads the year.
func (d *daysOff) reload() {
	year := d.year
	kit.Ask(d.asks, func(ctx context.Context) ([]record.DayOff, error) { return d.office.DaysOff(ctx, year) }, d.show)
}

func (d *daysOff) show(days []record.DayOff, err error) {
	d.title.SetText(kit.T("Năm {{.Year}}", map[string]any{"Year": strconv.Itoa(d.year)}))
	if err != nil {
		d.state.Set(kit.Wrong, kit.Sentence(err))
		return
	}
	d.days = days
	d.table.Row = d.row
	d.table.SetTotal(len(days))
	d.sum()
}

// sum says what the list is worth.
func (d *daysOff) sum() {
	unsure := 0
	for _, day := range d.days {
		if unannounced(day) {
			unsure++
		}
	}
	data := map[string]any{"N": kit.Number(int64(len(d.days))), "Unsure": kit.Number(int64(unsure)), "Year": strconv.Itoa(d.year)}
	switch {
	case len(d.days) == 0:
		d.state.Set(kit.Attention, kit.T("Chưa có ngày nghỉ nào của năm {{.Year}}: hạn trả lời chỉ bỏ thứ bảy, chủ nhật.", data))
	case unsure > 0:
		d.state.Set(kit.Attention, kit.T("{{.N}} ngày, {{.Unsure}} ngày dự kiến: chưa có thông báo.", data))
	default:
		d.state.Set(kit.Fine, kit.T("{{.N}} ngày, đều có căn cứ.", data))
	}
}

// unannounced reports whether the State has yet to decide a day.
func unannounced(d record.DayOff) bool { return d.Holiday.IsZero() && d.Confidence == "low" }

func (d *daysOff) row(i int) (kit.TableRow, bool) {
	day := d.days[i]
	kind := kit.T("nghỉ")
	if day.Work {
		kind = kit.T("làm việc")
	}
	row := kit.TableRow{Key: string(day.Day), Cells: []string{kit.DayWords(day.Day), kit.In(day.Name), kind, basis(day)}}
	if unannounced(day) {
		row.Marks = []kit.State{kit.Attention}
	}
	return row, true
}

// basis is what a day rests on.
func basis(d record.DayOff) string {
	switch {
	case d.Instead != nil:
		return kit.T("cơ quan ghi, thay cho: {{.Name}}", map[string]any{"Name": kit.In(*d.Instead)})
	case !d.Holiday.IsZero():
		return kit.T("cơ quan ghi")
	case d.Confidence == "low":
		return kit.T("dự kiến: {{.Why}}", map[string]any{"Why": d.Source})
	}
	return d.Source
}

// dayForm is one day in a sheet.
type dayForm struct {
	fields kit.Fields
	day    *kit.DateEntry
	name   *kit.Entry
	work   *kit.Check
}

// edit opens a day in a sheet: a new one, the office's, or a shipped one that the
// office says otherwise.
func (d *daysOff) edit(day record.DayOff) {
	f := &dayForm{name: kit.NewEntry()}
	f.day = kit.NewDateEntry(d.office.ParseDate, func() record.Date { return record.DateOf(d.desk.Now()) })
	f.work = kit.NewCheck(kit.T("Là ngày làm việc (làm bù, hoặc không được nghỉ)"), nil)
	body := kit.VStack(theme.SizeGap, f.fields.Add("day", kit.T("Ngày"), f.day), f.fields.Add("name", kit.T("Tên ngày"), f.name), f.work)
	heading := kit.T("Thêm ngày")
	if day.Day != "" {
		heading = kit.T("Sửa ngày")
		f.day.SetValue(day.Day)
		f.name.SetText(kit.In(day.Name))
		f.work.Checked = day.Work
		body.Add(hint(basis(day)))
	}
	var sheet *kit.Dialog
	if !day.Holiday.IsZero() {
		words := kit.T("Bỏ ngày này")
		if day.Instead != nil {
			words = kit.T("Trả về ngày có sẵn")
		}
		body.Add(kit.HStack(theme.SizeGap, kit.Button(words, fynetheme.IconNameDelete, func() { sheet.Hide(); d.remove(day) })))
	}
	sheet = kit.AskFields(d.desk.Window, heading, body, kit.T("Lưu"), func(close func()) { d.save(day, f, close) })
}

// save stores the day of a sheet; on a day that has the office's row already, it is
// that row that changes.
func (d *daysOff) save(was record.DayOff, f *dayForm, close func()) {
	on, err := f.day.Value()
	if err != nil {
		f.fields.Field("day").SetProblem(kit.Sentence(err))
		return
	}
	h := record.Holiday{ID: was.Holiday, Day: on, Name: f.name.Text, Work: f.work.Checked}
	kit.Do(d.desk.Runner, func(ctx context.Context) (record.Noun, error) {
		if h.ID.IsZero() && h.Day != "" {
			there, err := d.office.DaysOff(ctx, h.Day.Year())
			if err != nil {
				return nil, err
			}
			for _, day := range there {
				if day.Day == h.Day {
					h.ID = day.Holiday
				}
			}
		}
		return d.office.SaveRecord(ctx, h)
	}, func(_ record.Noun, err error) {
		if err != nil {
			if rest := f.fields.Show(err); rest != "" {
				f.fields.Field("day").SetProblem(rest)
			}
			return
		}
		close()
		d.year = h.Day.Year()
		d.desk.Say(kit.T("Đã ghi ngày {{.Day}}. Hạn của câu hỏi chưa trả lời được tính lại.", map[string]any{"Day": h.Day.String()}), nil)
		d.reload()
	})
}

func (d *daysOff) remove(day record.DayOff) {
	kit.Do(d.desk.Runner, func(ctx context.Context) (record.Change, error) {
		return d.office.DeleteRecord(ctx, record.Ref{Noun: "holiday", ID: day.Holiday})
	}, func(c record.Change, err error) {
		if err != nil {
			d.desk.Say(kit.Sentence(err), nil)
			return
		}
		d.desk.Say(kit.T("Đã bỏ ngày {{.Day}}.", map[string]any{"Day": day.Day.String()}), func() {
			d.desk.TakeBack(kit.Undoing(d.office.Undo, c.Batch), kit.Redoing(d.office.Undo), d.reload)
		})
		d.reload()
	})
}
