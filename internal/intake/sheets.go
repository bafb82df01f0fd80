package intake

import (
	"cmp"
	"context"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// ReadFile makes proposed rows of a list in a file. Of several sheets it takes the
// one that is a list, where several are the longest, and names the others: none is
// passed over in silence. A sheet asked for by name is the only one read.
func ReadFile(ctx context.Context, data []byte, s sheet.Options, of string, o Options) (record.Proposal, error) {
	if s.Sheet != "" {
		g, err := sheet.Read(ctx, data, s)
		if err != nil {
			return record.Proposal{}, err
		}
		return Read(ctx, g, of, o)
	}
	var c choice
	err := sheet.ReadEach(ctx, data, s, func(g *sheet.Grid, err error) bool {
		var p record.Proposal
		if err == nil {
			p, err = Read(ctx, g, of, o)
		}
		c.add(p, err)
		return ctx.Err() == nil
	})
	switch {
	case ctx.Err() != nil:
		return record.Proposal{}, ctx.Err()
	case err != nil:
		return record.Proposal{}, err
	}
	return c.taken()
}

// choice is the best of the sheets of a file so far.
type choice struct {
	best  record.Proposal
	lists []listed // of all sheets that may be one, in their order
	err   error    // why there is none: what was wrong with the first
}

type listed struct {
	record.OtherSheet
	worth
}

// worth is how sure it is that a sheet is a list.
type worth int

const (
	unclear    worth = iota // texts of which nobody can tell what they say
	nameless                // without a header, nothing but what looks like names
	recognised              // without a header, but more than names
	headed                  // under a header
)

func worthOf(p *record.Proposal) worth {
	switch {
	case p.Unclear != nil:
		return unclear
	case p.HeaderLine > 0:
		return headed
	}
	for _, c := range p.Columns {
		switch c.Field {
		case sex, birth, phone, idNumber:
			return recognised
		}
	}
	return nameless
}

func (c *choice) add(p record.Proposal, err error) {
	if err != nil {
		if c.err == nil {
			c.err = err
		}
		return
	}
	l := listed{record.OtherSheet{Sheet: p.Sheet, Rows: len(p.Rows) + len(p.Parked)}, worthOf(&p)}
	c.lists = append(c.lists, l)
	if best := c.chosen(); best.Sheet == p.Sheet {
		c.best = p
	}
}

// chosen is the surest list, of several the longest, of equal ones the first.
func (c *choice) chosen() listed {
	return slices.MaxFunc(c.lists, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.worth, b.worth), cmp.Compare(a.Rows, b.Rows))
	})
}

// taken is the chosen list with the names of the others.
func (c *choice) taken() (record.Proposal, error) {
	if len(c.lists) == 0 {
		return record.Proposal{}, c.err
	}
	best := c.chosen()
	for _, l := range c.lists {
		if l.Sheet != best.Sheet && l.worth >= min(best.worth, recognised) {
			c.best.OtherSheets = append(c.best.OtherSheets, l.OtherSheet)
		}
	}
	return c.best, nil
}
