package main

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// entry is one line of an authority file.
func entry(display, name, secret string) []byte {
	out := []byte{1, 0}
	for _, s := range []string{"máy", display, name, secret} {
		out = binary.BigEndian.AppendUint16(out, uint16(len(s)))
		out = append(out, s...)
	}
	return out
}

func TestTheCookieOfTheDisplayIsFound(t *testing.T) {
	file := append(entry("98", cookieName, "khác"), entry("99", "XDM", "khác")...)
	file = append(file, entry("99", cookieName, "bí mật")...)
	if got := string(cookieIn(file, "99")); got != "bí mật" {
		t.Errorf("found %q", got)
	}
	for n := range file {
		if got := cookieIn(file[:n], "99"); got != nil {
			t.Errorf("a file cut at %d gave %q", n, got)
		}
	}
}

// server answers like an X server and keeps what it was asked.
type server struct {
	bytes.Buffer
	asked bytes.Buffer
}

func (s *server) Write(p []byte) (int, error) { return s.asked.Write(p) }

func TestPixelsComeInTheirColours(t *testing.T) {
	s := &server{}
	head := make([]byte, 32)
	head[0], head[4] = 1, 2 // a reply, two times four bytes
	s.Buffer.Write(head)
	s.Buffer.Write([]byte{1, 2, 3, 0, 4, 5, 6, 0}) // blue, green, red, nothing
	img, err := getImage(s, 7, 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []color.Color{color.RGBA{3, 2, 1, 255}, color.RGBA{6, 5, 4, 255}}
	if diff := cmp.Diff(want, []color.Color{img.At(0, 0), img.At(1, 0)}); diff != "" {
		t.Errorf("pixels (-want +got):\n%s", diff)
	}
	if got := binary.LittleEndian.Uint32(s.asked.Bytes()[4:]); got != 7 {
		t.Errorf("asked for drawable %d", got)
	}
}

func TestARefusalIsAnError(t *testing.T) {
	s := &server{}
	s.Buffer.Write(make([]byte, 32))
	if _, err := getImage(s, 7, 2, 1); err == nil {
		t.Error("an error of the server must not be a picture")
	}
}
