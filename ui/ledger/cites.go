package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Lawyer is an office with a library: what it finds can be cited.
type Lawyer interface {
	SearchLaw(ctx context.Context, f record.LawFilter) (record.LawPage, error)
}

// Cites is the table of what something rests on, and above it one field that finds
// provisions in the library and adds them. What is typed into the table is kept as it is;
// what came from the library keeps its place there, until its number or provision is typed
// over.
type Cites struct {
	// OnChanged tells every change a person makes.
	OnChanged func()

	grid   *kit.Grid
	picker *kit.Picker
	object fyne.CanvasObject
	known  map[string]record.Citation // of the library and of before, by number and provision
}

// Columns of the table.
const (
	citedNumber = iota
	citedProvision
	citedTitle
)

// offeredCitations is how many provisions are offered while somebody types.
const offeredCitations = 8

// NewCites makes an empty table. An office that is no [Lawyer] types its citations.
func NewCites(r *kit.Runner, office any, high int) *Cites {
	c := &Cites{known: map[string]record.Citation{}}
	c.grid = kit.NewGrid([]kit.GridColumn{
		{Title: kit.T("Số hiệu văn bản"), Width: 11},
		{Title: kit.T("Điều, khoản, điểm"), Width: 11},
		{Title: kit.T("Tên văn bản, trích đoạn"), Width: 16, Grow: 1},
	})
	c.grid.OnChanged = c.changed
	table := container.New(rowsHigh{high}, c.grid)
	c.object = table
	if office, ok := office.(Lawyer); ok {
		c.picker = kit.NewPicker(r, finder(office))
		c.picker.SetPlaceHolder(kit.T("Tìm trong thư viện: từ ngữ, số hiệu, điều khoản"))
		c.picker.OnChosen = c.add
		c.object = kit.VStack(theme.SizeTight, c.picker, table)
	}
	return c
}

// Object is the field and the table.
func (c *Cites) Object() fyne.CanvasObject { return c.object }

// Grid is the table.
func (c *Cites) Grid() *kit.Grid { return c.grid }

// FocusTarget is where somebody begins to type.
func (c *Cites) FocusTarget() fyne.Focusable {
	if c.picker != nil {
		return c.picker.FocusTarget()
	}
	return c.grid.FocusTarget()
}

func (c *Cites) changed() {
	if c.OnChanged != nil {
		c.OnChanged()
	}
}

// finder offers what the library has, each with a key that says where it stands.
func finder(office Lawyer) kit.Find {
	return func(ctx context.Context, query string) ([]kit.Choice, error) {
		if strings.TrimSpace(query) == "" {
			return nil, nil
		}
		page, err := office.SearchLaw(ctx, record.LawFilter{Text: query, Kind: record.LawDocument, Limit: offeredCitations})
		if err != nil {
			return nil, err
		}
		var out []kit.Choice
		for _, h := range page.Hits {
			k := record.Citation{Document: cmp.Or(h.Number, h.Title), Title: h.Title, Provision: h.Provision.VI, Item: h.Item, Anchor: h.Anchor}
			detail := cmp.Or(h.Heading, strings.Join(strings.Fields(h.Snippet), " "))
			if h.Status != record.LawInForce {
				detail = kit.Term(record.LawStatuses, string(h.Status)) + " · " + detail
			}
			out = append(out, kit.Choice{Key: asJSON(k), Text: k.Says(), Detail: detail})
		}
		return out, nil
	}
}

// add puts what was chosen into the table.
func (c *Cites) add(choice kit.Choice) {
	if choice.Key == "" {
		return
	}
	var k record.Citation
	if json.Unmarshal([]byte(choice.Key), &k) != nil {
		return
	}
	c.picker.SetChosen(kit.Choice{})
	list := c.Value()
	for _, have := range list {
		if have.Item == k.Item && have.Anchor == k.Anchor {
			return
		}
	}
	c.Show(append(list, k))
	c.changed()
}

// Show puts citations into the table.
func (c *Cites) Show(list []record.Citation) {
	c.known = map[string]record.Citation{}
	var rows [][]string
	for _, k := range list {
		rows = append(rows, []string{k.Document, k.Provision, k.Title})
		c.known[citedAt(k.Document, k.Provision)] = k
	}
	c.grid.SetRows(kit.GridRows(rows))
}

func citedAt(document, provision string) string { return document + "\n" + provision }

// Value reads the table.
func (c *Cites) Value() []record.Citation {
	var out []record.Citation
	for _, cells := range gridCells(c.grid) {
		k, ok := c.known[citedAt(cells[citedNumber], cells[citedProvision])]
		if !ok {
			k = record.Citation{Document: cells[citedNumber], Provision: cells[citedProvision]}
		}
		k.Title = cells[citedTitle]
		out = append(out, k)
	}
	return out
}

// Citations adds the table of what the row rests on.
func (f *Form) Citations(path string, high int, label ...Label) *kit.Field {
	c := NewCites(f.runner, f.office, high)
	c.OnChanged = f.changed
	field := f.add(&input{
		path:  path,
		show:  func(v any) { c.Show(v.([]record.Citation)) },
		read:  func() (any, error) { return c.Value(), nil },
		draft: func() string { return asJSON(c.Value()) },
		restore: func(s string) {
			var list []record.Citation
			if json.Unmarshal([]byte(s), &list) != nil { // of a version that kept the cells
				c.grid.SetRows(kit.GridRows(cellsOf(s)))
				return
			}
			c.Show(list)
		},
	}, first(label), c.Object())
	f.inputs[len(f.inputs)-1].focus = c.grid
	c.grid.OnRefused = field.SetProblem
	f.grids = append(f.grids, gridAt{path, c.grid})
	return field
}
