package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// optional are the personal fields an office may switch on.
var optional = []record.Term{
	{Code: "phone", Words: record.Words{VI: "Số điện thoại", EN: "Phone number"}},
	{Code: "id_number", Words: record.Words{VI: "Số căn cước", EN: "ID number"}},
	{Code: "ethnicity", Words: record.Words{VI: "Dân tộc (dữ liệu nhạy cảm)", EN: "Ethnicity (sensitive)"}},
	{Code: "disability", Words: record.Words{VI: "Khuyết tật (dữ liệu nhạy cảm)", EN: "Disability (sensitive)"}},
}

// consentForm switches optional personal fields on, each with its purpose, and says
// how long names are kept and what those who come are told.
type consentForm struct {
	desk    kit.Desk
	office  Office
	edited  record.Office
	saving  int
	content fyne.CanvasObject
	foot    *kit.Foot
	rows    []*consentRow
	keeping *keepingForm
}

type consentRow struct {
	code    string
	check   *kit.Check
	purpose *kit.Entry
	field   *kit.Field
	months  *kit.NumberEntry
	kept    *kit.Field
	asked   fyne.CanvasObject // purpose and months
}

func newConsentForm(desk kit.Desk, office Office, o Options) *consentForm {
	f := &consentForm{desk: desk, office: office, foot: kit.NewFoot()}
	list := kit.VStack(theme.SizeGroup)
	for _, t := range optional {
		row := f.newRow(t)
		f.rows = append(f.rows, row)
		list.Add(kit.VStack(theme.SizeTight, row.check, row.asked))
	}
	why := kit.Paragraph(kit.T("Sổ chỉ cần họ tên, giới tính, năm sinh, đơn vị. Trường dưới đây chỉ bật khi có mục đích; mục đích được ghi lại. Dữ liệu này nằm mã hóa trong máy và không có trong gói giao đi."))
	f.keeping = newKeepingForm(f.save, o)
	f.content = kit.Wide(kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Trường thông tin cá nhân tùy chọn")), why, list, f.keeping.content, f.foot))
	return f
}

func (f *consentForm) newRow(t record.Term) *consentRow {
	row := &consentRow{code: t.Code, purpose: kit.NewEntry(), months: kit.NewNumberEntry()}
	row.field = kit.NewField(kit.T("Mục đích thu thập"), row.purpose)
	row.kept = kit.NewField(kit.T("Giữ bao nhiêu tháng (để trống: như tên)"), row.months)
	row.asked = kit.TwoColumns(row.field, row.kept)
	row.check = kit.NewCheck(kit.In(t.Words), func(bool) { f.switched(row) })
	row.purpose.OnLeft, row.months.Entry().OnLeft = f.save, f.save
	row.asked.Hide()
	return row
}

// switched saves a field switched off at once; one switched on waits for its purpose.
func (f *consentForm) switched(row *consentRow) {
	if row.check.Checked {
		row.asked.Show()
		row.field.Focus()
		return
	}
	row.asked.Hide()
	row.field.SetProblem("")
	f.save()
}

// Edit shows an office's choices.
func (f *consentForm) Edit(o record.Office) {
	if f.saving > 0 {
		return
	}
	f.edited = o
	for _, row := range f.rows {
		i := slices.IndexFunc(o.Collects, func(c record.Collect) bool { return c.Field == row.code })
		if i < 0 {
			continue
		}
		row.check.Checked = true
		row.check.Refresh()
		row.purpose.Display(o.Collects[i].Purpose)
		row.months.SetValue(o.Collects[i].Months)
		row.asked.Show()
	}
	f.keeping.show(o)
}

// Value is the office with the choices of the form.
func (f *consentForm) Value() record.Office {
	o := f.edited
	o.Collects = nil
	for _, row := range f.rows {
		if row.check.Checked {
			months, _ := row.months.Value() // what is no number was said by missing
			o.Collects = append(o.Collects, record.Collect{Field: row.code, Purpose: row.purpose.Text, Months: months})
		}
	}
	return f.keeping.value(o)
}

func (f *consentForm) save() {
	o := f.Value()
	unread := f.missing()
	if o.ID.IsZero() || len(record.Changed(f.edited, o)) == 0 || unread {
		return
	}
	f.saving++
	kit.Do(f.desk.Runner, func(ctx context.Context) (record.Office, error) {
		return o, f.office.SaveOffice(ctx, o)
	}, f.saved)
}

// missing says under each field switched on that it has no purpose yet, and under each
// number that it is none.
func (f *consentForm) missing() bool {
	found := f.keeping.unread()
	for _, row := range f.rows {
		sentence := ""
		if row.check.Checked && row.purpose.Text == "" {
			sentence = kit.T("Hãy ghi mục đích; chưa có mục đích thì trường này chưa được bật.")
			found = true
		}
		row.field.SetProblem(sentence)
		found = unreadNumber(row.kept, row.months) || found
	}
	return found
}

func (f *consentForm) saved(o record.Office, err error) {
	f.saving--
	if err != nil {
		f.foot.Say(f.keeping.fields.Place(err))
		return
	}
	f.edited = o
	f.keeping.fields.Clear()
	f.foot.Saved(f.desk.Now())
}
