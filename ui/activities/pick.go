package activities

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// units finds units and knows the names of those it has seen.
type units struct {
	runner *kit.Runner
	office Office
	names  map[record.ID]string
}

// unitsOffered is how many units a picker asks for.
const unitsOffered = 12

func (u *units) find(ctx context.Context, query string) ([]kit.Choice, error) {
	found, err := u.office.FindUnits(ctx, query, unitsOffered)
	if err != nil {
		return nil, err
	}
	var out []kit.Choice
	for _, f := range found {
		out = append(out, kit.Choice{Key: f.ID.String(), Text: f.Name, Detail: f.Detail})
	}
	return out, nil
}

// choices are the choices of stored ids. A name not yet known is asked for, and
// named when it comes.
func (u *units) choices(ids []record.ID, named func(key, name string)) []kit.Choice {
	var out []kit.Choice
	for _, id := range ids {
		if _, known := u.names[id]; !known {
			u.ask(id, named)
		}
		name, known := u.names[id] // the answer may be there at once
		if !known {
			name = kit.T("đang tìm tên…")
		}
		out = append(out, kit.Choice{Key: id.String(), Text: name})
	}
	return out
}

func (u *units) ask(id record.ID, named func(key, name string)) {
	kit.Do(u.runner, func(ctx context.Context) (record.Unit, error) {
		return u.office.Unit(ctx, id)
	}, func(unit record.Unit, err error) {
		name := unit.FullName()
		if err != nil {
			name = kit.T("đơn vị không còn trong danh mục")
		}
		u.names[id] = name
		named(id.String(), name)
	})
}

// idsOf reads the ids that pickers give back; they were written by us.
func idsOf(keys []string) []record.ID {
	var out []record.ID
	for _, k := range keys {
		if id, err := record.ParseID(k); err == nil {
			out = append(out, id)
		}
	}
	return out
}
