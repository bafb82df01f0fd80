package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/pdf"
	"sophobien/internal/report/xlsx"
	"sophobien/internal/viet"
)

// readAhead is how many rows of a list are read at a time.
const readAhead = 500

// mostPrinted is how many rows are printed: more nobody reads on paper.
const mostPrinted = 5000

// PrintList writes what a list shows as a PDF: the columns named, or those in sight by
// themselves, with what is filtered in words. The words say what is to be watched when
// it names people.
func (a *App) PrintList(ctx context.Context, f record.ListFilter, columns []string, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		l, err := a.outgoing(ctx, f, columns)
		if err != nil {
			return paper{}, err
		}
		if l.page.Total > mostPrinted {
			return paper{}, record.Refuse(record.ErrInvalid,
				fmt.Sprintf("Danh sách có %s dòng, quá nhiều để in (tối đa %s). Hãy lọc bớt, hoặc xuất ra bảng tính.", grouped(l.page.Total), grouped(mostPrinted)),
				fmt.Sprintf("The list has %d rows, too many to print (%d at most). Filter it, or export it to a workbook.", l.page.Total, mostPrinted))
		}
		in := pdf.Listing{
			Office: l.office, Title: strings.ToUpper(l.listing.Heading.VI), Filter: a.filterWords(f, l), Columns: []pdf.Column{{Name: "STT", Width: 11, Align: pdf.AlignCentre}},
			PrintedOn: record.DateOf(a.opts.Now()), PrintedBy: a.officerName(ctx, l.office), Total: l.total(),
		}
		if l.named() {
			in.Note = "Danh sách có dữ liệu cá nhân: chỉ dùng cho việc được giao, không chuyển cho người không có nhiệm vụ."
		}
		for i := range l.columns {
			in.Columns = append(in.Columns, printed(&l.columns[i]))
		}
		err = a.eachRow(ctx, l, func(cells []string) error {
			row := []string{fmt.Sprint(len(in.Rows) + 1)}
			for i, cell := range cells {
				row = append(row, report.CellText(&l.columns[i], cell, a.Topics(), "vi"))
			}
			in.Rows = append(in.Rows, row)
			return nil
		})
		if err != nil {
			return paper{}, err
		}
		b, err := pdf.List(in)
		return l.paper(b, "in ra giấy"), err
	})
}

// ExportList writes what a list shows as a workbook, however long it is.
func (a *App) ExportList(ctx context.Context, f record.ListFilter, columns []string, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		l, err := a.outgoing(ctx, f, columns)
		if err != nil {
			return paper{}, err
		}
		b, err := xlsx.ListBook(xlsx.List{
			Office: l.office, Title: l.listing.Heading.VI, Filter: a.filterWords(f, l), Columns: l.columns, Topics: a.Topics(), Sums: l.page.Sums,
			PrintedOn: record.DateOf(a.opts.Now()), PrintedBy: a.officerName(ctx, l.office),
			Rows: func(put func([]string) error) error { return a.eachRow(ctx, l, put) },
		})
		return l.paper(b, "bảng tính"), err
	})
}

// listOut is a list about to go out.
type listOut struct {
	office  record.Office
	listing *record.Listing
	filter  record.ListFilter
	columns []record.ListColumn
	at      []int           // where they stand in a row
	page    record.ListPage // the first, with the counts of the whole
	sought  bool            // the words it was filtered by, which it says, name somebody
}

func (a *App) outgoing(ctx context.Context, f record.ListFilter, columns []string) (*listOut, error) {
	l := &listOut{listing: record.ListingOf(f.Noun), filter: f}
	if l.listing == nil {
		return nil, record.Refuse(record.ErrInvalid, "Không có danh sách “"+f.Noun+"”.", "There is no list of “"+f.Noun+"”.")
	}
	if err := l.choose(columns); err != nil {
		return nil, err
	}
	var err error
	if l.office, err = a.Office(ctx); err != nil {
		return nil, err
	}
	if l.sought, err = a.namesSomebody(ctx, f.Text); err != nil {
		return nil, err
	}
	l.filter.Offset, l.filter.Limit = 0, readAhead
	l.page, err = a.Rows(ctx, l.filter)
	return l, err
}

// choose takes the columns by name, or those in sight by themselves.
func (l *listOut) choose(names []string) error {
	if len(names) == 0 {
		for i, c := range l.listing.Columns {
			if !c.Hidden {
				l.at = append(l.at, i)
				l.columns = append(l.columns, c)
			}
		}
		return nil
	}
	for _, name := range names {
		i := l.listing.Column(name)
		if i < 0 {
			return record.Refuse(record.ErrInvalid, "Danh sách này không có cột “"+name+"”; các cột: "+l.names()+".", "This list has no column “"+name+"”; its columns: "+l.names()+".")
		}
		l.at = append(l.at, i)
		l.columns = append(l.columns, l.listing.Columns[i])
	}
	return nil
}

func (l *listOut) names() string {
	var names []string
	for _, c := range l.listing.Columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// eachRow reads the list page by page and gives the chosen cells of each row.
func (a *App) eachRow(ctx context.Context, l *listOut, do func(cells []string) error) error {
	page := l.page
	for offset := 0; ; {
		for _, r := range page.Rows {
			cells := make([]string, len(l.at))
			for i, at := range l.at {
				cells[i] = r.Cells[at]
			}
			if err := do(cells); err != nil {
				return err
			}
		}
		offset += len(page.Rows)
		if len(page.Rows) == 0 || offset >= page.Total {
			return nil
		}
		f := l.filter
		f.Offset = offset
		var err error
		if page, err = a.Rows(ctx, f); err != nil {
			return err
		}
	}
}

// namesSomebody reports whether a text holds the name of somebody in the register, or
// of who asked a question.
func (a *App) namesSomebody(ctx context.Context, text string) (bool, error) {
	key := viet.Key(text)
	if key == "" {
		return false, nil
	}
	if named, err := a.db.NamesSomebody(key); named || err != nil {
		return named, explain(err)
	}
	questions, err := a.db.People(ctx).QuestionsWithDeleted()
	return slices.ContainsFunc(questions, func(q record.Question) bool {
		asker := viet.Key(q.Asker)
		return asker == key || strings.Contains(asker, " ") && viet.HasPhrase(key, asker)
	}), explain(err)
}

// named reports whether the list says something personal: names, those it was filtered
// by too, but also what tells who somebody is without one.
func (l *listOut) named() bool { return l.sought || l.bearsNames() }

func (l *listOut) bearsNames() bool {
	for _, c := range l.columns {
		if c.Name == "person_id" || l.ofPeople() && isPersonal(c.Name) {
			return true
		}
	}
	return false
}

func (l *listOut) ofPeople() bool {
	return l.listing.Noun == "person" || l.listing.Noun == "attendance"
}

// isPersonal reports whether a column of a list of people shows a personal field; the
// unit stands as it was written.
func isPersonal(column string) bool {
	return column == "unit" || slices.Contains(personalFields, column)
}

func (l *listOut) paper(b []byte, form string) paper {
	p := paper{bytes: b, what: l.listing.Heading.VI + ", " + form}
	if l.bearsNames() {
		p.names = l.page.Total
	}
	if l.sought {
		p.names = max(p.names, 1) // the heading says it, though no row does
		p.what += ", lọc theo tên người"
	}
	return p
}

// total is the last row of a printed list, nil where nothing adds up.
func (l *listOut) total() []string {
	out := make([]string, len(l.columns)+1)
	summed := false
	for i, c := range l.columns {
		if sum, is := l.page.Sums[c.Name]; is {
			out[i+1], summed = grouped(int(sum)), true
		}
	}
	if !summed || l.page.Total == 0 {
		return nil
	}
	if at := min(1, len(out)-1); out[at] == "" {
		out[at] = "Tổng cộng"
	}
	return out
}

func printed(c *record.ListColumn) pdf.Column {
	out := pdf.Column{Name: c.Words.VI, Width: max(float64(c.Width)*2.3, 14)}
	switch c.Kind {
	case record.ListNumber, record.ListMoney:
		out.Align = pdf.AlignRight
	case record.ListDay, record.ListYes:
		out.Align, out.Width = pdf.AlignCentre, max(out.Width, 22)
	}
	return out
}

func grouped(n int) string { return report.Grouped(fmt.Sprint(n), "vi") }

// filterWords say what a list shows: 23 hoạt động, tháng 3 năm 2026, loại “Đối thoại”.
func (a *App) filterWords(f record.ListFilter, l *listOut) string {
	d, _ := record.Describe(f.Noun)
	parts := []string{grouped(l.page.Total) + " " + d.Words.VI}
	if span := spanWords(f.Period); span != "" && l.listing.Day != "" {
		parts = append(parts, span)
	}
	for i := range l.listing.Columns {
		c := &l.listing.Columns[i]
		if code := f.Only[c.Name]; code != "" {
			parts = append(parts, lowered(c.Words.VI)+" “"+report.CellText(c, code, a.Topics(), "vi")+"”")
		}
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		parts = append(parts, "có chữ “"+text+"”")
	}
	return strings.Join(parts, ", ")
}

func lowered(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) && r[1] != ' ' {
		return s // an abbreviation
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// spanWords say a span of days as people do: a year, a month, from and to.
func spanWords(p record.Period) string {
	switch {
	case p.From == "" && p.To == "":
		return ""
	case p.From == "":
		return "đến hết ngày " + p.To.String()
	case p.To == "":
		return "từ ngày " + p.From.String()
	case p.From == p.To:
		return "ngày " + p.From.String()
	case strings.HasSuffix(string(p.From), "-01-01") && string(p.To) == string(p.From[:4])+"-12-31":
		return "năm " + string(p.From[:4])
	case strings.HasSuffix(string(p.From), "-01") && p.From[:7] == p.To[:7] && p.To.AddDays(1).Day() == 1:
		return fmt.Sprintf("tháng %d năm %d", p.From.Month(), p.From.Year())
	}
	return "từ ngày " + p.From.String() + " đến ngày " + p.To.String()
}
