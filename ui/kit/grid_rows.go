package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
)

// gridRowView draws one row: its cells in the body, its number and word in the
// margin. It shows another row when the grid scrolls.
type gridRowView struct {
	row    int
	cells  *fyne.Container
	margin *fyne.Container
	line   *canvas.Rectangle
	edge   *canvas.Rectangle
	texts  []*canvas.Text
	marks  []*canvas.Image
	number *canvas.Text
	word   *canvas.Text
}

func newGridRowView(g *Grid) *gridRowView {
	v := &gridRowView{
		row: -1, line: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil),
		number: canvas.NewText("", nil), word: canvas.NewText("", nil),
	}
	v.cells = container.NewWithoutLayout(v.line)
	for range g.columns {
		text, mark := canvas.NewText("", nil), canvas.NewImageFromResource(nil)
		mark.Hidden = true
		v.texts, v.marks = append(v.texts, text), append(v.marks, mark)
		v.cells.Objects = append(v.cells.Objects, text, mark)
	}
	v.number.Alignment = fyne.TextAlignTrailing
	v.margin = container.NewWithoutLayout(v.edge, v.number, v.word)
	return v
}

// show reads a row's text and state.
func (v *gridRowView) show(g *Grid, row int) {
	v.row = row
	there := row <= len(g.sheet.rows)
	v.cells.Hidden, v.margin.Hidden = !there, !there
	if !there {
		return
	}
	var state GridRowState
	if g.State != nil && row < len(g.sheet.rows) {
		state = g.State(row, g.sheet.rows[row])
	}
	for col := range g.columns {
		v.showCell(g, col, g.sheet.text(row, col), state.Cells[col])
	}
	v.showMargin(g, row, state)
	v.line.FillColor = fynetheme.Color(fynetheme.ColorNameSeparator)
	v.edge.FillColor = v.line.FillColor
}

func (v *gridRowView) showCell(g *Grid, col int, content string, mark CellMark) {
	text := v.texts[col]
	text.TextSize = fynetheme.TextSize()
	text.Color = fynetheme.Color(fynetheme.ColorNameForeground)
	if g.columns[col].Fixed {
		text.Color = fynetheme.Color(fynetheme.ColorNamePlaceHolder)
	}
	text.Text = shorten(content, g.width(col)-2*fynetheme.InnerPadding(), text.TextSize)
	text.Alignment = fyne.TextAlignLeading
	if g.columns[col].Number {
		text.Alignment = fyne.TextAlignTrailing
	}
	text.Move(fyne.NewPos(g.lefts[col]+fynetheme.InnerPadding(), 0))
	text.Resize(fyne.NewSize(g.width(col)-2*fynetheme.InnerPadding()-1, rowHeight()-1))
	text.Refresh()
	v.showMark(g, col, mark)
}

func (v *gridRowView) showMark(g *Grid, col int, mark CellMark) {
	image := v.marks[col]
	image.Hidden = mark == CellPlain
	if image.Hidden {
		return
	}
	side := fynetheme.TextSize() * 4 / 7
	image.Resource = mark.icon()
	image.Move(fyne.NewPos(g.lefts[col+1]-1-side, 0))
	image.Resize(fyne.NewSquareSize(side))
	image.Refresh()
}

func (v *gridRowView) showMargin(g *Grid, row int, state GridRowState) {
	v.number.Text = strconv.Itoa(row + 1)
	if row == len(g.sheet.rows) {
		v.number.Text = "+"
	}
	v.word.Text = state.Word
	v.word.Color = fynetheme.Color(state.Mark.colour())
	v.number.Color = fynetheme.Color(fynetheme.ColorNamePlaceHolder)
	number := numberWidth()
	for _, text := range []*canvas.Text{v.number, v.word} {
		text.TextSize = fynetheme.CaptionTextSize()
		text.Refresh()
	}
	v.number.Resize(fyne.NewSize(number, rowHeight()-1))
	v.word.Move(fyne.NewPos(number+fynetheme.InnerPadding(), 0))
	v.word.Resize(fyne.NewSize(marginWidth()-number-fynetheme.InnerPadding(), rowHeight()-1))
}

func (v *gridRowView) move(y, width, height float32) {
	v.cells.Move(fyne.NewPos(0, y))
	v.cells.Resize(fyne.NewSize(width, height))
	v.line.Move(fyne.NewPos(0, height-1))
	v.line.Resize(fyne.NewSize(width, 1))
	v.margin.Move(fyne.NewPos(0, y))
	v.margin.Resize(fyne.NewSize(marginWidth(), height))
	v.edge.Move(fyne.NewPos(0, height-1))
	v.edge.Resize(fyne.NewSize(marginWidth(), 1))
}

// numberWidth has room for four digits; marginWidth for a short word beside.
func numberWidth() float32 { return fynetheme.CaptionTextSize() * 2.6 }
func marginWidth() float32 { return numberWidth() + fynetheme.CaptionTextSize()*5 }

func (g *Grid) width(col int) float32 { return g.lefts[col+1] - g.lefts[col] }

// shorten cuts a text that is too long for its room and ends it with "…".
func shorten(text string, room, size float32) string {
	if text == "" || fyne.MeasureText(text, size, fyne.TextStyle{}).Width <= room {
		return text
	}
	letters := []rune(text)
	low, high := 0, len(letters)-1
	for low < high {
		middle := (low + high + 1) / 2
		if fyne.MeasureText(string(letters[:middle])+"…", size, fyne.TextStyle{}).Width <= room {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(letters[:low]) + "…"
}
