package trust

import (
	"strconv"

	"github.com/go-pdf/fpdf"
)

// Sizes of the recovery sheet in millimetres. The left margin is that of an office
// paper, so that the sheet can be filed.
const (
	marginLeft  = 25.0
	marginRight = 18.0
	marginTop   = 14.0
	textWidth   = 210 - marginLeft - marginRight
	lineHeight  = 5.3
)

// page draws the recovery sheet from top to bottom. fpdf keeps the first error.
type page struct{ pdf *fpdf.Fpdf }

func newPage(fonts Fonts) page {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("sans", "", fonts.Regular)
	pdf.AddUTF8FontFromBytes("sans", "B", fonts.Bold)
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetLang("vi")
	pdf.AddPage()
	return page{pdf}
}

// body is everything between the top and the foot.
func (p page) body(s Sheet, groups []string) {
	p.head(s)
	p.paragraph("Phiếu này để làm gì", sheetPurpose)
	p.code(groups)
	p.steps("Cách dùng", "1234", sheetUse)
	p.steps("Cách giữ", "••••", sheetKeep)
	p.signatures()
}

func (p page) head(s Sheet) {
	p.pdf.SetFont("sans", "B", 20)
	p.pdf.CellFormat(textWidth, 10, "PHIẾU KHÔI PHỤC DỮ LIỆU", "", 1, "C", false, 0, "")
	p.pdf.SetFont("sans", "", 11)
	p.pdf.CellFormat(textWidth, 6, "Chương trình Sổ Phổ Biến – sổ công tác phổ biến pháp luật lao động", "", 1, "C", false, 0, "")
	p.pdf.Ln(5)
	for _, line := range [][2]string{{"Cơ quan", s.Office}, {"Người lập phiếu", s.Officer}, {"Ngày lập", s.Created}} {
		p.pdf.SetFont("sans", "", 11)
		p.pdf.CellFormat(36, 6.5, line[0]+":", "", 0, "L", false, 0, "")
		p.pdf.SetFont("sans", "B", 11)
		p.pdf.MultiCell(textWidth-36, 6.5, line[1], "", "L", false)
	}
}

func (p page) title(text string) {
	p.pdf.Ln(3)
	p.pdf.SetFont("sans", "B", 12.5)
	p.pdf.CellFormat(textWidth, 7.5, text, "", 1, "L", false, 0, "")
	p.pdf.SetFont("sans", "", 11)
}

func (p page) paragraph(title, text string) {
	p.title(title)
	p.pdf.MultiCell(textWidth, lineHeight, text, "", "L", false)
}

// steps prints a list; marks has one character for each.
func (p page) steps(title, marks string, steps []string) {
	p.title(title)
	for i, text := range steps {
		p.pdf.CellFormat(7, lineHeight, string([]rune(marks)[i]), "", 0, "L", false, 0, "")
		p.pdf.MultiCell(textWidth-7, lineHeight, text, "", "L", false)
		p.pdf.Ln(0.8)
	}
}

// code prints two rows of five groups, each under its number.
func (p page) code(groups []string) {
	const cell, row = textWidth / 5, 18.0
	p.title("Mã khôi phục")
	left, top := p.pdf.GetXY()
	p.pdf.SetLineWidth(0.6)
	p.pdf.Rect(left, top, textWidth, 2*row, "D")
	p.pdf.SetLineWidth(0.2)
	p.pdf.SetDrawColor(170, 170, 170)
	p.pdf.Line(left+3, top+row, left+textWidth-3, top+row)
	p.pdf.SetDrawColor(0, 0, 0)
	for i, g := range groups {
		x, y := left+float64(i%5)*cell, top+float64(i/5)*row
		p.pdf.SetXY(x, y+1.5)
		p.pdf.SetFont("sans", "", 9)
		p.pdf.CellFormat(cell, 4.5, "nhóm "+strconv.Itoa(i+1), "", 0, "C", false, 0, "")
		p.pdf.SetXY(x, y+5.5)
		p.pdf.SetFont("sans", "B", 24)
		p.pdf.CellFormat(cell, 11.5, g, "", 0, "C", false, 0, "")
	}
	p.pdf.SetXY(left, top+2*row+1)
}

func (p page) signatures() {
	p.pdf.Ln(4)
	y := p.pdf.GetY()
	for i, who := range []string{"Người lập phiếu", "Người giữ phiếu"} {
		p.pdf.SetXY(marginLeft+float64(i)*textWidth/2, y)
		p.pdf.SetFont("sans", "B", 11)
		p.pdf.CellFormat(textWidth/2, 6, who, "", 2, "C", false, 0, "")
		p.pdf.SetFont("sans", "", 9)
		p.pdf.CellFormat(textWidth/2, 5, "(ký, ghi rõ họ tên)", "", 0, "C", false, 0, "")
	}
}

// foot is for whoever finds the sheet when the program is gone.
func (p page) foot() {
	p.pdf.SetXY(marginLeft, 284)
	p.pdf.SetFont("sans", "", 8)
	p.pdf.MultiCell(textWidth, 4, "Không còn chương trình: tệp .phieu.age mở được bằng công cụ age (age-encryption.org); "+
		"mật khẩu là 10 nhóm số trên, nối bằng dấu gạch ngang.", "T", "L", false)
}
