package wizard

import (
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// namesPage asks for the names on letterhead and signature, filled in with what
// is usual where nothing else was typed.
type namesPage struct {
	fields                    kit.Fields
	office, parent            *kit.Entry
	place, recipient          *kit.Entry
	headName, headTitle       *kit.Entry
	officerName, officerTitle *kit.Entry
	filled                    map[*kit.Entry]string
	box                       fyne.CanvasObject
}

func newNamesPage() *namesPage {
	p := &namesPage{filled: map[*kit.Entry]string{}}
	p.box = kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Cơ quan")),
		kit.TwoColumns(
			p.add("name", kit.T("Tên cơ quan"), &p.office),
			p.add("parent_name", kit.T("Cơ quan chủ quản (dòng trên tên cơ quan)"), &p.parent),
			p.add("place", kit.T("Địa danh ghi trên văn bản"), &p.place),
			p.add("recipient", kit.T("Nơi nhận báo cáo năm"), &p.recipient),
		),
		kit.Section(kit.T("Người")),
		kit.TwoColumns(
			p.add("officers", kit.T("Cán bộ ghi sổ (họ và tên)"), &p.officerName),
			p.add("officers.title", kit.T("Chức vụ cán bộ"), &p.officerTitle),
			p.add("head", kit.T("Người ký báo cáo (có thể ghi sau)"), &p.headName),
			p.add("head.title", kit.T("Chức vụ người ký"), &p.headTitle),
		))
	return p
}

func (p *namesPage) add(name, label string, into **kit.Entry) *kit.Field {
	*into = kit.NewEntry()
	field := p.fields.Add(name, label, *into)
	(*into).OnChanged = func(typed string) {
		if strings.TrimSpace(typed) != "" { // that it is empty is all that can be wrong
			field.SetProblem("")
		}
	}
	return field
}

// fill writes what is proposed where the person has not written something else.
func (p *namesPage) fill(proposed record.Setup) {
	for e, text := range map[*kit.Entry]string{
		p.office: proposed.OfficeName, p.parent: proposed.ParentName, p.place: proposed.Place,
		p.recipient: proposed.Recipient, p.headTitle: proposed.HeadTitle, p.officerTitle: proposed.OfficerTitle,
	} {
		if e.Text == p.filled[e] {
			p.filled[e] = text
			e.SetText(text)
		}
	}
}

func (p *namesPage) into(s *record.Setup) {
	s.OfficeName, s.ParentName, s.Place, s.Recipient = text(p.office), text(p.parent), text(p.place), text(p.recipient)
	s.OfficerName, s.OfficerTitle = text(p.officerName), text(p.officerTitle)
	s.HeadName, s.HeadTitle = text(p.headName), text(p.headTitle)
}

func text(e *kit.Entry) string { return strings.TrimSpace(e.Text) }

func (p *namesPage) heading() string            { return kit.T("Cơ quan và người ghi sổ") }
func (p *namesPage) content() fyne.CanvasObject { return p.box }
func (p *namesPage) first() fyne.Focusable      { return p.officerName }

func (p *namesPage) check() bool {
	p.fields.Clear()
	ok := p.need("officers", p.officerName, kit.T("Hãy ghi họ tên người ghi sổ; mỗi lần ghi đều mang tên này."))
	return p.need("name", p.office, kit.T("Hãy ghi tên cơ quan.")) && ok
}

func (p *namesPage) need(name string, e *kit.Entry, sentence string) bool {
	if text(e) != "" {
		return true
	}
	p.fields.Field(name).SetProblem(sentence)
	p.fields.Field(name).Focus()
	return false
}
