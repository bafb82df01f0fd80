package evidence

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"sophobien/internal/datadir"
)

var key = [32]byte{1, 2, 3}

func open(t testing.TB) *Store {
	t.Helper()
	dir, err := datadir.Open(filepath.Join(t.TempDir(), "Văn phòng #1 100%"))
	if err != nil {
		t.Fatal(err)
	}
	return reopen(t, dir.Path())
}

func reopen(t testing.TB, path string) *Store {
	t.Helper()
	dir, err := datadir.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// quarters is a picture whose four quarters are red, green, blue and white, so that
// one sees which way up it is.
func quarters(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	colours := [4]color.RGBA{{200, 20, 20, 255}, {20, 180, 20, 255}, {20, 20, 200, 255}, {240, 240, 240, 255}}
	for i, c := range colours {
		x, y := i%2*w/2, i/2*h/2
		draw.Draw(img, image.Rect(x, y, x+w-w/2, y+h-h/2), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return img
}

// noisy is a picture no encoder makes small.
func noisy(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	state := uint32(2463534242)
	for i := range img.Pix {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		img.Pix[i] = byte(state)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const secret = "BI-MAT-NOI-CHUP"

// tiff is what a camera writes: orientation, maker, day, and a secret place.
func tiff(order binary.ByteOrder, orientation uint16) []byte {
	var b bytes.Buffer
	w := func(v any) { binary.Write(&b, order, v) }
	if order == binary.ByteOrder(binary.LittleEndian) {
		b.WriteString("II*\x00")
	} else {
		b.WriteString("MM\x00*")
	}
	const maker, taken, inner = 8 + 2 + 3*12 + 4, 120, 80
	w(uint32(8))
	w(uint16(3))
	w([]uint16{tagMaker, 2})
	w([]uint32{16, maker})
	w([]uint16{tagOrientation, 3})
	w(uint32(1))
	w([]uint16{orientation, 0})
	w([]uint16{tagExif, 4})
	w([]uint32{1, inner})
	w(uint32(0))
	b.WriteString(secret + "\x00")
	b.Write(make([]byte, inner-b.Len()))
	w(uint16(1))
	w([]uint16{tagTaken, 2})
	w([]uint32{20, taken})
	w(uint32(0))
	b.Write(make([]byte, taken-b.Len()))
	b.WriteString("2026:03:05 14:30:00\x00")
	return b.Bytes()
}

// withSegment puts a segment at the start of a JPEG.
func withSegment(jpg []byte, mark byte, body []byte) []byte {
	out := append([]byte{0xff, markSOI, 0xff, mark, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
	return append(out, jpg[2:]...)
}

func withExif(jpg []byte, order binary.ByteOrder, orientation uint16) []byte {
	return withSegment(jpg, markAPP1, append([]byte("Exif\x00\x00"), tiff(order, orientation)...))
}

// withChunk puts a chunk behind the header of a PNG.
func withChunk(p []byte, kind string, body []byte) []byte {
	const header = len(pngSignature) + 25
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, kind...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(append([]byte{}, p[:header]...), chunk...), p[header:]...)
}

// bomb is a PNG of a header alone.
func bomb(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	body = append(body, 8, 6, 0, 0, 0)
	chunk := append(append([]byte{0, 0, 0, 13}, "IHDR"...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append([]byte(pngSignature), chunk...)
}

func pdf() []byte { return []byte("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n") }

// onlyFile is the single file of evidence on the disk.
func onlyFile(t *testing.T, s *Store) string {
	t.Helper()
	var found []string
	filepath.WalkDir(s.folder, func(path string, d os.DirEntry, _ error) error {
		if !d.IsDir() {
			found = append(found, path)
		}
		return nil
	})
	if len(found) != 1 {
		t.Fatalf("files: %v", found)
	}
	return found[0]
}
