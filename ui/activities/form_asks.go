package activities

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// offeredCodes are the words a field offers; what is shown may be another of its list.
func offeredCodes(name string) []record.Term {
	if name == "kind" {
		return record.NewActivityKinds()
	}
	return codeLists[name]
}

// ask shows the fields that the kind asks for. The others keep what they hold.
func (f *Form) ask() {
	kind := f.codes["kind"].Chosen().Key
	for _, name := range f.fields.Names() {
		whole, _, part := strings.Cut(name, ".")
		if !part || whole != "heads" {
			whole = name
		}
		f.showField(name, record.ActivityAsks(kind, whole))
	}
	f.showField("direct", record.ActivityAsks(kind, "direct"))
	f.pointTo(kind)
	f.hintDates()
	f.scroll.Refresh()
}

func (f *Form) showField(name string, visible bool) {
	if field := f.fields.Field(name); field != nil {
		kit.SetVisible(field, visible)
	}
	for _, part := range f.parts[name] {
		kit.SetVisible(part, visible)
	}
}

// reveal shows the fields an error names, asked for or not: a person must be able to
// put them right.
func (f *Form) reveal(err error) {
	var problems record.Problems
	if !errors.As(err, &problems) {
		return
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Field, "heads") {
			f.showField("heads", true)
		}
		f.showField(p.Field, true)
	}
}

// pointOut makes the line that says where else this kind is written down.
func (f *Form) pointOut() fyne.CanvasObject {
	f.pointer = kit.NewNote(kit.Plain, "")
	f.surveys = kit.Quiet(kit.T("Mở Khảo sát"), "", func() { f.OnSurveys() })
	f.elsewhere = kit.Border(nil, nil, nil, f.surveys, kit.InsetXY(theme.SizeNone, theme.SizeGap, f.pointer))
	f.elsewhere.Hide()
	return f.elsewhere
}

func (f *Form) pointTo(kind string) {
	switch kind {
	case "survey":
		f.pointer.SetText(kit.T("Phiếu phát ra, phiếu thu về và câu trả lời ghi ở mục Khảo sát."))
	case "directive":
		f.pointer.SetText(kit.T("Văn bản chỉ đạo, kế hoạch nay có sổ riêng. Dòng đã ghi vẫn giữ ở đây."))
	}
	kit.SetVisible(f.elsewhere, kind == "survey" || kind == "directive")
	kit.SetVisible(f.surveys, kind == "survey" && f.OnSurveys != nil)
}

// ShowWarnings shows what looks wrong and may be right beside the fields it is about,
// and takes earlier warnings away. A hint on the day joins what the day says of itself.
func (f *Form) ShowWarnings(warnings []record.Warning) {
	f.fields.Warn(warnings)
	f.wrongBelow = slices.ContainsFunc(warnings, func(w record.Warning) bool {
		return !w.Hint && w.Field != "status" && !slices.Contains(firstFields, w.Field)
	})
	kit.SetVisible(f.below, f.wrongBelow && !f.more.Visible())
	f.hint = record.Warning{}
	if i := slices.IndexFunc(warnings, func(w record.Warning) bool { return w.Hint }); i >= 0 {
		f.hint = warnings[i]
		f.hinted, _ = f.date(strings.TrimSpace(f.texts["when.date"].Text))
	}
	f.hintDates()
	f.Refresh()
}

// SetStatus says how the activity stands, as the person would.
func (f *Form) SetStatus(code string) {
	f.codes["status"].SetChosen(kit.TermChoice(record.Statuses, code))
	f.status = true
	f.hintDates()
	f.changed()
}

// PutOff puts the activity on another day; what goes on for several days keeps its
// length.
func (f *Form) PutOff(to record.Date) {
	from, err := f.date(strings.TrimSpace(f.texts["when.date"].Text))
	last, errLast := f.date(strings.TrimSpace(f.texts["when.end_date"].Text))
	f.texts["when.date"].SetText(to.String())
	if err == nil && errLast == nil && last >= from {
		days := int(last.Time().Sub(from.Time()).Hours() / 24)
		f.texts["when.end_date"].SetText(to.AddDays(days).String())
	}
	f.hintDates()
	f.changed()
}

// FocusField puts the keyboard into a field of one line and marks what stands there,
// so that typing takes its place. It reports whether there is such a field in sight.
func (f *Form) FocusField(c fyne.Canvas, name string) bool {
	entry := f.texts[name]
	if entry == nil || entry.Disabled() || !f.fields.Field(name).Visible() {
		return false
	}
	c.Focus(entry.Focusable())
	entry.SelectAll()
	return true
}

// GoTo puts the keyboard where something stands, in sight or not; of the materials on
// the one it names.
func (f *Form) GoTo(c fyne.Canvas, at record.Place) {
	field := f.fields.Field(at.Field)
	if field == nil {
		return
	}
	if !slices.Contains(firstFields, at.Field) {
		f.openMore(true)
	}
	f.showField(at.Field, true)
	if at.Field == record.PlaceMaterials {
		kit.FocusIn(c, f.materials)
		row := slices.IndexFunc(f.base.Materials, func(m record.MaterialGiven) bool { return m.Said() == at.Text })
		f.materials.Select(max(row, 0), materialName)
	} else {
		kit.FocusIn(c, field)
	}
	f.scroll.FollowFocus()
}
