package ledger

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// TableOf is a small grid in a form: how a value of the noun stands in it, and what
// its cells mean. Cells are read without blanks around them, and empty rows are left
// out.
type TableOf struct {
	Columns []kit.GridColumn
	High    int // rows in sight
	Show    func(value any) [][]string
	Read    func(cells [][]string) (any, error)
}

// Table adds a small grid for a list.
func (f *Form) Table(path string, t TableOf, label ...Label) *kit.Field {
	g := kit.NewGrid(t.Columns)
	g.OnChanged = f.changed
	field := f.add(&input{
		path:    path,
		show:    func(v any) { g.SetRows(kit.GridRows(t.Show(v))) },
		read:    func() (any, error) { return t.Read(gridCells(g)) },
		draft:   func() string { return asJSON(gridCells(g)) },
		restore: func(s string) { g.SetRows(kit.GridRows(cellsOf(s))) },
	}, first(label), container.New(rowsHigh{max(t.High, 3)}, g))
	f.inputs[len(f.inputs)-1].focus = g
	g.OnRefused = field.SetProblem
	f.grids = append(f.grids, gridAt{path, g})
	return field
}

// gridAt is a grid and the field it stands in.
type gridAt struct {
	path string
	grid *kit.Grid
}

// Beside lets a table hold a second field: what its cells say of it. A problem of
// that field shows under the table.
func (f *Form) Beside(path, table string, read func(cells [][]string) (any, error)) {
	for _, at := range f.grids {
		if at.path == table {
			f.inputs = append(f.inputs, &input{
				path: path, show: func(any) {}, restore: func(string) {}, draft: func() string { return "" },
				read: func() (any, error) { return read(gridCells(at.grid)) },
			})
			f.fields.Also(path, f.fields.Field(table))
		}
	}
}

func gridCells(g *kit.Grid) [][]string {
	var out [][]string
	for _, r := range g.Rows() {
		cells := make([]string, len(r.Cells))
		for i := range r.Cells {
			cells[i] = strings.TrimSpace(r.Cells[i])
		}
		if strings.Join(cells, "") != "" {
			out = append(out, cells)
		}
	}
	return out
}

func cellsOf(s string) [][]string {
	var cells [][]string
	if json.Unmarshal([]byte(s), &cells) != nil {
		return nil
	}
	return cells
}

// Trainings adds a table of trainings received.
func (f *Form) Trainings(path string, label ...Label) *kit.Field {
	return f.Table(path, TableOf{
		Columns: []kit.GridColumn{{Title: kit.T("Ngày"), Width: 9}, {Title: kit.T("Tên lớp"), Width: 20, Grow: 1}},
		Show: func(v any) [][]string {
			var rows [][]string
			for _, t := range v.([]record.Training) {
				rows = append(rows, []string{t.On.String(), t.Title})
			}
			return rows
		},
		Read: func(cells [][]string) (any, error) {
			var out []record.Training
			for _, c := range cells {
				t := record.Training{Title: c[1]}
				if c[0] != "" {
					day, err := f.office.ParseDate(c[0])
					if err != nil {
						return nil, err
					}
					t.On = day
				}
				out = append(out, t)
			}
			return out, nil
		},
	}, label...)
}

// rowsHigh gives a grid room for a number of rows.
type rowsHigh struct{ rows int }

func (r rowsHigh) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, float32(r.rows+1)*fynetheme.Size(theme.SizeRow))
}

func (rowsHigh) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}
