package xlsx

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/report"
)

// The cover stands on 24 narrow columns, so that the two halves of the letterhead
// and the rules under them can be placed.
const (
	coverColumns = 24
	coverWidth   = 3.05
	leftEnd      = 10 // last column of the left half of the letterhead
	signStart    = 13 // the signature takes the right half
	ruleHeight   = 6.0
)

// named gives a cell a name to be filled by.
func (s *sheet) named(name string, col, row int) {
	s.do(func() error {
		return s.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: sheetCell(s.name, col, row)})
	})
}

// fact is a cell, or cells merged across columns, for a fact of the report.
func (s *sheet) fact(name string, from, to, row int, st style) {
	s.merged(from, to, row, "", st)
	s.named(factPrefix+name, from, row)
}

// drawCover draws the first page: letterhead, title, period and its rule, the main
// figures, and the signature.
func drawCover(b *book) {
	s := b.sheet(SheetCover, portrait)
	s.widths(slices.Repeat([]float64{coverWidth}, coverColumns)...)
	s.letterhead()
	s.rule(8, 9, 16)
	s.merged(1, coverColumns, 6, "BÁO CÁO SỐ LIỆU", titleStyle)
	s.fact("tieu_de", 1, coverColumns, 7, titleStyle)
	s.fact("kinh_gui", 1, coverColumns, 9, style{size: 14, align: "center", wrap: true})
	said := style{wrap: true}
	s.fact("dong_ky", 1, coverColumns, 11, said)
	s.fact("dong_cach_tinh", 1, coverColumns, 12, said)
	s.fact("dong_ban_do", 1, coverColumns, 13, said)
	s.merged(1, coverColumns, 14, "Hoạt động thuộc kỳ có ngày bắt đầu; chỉ tính hoạt động đã tổ chức hoặc đã chốt.", said)
	s.fact("chua_het_ky", 1, coverColumns, 15, said)
	s.signature(s.mainFigures(17) + 1)
	s.do(func() error { return s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{FitToHeight: new(1)}) })
}

func (s *sheet) letterhead() {
	upper := style{size: 12, align: "center", wrap: true, top: true}
	bold := style{size: 12, bold: true, align: "center", wrap: true, top: true}
	s.fact("dau_1", 1, leftEnd, 1, upper)
	s.merged(leftEnd+1, coverColumns, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
	s.fact("dau_2", 1, leftEnd, 2, bold)
	s.merged(leftEnd+1, coverColumns, 2, "Độc lập - Tự do - Hạnh phúc", style{size: 13, bold: true, align: "center", wrap: true, top: true})
	s.rule(3, 4, 7)
	s.rule(3, 14, 21)
	s.fact("so", 1, leftEnd, 4, style{size: 13, align: "center"})
	s.fact("dia_danh_ngay", leftEnd+1, coverColumns, 4, style{size: 13, italic: true, align: "center", wrap: true})
}

// rule draws the line that stands under a heading.
func (s *sheet) rule(row, from, to int) {
	s.need(row, ruleHeight)
	for col := from; col <= to; col++ {
		s.look(col, row, style{over: true})
	}
}

// mainFigures has the whole of each indicator.
func (s *sheet) mainFigures(row int) int {
	for _, c := range []struct {
		head     string
		from, to int
	}{{"Mã", 1, 2}, {"Chỉ tiêu chính", 3, 16}, {"Đơn vị tính", 17, 19}, {"Số liệu", 20, coverColumns}} {
		s.merged(c.from, c.to, row, c.head, headStyle)
	}
	for _, info := range report.Infos {
		row++
		s.merged(1, 2, row, info.Code, centreStyle)
		s.merged(3, 16, row, info.Name.In(lang), bodyStyle)
		s.merged(17, 19, row, info.Unit.In(lang), centreStyle)
		s.merged(20, coverColumns, row, "", bodyStyle.number())
		s.named(fmt.Sprintf("%s%s_total", nowPrefix, info.Code), 20, row)
	}
	return row + 1
}

// signature has the recipients on the left and the head's block on the right.
func (s *sheet) signature(row int) {
	sign := style{size: 14, bold: true, align: "center", wrap: true, top: true}
	small := style{size: 11, top: true}
	s.merged(1, signStart-1, row, "Nơi nhận:", style{size: 12, bold: true, italic: true, top: true})
	s.fact("ky_1", signStart, coverColumns, row, sign)
	s.fact("nhan_1", 1, signStart-1, row+1, small)
	s.fact("ky_2", signStart, coverColumns, row+1, sign)
	s.fact("nhan_2", 1, signStart-1, row+2, small)
	s.need(row+3, 60) // room for the signature and the stamp
	s.fact("nguoi_ky", signStart, coverColumns, row+4, sign)
}
