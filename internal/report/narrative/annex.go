package narrative

import (
	"strconv"

	"sophobien/internal/record"
)

// annex is one table at the end, on pages of its own.
type annex struct {
	title string
	note  string
	wide  bool
	table Table
}

// annexes are those that have something to show; the figures always do.
func (w *writer) annexes() []annex {
	out := []annex{w.allFigures()}
	if len(w.Figures.Targets) > 0 {
		out = append(out, w.allTargets())
	}
	if len(w.Activities) > 0 {
		out = append(out, w.activities())
	}
	if len(w.Places) > 0 {
		out = append(out, w.places())
	}
	if len(w.Units) > 0 {
		out = append(out, w.units())
	}
	return out
}

func (a annex) blocks(w *writer, n int) []Block {
	out := []Block{
		line(AnnexTitle, "Phụ lục "+roman(n)),
		line(Title, upper(a.title)),
		line(AnnexNote, "(Kèm theo Báo cáo số ……"+w.series()+" ngày … tháng … năm …… của "+w.office()+")"),
	}
	if a.note != "" {
		out = append(out, Para{Style: CellText, Italic: true, Keep: true, Runs: phrase{}.t(a.note)})
	}
	return append(out, a.table)
}

func roman(n int) string {
	return []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n]
}

// heads is the first row of a table.
func heads(texts ...string) []Cell {
	var out []Cell
	for _, t := range texts {
		out = append(out, Cell{Para{Style: CellText, Align: AlignCentre, Bold: true, Keep: true, Runs: phrase{}.t(t)}})
	}
	return out
}

// left, middle and right are cells of one text.
func left(p phrase) Cell { return Cell{Para{Style: CellText, Runs: p}} }
func middle(text string) Cell {
	return Cell{Para{Style: CellText, Align: AlignCentre, Runs: phrase{}.t(text)}}
}
func right(p phrase) Cell            { return Cell{Para{Style: CellText, Align: AlignRight, Runs: p}} }
func words(text string) Cell         { return left(phrase{}.t(text)) }
func order(n int) Cell               { return middle(strconv.Itoa(n)) }
func count(n int64, tag string) Cell { return right(phrase{}.n(n, tag)) }

func (w *writer) activities() annex {
	t := Table{Framed: true, Widths: []int{650, 1400, 4250, 1600, 2900, 1686, 900, 900},
		Rows: [][]Cell{heads("STT", "Ngày", "Tên hoạt động", "Loại", "Nơi tổ chức", "Đơn vị", "Lượt người", "Trong đó nữ")}}
	var people, women int64
	for i := range w.Activities {
		a := &w.Activities[i]
		day := a.When.Date.String()
		if last := a.When.Last(); last != a.When.Date {
			day += " – " + last.String()
		}
		name := rowName("activity", a.ID)
		t.Rows = append(t.Rows, []Cell{
			order(i + 1), middle(day), words(a.Title), words(record.WordIn(record.ActivityKinds, a.Kind, lang)), words(a.When.Place),
			words(w.UnitNames[a.HostUnitID]), count(a.Heads.Total, name+"_people"), count(a.Heads.Women, name+"_women"),
		})
		people += a.Heads.Total
		women += a.Heads.Women
	}
	t.Rows = append(t.Rows, total("Tổng cộng", 2, 6, count(people, "activities_people"), count(women, "activities_women")))
	return annex{title: "Danh sách hoạt động trong kỳ", wide: true, table: t}
}

// total is the last row: a word in one of the columns before the sums.
func total(word string, at, columns int, sums ...Cell) []Cell {
	row := make([]Cell, columns)
	row[at] = Cell{Para{Style: CellText, Bold: true, Runs: phrase{}.t(word)}}
	for _, s := range sums {
		q := s[0].(Para)
		q.Bold = true
		row = append(row, Cell{q})
	}
	return row
}

func (w *writer) places() annex {
	t := Table{Framed: true, Widths: []int{650, 2904, 950, 950, 1000, 950, 1000, 950},
		Rows: [][]Cell{heads("STT", "Địa bàn", "Hoạt động", "Cuộc trực tiếp", "Lượt dự", "Lớp tập huấn", "Lượt tập huấn", "Câu hỏi")}}
	var sums [6]int64
	for i, r := range w.Places {
		place := w.UnitNames[r.Unit]
		if r.Unit.IsZero() {
			place = "Nơi khác, chưa rõ địa bàn"
		}
		name := rowName("place", r.Unit)
		row := []Cell{order(i + 1), words(place)}
		for k, c := range []int64{r.Activities, r.Direct, r.Attended, r.Trainings, r.Trained, r.Questions} {
			sums[k] += c
			row = append(row, count(c, name+placeTags[k]))
		}
		t.Rows = append(t.Rows, row)
	}
	var cells []Cell
	for k, s := range sums {
		cells = append(cells, count(s, "places"+placeTags[k]))
	}
	t.Rows = append(t.Rows, total("Tổng cộng", 1, 2, cells...))
	return annex{title: "Kết quả theo địa bàn", table: t}
}

var placeTags = [6]string{"_activities", "_direct", "_attended", "_trainings", "_trained", "_questions"}

func (w *writer) units() annex {
	t := Table{Framed: true, Widths: []int{650, 5704, 1500, 1500}, Rows: [][]Cell{heads("STT", "Đơn vị", "Số cuộc đã có", "Đủ số cuộc")}}
	for i, r := range w.Units {
		enough := "Chưa"
		if r.Enough {
			enough = "Đủ"
		}
		t.Rows = append(t.Rows, []Cell{order(i + 1), words(w.UnitNames[r.Unit]), count(r.Sessions, rowName("unit", r.Unit)+"_sessions"), middle(enough)})
	}
	return annex{title: "Số cuộc theo đơn vị", note: "Đơn vị ít cuộc đứng trước.", table: t}
}
