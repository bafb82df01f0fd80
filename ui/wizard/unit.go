package wizard

import (
	"context"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// unitPage asks under which arrangement the office reports, and for whom.
type unitPage struct {
	way     *kit.Radio // a register anew, or another PC of an office that has one
	second  string     // the label of the latter
	presets []record.Term
	choice  *kit.Radio
	picker  *kit.Picker
	field   *kit.Field
	found   map[string]record.UnitChoice
	box     fyne.CanvasObject
}

func newUnitPage(desk kit.Desk, starter Starter, presets []record.Term) *unitPage {
	p := &unitPage{presets: presets, found: map[string]record.UnitChoice{}}
	labels := make([]string, len(presets))
	for i, preset := range presets {
		labels[i] = kit.In(preset.Words)
	}
	p.second = kit.T("Máy thứ hai của cơ quan đã có sổ")
	p.way = kit.NewRadio([]string{kit.T("Lập sổ mới"), p.second}, nil)
	way := kit.NewField(kit.T("Máy này"), p.way)
	_, joins := starter.(Joiner)
	way.Hidden = !joins
	p.choice = kit.NewRadio(labels, nil)
	p.picker = kit.NewPicker(desk.Runner, p.find(desk.Runner, starter))
	p.choice.OnChanged = func(string) {
		p.picker.SetFind(p.find(desk.Runner, starter))
		p.picker.SetChosen(kit.Choice{})
		p.chosen(kit.Choice{})
	}
	p.picker.SetPlaceHolder(kit.T("Gõ tên, không cần dấu: dak ha"))
	p.picker.OnChosen = p.chosen
	p.field = kit.NewField(kit.T("Đơn vị báo cáo"), p.picker)
	p.box = kit.VStack(theme.SizeGroup,
		kit.Paragraph(kit.T("Sổ ghi lại việc phổ biến pháp luật lao động của một đơn vị và làm báo cáo năm từ đó. Trừ đơn vị, mọi điều chọn ở đây đều sửa lại được ở Thiết lập.")),
		way,
		kit.NewField(kit.T("Cách báo cáo"), p.choice),
		p.field)
	return p
}

// chosen says under the field which of the namesakes was chosen: with what is above it.
func (p *unitPage) chosen(c kit.Choice) {
	p.field.SetProblem("")
	if c.Detail == "" {
		p.field.Hint(c.Text)
		return
	}
	p.field.Hint(c.Text + ", " + c.Detail)
}

// find searches the units of the preset now chosen and remembers what was offered:
// a picker's choice is a key and words only.
func (p *unitPage) find(r *kit.Runner, starter Starter) kit.Find {
	preset := p.preset()
	return func(ctx context.Context, query string) ([]kit.Choice, error) {
		units, err := starter.FindUnits(ctx, preset, query, 8)
		if err != nil {
			return nil, err
		}
		out := make([]kit.Choice, len(units))
		for i, u := range units {
			out[i] = kit.Choice{Key: u.ID.String(), Text: u.Name, Detail: u.Detail}
		}
		r.Post(func() {
			for _, u := range units {
				p.found[u.ID.String()] = u
			}
		})
		return out, nil
	}
}

func (p *unitPage) preset() string {
	for _, preset := range p.presets {
		if kit.In(preset.Words) == p.choice.Chosen() {
			return preset.Code
		}
	}
	return ""
}

// joins reports whether this PC is another one of an office that has its register.
func (p *unitPage) joins() bool { return p.way.Chosen() == p.second }

func (p *unitPage) unit() record.UnitChoice { return p.found[p.picker.Chosen().Key] }

func (p *unitPage) heading() string            { return kit.T("Đơn vị của bạn") }
func (p *unitPage) content() fyne.CanvasObject { return p.box }
func (p *unitPage) first() fyne.Focusable      { return p.picker.FocusTarget() }

func (p *unitPage) check() bool {
	if p.unit().ID.IsZero() {
		p.field.SetProblem(kit.T("Hãy chọn đơn vị trong danh sách hiện ra khi gõ."))
		p.field.Focus()
		return false
	}
	return true
}
