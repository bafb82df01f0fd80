package oplog

import (
	"encoding/base64"
	"strconv"

	"sophobien/internal/record"
)

// encode writes the one line this program writes for the commit.
func (c *Commit) encode() []byte {
	b := make([]byte, 0, 256+256*len(c.Ops))
	b = append(b, `{"d":"`...)
	b = append(b, c.Device.String()...)
	b = append(b, `","n":`...)
	b = strconv.AppendInt(b, c.N, 10)
	b = append(b, `,"p":"`...)
	if !c.Prev.IsZero() {
		b = append(b, c.Prev.String()...)
	}
	b = append(b, `","t":`...)
	b = strconv.AppendInt(b, c.Time, 10)
	b = append(b, `,"u":`...)
	b = append(b, record.TextValue(c.Officer)...)
	b = append(b, `,"s":`...)
	b = strconv.AppendInt(b, int64(c.Schema), 10)
	b = append(b, `,"ops":[`...)
	for i := range c.Ops {
		if i > 0 {
			b = append(b, ',')
		}
		b = c.Ops[i].append(b)
	}
	return append(b, "]}"...)
}

func (o *Op) append(b []byte) []byte {
	b = append(b, `{"r":"`...)
	b = append(b, o.Ref.String()...)
	if o.Single() {
		b = append(b, `","f":"`...)
		b = append(b, o.Cells[0].Field...)
		if o.Cells[0].Committed {
			b = append(b, `","c":"`...)
			b = base64.StdEncoding.AppendEncode(b, o.Cells[0].Commitment[:])
			b = append(b, '"')
		} else {
			b = append(b, `","v":`...)
			b = append(b, o.Cells[0].Value...)
		}
	} else {
		b = append(b, `","set":`...)
		b = appendSet(b, o.Cells)
	}
	b = appendDots(b, "b", o.Over)
	b = appendDots(b, "obs", o.Seen)
	b = appendDots(b, "x", o.Erased)
	return append(b, '}')
}

func appendSet(b []byte, cells []Cell) []byte {
	b = append(b, '{')
	for i := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, cells[i].Field...)
		b = append(b, `":`...)
		if !cells[i].Committed {
			b = append(b, cells[i].Value...)
			continue
		}
		b = append(b, `{"c":"`...)
		b = base64.StdEncoding.AppendEncode(b, cells[i].Commitment[:])
		b = append(b, `"}`...)
	}
	return append(b, '}')
}

func appendDots(b []byte, key string, dots []Dot) []byte {
	if len(dots) == 0 {
		return b
	}
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":[`...)
	for i, d := range dots {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, d.String()...)
		b = append(b, '"')
	}
	return append(b, ']')
}
