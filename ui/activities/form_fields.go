package activities

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// firstFields are the fields in sight before "Thêm".
var firstFields = []string{
	"kind", "title", "when.date", "when.place", "topics", "heads", "heads.total", "heads.women",
	"channel", "link", "times", "prizes",
}

// codeLists are the closed lists behind the fields that hold one code.
var codeLists = map[string][]record.Term{
	"kind": record.ActivityKinds, "form": record.LegalForms, "mode": record.Modes, "status": record.Statuses,
}

// build makes the fields in the order of thought, which is the order of Tab: what,
// when, where, who, with what, result.
func (f *Form) build() {
	first := kit.VStack(theme.SizeGap,
		kit.TwoColumns(f.code("kind", kit.T("Loại hoạt động")), f.pick("topics", kit.T("Chủ đề"), kit.NewTermsPicker(f.runner, f.topics))),
		f.text("title", kit.T("Tên hoạt động")),
		kit.TwoColumns(
			f.day("when.date", kit.T("Ngày")), f.text("when.place", kit.T("Nơi tổ chức")),
			f.text("channel", kit.T("Đài, báo, trang đăng")), f.text("times", kit.T("Số lần phát, số tin bài")),
			f.heads(), f.text("prizes", kit.T("Số giải (cuộc thi)")),
		),
		f.text("link", kit.T("Đường dẫn")),
		f.pointOut(),
	)
	f.texts["times"].SetPlaceHolder(kit.T("để trống là một lần"))
	f.texts["when.date"].SetPlaceHolder(kit.T("5/3, 05/03/2026, hôm nay"))
	f.more = kit.VStack(theme.SizeGroup, f.moreWhat(), f.moreWhen(), f.moreWho(), f.moreWith(), f.moreResult())
	f.toggle = kit.Quiet(kit.T("Thêm"), fynetheme.IconNameMoreVertical, func() { f.openMore(!f.more.Visible()) })
	f.toggle.Alignment = widget.ButtonAlignLeading
	f.below = kit.NewNote(kit.Attention, kit.T("Trong phần này có chỗ nên xem lại."))
	f.below.Hide()
	toggle := kit.Border(nil, nil, f.toggle, nil, kit.InsetXY(theme.SizeGap, theme.SizeGap, f.below))
	f.foot = kit.VStack(theme.SizeGroup)
	all := kit.VStack(theme.SizeGroup, f.problem, first, toggle, f.more, f.foot)
	f.scroll = kit.NewFormScroll(f.runner, all)
	f.more.Hide()
}

func (f *Form) moreWhat() fyne.CanvasObject {
	f.directly = kit.NewCheck(kit.T("Tính là cuộc phổ biến pháp luật trực tiếp"), func(bool) {
		f.direct = f.direct || !f.showing
		f.changed()
	})
	why := kit.Caption(kit.T("Đánh dấu khi có nói trực tiếp với người nghe. Báo cáo đếm mỗi cuộc một lần, kể cả khi đó cũng là lớp tập huấn."))
	why.Wrap = true
	form := f.code("form", kit.T("Hình thức theo Luật Phổ biến, giáo dục pháp luật"))
	fields := kit.TwoColumns(
		f.text("task", kit.T("Nhiệm vụ trong kế hoạch")),
		f.code("status", kit.T("Tình trạng")),
		f.text("woven_into", kit.T("Lồng ghép vào")),
	)
	f.texts["task"].SetPlaceHolder("IV.1.a")
	f.texts["woven_into"].SetPlaceHolder(kit.T("Tên sự kiện; để trống nếu tổ chức riêng"))
	direct := kit.VStack(theme.SizeNone, f.directly, why)
	f.parts["direct"] = []fyne.CanvasObject{direct}
	return section(kit.T("Việc gì"), form, fields, direct)
}

func (f *Form) moreWhen() fyne.CanvasObject {
	return section(kit.T("Khi nào"), kit.TwoColumns(
		f.text("when.start", kit.T("Giờ bắt đầu")),
		f.text("when.end", kit.T("Giờ kết thúc")),
		f.day("when.end_date", kit.T("Ngày cuối, nếu kéo dài nhiều ngày")),
		f.code("mode", kit.T("Cách gặp")),
	))
}

func (f *Form) moreWho() fyne.CanvasObject {
	var counts []fyne.CanvasObject
	for _, h := range headFields[2:] {
		counts = append(counts, f.text(h.name, kit.T(h.label)))
	}
	caption, groups := kit.Caption(kit.T("Số lượt người theo nhóm")), kit.TwoColumns(counts...)
	f.parts["heads"] = append(f.parts["heads"], caption, groups)
	return section(kit.T("Với ai"),
		kit.TwoColumns(
			f.fields.Add("host_unit_id", kit.T("Đơn vị chủ trì nơi tổ chức"), f.host),
			f.pick("audience", kit.T("Đối tượng"), kit.NewTermsPicker(f.runner, record.Audiences)),
			f.pick("co_organisers", kit.T("Đơn vị phối hợp"), kit.NewMultiPicker(f.runner, f.units.find)),
			f.pick("units_reached", kit.T("Đơn vị được tiếp cận"), kit.NewMultiPicker(f.runner, f.units.find)),
			f.pick("languages", kit.T("Ngôn ngữ"), kit.NewTermsPicker(f.runner, ledger.Languages)),
		),
		caption, groups)
}

func (f *Form) moreWith() fyne.CanvasObject {
	f.materials = f.table("materials", materialColumns()...)
	sources := make([]string, len(record.CostSources))
	for i, t := range record.CostSources {
		sources[i] = kit.In(t.Words)
	}
	f.costs = f.table("costs",
		kit.GridColumn{Title: kit.T("Nguồn kinh phí"), Width: 16, Grow: 1, Choices: sources},
		kit.GridColumn{Title: kit.T("Số tiền (đồng)"), Width: 12, Number: true})
	return section(kit.T("Với gì"),
		kit.TwoColumns(f.text("speakers", kit.T("Người nói, cách nhau bằng dấu ;"))),
		f.fields.Add("materials", kit.T("Tài liệu đã phát"), high(f.materials, 4)),
		f.fields.Add("costs", kit.T("Kinh phí đã chi"), high(f.costs, 3)),
		f.cited())
}

// cited is what the activity rests on.
func (f *Form) cited() fyne.CanvasObject {
	f.cites.OnChanged = f.changed
	field := f.fields.Add("citations", kit.T("Căn cứ pháp luật"), f.cites.Object())
	f.cites.Grid().OnRefused = field.SetProblem
	return field
}

func (f *Form) moreResult() fyne.CanvasObject {
	return section(kit.T("Kết quả"),
		f.long("result", kit.T("Kết quả")),
		f.long("note", kit.T("Ghi chú nội bộ, không gửi lên trên")))
}

// heads are the counts everybody fills in, and who fills them in.
func (f *Form) heads() fyne.CanvasObject {
	f.listed = kit.NewCheck(kit.T("Tính theo danh sách người tham dự"), func(on bool) {
		f.lockHeads(on)
		f.changed()
	})
	total, women := f.text("heads.total", kit.T(headFields[0].label)), f.text("heads.women", kit.T(headFields[1].label))
	f.fields.Also("heads", total)
	box := kit.VStack(theme.SizeTight, container.New(halves{}, total, women), f.listed)
	f.parts["heads"] = append(f.parts["heads"], box)
	return box
}

// text adds a field for one line.
func (f *Form) text(name, label string) *kit.Field { return f.entry(name, label, kit.NewEntry()) }

func (f *Form) entry(name, label string, e *kit.Entry) *kit.Field {
	e.OnChanged = func(string) { f.changed() }
	e.OnLeft = func() { f.left(name) }
	f.texts[name] = e
	return f.fields.Add(name, label, e)
}

// day adds a field for a day, which can be chosen from a month too.
func (f *Form) day(name, label string) *kit.Field {
	d := kit.NewDateEntry(f.date, f.today)
	d.Holiday = func(day record.Date) string {
		if f.Holiday == nil {
			return ""
		}
		return f.Holiday(day)
	}
	e := d.Entry()
	e.OnChanged = func(string) { f.changed() }
	e.OnLeft = func() { f.left(name) }
	f.texts[name] = e
	return f.fields.Add(name, label, d)
}

// long adds a field of three lines, in which Tab goes on to the next field.
func (f *Form) long(name, label string) *kit.Field {
	area := kit.NewLongText(3)
	area.OnChanged = func(string) { f.changed() }
	area.OnLeft = func() { f.left(name) }
	f.texts[name] = &area.Entry
	return f.fields.Add(name, label, area)
}

// code adds a field that holds one word of a closed list.
func (f *Form) code(name, label string) *kit.Field {
	picker := kit.NewPicker(f.runner, termFinder(offeredCodes(name)))
	picker.OnChosen, picker.OnTyped = func(kit.Choice) { f.changed() }, f.changed
	picker.Entry().OnLeft = f.follow
	switch name {
	case "kind":
		picker.OnChosen = f.kindChosen
		kit.Recent(picker, "kind")
	case "status":
		picker.OnChosen = func(kit.Choice) {
			f.status = true
			f.changed()
		}
	}
	f.codes[name] = picker
	return f.fields.Add(name, label, picker)
}

// pick adds a field that holds several things.
func (f *Form) pick(name, label string, m *kit.MultiPicker) *kit.Field {
	m.OnChanged = f.changed
	m.Entry().OnLeft = f.follow
	f.lists[name] = m
	return f.fields.Add(name, label, m)
}

// table adds a small grid.
func (f *Form) table(name string, columns ...kit.GridColumn) *kit.Grid {
	g := kit.NewGrid(columns)
	g.Across = true
	g.OnChanged = f.changed
	g.OnRefused = func(sentence string) { f.fields.Field(name).SetProblem(sentence) }
	return g
}

func section(heading string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.VStack(theme.SizeGap, append([]fyne.CanvasObject{kit.Hairline(), kit.Section(heading)}, parts...)...)
}

// halves lays two fields side by side.
type halves struct{}

func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(2*max(a.Width, b.Width)+fynetheme.Size(theme.SizeGap), max(a.Height, b.Height))
}

func (halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := fynetheme.Size(theme.SizeGap)
	half := (size.Width - gap) / 2
	for i := range o {
		o[i].Move(fyne.NewPos(float32(i)*(half+gap), 0))
		o[i].Resize(fyne.NewSize(half, size.Height))
	}
}

// high gives a grid room for a number of rows.
func high(g *kit.Grid, rows int) fyne.CanvasObject {
	return container.New(rowsHigh{rows}, g)
}

type rowsHigh struct{ rows int }

func (r rowsHigh) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, float32(r.rows)*fynetheme.Size(theme.SizeRow))
}

func (rowsHigh) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}
