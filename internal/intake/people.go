package intake

import (
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// People makes proposed people of a list. A sheet that is no list of people is
// refused with a sentence.
func People(g *sheet.Grid) (record.Proposal, error) {
	t := newTable(g)
	h := t.findHeader()
	data := t.dataRows(h)
	cols, err := t.columns(h, data)
	if err != nil {
		return record.Proposal{}, err
	}
	r := newReader(t, h, cols, data)
	for _, row := range g.Rows {
		r.gap(row.Line)
		r.read(row)
	}
	r.out.Sheet, r.out.HeaderLine, r.out.Charset, r.out.Columns = g.Sheet, h.line, t.charset(), proposed(cols)
	if len(r.out.Rows)+len(r.out.Parked) == 0 {
		return record.Proposal{}, refuseNobody(h.line)
	}
	return r.out, nil
}

func refuseNobody(headerLine int) error {
	where, place := "", ""
	if headerLine > 0 {
		where, place = fmt.Sprintf(" dưới dòng tiêu đề (dòng %d)", headerLine), fmt.Sprintf(" under the header (line %d)", headerLine)
	}
	return record.Refuse(record.ErrInvalid, "Không có người nào"+where+". Hãy kiểm tra lại danh sách. Chưa có gì được lưu.",
		"Nobody is listed"+place+". Check the list. Nothing was stored.")
}

// dataRows are the rows after the header.
func (t *table) dataRows(h header) []sheet.Row {
	for i, r := range t.g.Rows {
		if r.Line > h.last {
			return t.g.Rows[i:]
		}
	}
	return nil
}

// reader walks down the sheet and sorts its lines into the proposal.
type reader struct {
	t      *table
	h      header
	byName map[string]int // column of a field
	fields []string       // field of a column
	labels []string       // keys of the header's labels
	order  dayOrder
	out    record.Proposal
	line   int               // the last one accounted for
	above  map[string]string // values of the row above, for ditto marks
	ids    map[string]int    // identity numbers met, and where
	same   map[string]int    // whole rows met, and where
	tail   bool              // a total or a signature was met
	unit   string            // named by a line above a group of rows
}

func newReader(t *table, h header, cols []column, data []sheet.Row) *reader {
	r := &reader{
		t: t, h: h, byName: map[string]int{}, above: map[string]string{},
		ids: map[string]int{}, same: map[string]int{}, fields: make([]string, t.width),
	}
	r.out = record.Proposal{Rows: []record.ProposedRow{}, Parked: []record.ParkedRow{}, Dropped: []record.DroppedRow{}}
	for _, label := range h.labels {
		r.labels = append(r.labels, words(label))
	}
	for _, c := range cols {
		if _, taken := r.byName[c.field]; !taken && c.field != "" && c.field != ignored {
			r.byName[c.field] = c.index
			r.fields[c.index] = c.field
		}
	}
	for _, f := range []string{birth, male, female} {
		if c, ok := r.byName[f]; ok {
			o := t.orderOf(c, data)
			r.order.dayFirst += o.dayFirst
			r.order.monthFirst += o.monthFirst
			r.order.open += o.open
			r.order.serials += o.serials
			r.order.lateSerials += o.lateSerials
		}
	}
	return r
}

// listedGaps is how many empty lines in a row are named one by one.
const listedGaps = 50

// gap accounts for the empty lines before a line.
func (r *reader) gap(line int) {
	from := r.line + 1
	r.line = line
	if line-from > listedGaps {
		r.drop(from, fmt.Sprintf("dòng trống, đến dòng %d", line-1))
		return
	}
	for ; from < line; from++ {
		r.drop(from, "dòng trống")
	}
}

func (r *reader) drop(line int, why string) {
	r.out.Dropped = append(r.out.Dropped, record.DroppedRow{Line: line, Why: why})
}

// read sorts one line.
func (r *reader) read(row sheet.Row) {
	switch {
	case row.Line < r.h.line:
		r.drop(row.Line, "tiêu đề phía trên bảng")
	case row.Line == r.h.line && r.h.line > 0:
	case row.Line <= r.h.last:
		r.drop(row.Line, "dòng thứ hai của tiêu đề")
	default:
		if why := r.noPerson(row); why != "" {
			r.drop(row.Line, why)
			return
		}
		r.person(row)
	}
}

// person proposes or parks a row.
func (r *reader) person(row sheet.Row) {
	p := &person{reader: r, row: row, fields: map[string]string{}, repairs: []record.Repair{}}
	p.read()
	if len(p.fields) == 0 && p.question == "" {
		r.drop(row.Line, "không có thông tin về người")
		return
	}
	if row.Hidden {
		p.ask("Dòng này đang bị ẩn trong bảng tính. Có đưa người này vào danh sách không?")
	}
	p.checkTwice()
	if err := record.PersonOf(p.fields).Validate(); err != nil && p.question == "" {
		p.ask(record.SentenceOf(err, "vi"))
	}
	for _, f := range []string{sex, birth, unit, position, ethnicity, audience} {
		r.above[f] = p.fields[f]
	}
	if p.question != "" {
		r.out.Parked = append(r.out.Parked, record.ParkedRow{Line: row.Line, Fields: p.fields, Question: p.question})
		return
	}
	r.out.Rows = append(r.out.Rows, record.ProposedRow{Line: row.Line, Fields: p.fields, Repairs: p.repairs})
}
