package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

type orientation string

const (
	portrait  orientation = "portrait"
	landscape orientation = "landscape"
)

// SheetCover is the first page of a report; its first page has no number.
const SheetCover = "Bìa"

const (
	paperA4 = 9
	mm      = 1 / 25.4 // in inches, the unit of margins
)

// page sets what Decree 30 asks of paper: A4, margins 20/20/30/15 mm, the page
// number centred in the top margin from page 2 on. The width fits one page.
func (s *sheet) page(o orientation) {
	s.do(func() error {
		return s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
			Size: new(paperA4), Orientation: new(string(o)), FitToWidth: new(1), FitToHeight: new(0),
		})
	})
	s.do(func() error {
		return s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: new(true)})
	})
	s.do(func() error {
		return s.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
			Top: new(20 * mm), Bottom: new(20 * mm), Left: new(30 * mm), Right: new(15 * mm),
			Header: new(10 * mm), Footer: new(10 * mm), Horizontally: new(true),
		})
	})
	s.do(func() error {
		return s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
			DifferentFirst: s.name == SheetCover, OddHeader: `&C&"` + fontName + `,Regular"&13&P`,
		})
	})
	s.do(func() error {
		return s.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: new(false)})
	})
}

// heading writes the title rows every table has and returns the first free row.
func (s *sheet) heading(title, note string, columns int) int {
	s.merged(1, columns, 1, title, titleStyle)
	s.merged(1, columns, 2, note, noteStyle)
	return 3
}

// repeat freezes the rows above the data and prints the header rows on every page.
func (s *sheet) repeat(firstHeader, lastHeader int) {
	s.do(func() error {
		return s.file.SetPanes(s.name, &excelize.Panes{
			Freeze: true, YSplit: lastHeader, TopLeftCell: cell(1, lastHeader+1), ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: cell(1, lastHeader+1), ActiveCell: cell(1, lastHeader+1), Pane: "bottomLeft"}},
		})
	})
	s.do(func() error {
		return s.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: s.name,
			RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(s.name), firstHeader, lastHeader),
		})
	})
}

// quoted is a sheet's name as formulas write it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
