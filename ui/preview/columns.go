package preview

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// column is one column of the grid: a field of the register, or a column of the
// list that is left out.
type column struct {
	field   string // "" left out
	sources []int  // of proposal.Columns it comes from
	left    int    // place among what is left out
	grid    kit.GridColumn
}

// columnsOf are the columns of a proposal, in the order of the list. A field that is
// spread over several columns, or made of others, is one.
func columnsOf(p record.Proposal) []column {
	var out []column
	at := func(field string) int {
		return slices.IndexFunc(out, func(c column) bool { return field != "" && c.field == field })
	}
	left := 0
	for i, c := range p.Columns {
		field := fieldOf(p, c)
		if k := at(field); k >= 0 {
			out[k].sources = append(out[k].sources, i)
			continue
		}
		made := column{field: field, sources: []int{i}, left: -1}
		if c.Field == "" {
			made.left = left
			left++
		}
		if c.Part == "ordinal" || field == "" && (c.Field != "" || p.Unclear == nil && !saysSomething(p, made.left)) {
			continue // nothing stands in it that anybody could miss
		}
		out = append(out, made)
	}
	for _, field := range furtherFields(p) {
		if at(field) < 0 {
			out = append(out, column{field: field, left: -1})
		}
	}
	for i := range out {
		out[i].grid = gridColumn(p, out[i])
	}
	return out
}

// fieldOf is the field of the register that a column fills. The address of a person
// stands in for the unit where the list has no other.
func fieldOf(p record.Proposal, c record.ProposedColumn) string {
	if c.Field != "address" || p.Of == "unit" {
		return c.Field
	}
	if slices.ContainsFunc(p.Columns, func(o record.ProposedColumn) bool { return o.Field == "unit" }) {
		return ""
	}
	return "unit"
}

func saysSomething(p record.Proposal, left int) bool {
	for _, texts := range p.Left {
		if left >= 0 && left < len(texts) && texts[left] != "" {
			return true
		}
	}
	return false
}

// furtherFields are those of other tables, and those that rows got from elsewhere: a
// kind told by a name, a unit named above a group.
func furtherFields(p record.Proposal) []string {
	seen := map[string]bool{}
	for _, t := range p.Tables {
		for _, c := range t.Columns {
			seen[fieldOf(p, c)] = true
		}
	}
	for i := range p.Rows {
		for _, f := range p.Rows[i].Fields {
			seen[f.Name] = true
		}
	}
	for i := range p.Parked {
		for _, f := range p.Parked[i].Fields {
			seen[f.Name] = true
		}
	}
	var out []string
	for _, t := range record.ListFields(p.Of) {
		if seen[t.Code] && !isPart(t.Code) {
			out = append(out, t.Code)
		}
	}
	return out
}

// isPart reports whether a choice of ListFields is a part of a field.
func isPart(code string) bool {
	switch code {
	case "family", "middle", "given", "male", "female", "birth-day", "birth-month", "birth-year", "unit-part", "ethnicity-mark", "audience-mark":
		return true
	}
	return false
}

func gridColumn(p record.Proposal, c column) kit.GridColumn {
	var headers []string
	for _, i := range c.sources {
		if h := p.Columns[i].Header; h != "" {
			headers = append(headers, h)
		}
	}
	g := kit.GridColumn{Below: strings.Join(headers, " + "), Width: 8, Grow: 1}
	if g.Below == "" {
		g.Below = "–"
	}
	if c.field == "" {
		g.Title, g.Fixed = kit.T("Bỏ cột này"), true
		if p.Unclear != nil {
			g.Title = kit.T("Chưa rõ")
		}
		return g
	}
	g.Title = kit.Term(record.ListFields(p.Of), c.field)
	g.Choices = choicesOf(p.Of, c.field)
	g.Fixed = p.Unclear != nil
	switch c.field {
	case "full_name", "name", "text", "answer":
		g.Width, g.Grow = 17, 4
	case "unit", "address", "parent":
		g.Width, g.Grow = 12, 3
	case "sex":
		g.Width, g.Grow = 8.5, 0
	case "birth", "received", "answered_on", "valid_from":
		g.Width, g.Grow, g.Number = 11.5, 0, true
	case "phone", "id_number", "code":
		g.Width, g.Grow = 11, 0
	case "workers_total", "workers_women", "workers_ethnic_minority", "workers_disabled":
		g.Number = true
	}
	return g
}

// openTitle offers what the column under a title may be.
func (p *Preview) openTitle(col int, at fyne.Position) {
	if col >= len(p.columns) {
		return
	}
	c := p.columns[col]
	switch len(c.sources) {
	case 0:
		p.say(kit.Plain, kit.T("Cột này không có trong danh sách: sổ suy ra từ các cột khác."))
	case 1:
		kit.Menu(p.desk.Window, at, p.meanings(c.sources[0])...)
	default:
		var items []*fyne.MenuItem
		for _, source := range c.sources {
			item := fyne.NewMenuItem(p.proposal.Columns[source].Header, nil)
			item.ChildMenu = fyne.NewMenu("", p.meanings(source)...)
			items = append(items, item)
		}
		kit.Menu(p.desk.Window, at, items...)
	}
}

// meanings are the choices for a column of the list.
func (p *Preview) meanings(source int) []*fyne.MenuItem {
	is := chosenField(p.proposal, p.proposal.Columns[source])
	var items []*fyne.MenuItem
	for _, t := range record.ListFields(p.proposal.Of) {
		item := fyne.NewMenuItem(kit.In(t.Words), func() { p.Choose(source, t.Code) })
		item.Checked = t.Code == is
		items = append(items, item)
	}
	leave := fyne.NewMenuItem(kit.T("Bỏ cột này"), func() { p.Choose(source, record.LeftOut) })
	leave.Checked = is == record.LeftOut
	return append(items, fyne.NewMenuItemSeparator(), leave)
}

// chosenField is what a column is taken for, as ListFields names it.
func chosenField(p record.Proposal, c record.ProposedColumn) string {
	if c.Part != "" {
		return c.Part
	}
	if f := fieldOf(p, c); f != "" {
		return f
	}
	return record.LeftOut
}

// Choose says what a column of the list is and reads the list again. A field another
// column had is that one's no more.
func (p *Preview) Choose(source int, field string) {
	p.grid.Commit()
	fields := map[int]string{}
	for i, c := range p.proposal.Columns {
		is := chosenField(p.proposal, c)
		if i == source {
			is = field
		} else if is == field {
			is = record.LeftOut
		}
		fields[c.Index] = is
	}
	p.options.Fields, p.options.Header, p.learn = fields, p.proposal.HeaderLine, true
	p.readAgain()
}

// chooseHeader says that the row under the cursor is the header.
func (p *Preview) chooseHeader() {
	at, _ := p.grid.Cursor()
	if at < len(p.proposal.Raw) {
		p.options.Header, p.learn = p.proposal.Raw[at].Line, true
		p.options.Fields = nil
		p.readAgain()
	}
}

// chooseSheet reads another sheet of the file.
func (p *Preview) chooseSheet(name string) {
	if name == "" {
		name = p.proposal.Sheet // a sheet cannot be switched off
	}
	if name == p.proposal.Sheet {
		p.showSheets()
		return
	}
	p.src.Sheet = name
	p.options.Fields, p.options.Header, p.learn, p.typed = nil, 0, false, map[place]string{}
	p.readAgain()
}

func (p *Preview) showSheets() {
	if len(p.proposal.Sheets) < 2 {
		p.sheets.Hide()
		return
	}
	var chips []kit.Chip
	for _, s := range p.proposal.Sheets {
		rows, isList := p.lists[s]
		if !isList {
			rows = -1
		}
		chips = append(chips, kit.Chip{Key: s, Label: s, Count: rows})
	}
	p.sheets.Set(chips, p.proposal.Sheet)
	p.sheets.Show()
}

// noteSheets remembers which sheets of the file hold a list: only the first reading
// looks at all of them. From then on the one that is shown is meant.
func (p *Preview) noteSheets() {
	if p.src.Sheet != "" || len(p.proposal.Sheets) < 2 {
		return
	}
	p.src.Sheet = p.proposal.Sheet
	p.lists = map[string]int{p.proposal.Sheet: len(p.proposal.Rows) + len(p.proposal.Parked)}
	for _, s := range p.proposal.OtherSheets {
		p.lists[s.Sheet] = s.Rows
	}
}

// otherLists are the names of the file's other sheets that hold a list.
func (p *Preview) otherLists() []string {
	var out []string
	for _, s := range p.proposal.Sheets {
		if _, isList := p.lists[s]; isList && s != p.proposal.Sheet {
			out = append(out, s)
		}
	}
	return out
}

// useUsualCase reads the list again with names in capitals written the usual way.
func (p *Preview) useUsualCase(on bool) {
	if on != p.options.UsualCase {
		p.options.UsualCase = on
		p.readAgain()
	}
}
