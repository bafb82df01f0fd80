package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// windowPicture asks the X server for what the window shows. The toolkit's own way
// reads the front buffer, which is empty where OpenGL is done in software, and its
// painter in memory does not cut scrolled fields at the edge of their page.
func windowPicture(w fyne.Window) (image.Image, error) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return w.Canvas().Capture(), nil
	}
	var drawable uint32
	native.RunNative(func(context any) {
		if x, ok := context.(driver.X11WindowContext); ok {
			drawable = uint32(x.WindowHandle)
		}
	})
	size := w.Canvas().Size()
	width, height := w.Canvas().PixelCoordinateForPosition(fyne.NewPos(size.Width, size.Height))
	conn, err := dialX(os.Getenv("DISPLAY"))
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	picture, err := getImage(conn, drawable, width, height)
	if err != nil {
		err = fmt.Errorf("a window of %d × %d, which asks for %v: %w", width, height, w.Content().MinSize(), err)
	}
	return picture, err
}

// dialX opens a connection to a display of this machine and greets it.
func dialX(display string) (net.Conn, error) {
	_, number, ok := strings.Cut(display, ":")
	number, _, _ = strings.Cut(number, ".")
	if !ok {
		return nil, fmt.Errorf("display %q is none of this machine", display)
	}
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+number)
	if err != nil {
		return nil, err
	}
	if err := greet(conn, cookie(number)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

const cookieName = "MIT-MAGIC-COOKIE-1"

// greet sends the connection setup: little-endian, protocol 11.0.
func greet(conn io.ReadWriter, secret []byte) error {
	hello := []byte{'l', 0, 11, 0, 0, 0}
	hello = binary.LittleEndian.AppendUint16(hello, uint16(len(cookieName)))
	hello = binary.LittleEndian.AppendUint16(hello, uint16(len(secret)))
	hello = append(hello, 0, 0)
	hello = append(hello, padded([]byte(cookieName))...)
	hello = append(hello, padded(secret)...)
	if _, err := conn.Write(hello); err != nil {
		return err
	}
	var head [8]byte
	if _, err := io.ReadFull(conn, head[:]); err != nil {
		return err
	}
	rest := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(conn, rest); err != nil {
		return err
	}
	if head[0] != 1 {
		return fmt.Errorf("the X server refused: %.80q", rest)
	}
	return nil
}

func padded(b []byte) []byte {
	return append(b[:len(b):len(b)], make([]byte, -len(b)&3)...)
}

// cookie finds the secret of a display; nil where none is asked for.
func cookie(number string) []byte {
	file := os.Getenv("XAUTHORITY")
	if file == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil
		}
		file = filepath.Join(home, ".Xauthority")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return cookieIn(text, number)
}

// cookieIn reads the entries of an authority file: family, then four texts, each
// after its length: address, display, name, secret.
func cookieIn(text []byte, number string) []byte {
	for len(text) >= 2 {
		text = text[2:]
		var parts [4][]byte
		for i := range parts {
			if len(text) < 2 {
				return nil
			}
			n := int(binary.BigEndian.Uint16(text))
			if len(text) < 2+n {
				return nil
			}
			parts[i], text = text[2:2+n], text[2+n:]
		}
		if string(parts[1]) == number && string(parts[2]) == cookieName {
			return parts[3]
		}
	}
	return nil
}

// getImage fetches a drawable of 24 or 32 bits a pixel.
func getImage(conn io.ReadWriter, drawable uint32, width, height int) (image.Image, error) {
	const opcode, zPixmap = 73, 2
	ask := []byte{opcode, zPixmap, 5, 0}
	ask = binary.LittleEndian.AppendUint32(ask, drawable)
	ask = append(ask, 0, 0, 0, 0)
	ask = binary.LittleEndian.AppendUint16(ask, uint16(width))
	ask = binary.LittleEndian.AppendUint16(ask, uint16(height))
	ask = binary.LittleEndian.AppendUint32(ask, ^uint32(0))
	if _, err := conn.Write(ask); err != nil {
		return nil, err
	}
	var head [32]byte
	if _, err := io.ReadFull(conn, head[:]); err != nil {
		return nil, err
	}
	if head[0] != 1 {
		return nil, fmt.Errorf("the X server gave no image: error %d", head[1])
	}
	pixels := make([]byte, 4*int(binary.LittleEndian.Uint32(head[4:])))
	if _, err := io.ReadFull(conn, pixels); err != nil {
		return nil, err
	}
	if len(pixels) < 4*width*height {
		return nil, fmt.Errorf("the X server gave %d bytes for %d×%d pixels", len(pixels), width, height)
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		p := pixels[4*i : 4*i+4]
		copy(out.Pix[4*i:], []byte{p[2], p[1], p[0], 0xff})
	}
	return out, nil
}
