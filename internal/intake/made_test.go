package intake_test

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// madeSheet is a sheet before it becomes a file.
type madeSheet struct {
	file   bool // it becomes one that knows numbers and fonts
	rows   [][]cellMade
	merges [][4]int // first row and column, last row and column, from 0
}

// cellMade is a cell: a text in a font, a number, or a text in several fonts.
type cellMade struct {
	text     string
	number   float64
	isNumber bool
	date     bool
	font     string
	runs     [][2]string // text and font
}

func (s *madeSheet) merge(row, col, lastRow, lastCol int) {
	s.merges = append(s.merges, [4]int{row, col, lastRow, lastCol})
}

// mergeUp joins a cell to the one above it.
func (s *madeSheet) mergeUp(row, col int) {
	for i := range s.merges {
		if m := &s.merges[i]; m[1] == col && m[2] == row-1 {
			m[2] = row
			return
		}
	}
	s.merge(row-1, col, row, col)
}

// bytes is the sheet as a file of a kind.
func (s *madeSheet) bytes(t testing.TB, kind string) []byte {
	t.Helper()
	switch kind {
	case "xlsx":
		return s.workbook(t)
	case "page":
		return []byte(s.page())
	case "xml":
		return []byte(s.xml())
	}
	return []byte(s.text())
}

func (c cellMade) shown() string {
	if c.isNumber {
		return strconv.FormatFloat(c.number, 'f', -1, 64)
	}
	out := c.text
	for _, r := range c.runs {
		out += r[0]
	}
	return out
}

// text divides cells by tabs, as the clipboard does.
func (s *madeSheet) text() string {
	var b strings.Builder
	for _, row := range s.rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(c.shown())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (s *madeSheet) workbook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	styles := map[string]int{}
	style := func(font string, date bool) int {
		key := fmt.Sprint(font, date)
		if id, ok := styles[key]; ok {
			return id
		}
		st := &excelize.Style{}
		if font != "" {
			st.Font = &excelize.Font{Family: font}
		}
		if date {
			st.NumFmt = 14
		}
		id, err := f.NewStyle(st)
		must(t, err)
		styles[key] = id
		return id
	}
	for i, row := range s.rows {
		for j, c := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			must(t, err)
			switch {
			case len(c.runs) > 0:
				var runs []excelize.RichTextRun
				for _, r := range c.runs {
					runs = append(runs, excelize.RichTextRun{Text: r[0], Font: &excelize.Font{Family: r[1]}})
				}
				must(t, f.SetCellRichText("Sheet1", at, runs))
			case c.isNumber:
				must(t, f.SetCellValue("Sheet1", at, c.number))
			case c.text != "":
				must(t, f.SetCellStr("Sheet1", at, c.text))
			}
			if c.font != "" || c.date {
				must(t, f.SetCellStyle("Sheet1", at, at, style(c.font, c.date)))
			}
		}
	}
	for _, m := range s.merges {
		from, _ := excelize.CoordinatesToCellName(m[1]+1, m[0]+1)
		to, _ := excelize.CoordinatesToCellName(m[3]+1, m[2]+1)
		must(t, f.MergeCell("Sheet1", from, to))
	}
	b, err := f.WriteToBuffer()
	must(t, err)
	return b.Bytes()
}

func (s *madeSheet) page() string {
	var b strings.Builder
	b.WriteString(`<html><meta charset="utf-8"><table border=1>`)
	for _, row := range s.rows {
		b.WriteString("<tr>")
		for _, c := range row {
			text := strings.ReplaceAll(html.EscapeString(c.shown()), "  ", " &nbsp;")
			if c.font != "" {
				text = `<font face="` + c.font + `">` + text + "</font>"
			}
			b.WriteString("<td>" + text)
		}
		b.WriteString("\n")
	}
	return b.String() + "</table></html>"
}

func (s *madeSheet) xml() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Workbook xmlns:ss="s"><Styles><Style ss:ID="d"><NumberFormat ss:Format="dd/mm/yyyy"/></Style><Style ss:ID="f"><Font ss:FontName=".VnTime"/></Style></Styles><Worksheet ss:Name="A"><Table>`)
	for _, row := range s.rows {
		b.WriteString("<Row>")
		for _, c := range row {
			style, kind, text := "", "String", html.EscapeString(c.shown())
			switch {
			case c.date:
				style = ` ss:StyleID="d"`
			case c.font != "":
				style = ` ss:StyleID="f"`
			}
			if c.isNumber {
				kind = "Number"
			}
			if text == "" {
				b.WriteString("<Cell/>")
				continue
			}
			b.WriteString(`<Cell` + style + `><Data ss:Type="` + kind + `">` + text + `</Data></Cell>`)
		}
		b.WriteString("</Row>")
	}
	return b.String() + "</Table></Worksheet></Workbook>"
}
