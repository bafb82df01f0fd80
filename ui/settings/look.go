package settings

import (
	"strconv"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

var variants = []record.Term{
	{Code: string(theme.System), Words: record.Words{VI: "Theo máy", EN: "As the desktop"}},
	{Code: string(theme.Light), Words: record.Words{VI: "Sáng", EN: "Light"}},
	{Code: string(theme.Dark), Words: record.Words{VI: "Tối", EN: "Dark"}},
}

var languages = []record.Term{
	{Code: "vi", Words: record.Words{VI: "Tiếng Việt", EN: "Tiếng Việt"}},
	{Code: "en", Words: record.Words{VI: "English", EN: "English"}},
}

// lookForm changes how the window looks, at once.
type lookForm struct {
	look    Look
	onLook  func(Look)
	content fyne.CanvasObject
}

func newLookForm(o Options) *lookForm {
	f := &lookForm{look: o.Look, onLook: o.OnLook}
	variant := radio(variants, string(f.look.Variant), func(code string) { f.look.Variant = theme.Variant(code) }, f.changed)
	scale := radio(scales(), strconv.Itoa(percent(f.look.Scale)), func(code string) {
		if n, err := strconv.Atoi(code); err == nil {
			f.look.Scale = float32(n) / 100
		}
	}, f.changed)
	language := radio(languages, f.look.Language, func(code string) { f.look.Language = code }, f.changed)
	f.content = kit.Wide(kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Giao diện")),
		kit.NewField(kit.T("Nền"), variant),
		kit.NewField(kit.T("Cỡ chữ"), scale),
		kit.NewField(kit.T("Ngôn ngữ"), language)))
	return f
}

func (f *lookForm) changed() {
	if f.onLook != nil {
		f.onLook(f.look)
	}
}

func percent(scale float32) int { return int(scale*100 + 0.5) }

func scales() []record.Term {
	var out []record.Term
	for _, s := range theme.Scales {
		p := strconv.Itoa(percent(s))
		out = append(out, record.Term{Code: p, Words: record.Words{VI: p + " %"}})
	}
	return out
}

func radio(terms []record.Term, chosen string, set func(string), changed func()) *kit.Radio {
	labels := make([]string, len(terms))
	codes := map[string]string{}
	for i, t := range terms {
		labels[i] = kit.In(t.Words)
		codes[labels[i]] = t.Code
	}
	r := kit.NewRadioLine(labels, func(label string) {
		set(codes[label])
		changed()
	})
	r.Display(kit.Term(terms, chosen))
	return r
}
