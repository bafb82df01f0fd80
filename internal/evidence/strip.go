package evidence

import (
	"bytes"
	"encoding/binary"
)

// strip takes out of a picture what is not needed to show it: where and by whom it
// was taken, remarks, and whatever is hung on behind it. The picture itself is not
// touched. It reports false for what it does not understand or does not keep.
func strip(t fileType, raw []byte) ([]byte, bool) {
	switch t {
	case typeJPEG:
		return stripJPEG(raw)
	case typePNG:
		return stripPNG(raw)
	}
	return nil, false
}

// The markers of a JPEG that matter here.
const (
	markSOF2  = 0xc2 // detail comes in steps
	markRST0  = 0xd0
	markRST7  = 0xd7
	markSOI   = 0xd8
	markEOI   = 0xd9
	markSOS   = 0xda
	markAPP0  = 0xe0 // JFIF
	markAPP1  = 0xe1 // EXIF, XMP
	markAPP2  = 0xe2 // ICC profile
	markAPP14 = 0xee // Adobe: how colours are meant
	markAPP15 = 0xef
	markCOM   = 0xfe
)

// segments calls take with each segment of a JPEG, marker and all, its body behind
// four bytes; of a scan with its data. It reports whether the file is well formed up
// to its end mark.
func segments(raw []byte, take func(mark byte, segment []byte) (more bool)) bool {
	at := 2
	for at+4 <= len(raw) {
		if raw[at] != 0xff {
			return false
		}
		mark := raw[at+1]
		switch {
		case mark == 0xff: // filling
			at++
			continue
		case mark == markEOI:
			return true
		case mark == 0 || mark == markSOI || mark >= markRST0 && mark <= markRST7:
			return false
		}
		end := at + 2 + int(binary.BigEndian.Uint16(raw[at+2:]))
		if end < at+4 || end > len(raw) {
			return false
		}
		if mark == markSOS {
			end += scanLength(raw[end:])
		}
		if !take(mark, raw[at:end]) {
			return true
		}
		at = end
	}
	return at+2 <= len(raw) && raw[at] == 0xff && raw[at+1] == markEOI
}

// scanLength is how far the data of a scan goes: to the next marker that is not one
// of its own.
func scanLength(raw []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(raw[at:], 0xff)
		if i < 0 || at+i+1 >= len(raw) {
			return len(raw)
		}
		at += i
		if next := raw[at+1]; next != 0 && next != 0xff && (next < markRST0 || next > markRST7) {
			return at
		}
		at++
	}
}

func stripJPEG(raw []byte) ([]byte, bool) {
	out := append(make([]byte, 0, len(raw)), 0xff, markSOI)
	scanned := false
	ok := segments(raw, func(mark byte, segment []byte) bool {
		if keepsSegment(mark, segment) {
			out = append(out, segment...)
		}
		scanned = scanned || mark == markSOS
		return true
	})
	return append(out, 0xff, markEOI), ok && scanned
}

func keepsSegment(mark byte, segment []byte) bool {
	switch {
	case mark == markAPP0, mark == markAPP14:
		return len(segment) < 64 // without a picture in it
	case mark == markAPP2:
		return bytes.HasPrefix(segment[4:], []byte("ICC_PROFILE\x00"))
	}
	return mark != markCOM && (mark < markAPP0 || mark > markAPP15)
}

func progressive(raw []byte) (yes bool) {
	segments(raw, func(mark byte, _ []byte) bool {
		yes = yes || mark == markSOF2
		return mark != markSOS
	})
	return yes
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// chunks calls take with each chunk of a PNG, and reports whether it has its end.
func chunks(raw []byte, take func(kind string, chunk []byte)) bool {
	for at := len(pngSignature); at+12 <= len(raw); {
		size := int(binary.BigEndian.Uint32(raw[at:]))
		if size < 0 || size > len(raw)-at-12 {
			return false
		}
		kind, end := string(raw[at+4:at+8]), at+12+size
		take(kind, raw[at:end])
		if kind == "IEND" {
			return true
		}
		at = end
	}
	return false
}

// keptChunks are what a PNG needs to look as it was meant.
var keptChunks = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true, "iCCP": true, "sBIT": true, "pHYs": true,
}

func stripPNG(raw []byte) ([]byte, bool) {
	out := append(make([]byte, 0, len(raw)), pngSignature...)
	ok := chunks(raw, func(kind string, chunk []byte) {
		if keptChunks[kind] {
			out = append(out, chunk...)
		}
	})
	return out, ok
}
