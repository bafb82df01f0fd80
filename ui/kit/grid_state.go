package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// CellMark says how a cell stands; it is shown in the cell's corner.
type CellMark int

// The marks, from the quietest to the loudest.
const (
	CellPlain     CellMark = iota
	CellKnown              // of somebody or something the register knows
	CellRepaired           // put right on the way in
	CellDuplicate          // said twice
	CellQuestion           // only a person can tell
	CellWrong              // cannot be kept like this
)

// GridRowState says how a row stands: a mark for each cell that needs one, and
// one word for the row's margin, which is coloured like the loudest mark.
type GridRowState struct {
	Word  string
	Mark  CellMark
	Cells map[int]CellMark
}

func (m CellMark) colour() fyne.ThemeColorName {
	switch m {
	case CellRepaired, CellKnown:
		return fynetheme.ColorNamePrimary
	case CellDuplicate, CellQuestion:
		return fynetheme.ColorNameWarning
	case CellWrong:
		return fynetheme.ColorNameError
	}
	return fynetheme.ColorNamePlaceHolder
}

// icon is the corner mark: whole for what must be looked at, a sliver for what
// was put right.
func (m CellMark) icon() fyne.Resource {
	shape := cornerFull
	switch m {
	case CellRepaired:
		shape = cornerEdge
	case CellKnown:
		shape = cornerDot
	}
	return fynetheme.NewColoredResource(shape, m.colour())
}

var (
	cornerFull = fyne.NewStaticResource("corner-full.svg",
		[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8"><path d="M0 0h8v8z" fill="#000"/></svg>`))
	cornerDot = fyne.NewStaticResource("corner-dot.svg",
		[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8"><circle cx="4.5" cy="3.5" r="2.5" fill="#000"/></svg>`))
	cornerEdge = fyne.NewStaticResource("corner-edge.svg",
		[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8"><path d="M0 0h2.5L8 5.500V8z" fill="#000"/></svg>`))
)
