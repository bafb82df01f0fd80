package oplog

import (
	"encoding/base64"
	"strconv"

	"sophobien/internal/record"
)

// encode writes the one line this program writes for the commit.
func (c *Commit) encode() []byte {
	b := make([]byte, 0, 256+192*len(c.Ops))
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
	b = o.Ref.AppendTo(b)
	b = append(b, '"')
	switch cell := &o.Cells[0]; {
	case !o.Single():
		b = appendSet(b, o.Cells)
		b = appendHidden(b, o.Cells)
	case cell.Hidden:
		b = append(b, `,"f":"`...)
		b = append(b, cell.Field...)
		b = append(b, '"')
	default:
		b = append(b, `,"f":"`...)
		b = append(b, cell.Field...)
		b = append(b, `","v":`...)
		b = append(b, cell.Value...)
	}
	if o.hides() {
		b = append(b, `,"c":"`...)
		b = base64.StdEncoding.AppendEncode(b, o.Commitment[:])
		b = append(b, '"')
	}
	b = appendDots(b, "b", o.Over)
	b = appendDots(b, "obs", o.Seen)
	b = appendDots(b, "x", o.Erased)
	return append(b, '}')
}

// appendSet writes the open cells of an operation with several, if it has any.
func appendSet(b []byte, cells []Cell) []byte {
	begun := false
	for i := range cells {
		if cells[i].Hidden {
			continue
		}
		if begun {
			b = append(b, ',')
		} else {
			b = append(b, `,"set":{`...)
		}
		begun = true
		b = append(b, '"')
		b = append(b, cells[i].Field...)
		b = append(b, `":`...)
		b = append(b, cells[i].Value...)
	}
	if begun {
		b = append(b, '}')
	}
	return b
}

// appendHidden names the hidden cells of an operation with several.
func appendHidden(b []byte, cells []Cell) []byte {
	begun := false
	for i := range cells {
		if !cells[i].Hidden {
			continue
		}
		if begun {
			b = append(b, ',')
		} else {
			b = append(b, `,"h":[`...)
		}
		begun = true
		b = append(b, '"')
		b = append(b, cells[i].Field...)
		b = append(b, '"')
	}
	if begun {
		b = append(b, ']')
	}
	return b
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
