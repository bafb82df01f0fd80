package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// People makes proposed people of a list. A sheet that is no list of people is
// refused with a sentence.
func People(g *sheet.Grid) (record.Proposal, error) {
	return Read(context.Background(), g, "person", Options{})
}

// Read makes proposed rows of a list of some noun: "person", "instructor", "unit"
// or "question". A sheet that is no such list is refused with a sentence.
func Read(ctx context.Context, g *sheet.Grid, of string, o Options) (record.Proposal, error) {
	f := formOf(of)
	if f == nil {
		return record.Proposal{}, fmt.Errorf("%w: no list of %q", record.ErrInvalid, of)
	}
	t := newTable(g, f)
	p := record.Proposal{
		Of: of, Sheet: g.Sheet, Charset: t.charset(), Rows: make([]record.ProposedRow, 0, len(g.Rows)),
		Parked: []record.ParkedRow{}, Dropped: []record.DroppedRow{}, Columns: []record.ProposedColumn{},
	}
	if len(g.Sheets) > 1 {
		p.Sheets = g.Sheets
	}
	lists := &lists{met: newMet(), same: map[uint64]int{}, out: &p}
	regions := t.regions(o)
	o.LetGo = o.LetGo && len(regions) == 1 && len(g.Merged) == 0 // else rows are looked at again
	cols := make([][]column, len(regions))
	for i, r := range regions {
		var err error
		if cols[i], err = t.columns(r, o); err != nil && i == 0 {
			return t.asking(p, r, o, err)
		}
		lists.births.add(t.birthOrder(cols[i], r.rows))
	}
	for i, r := range regions {
		if err := lists.read(ctx, t, i, r, cols[i], o); err != nil {
			return record.Proposal{}, err
		}
	}
	if len(p.Rows)+len(p.Parked) == 0 {
		return record.Proposal{}, refuseNobody(f, regions[0].h.line)
	}
	lists.finish()
	return p, nil
}

// shownRaw is how many rows are shown of a list whose columns cannot be told.
const shownRaw = 30

// asking gives the rows as they stand, if that is wanted, with why nobody can tell
// what they say.
func (t *table) asking(p record.Proposal, r region, o Options, why error) (record.Proposal, error) {
	var refusal *record.Refusal
	if !o.Ask || !errors.As(why, &refusal) {
		return record.Proposal{}, why
	}
	p.HeaderLine, p.Unclear = r.h.line, &refusal.Words
	for c := range t.width {
		field := o.Fields[c]
		if field == record.LeftOut {
			field = ""
		}
		p.Columns = append(p.Columns, record.ProposedColumn{Index: c, Header: r.h.labels[c], Field: field})
	}
	for _, row := range r.rows[:min(len(r.rows), shownRaw)] {
		raw := record.RawRow{Line: row.Line, Cells: make([]string, t.width)}
		for _, c := range row.Cells {
			raw.Cells[c.Col] = t.value(row.Line, c).text
		}
		p.Raw = append(p.Raw, raw)
	}
	return p, nil
}

func refuseNobody(f *form, headerLine int) error {
	where, place := "", ""
	if headerLine > 0 {
		where, place = fmt.Sprintf(" dưới dòng tiêu đề (dòng %d)", headerLine), fmt.Sprintf(" under the header (line %d)", headerLine)
	}
	return record.Refuse(record.ErrInvalid, fmt.Sprintf(f.nobody.VI, where), fmt.Sprintf(f.nobody.EN, place))
}

// lists are the tables of a sheet on their way into one proposal.
type lists struct {
	out    *record.Proposal
	met    met            // people
	same   map[uint64]int // whole rows of other lists, by hash: place in out.Rows
	births dayOrder       // of all columns of births: they are of one hand

	fieldRoom  []record.FieldValue // from which rows get theirs: one piece for many, of all tables
	repairRoom []record.Repair
}

// read reads one table. A second one that cannot be understood has no columns and
// is left out, line by line, with the reason: the first is worth having.
func (l *lists) read(ctx context.Context, t *table, n int, r region, cols []column, o Options) error {
	if cols == nil {
		for _, row := range t.rowsWithin(r.first, r.last) {
			l.drop(row.Line, "bảng này không có cột cần thiết")
		}
		return nil
	}
	if n == 0 {
		l.out.HeaderLine, l.out.Columns = r.h.line, proposed(cols)
	} else {
		l.out.Tables = append(l.out.Tables, record.ProposedTable{HeaderLine: r.h.line, Columns: proposed(cols)})
	}
	x := newReader(t, l, n, r, cols, o)
	if !r.continues {
		for _, row := range t.rowsWithin(r.first, r.h.last) {
			x.gap(row.Line)
			x.aboveData(row)
		}
	}
	for i := 0; i < len(r.rows); i++ {
		row := r.rows[i]
		if i%4096 == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if o.Progress != nil {
				o.Progress(int64(row.Line), int64(t.lastLine()))
			}
		}
		if !r.continues {
			x.gap(row.Line)
		}
		below := x.below(i)
		x.read(row, below)
		if o.LetGo {
			r.rows[i].Cells = nil
		}
		i += len(below)
	}
	return nil
}

func (l *lists) drop(line int, why string) {
	l.out.Dropped = append(l.out.Dropped, record.DroppedRow{Line: line, Why: why})
}

// finish leaves a line that is dropped in one of two tables beside each other out
// of the dropped ones if the other has taken it.
func (l *lists) finish() {
	if len(l.out.Tables) == 0 {
		return
	}
	taken := map[int]bool{}
	for i := range l.out.Rows {
		taken[l.out.Rows[i].Line] = true
	}
	for i := range l.out.Parked {
		taken[l.out.Parked[i].Line] = true
	}
	kept := l.out.Dropped[:0]
	for _, d := range l.out.Dropped {
		if !taken[d.Line] {
			taken[d.Line] = true
			kept = append(kept, d)
		}
	}
	l.out.Dropped = kept
}

// reader walks down one table and sorts its lines into the proposal.
type reader struct {
	*lists
	t       *table
	form    *form
	n       int // of the table, 0 the first
	r       region
	h       header
	o       Options
	cols    map[string]int   // column of a field
	own     []int            // columns of the number and of the name
	parts   map[string][]int // columns over which a field is spread, as they are joined
	fields  []string         // field of a column
	labels  []string         // keys of the header's labels
	low     []string         // and of its second line
	orders  map[string]dayOrder
	counts  map[string]countStyle
	line    int            // the last one accounted for
	above   record.Fields  // values of the row above, for ditto marks
	mixed   bool           // the header over names names something else too
	absence absence        // where the list turns to those who did not come
	aged    bool           // the header over births speaks of ages too
	aboveIn map[int]string // what the parts of a unit said in the row above, by column
	tail    tail           // whether a total or a signature was met
	unit    string         // named by a line above a group of rows
	seen    int            // the last line of data looked at
	last    int            // the last ordinal that counted an entry
	vals    []value        // of the row being read, by column
	texts   []string       // of its cells that say something
	entry   entry

	numbers  int  // how many lines have an ordinal that is a number
	numbered bool // the list counts its entries
	proving  bool // some column says what only an entry says

}

func newReader(t *table, l *lists, n int, r region, cols []column, o Options) *reader {
	x := &reader{
		lists: l, t: t, form: t.form, n: n, r: r, h: r.h, o: o, line: r.first,
		cols: map[string]int{}, fields: make([]string, t.width), labels: make([]string, t.width),
		orders: map[string]dayOrder{}, counts: map[string]countStyle{},
	}
	for c, label := range r.h.labels {
		x.labels[c] = words(label)
	}
	for _, label := range r.h.low {
		x.low = append(x.low, words(label))
	}
	for _, c := range cols {
		if _, taken := x.cols[c.field]; !taken && c.field != "" && c.field != ignored {
			x.cols[c.field] = c.index
			x.fields[c.index] = c.field
		}
	}
	x.setParts(cols)
	for c, f := range x.fields {
		if f == ordinal || f != "" && x.form.isKey(f) {
			x.own = append(x.own, c)
		}
	}
	if c, has := x.cols[fullName]; has {
		x.mixed = hasAny(x.labels[c], mixedWords)
	}
	if c, has := x.cols[birth]; has {
		x.aged = speaksOfAge(x.labels[c])
	}
	x.proving = slices.ContainsFunc(provingFields, func(f string) bool { _, has := x.cols[f]; return has })
	x.countOrdinals()
	x.orders[birth] = l.births
	for _, f := range []string{received, answeredOn, validFrom} {
		if c, ok := x.cols[f]; ok {
			x.orders[f] = t.orderOf(c, r.rows)
		}
	}
	for _, f := range []string{workers, women, minority, disabled} {
		if c, ok := x.cols[f]; ok {
			x.counts[f] = t.countStyleOf(c, r.rows)
		}
	}
	return x
}

// listedGaps is how many empty lines in a row are named one by one.
const listedGaps = 50

// gap accounts for the empty lines before a line.
func (x *reader) gap(line int) {
	from := x.line + 1
	x.line = line
	if line-from > listedGaps {
		x.drop(from, fmt.Sprintf("dòng trống, đến dòng %d", line-1))
		return
	}
	for ; from < line; from++ {
		x.drop(from, "dòng trống")
	}
}

// aboveData sorts a line that is no data: above the header, or the header. Only
// the first line of the first header is not spoken of: the proposal names it.
func (x *reader) aboveData(row sheet.Row) {
	switch {
	case x.h.line == 0:
	case row.Line < x.h.line:
		x.namesActivity(row)
		x.vals = x.t.rowValues(row, x.vals)
		x.turns(row, true)
		x.drop(row.Line, "tiêu đề phía trên bảng")
	case row.Line == x.h.line && x.n == 0:
	case row.Line == x.h.line:
		x.drop(row.Line, "dòng tiêu đề của bảng tiếp theo")
	default:
		x.drop(row.Line, "dòng thứ hai của tiêu đề")
	}
}

// namesActivity notes the code of an activity that stands above the table, as the
// forms of this program bear it.
func (x *reader) namesActivity(row sheet.Row) {
	for _, text := range x.t.texts(row) {
		label, code, ok := strings.Cut(text, ":")
		if end, is := record.ParseCode(code); ok && is && hasWords(words(label), "ma hoat dong") {
			var id record.ID
			copy(id[len(id)-len(end):], end[:])
			x.out.Code = id.Code()
		}
	}
}

// read sorts one line of data, with the lines below that go on with it.
func (x *reader) read(row sheet.Row, below []sheet.Row) {
	x.vals = x.t.rowValues(row, x.vals)
	for c := range x.vals {
		if c < x.r.from || c >= x.r.to {
			x.vals[c] = value{}
		}
	}
	if below != nil {
		x.joinLines(below)
		defer x.dropLines(row, below)
	}
	if x.turns(row, false) {
		x.drop(row.Line, "tiêu đề của những người vắng mặt")
		return
	}
	var why, doubt string
	if !x.failedName() {
		why, doubt = x.noEntry(row)
	}
	switch {
	case why == groupLine && x.absence.group:
		x.absence = absence{}
	case why == "":
		why = x.notCome()
	}
	if why != "" {
		x.drop(row.Line, why)
		return
	}
	x.propose(row, doubt)
	if x.o.Ask && x.n == 0 {
		x.keepLeft(row.Line)
	}
}

// groupLine is why a line is left out that names the group of the rows below it.
const groupLine = "dòng tên nhóm"

// failedName reports a name that is a spreadsheet's error: the row is somebody's,
// whatever else it says.
func (x *reader) failedName() bool {
	for _, c := range x.own {
		if x.fields[c] != ordinal && x.vals[c].failed() {
			return true
		}
	}
	return false
}

// keepLeft keeps what the columns say that are left out.
func (x *reader) keepLeft(line int) {
	var texts []string
	said := false
	for _, c := range x.out.Columns {
		if c.Field == "" {
			texts = append(texts, x.vals[c.Index].text)
			said = said || x.vals[c.Index].text != ""
		}
	}
	if !said {
		return
	}
	if x.out.Left == nil {
		x.out.Left = map[int][]string{}
	}
	x.out.Left[line] = texts
}

// propose proposes or parks a row. A doubt whether it is one is asked first.
func (x *reader) propose(row sheet.Row, doubt string) {
	e := &x.entry
	*e = entry{reader: x, row: row, fields: e.fields[:0], repairs: e.repairs[:0]}
	if doubt != "" {
		e.ask("", doubt)
	}
	x.form.read(e)
	if len(e.fields) == 0 && e.question == "" {
		x.drop(row.Line, "không có thông tin cần ghi")
		return
	}
	e.askComing()
	if row.Hidden {
		e.ask("", "Dòng này đang bị ẩn trong bảng tính. Có đưa dòng này vào danh sách không?")
	}
	if why := e.checkTwice(); why != "" {
		x.drop(row.Line, why)
		return
	}
	if e.question == "" {
		if err := x.form.check(e.fields); err != nil {
			e.ask(fieldOf(err), record.SentenceOf(err, "vi")+" Sửa lại thế nào?")
		}
	}
	fields := record.Fields(taken(&x.fieldRoom, e.fields))
	x.above = fields
	if e.question != "" {
		x.remember(e, ^len(x.out.Parked))
		x.out.Parked = append(x.out.Parked, record.ParkedRow{Line: row.Line, Table: x.n, Fields: fields, Question: e.question, Field: e.asked})
		return
	}
	x.remember(e, len(x.out.Rows))
	x.out.Rows = append(x.out.Rows, record.ProposedRow{Line: row.Line, Table: x.n, Fields: fields, Repairs: taken(&x.repairRoom, e.repairs)})
}

// fieldOf is the field a refusal is about, "" for none.
func fieldOf(err error) string {
	var problems record.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		return problems[0].Field
	}
	return ""
}

// taken copies a row's part into a piece that many rows share; never nil.
func taken[T any](room *[]T, part []T) []T {
	const piece = 1024
	if *room == nil || cap(*room)-len(*room) < len(part) {
		*room = make([]T, 0, max(piece, len(part)))
	}
	from := len(*room)
	*room = append(*room, part...)
	return slices.Clip((*room)[from:])
}

// Check refuses fields that make no row of a list of some noun, as reading the
// list does.
func Check(of string, f record.Fields) error {
	form := formOf(of)
	if form == nil {
		return fmt.Errorf("%w: no list of %q", record.ErrInvalid, of)
	}
	return form.check(f)
}
