package pdf

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// Attendance is a list of those who come to an activity, to be signed by hand.
type Attendance struct {
	Office     record.Office
	Activity   record.Activity // without an id it bears no code
	People     []Participant   // known before, in the order of the list
	Spare      int             // empty lines after them, a thousand at the most; see spareAnyway
	PreparedBy string          // who made the list; empty: signs by hand
	Notice     string          // what those who sign are told about their data; empty: nothing
	PrintedOn  record.Date
}

const (
	// codeLabel stands before the code of an activity wherever one is printed.
	codeLabel = "Mã hoạt động: "

	signRowHeight = 9.5
	qrSize        = 21.0
	mostSpare     = 1000

	// spareAnyway are the empty lines after those known that stand whatever the page; the
	// others stand as far as they need no page more. Without anybody known all stand.
	spareAnyway = 5
)

// SignSheet draws the attendance sheet: A4 upright, who is known filled in, empty lines
// after them, and the code of the activity on every page, so that a loose page finds
// its activity.
func SignSheet(in Attendance) ([]byte, error) {
	p := newPage(false, about{"Danh sách người tham dự", in.Office.Name, in.PrintedOn})
	p.bottom = marginBottom + 2
	p.turn()
	p.letterhead(in.Office, "", "")
	p.title("DANH SÁCH NGƯỜI THAM DỰ", in.Activity.Title)
	in.about(p)
	end := in.ending(p)
	p.rows(in.table(end.height()), in.count(), in.row)
	end.draw()
	p.foot(strings.Join(filled(codeText(in.Activity), in.Activity.Title), " – "))
	return written("attendance sheet", p)
}

// written ends a paper.
func written(what string, p *page) ([]byte, error) {
	out, err := p.bytes()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

// codeText is the code of an activity with its label.
func codeText(a record.Activity) string {
	if a.ID.IsZero() {
		return ""
	}
	return codeLabel + a.ID.Code()
}

// about says when and where, with the code at the right.
func (in Attendance) about(p *page) {
	top, side := p.y, 0.0
	if !in.Activity.ID.IsZero() {
		side = qrSize + 6
		p.qrCode(in.Activity.ID.Code(), p.wide-p.right-qrSize, top, qrSize)
	}
	width := p.textWidth() - side
	p.labelled("Thời gian:", occasion(in.Activity.When), width)
	p.labelled("Địa điểm:", in.Activity.When.Place, width)
	if side > 0 {
		p.labelled(strings.TrimSpace(codeLabel), in.Activity.ID.Code(), width)
		p.y = max(p.y, top+qrSize)
	}
	p.y += 4
}

// labelled sets a label and its text beside it; a dotted line stands for no text.
func (p *page) labelled(label, text string, width float64) {
	const labelWidth = 32.0
	st := bodyText
	p.need(st.lineHeight())
	p.put(label, st, p.left, p.y, labelWidth, left)
	if len(filled(text)) == 0 {
		p.dots(p.left+labelWidth, p.y+st.baseline(), width-labelWidth)
		p.y += st.lineHeight() + 1
		return
	}
	lines, small := p.fit(text, boldText, width-labelWidth)
	p.lines(lines, small, p.left+labelWidth, width-labelWidth, left)
	p.y++
}

func (in Attendance) table(tail float64) table {
	return table{
		columns: []column{
			{name: "STT", width: 10, align: centre, size: 11}, {name: "Họ và tên", width: 48, least: 11},
			{name: "Năm sinh", width: 14, align: centre}, {name: "Đơn vị/địa chỉ", width: 42, size: 11},
			{name: "Chức vụ", width: 23, size: 11}, {name: "Ký tên", width: 28},
		},
		head: style{size: 11, bold: true}, body: style{size: 12}, least: signRowHeight, pad: padY, tail: tail, yielding: in.yielding(),
	}
}

// yielding are the empty lines that give way to the signatures.
func (in Attendance) yielding() int {
	if len(in.People) == 0 {
		return 0
	}
	return max(0, in.count()-len(in.People)-spareAnyway)
}

func (in Attendance) count() int { return len(in.People) + max(0, min(in.Spare, mostSpare)) }

func (in Attendance) row(i int) []string {
	line := []string{fmt.Sprint(i + 1)}
	if i < len(in.People) {
		who := in.People[i]
		line = append(line, who.Name, who.birthYear(), who.Unit, who.Position)
	}
	return line
}

// signEnding is what stands below the table: how many signed, what they are told, and
// who signs for the list.
type signEnding struct {
	p       *page
	notice  string
	signers []signer
}

const tally = "Tổng số người ký tên: "

func (in Attendance) ending(p *page) signEnding {
	day := placeAndDay(in.Office.Place, in.Activity.When.Last())
	prepared := signer{who: record.Signer{Title: "Người lập danh sách", Name: in.PreparedBy}, hint: signHint}
	return signEnding{p, in.Notice, []signer{prepared, officeSigner(in.Office, day)}}
}

func (e signEnding) height() float64 {
	h := 3 + bodyText.lineHeight() + 2
	for _, part := range paragraphs(e.notice) {
		h += e.p.height(part, smallItalic, e.p.textWidth())
	}
	return h + 2 + e.p.signaturesHeight(e.signers...)
}

func (e signEnding) draw() {
	p := e.p
	p.need(e.height())
	p.space(3)
	p.put(tally, bodyText, p.left, p.y, 0, left)
	x := p.left + p.width(tally, bodyText)
	p.dots(x, p.y+bodyText.baseline(), 20)
	p.put("người.", bodyText, x+21, p.y, 0, left)
	p.y += bodyText.lineHeight() + 2
	for _, part := range paragraphs(e.notice) {
		p.justified(part, smallItalic, p.left, p.textWidth(), 0)
	}
	p.y += 2
	p.signatures(e.signers...)
}
