package law

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// cited asks for the citation of the provision with the keyboard, as it stands on the day.
func (r *reading) cited(then func(record.Citation)) {
	if r.wanted == "" {
		return
	}
	item, anchor, day := r.r.ID, r.at(), r.r.On
	kit.Do(r.s.desk.Runner, func(ctx context.Context) (record.Citation, error) {
		return r.s.office.Cite(ctx, item, anchor, day)
	}, func(c record.Citation, err error) {
		if err != nil {
			r.s.say(err)
			return
		}
		then(c)
	})
}

// cite copies the citation and offers to take it into a question.
func (r *reading) cite() {
	r.cited(func(c record.Citation) {
		fyne.CurrentApp().Clipboard().SetContent(c.Says())
		words := kit.T("Đã chép trích dẫn: {{.Citation}}.", map[string]any{"Citation": c.Says()})
		if r.s.desk.Offer == nil {
			r.s.desk.Say(words, nil)
			return
		}
		offers := []kit.Offer{{Word: kit.T("Vào câu hỏi mới"), Do: func() { r.s.OnCite(c, true) }}}
		if r.s.OpenQuestion() {
			offers = append([]kit.Offer{{Word: kit.T("Vào câu hỏi đang mở"), Do: func() { r.s.OnCite(c, false) }}}, offers...)
		}
		r.s.desk.Offer(words, offers...)
	})
}

// copyTo copies the words of the provision with where they stand.
func (r *reading) copyTo(clipboard fyne.Clipboard) {
	r.cited(func(c record.Citation) {
		words := c.Says()
		if c.Text != "" {
			words = c.Text + "\n(" + words + ")"
		}
		clipboard.SetContent(words)
		r.s.desk.Say(kit.T("Đã chép lời văn của {{.Citation}}.", map[string]any{"Citation": c.Says()}), nil)
	})
}

// menu offers what can be done, below the buttons.
func (r *reading) menu(items ...*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.tools)
	kit.Menu(r.s.desk.Window, at.AddXY(0, r.tools.Size().Height+size(theme.SizeTight)), items...)
}

// print asks what of the document is printed, and where the file goes.
func (r *reading) print() {
	if len(r.r.Provisions) == 0 {
		return
	}
	anchor := r.at()
	if anchor == "" {
		r.askPrint("")
		return
	}
	r.menu(
		fyne.NewMenuItem(upper(place(r.r.Provisions, r.indexOf(anchor))), func() { r.askPrint(anchor) }),
		fyne.NewMenuItem(kit.T("Cả văn bản"), func() { r.askPrint("") }),
	)
}

func (r *reading) askPrint(anchor string) *kit.Dialog {
	item, day := r.r.ID, r.r.On
	name := kit.FileName(".pdf", called(r.r.Number, r.r.Title), place(r.r.Provisions, r.indexOf(anchor)))
	return kit.AskFile(r.s.desk, kit.T("In văn bản ra tệp PDF"), r.s.DefaultFolder, name, func(path string, ended func(error)) {
		kit.Do(r.s.desk.Runner, func(ctx context.Context) (record.Words, error) {
			return r.s.office.PrintLaw(ctx, item, anchor, day, path)
		}, func(warning record.Words, err error) {
			ended(err)
			if err == nil {
				kit.ShowWritten(r.s.desk, path, warning)
			}
		})
	})
}

// handOut begins the row that says this was made public, or handed out: so it counts.
func (r *reading) handOut() {
	if r.wanted == "" {
		return
	}
	r.menu(
		fyne.NewMenuItem(kit.T("Ghi lượt công khai"), func() { r.s.OnBegin(r.publication()) }),
		fyne.NewMenuItem(kit.T("Ghi tài liệu đã phát"), func() { r.cited(func(c record.Citation) { r.s.OnBegin(r.material(c)) }) }),
	)
}

// publication is one of the document, today; where, a person says.
func (r *reading) publication() record.Publication {
	d := &r.r
	title := d.Title
	if d.Type != "" && !strings.HasPrefix(strings.ToLower(title), strings.ToLower(d.Type)) {
		title = d.Type + " " + strings.TrimSpace(d.Number+" "+title)
	}
	return record.Publication{Document: d.Number, Title: title, On: r.s.today()}
}

// material is a leaflet made of what the keyboard is on.
func (r *reading) material(c record.Citation) record.Material {
	return record.Material{Kind: materialKind(r.r.Kind), Title: upper(c.Says()), Topics: r.r.Topics, Languages: []string{"vi"}, On: r.s.today(), Citations: []record.Citation{c}}
}

// materialKind is what a thing of the library is called in the register of materials.
func materialKind(k record.LawKind) string {
	switch k {
	case record.LawSlide:
		return "slides"
	case record.LawForm:
		return "other"
	}
	return "leaflet"
}

// note begins a note on the provision with the keyboard, or edits the one it has.
func (r *reading) note() {
	if r.wanted == "" {
		return
	}
	if b := r.column.at; b >= 0 && strings.HasPrefix(r.column.blocks[b].key, "note:") {
		r.column.openAt(b)
		return
	}
	r.edit(record.LawNote{Item: r.r.ID, Anchor: r.at()})
}

// edit asks for what the office says of a text. Of a whole document it can also say that
// other days hold than the pack says, and where it found so.
func (r *reading) edit(n record.LawNote) {
	fields := &kit.Fields{}
	words := kit.NewLongText(4)
	words.SetText(n.Text)
	source := kit.NewEntry()
	source.SetText(n.Source)
	day := func(d record.Date) *kit.DateEntry {
		e := kit.NewDateEntry(r.s.office.ParseDate, r.s.today)
		e.SetValue(d)
		return e
	}
	from, to := day(n.Valid.From), day(n.Valid.To)
	body := kit.VStack(theme.SizeGap, fields.Add("text", kit.T("Ghi chú"), words))
	heading := kit.T("Ghi chú về {{.Place}}", map[string]any{"Place": place(r.r.Provisions, r.indexOf(n.Anchor))})
	if n.Anchor == "" {
		heading = kit.T("Ghi chú về văn bản")
		body.Add(kit.TwoColumns(fields.Add("valid", kit.T("Hiệu lực từ ngày (nếu khác gói)"), from), fields.Add("to", kit.T("Đến hết ngày"), to)))
	}
	body.Add(fields.Add("source", kit.T("Nguồn"), source))
	kit.AskFields(r.s.desk.Window, heading, body, kit.T("Lưu"), func(done func()) {
		fields.Clear()
		n.Text, n.Source = strings.TrimSpace(words.Text), strings.TrimSpace(source.Text)
		if n.Anchor == "" {
			var err error
			for _, d := range []struct {
				name string
				e    *kit.DateEntry
				to   *record.Date
			}{{"valid", from, &n.Valid.From}, {"to", to, &n.Valid.To}} {
				if *d.to, err = d.e.Value(); err != nil {
					fields.Field(d.name).SetProblem(kit.Sentence(err))
					fields.Field(d.name).Focus()
					return
				}
			}
		}
		if n.Source != "" || n.Valid != (record.Validity{}) {
			n.CheckedOn = r.s.today()
		}
		kit.Do(r.s.desk.Runner, func(ctx context.Context) (record.LawNote, error) { return r.s.office.SaveLawNote(ctx, n) },
			func(_ record.LawNote, err error) {
				if err != nil {
					if unplaced := fields.Show(err); unplaced != "" {
						r.s.desk.Say(unplaced, nil)
					}
					return
				}
				done()
				r.s.desk.Say(kit.T("Đã lưu ghi chú."), nil)
				r.again()
				r.s.focus(r.column)
			})
	})
}
