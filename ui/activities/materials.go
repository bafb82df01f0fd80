package activities

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// registered is an office with a register of materials, of which those given out can be
// chosen.
type registered interface {
	Rows(ctx context.Context, f record.ListFilter) (record.ListPage, error)
}

// The columns of the materials given out.
const (
	materialName = iota
	materialKind
)

// offeredMaterials is how many are offered while a name is typed.
const offeredMaterials = 8

// materialColumns are those of the materials given out: a name, which may be one of the
// register's, a kind, which may be a word of the office's own, and how many.
func materialColumns() []kit.GridColumn {
	kinds := make([]string, len(record.MaterialKinds))
	for i, t := range record.MaterialKinds {
		kinds[i] = kit.In(t.Words)
	}
	return []kit.GridColumn{
		{Title: kit.T("Tài liệu"), Width: 18, Grow: 1, Open: true},
		{Title: kit.T("Loại"), Width: 12, Choices: kinds},
		{Title: kit.T("Số bản"), Width: 7, Number: true},
	}
}

// offerMaterials offers the materials of the register while a name is typed, and with
// one of them its kind.
func (f *Form) offerMaterials(office registered) {
	listing := record.ListingOf("material")
	title, kind := listing.TitleColumn(), listing.Column("kind")
	asked, kinds := kit.NewLatest(f.runner), map[string]string{}
	f.materials.OnTyping = func(_, col int, text string) {
		if _, editing := f.materials.Editing(); col != materialName || !editing {
			asked.Drop()
			return
		}
		kit.Ask(asked, func(ctx context.Context) (record.ListPage, error) {
			return office.Rows(ctx, record.ListFilter{Noun: "material", Text: text, Limit: offeredMaterials, Bare: true})
		}, func(page record.ListPage, err error) {
			if err != nil {
				return // a name can be typed all the same
			}
			var titles []string
			for _, r := range page.Rows {
				titles = append(titles, r.Cells[title])
				kinds[r.Cells[title]] = kit.Term(record.MaterialKinds, r.Cells[kind])
			}
			f.materials.SetChoices(materialName, titles)
		})
	}
	f.materials.OnCell = func(row, col int, text string) {
		r := f.materials.Row(row)
		if known := kinds[text]; col == materialName && known != "" && r.Cells[materialKind] == "" {
			cells := append([]string(nil), r.Cells...)
			cells[materialKind] = known
			f.materials.Replace(row, 1, []kit.GridRow{{Key: r.Key, Cells: cells}})
		}
	}
}
