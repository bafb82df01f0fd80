package evidence

import (
	"bytes"
	"encoding/binary"
	"strings"

	"sophobien/internal/record"
)

// exif is the little that is read of what a camera writes into a picture.
type exif struct {
	orientation int
	taken       record.Date
	camera      bool // a maker, a model or a moment is named
}

// exifOf finds what a camera wrote, nil if nothing.
func exifOf(t fileType, raw []byte) (found []byte) {
	const intro = "Exif\x00\x00"
	switch t {
	case typeJPEG:
		segments(raw, func(mark byte, segment []byte) bool {
			if mark == markAPP1 && bytes.HasPrefix(segment[4:], []byte(intro)) && found == nil {
				found = segment[4+len(intro):]
			}
			return mark != markSOS
		})
	case typePNG:
		chunks(raw, func(kind string, chunk []byte) {
			if kind == "eXIf" {
				found = chunk[8 : len(chunk)-4]
			}
		})
	case typeWebP:
		found = bytes.TrimPrefix(webpChunk(raw, "EXIF"), []byte(intro))
	}
	return found
}

func webpChunk(raw []byte, kind string) []byte {
	for at := 12; at+8 <= len(raw); {
		size := int(binary.LittleEndian.Uint32(raw[at+4:]))
		if size < 0 || size > len(raw)-at-8 {
			return nil
		}
		if string(raw[at:at+4]) == kind {
			return raw[at+8 : at+8+size]
		}
		at += 8 + size + size%2
	}
	return nil
}

// The tags that are read.
const (
	tagMaker       = 0x010f
	tagModel       = 0x0110
	tagOrientation = 0x0112
	tagExif        = 0x8769 // where the camera's own list stands
	tagTaken       = 0x9003
)

// readExif reads orientation and day. What is not understood is as if it were not
// there: a picture is not refused for what stands beside it.
func readExif(tiff []byte) exif {
	e := exif{orientation: upright}
	r := tiffReader{raw: tiff}
	if !r.open() {
		return e
	}
	var inner uint32
	r.list(r.order.Uint32(tiff[4:]), func(tag uint16, entry []byte) {
		switch tag {
		case tagMaker, tagModel:
			e.camera = e.camera || r.text(entry) != ""
		case tagOrientation:
			if o := int(r.order.Uint16(entry[8:])); o >= 1 && o <= 8 {
				e.orientation = o
			}
		case tagExif:
			inner = r.order.Uint32(entry[8:])
		}
	})
	r.list(inner, func(tag uint16, entry []byte) {
		if tag == tagTaken {
			e.taken = takenOn(r.text(entry))
			e.camera = e.camera || e.taken != ""
		}
	})
	return e
}

// takenOn reads "2026:03:05 14:30:00". A camera whose clock was never set says a year
// before there were any.
func takenOn(s string) record.Date {
	if len(s) < 10 {
		return ""
	}
	d := record.Date(strings.ReplaceAll(s[:10], ":", "-"))
	if !d.Valid() || d.Year() < 1995 {
		return ""
	}
	return d
}

// tiffReader reads the lists of tags that EXIF consists of.
type tiffReader struct {
	raw   []byte
	order binary.ByteOrder
}

func (r *tiffReader) open() bool {
	if len(r.raw) < 8 {
		return false
	}
	switch string(r.raw[:4]) {
	case "II*\x00":
		r.order = binary.LittleEndian
	case "MM\x00*":
		r.order = binary.BigEndian
	default:
		return false
	}
	return true
}

// list calls take with the twelve bytes of each entry of the list at an offset.
func (r *tiffReader) list(offset uint32, take func(tag uint16, entry []byte)) {
	at := int64(offset)
	if at < 8 || at+2 > int64(len(r.raw)) {
		return
	}
	n := int(r.order.Uint16(r.raw[at:]))
	for at += 2; n > 0 && at+12 <= int64(len(r.raw)); n, at = n-1, at+12 {
		entry := r.raw[at : at+12]
		take(r.order.Uint16(entry), entry)
	}
}

// text is the text an entry holds or points to.
func (r *tiffReader) text(entry []byte) string {
	const isText = 2
	size := int64(r.order.Uint32(entry[4:]))
	if r.order.Uint16(entry[2:]) != isText || size == 0 || size > 256 {
		return ""
	}
	text := entry[8:]
	if size > 4 {
		at := int64(r.order.Uint32(entry[8:]))
		if at+size > int64(len(r.raw)) {
			return ""
		}
		text = r.raw[at:]
	}
	return strings.Trim(string(text[:size]), "\x00 ")
}
