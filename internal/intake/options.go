package intake

import (
	"slices"

	"sophobien/internal/record"
)

// Options say what is known of a list beyond the list.
type Options struct {
	// Layouts are the shapes of lists that officers have explained before.
	Layouts []record.Layout
	// Fields are the columns, from 0, as an officer has just explained them: a
	// field of record.ListFields, or record.LeftOut. With any, nothing is guessed.
	Fields map[int]string
	// Header is the line of the header as an officer has pointed it out, 0 to find it.
	Header int
	// Ask is for an officer who looks the list over: what columns that are left out
	// say is given too, and where columns cannot be told the rows as they stand,
	// instead of refusing the list.
	Ask bool
	// Progress hears how many lines have been read.
	Progress func(done, total int64)
	// UsualCase writes names in capitals the usual way: NGUYỄN VĂN AN becomes
	// Nguyễn Văn An. Left alone, they stay.
	UsualCase bool
	// LetGo empties the grid's rows as they are read: the caller needs them no more,
	// and a long list does not stand in memory twice.
	LetGo bool
}

// layoutFor finds a layout whose labels are those of the columns, in their order.
func (o Options) layoutFor(of string, cols []column) *record.Layout {
	var labels []string
	for _, c := range cols {
		if c.label != "" {
			labels = append(labels, words(c.label))
		}
	}
	for i := range o.Layouts {
		l := &o.Layouts[i]
		if l.Of == of && len(l.Fields) == len(labels) && slices.EqualFunc(l.Labels, labels, func(a, b string) bool { return words(a) == b }) {
			return l
		}
	}
	return nil
}

// LayoutOf is how the columns of a proposal were understood, to be recognised the
// next time; ok is false when the list has no header.
func LayoutOf(p record.Proposal) (record.Layout, bool) {
	l := record.Layout{Of: p.Of}
	for _, c := range p.Columns {
		if c.Header == "" {
			continue
		}
		field := c.Field
		switch {
		case c.Part != "":
			field = c.Part
		case field == "":
			field = record.LeftOut
		}
		l.Labels, l.Fields = append(l.Labels, c.Header), append(l.Fields, field)
	}
	return l, len(l.Labels) > 0 && p.HeaderLine > 0
}
