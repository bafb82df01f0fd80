package settings

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// keepingForm says how long names are kept, how long a question may wait, and what
// those who come are told about their data.
type keepingForm struct {
	months, days *kit.NumberEntry
	notice       *kit.LongText
	fields       kit.Fields
	content      fyne.CanvasObject
}

func newKeepingForm(save func(), o Options) *keepingForm {
	f := &keepingForm{months: kit.NewNumberEntry(), days: kit.NewNumberEntry(), notice: kit.NewLongText(6)}
	f.months.Entry().OnLeft, f.days.Entry().OnLeft, f.notice.OnLeft = save, save, save
	f.months.Entry().SetPlaceHolder(kit.Number(record.DefaultHideAfter))
	f.days.Entry().SetPlaceHolder(kit.Number(record.DefaultAnswerDays))
	names := f.fields.Add("hide_after", kit.T("Sau bao nhiêu tháng thì ẩn tên"), f.months)
	answer := f.fields.Add("answer_days", kit.T("Câu hỏi được trả lời trong bao nhiêu ngày làm việc"), f.days)
	told := f.fields.Add("notice", kit.T("Lời thông báo"), f.notice)
	print := kit.Button(kit.T("In thông báo"), fynetheme.IconNameDocumentPrint, o.PrintNotice)
	if o.PrintNotice == nil {
		print.Hide()
	}
	f.content = kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Giữ bao lâu")),
		kit.TwoColumns(
			under(names, kit.T("Tính từ ngày của hoạt động. Tên được ẩn, số đếm giữ nguyên.")),
			under(answer, kit.T("Đây là nếp của cơ quan, không phải điều luật quy định."))),
		kit.Section(kit.T("Thông báo cho người tham dự")),
		under(told, kit.T("Để trống thì dùng lời có sẵn. In ra để ở bàn ký tên.")),
		kit.HStack(theme.SizeGap, print))
	return f
}

// under puts a quiet sentence under a field that stays when the field says how it was
// understood.
func under(field *kit.Field, sentence string) fyne.CanvasObject {
	return kit.VStack(theme.SizeTight, field, hint(sentence))
}

func (f *keepingForm) show(o record.Office) {
	f.months.SetValue(o.HideAfter)
	f.days.SetValue(o.AnswerDays)
	f.notice.Display(o.Notice)
}

// value is an office with what the form says; a number that cannot be read is as it was.
func (f *keepingForm) value(o record.Office) record.Office {
	if n, err := f.months.Value(); err == nil {
		o.HideAfter = n
	}
	if n, err := f.days.Value(); err == nil {
		o.AnswerDays = n
	}
	o.Notice = f.notice.Text
	return o
}

// unread says under a number that it is none, and reports whether one is.
func (f *keepingForm) unread() bool {
	months := unreadNumber(f.fields.Field("hide_after"), f.months)
	return unreadNumber(f.fields.Field("answer_days"), f.days) || months
}

func unreadNumber(field *kit.Field, n *kit.NumberEntry) bool {
	_, err := n.Value()
	if err != nil {
		field.SetProblem(kit.Sentence(err))
		return true
	}
	field.SetProblem("")
	return false
}
