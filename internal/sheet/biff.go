package sheet

import (
	"encoding/binary"
	"errors"
	"strconv"

	"golang.org/x/text/encoding/charmap"
)

// The records of an .xls that say something about cells. Where a version before
// BIFF5 has a number of its own, recordOf turns it into the later one.
const (
	recEOF      = 0x0A
	recDateMode = 0x22
	recFilePass = 0x2F
	recFont     = 0x31
	recContinue = 0x3C
	recCodePage = 0x42
	recSheet    = 0x85
	recMulRK    = 0xBD
	recRString  = 0xD6
	recXF       = 0xE0
	recMerged   = 0xE5
	recSST      = 0xFC
	recLabelSST = 0xFD
	recInteger  = 0x02 // BIFF2 only
	recFormula  = 0x06
	recNumber   = 0x203
	recLabel    = 0x204
	recBoolErr  = 0x205
	recString   = 0x207
	recRow      = 0x208
	recRK       = 0x27E
	recFormat   = 0x41E
	recBOF      = 0x809
)

// The versions of the format, by the years of the Excel that wrote them.
const (
	biff2 = 2 // 2.1
	biff3 = 3
	biff4 = 4
	biff5 = 5 // 5.0 and 95
	biff8 = 8 // 97 to 2003
)

var errBIFF = errors.New("a record that is not as long as it says")

// biffRecord is one record with its continuations, which begin at the offsets in cuts.
type biffRecord struct {
	id   int
	data []byte
	cuts []int
}

// biffReader walks over the records of a stream.
type biffReader struct {
	data    []byte
	pos     int
	version int
	joined  []byte // where records with continuations are put together
}

// next gives the next record; false at the end of the stream.
func (r *biffReader) next() (biffRecord, bool, error) {
	id, data, ok, err := r.raw()
	if !ok || err != nil {
		return biffRecord{}, false, err
	}
	rec := biffRecord{id: r.recordOf(id), data: data}
	for r.pos+4 <= len(r.data) && binary.LittleEndian.Uint16(r.data[r.pos:]) == recContinue {
		if rec.cuts == nil {
			r.joined = append(r.joined[:0], data...)
		}
		_, more, _, err := r.raw()
		if err != nil {
			return biffRecord{}, false, err
		}
		rec.cuts = append(rec.cuts, len(r.joined))
		r.joined = append(r.joined, more...)
		rec.data = r.joined
	}
	return rec, true, nil
}

func (r *biffReader) raw() (id int, data []byte, ok bool, err error) {
	if r.pos+4 > len(r.data) {
		return 0, nil, false, nil
	}
	id = int(binary.LittleEndian.Uint16(r.data[r.pos:]))
	end := r.pos + 4 + int(binary.LittleEndian.Uint16(r.data[r.pos+2:]))
	if end > len(r.data) {
		return 0, nil, false, errBIFF
	}
	data = r.data[r.pos+4 : end]
	r.pos = end
	return id, data, true, nil
}

// recordOf is the number BIFF5 and later give a record of this version.
func (r *biffReader) recordOf(id int) int {
	if r.version >= biff5 {
		return id
	}
	if r.version == biff2 {
		switch id {
		case 0x03:
			return recNumber
		case 0x04:
			return recLabel
		case 0x05:
			return recBoolErr
		case 0x07:
			return recString
		case 0x08:
			return recRow
		}
	}
	switch id {
	case 0x206, 0x406:
		return recFormula
	case 0x231:
		return recFont
	case 0x43, 0x243, 0x443:
		return recXF
	case 0x1E:
		return recFormat
	}
	return id
}

// versionOf tells the version from the record that begins a stream or a sheet.
func versionOf(id int, data []byte) (int, bool) {
	switch id {
	case 0x009:
		return biff2, true
	case 0x209:
		return biff3, true
	case 0x409:
		return biff4, true
	case recBOF:
		if len(data) >= 2 && binary.LittleEndian.Uint16(data) == 0x0600 {
			return biff8, true
		}
		return biff5, true
	}
	return 0, false
}

// fields reads the parts of a record one after the other. After the end it gives
// zeros and is short.
type fields struct {
	biffRecord
	at    int
	past  int // how many cuts lie before at
	short bool
}

func (f *fields) take(n int) []byte {
	if n < 0 || f.at+n > len(f.data) {
		f.short = true
		f.at = len(f.data)
		return make([]byte, min(max(n, 0), 8))
	}
	b := f.data[f.at : f.at+n]
	f.at += n
	return b
}

func (f *fields) u8() int    { return int(f.take(1)[0]) }
func (f *fields) u16() int   { return int(binary.LittleEndian.Uint16(f.take(2))) }
func (f *fields) u32() int   { return int(binary.LittleEndian.Uint32(f.take(4))) }
func (f *fields) skip(n int) { f.take(n) }
func (f *fields) left() int  { return len(f.data) - f.at }

// chars reads the letters of a BIFF8 text: one byte each or two. Where a record
// is continued inside a text, the continuation says anew which.
func (f *fields) chars(n int, wide bool) string {
	units := make([]uint16, 0, min(n, len(f.data)))
	for ; n > 0 && !f.short; n-- {
		if f.cutHere() {
			wide = f.u8()&1 != 0
		}
		if wide {
			units = append(units, uint16(f.u16()))
		} else {
			units = append(units, uint16(f.u8()))
		}
	}
	return decodeUnits(units)
}

// cutHere reports whether a continuation begins here.
func (f *fields) cutHere() bool {
	for f.past < len(f.cuts) && f.cuts[f.past] < f.at {
		f.past++
	}
	return f.past < len(f.cuts) && f.cuts[f.past] == f.at
}

// shortText reads a text behind one byte of length, as names have it.
func (f *fields) shortText(version int, page *charmap.Charmap) string {
	n := f.u8()
	if version == biff8 {
		return f.chars(n, f.u8()&1 != 0)
	}
	return decodePage(f.take(n), page)
}

// longText reads a text behind two bytes of length; one before BIFF3.
func (f *fields) longText(version int, page *charmap.Charmap) string {
	switch version {
	case biff8:
		n := f.u16()
		return f.chars(n, f.u8()&1 != 0)
	case biff2:
		return decodePage(f.take(f.u8()), page)
	}
	return decodePage(f.take(f.u16()), page)
}

// rich reads a text of the table of shared ones, and where in it fonts change.
func (f *fields) rich() (text string, changes []fontChange) {
	n := f.u16()
	flags := f.u8()
	runs, extra := 0, 0
	if flags&8 != 0 {
		runs = f.u16()
	}
	if flags&4 != 0 {
		extra = f.u32()
	}
	text = f.chars(n, flags&1 != 0)
	for range runs {
		if f.short {
			break
		}
		changes = append(changes, fontChange{f.u16(), f.u16()})
	}
	f.skip(extra)
	return text, changes
}

// fontChange says that from a letter on, counted in UTF-16 units, another font holds.
type fontChange struct{ from, font int }

// decodePage reads the letters of one byte that versions before BIFF8 have.
func decodePage(b []byte, page *charmap.Charmap) string {
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = page.DecodeByte(c)
	}
	return string(out)
}

// pageOf is the code page a file names; Western where it is unknown or not of one
// byte a letter.
func pageOf(number int) *charmap.Charmap {
	pages := map[int]*charmap.Charmap{
		437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866,
		1250: charmap.Windows1250, 1251: charmap.Windows1251, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
		1258: charmap.Windows1258, 10000: charmap.Macintosh,
	}
	if p := pages[number]; p != nil {
		return p
	}
	return charmap.Windows1252
}

// numberText writes a number the way an .xlsx keeps it.
func numberText(f float64) string {
	if a := max(f, -f); a != 0 && (a >= 1e15 || a < 1e-5) {
		return strconv.FormatFloat(f, 'E', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
