package preview

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// verdict is how a row stands, in short: there may be a hundred thousand.
type verdict struct {
	blank, ready, known, offered bool
	sex, group                   string
}

// judgment is a verdict and the cells it is about: rows are never changed in place.
type judgment struct {
	cells *string
	verdict
}

// look is all that is to be said of a row in sight.
type look struct {
	mark      kit.CellMark
	word      string
	cells     map[int]kit.CellMark
	sentences map[int]string // by column; -1 for the row
}

func (l *look) add(col int, mark kit.CellMark, word, sentence string) {
	if mark > l.mark || mark == l.mark && l.word == "" {
		l.mark, l.word = mark, word
	}
	if col >= 0 {
		l.cells[col] = max(l.cells[col], mark)
	}
	if sentence != "" && l.sentences[col] == "" {
		l.sentences[col] = sentence
	}
}

// sentence is what is said of a cell: its own and the row's.
func (l *look) sentence(col int) string {
	if col < 0 {
		for _, at := range l.marked() {
			if s := l.sentences[at]; s != "" && l.sentences[-1] == "" {
				return s
			}
		}
		return l.sentences[-1]
	}
	return strings.TrimSpace(l.sentences[col] + " " + l.sentences[-1])
}

func (l *look) marked() []int {
	var out []int
	for col := range l.cells {
		out = append(out, col)
	}
	slices.Sort(out)
	return out
}

// look looks at a row.
func (p *Preview) look(g kit.GridRow) *look {
	l := &look{cells: map[int]kit.CellMark{}, sentences: map[int]string{}}
	if g.Blank() || p.proposal.Unclear != nil {
		return l
	}
	r := p.row(g.Key)
	edited := !slices.Equal(g.Cells, r.cells)
	fields, problems := p.fieldsOf(r, g.Cells)
	if edited || r.question != "" {
		var rules record.Problems
		err := p.office.CheckRow(p.proposal.Of, fields)
		if errors.As(err, &rules) {
			problems = append(problems, rules...)
		} else if err != nil {
			l.add(-1, kit.CellWrong, kit.T("cần sửa"), record.SentenceOf(err, kit.Language()))
		}
	}
	open := r.question != "" && !edited && !r.right
	switch {
	case open:
		l.add(p.asked(r), kit.CellQuestion, kit.T("cần hỏi"), "")
		sentence := r.question
		if len(problems) == 0 {
			sentence += " " + kit.T("Sửa ô này, hoặc nhấn Ctrl+Enter nếu dòng đã đúng.")
		}
		l.sentences[-1] = sentence
	default:
		for _, problem := range problems {
			col := p.column(problem.Field)
			l.add(col, kit.CellWrong, kit.T("cần sửa"), kit.In(problem.Words))
		}
	}
	if r.problem != "" {
		l.add(-1, kit.CellWrong, kit.T("chưa lưu"), r.problem)
	}
	p.lookAtRepairs(l, r, g.Cells)
	if p.sameWho(r, g.Cells) {
		p.lookAtKnown(l, r)
	}
	return l
}

// asked is the column a question is about, else the first that says something.
func (p *Preview) asked(r *row) int {
	if col := p.column(r.about); col >= 0 {
		return col
	}
	for col, c := range p.columns {
		if c.field != "" && col < len(r.cells) && r.cells[col] != "" {
			return col
		}
	}
	return 0
}

// lookAtRepairs marks what was put right on the way in, as long as it stands.
func (p *Preview) lookAtRepairs(l *look, r *row, cells []string) {
	for i := range r.Repairs {
		repair := &r.Repairs[i]
		col := p.column(repair.Field)
		if col < 0 || cells[col] != r.cells[col] || strings.EqualFold(repair.Before, cells[col]) {
			continue
		}
		word := kit.T("đã sửa")
		if onlyWriting(repair.Rule) {
			word = ""
		}
		l.add(col, kit.CellRepaired, word, kit.T("Trong bảng gốc là “{{.Before}}”, đã sửa thành “{{.After}}”.",
			map[string]any{"Before": repair.Before, "After": cells[col]}))
	}
}

// onlyWriting reports whether a rule changes how a thing is written and not what it
// says: every row of a list has some, and nobody need look at them.
func onlyWriting(rule string) bool {
	switch rule {
	case "form", "spaces", "nfc", "tick", "join-name", "join-birth", "join-unit", "float", "number":
		return true
	}
	return false
}

// lookAtKnown says who a row is, or may be, and where list and register differ.
func (p *Preview) lookAtKnown(l *look, r *row) {
	name := p.nameColumn()
	switch {
	case r.Known != nil:
		said := kit.T("Đã có trong sổ: {{.Name}} ({{.Why}}). Ctrl+Enter để đổi.", map[string]any{"Name": told(r.Known), "Why": r.Known.Why})
		l.add(name, kit.CellKnown, kit.T("đã có"), said)
		for _, d := range r.Known.Differs {
			col := p.column(d.Field)
			sentence := kit.T("Trong sổ là “{{.Register}}”, danh sách ghi “{{.List}}”; giữ theo sổ. Ctrl+Enter để lấy theo danh sách.", differs(p, d))
			if r.Take {
				sentence = kit.T("Trong sổ là “{{.Register}}”, sẽ sửa theo danh sách thành “{{.List}}”.", differs(p, d))
			}
			l.add(col, kit.CellRepaired, kit.T("khác sổ"), sentence)
		}
	case len(r.Offered) > 0 && !r.settled:
		l.add(name, kit.CellDuplicate, kit.T("trùng?"), kit.T("Có thể là {{.Name}} đã có trong sổ ({{.Why}}). Ctrl+Enter để chọn; không chọn thì ghi là mới.",
			map[string]any{"Name": told(&r.Offered[0]), "Why": r.Offered[0].Why}))
	}
}

func differs(p *Preview, d record.Difference) map[string]any {
	return map[string]any{"Register": show(p.proposal.Of, d.Field, d.Register), "List": show(p.proposal.Of, d.Field, d.List)}
}

// told names somebody known so that they can be told from others.
func told(k *record.Known) string {
	out := k.Name
	for _, more := range []string{k.Birth.String(), k.Unit} {
		if more != "" {
			out += ", " + more
		}
	}
	return out
}

// sameWho reports whether a row still says what it was held against the register by.
func (p *Preview) sameWho(r *row, cells []string) bool {
	for _, field := range []string{"full_name", "id_number", "birth", "name", "code"} {
		if col := p.column(field); col >= 0 && col < len(r.cells) && cells[col] != r.cells[col] {
			return false
		}
	}
	return true
}

// column is the place of a field in the grid, or -1.
func (p *Preview) column(field string) int {
	return slices.IndexFunc(p.columns, func(c column) bool { return field != "" && c.field == field })
}

// nameColumn is the column by which people call a row.
func (p *Preview) nameColumn() int {
	for _, field := range []string{"full_name", "name", "text"} {
		if col := p.column(field); col >= 0 {
			return col
		}
	}
	return 0
}

// judge looks at the rows that are not what they were and says how many there are.
func (p *Preview) judge() {
	rows := p.grid.Rows()
	p.verdicts = p.verdicts[:0]
	for _, g := range rows {
		var first *string
		if len(g.Cells) > 0 {
			first = &g.Cells[0]
		}
		j, known := p.judged[g.Key]
		if !known || j.cells != first {
			j = judgment{first, p.verdictOf(g)}
			p.judged[g.Key] = j
		}
		p.verdicts = append(p.verdicts, j.verdict)
	}
	p.count()
}

func (p *Preview) verdictOf(g kit.GridRow) verdict {
	if g.Blank() {
		return verdict{blank: true}
	}
	l, r := p.look(g), p.row(g.Key)
	fields, _ := p.fieldsOf(r, g.Cells)
	same := p.sameWho(r, g.Cells)
	return verdict{
		ready: l.mark < kit.CellQuestion, known: same && r.Known != nil, offered: same && r.Known == nil && len(r.Offered) > 0 && !r.settled,
		sex: fields.Get("sex"), group: fields.Get("audience"),
	}
}

// forget has a row looked at anew.
func (p *Preview) forget(key string) { delete(p.judged, key) }

// count says what the list holds.
func (p *Preview) count() {
	if p.proposal.Unclear != nil {
		p.counts.SetText(kit.T("Chưa rõ ý nghĩa các cột. Chọn ở tiêu đề từng cột (Alt+↓)."))
		p.store.Disable()
		p.store.SetText(kit.T("Ghi nhận"))
		return
	}
	var ready, open, known, offered, women, men int
	groups := map[string]int{}
	for _, v := range p.verdicts {
		switch {
		case v.blank:
			continue
		case !v.ready:
			open++
			continue
		}
		ready++
		known += one(v.known)
		offered += one(v.offered)
		women += one(v.sex == "nữ")
		men += one(v.sex == "nam")
		groups[v.group]++
	}
	said := []string{kit.T("{{.N}} dòng sẵn sàng", number(ready))}
	add := func(n int, sentence string) {
		if n > 0 {
			said = append(said, sentence)
		}
	}
	if p.proposal.Of == "person" || p.proposal.Of == "instructor" {
		add(women, kit.T("{{.N}} nữ", number(women)))
		add(men, kit.T("{{.N}} nam", number(men)))
		add(ready-women-men, kit.T("{{.N}} chưa rõ giới tính", number(ready-women-men)))
	}
	for _, t := range record.Audiences {
		if n := groups[t.Code]; n > 0 {
			said = append(said, kit.In(t.Words)+" "+strconv.Itoa(n))
		}
	}
	add(open, kit.T("{{.N}} dòng cần hỏi", number(open)))
	add(known, kit.T("{{.N}} đã có trong sổ", number(known)))
	add(offered, kit.T("{{.N}} có thể trùng", number(offered)))
	text := strings.Join(said, "  ·  ")
	if fields := record.NotKept(p.keeper, p.proposal); len(fields) > 0 && p.proposal.Of != "unit" && p.proposal.Of != "question" {
		text += "  ·  " + kit.T("Không lưu: {{.Fields}} (chưa bật ở Thiết lập › Dữ liệu cá nhân).", map[string]any{"Fields": fieldNames(fields)})
	}
	if others := p.otherLists(); len(others) > 0 {
		text += "  ·  " + kit.T("Tệp còn danh sách ở trang tính khác: {{.Sheets}}.", map[string]any{"Sheets": strings.Join(others, ", ")})
	}
	if code := p.proposal.Code; code != "" && !p.options.Activity.IsZero() && code != p.options.Activity.Code() {
		text = kit.T("Tệp ghi mã của hoạt động khác: {{.Code}}.", map[string]any{"Code": code}) + "  ·  " + text
	}
	p.counts.SetText(text)
	p.store.SetText(kit.T("Ghi nhận {{.N}} dòng", number(ready)))
	if ready > 0 {
		p.store.Enable()
	} else {
		p.store.Disable()
	}
}

func number(n int) map[string]any { return map[string]any{"N": kit.Number(int64(n))} }

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// fieldNames says optional fields in words: "số điện thoại, số căn cước".
func fieldNames(fields []string) string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = kit.Term(record.OptionalFields, field)
	}
	return strings.Join(names, ", ")
}
