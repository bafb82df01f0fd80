package exchange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// outcome is what became of what was done just now, in words as large as the page's: a
// person with a stick in hand waits for them.
type outcome struct {
	icon  *widget.Icon
	words *kit.Text
	box   *fyne.Container
}

func newOutcome() *outcome {
	o := &outcome{icon: widget.NewIcon(nil), words: kit.Paragraph("")}
	o.words.Style.Bold = true
	o.box = kit.Border(nil, nil, container.NewVBox(o.icon), nil, kit.InsetXY(theme.SizeTight, theme.SizeNone, o.words))
	o.box.Hide()
	return o
}

func (o *outcome) say(state kit.State, words string) {
	icon := theme.Icon(fynetheme.IconNameInfo)
	switch state {
	case kit.Attention:
		icon = fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameWarning))
	case kit.Wrong:
		icon = fynetheme.NewErrorThemedResource(theme.Icon(fynetheme.IconNameError))
	}
	o.icon.SetResource(icon)
	o.words.SetText(words)
	o.box.Show()
}

func (o *outcome) hide() { o.box.Hide() }
