package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// officeForm edits what letterhead and signature say.
type officeForm struct {
	desk    kit.Desk
	office  Office
	saving  int
	edited  record.Office
	content fyne.CanvasObject
	foot    *kit.Foot
	fields  kit.Fields

	name, parent, place, recipient, series *kit.Entry
	headName, headTitle, headFor           *kit.Entry
	officers                               *officerList
	rule                                   *kit.Picker
}

func newOfficeForm(desk kit.Desk, office Office) *officeForm {
	f := &officeForm{desk: desk, office: office, foot: kit.NewFoot()}
	f.rule = kit.NewTermPicker(desk.Runner, record.PeriodRules)
	f.rule.OnChosen = func(c kit.Choice) {
		if c.Key != "" {
			f.save()
		}
	}
	who := kit.TwoColumns(
		f.add("name", kit.T("Tên cơ quan"), &f.name),
		f.add("parent_name", kit.T("Cơ quan chủ quản (dòng trên tên cơ quan)"), &f.parent),
		f.add("place", kit.T("Địa danh ghi trên văn bản"), &f.place),
		f.add("recipient", kit.T("Nơi nhận báo cáo năm"), &f.recipient),
		f.add("series", kit.T("Ký hiệu số báo cáo"), &f.series).Hint(kit.T("Ví dụ: BC-VHXH")),
		f.fields.Add("period_rule", kit.T("Kỳ báo cáo năm"), f.rule),
	)
	signs := kit.TwoColumns(
		f.add("head", kit.T("Người ký báo cáo"), &f.headName),
		f.add("head.title", kit.T("Chức vụ người ký"), &f.headTitle),
		f.add("head.for", kit.T("Ký thay, thừa lệnh (nếu có)"), &f.headFor).Hint(kit.T("Ví dụ: TM. ỦY BAN NHÂN DÂN")),
	)
	f.officers = newOfficerList(f.save)
	f.content = kit.Wide(kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Cơ quan")), who,
		kit.Section(kit.T("Ký báo cáo")), signs,
		kit.Section(kit.T("Cán bộ")), f.officers.content, f.foot))
	return f
}

func (f *officeForm) add(name, label string, into **kit.Entry) *kit.Field {
	e := kit.NewEntry()
	e.OnLeft = f.save
	*into = e
	return f.fields.Add(name, label, e)
}

// Edit shows an office, but for the field being typed in and while a save is
// under way: then what stands here is newer.
func (f *officeForm) Edit(o record.Office) {
	if f.saving > 0 {
		return
	}
	f.edited = o
	f.name.Display(o.Name)
	f.parent.Display(o.ParentName)
	f.place.Display(o.Place)
	f.recipient.Display(o.Recipient)
	f.series.Display(o.Series)
	f.headName.Display(o.Head.Name)
	f.headTitle.Display(o.Head.Title)
	f.headFor.Display(o.Head.For)
	f.rule.SetChosen(kit.TermChoice(record.PeriodRules, o.PeriodRule))
	f.officers.show(o.Officers)
}

// Value is the office as the form says it.
func (f *officeForm) Value() record.Office {
	o := f.edited
	o.Name, o.ParentName, o.Place = f.name.Text, f.parent.Text, f.place.Text
	o.Recipient, o.Series = f.recipient.Text, f.series.Text
	o.Head = record.Signer{Name: f.headName.Text, Title: f.headTitle.Text, For: f.headFor.Text}
	o.PeriodRule = f.rule.Chosen().Key
	o.Officers = f.officers.value()
	return o
}

func (f *officeForm) save() {
	o := f.Value()
	if o.ID.IsZero() || len(record.Changed(f.edited, o)) == 0 {
		return
	}
	f.saving++
	kit.Do(f.desk.Runner, func(ctx context.Context) (record.Office, error) {
		if err := f.office.SaveOffice(ctx, o); err != nil {
			return o, err
		}
		return f.office.Office(ctx) // a new officer has an id by now
	}, f.saved)
}

func (f *officeForm) saved(o record.Office, err error) {
	f.saving--
	if err != nil {
		f.officers.setProblem(problemOf(err, "officers"))
		f.foot.Say(f.fields.Place(err))
		return
	}
	f.officers.setProblem("")
	f.fields.Clear()
	if f.saving == 0 {
		f.edited = o
		f.officers.show(o.Officers)
	}
	f.foot.Saved(f.desk.Now())
}

// problemOf is the sentence an error has for a field, "" for none.
func problemOf(err error, field string) string {
	var all record.Problems
	if !errors.As(err, &all) {
		return ""
	}
	for _, r := range all {
		if r.Field == field {
			return kit.In(r.Words)
		}
	}
	return ""
}
