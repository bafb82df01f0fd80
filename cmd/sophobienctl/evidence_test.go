package main

import (
	"image"
	"image/jpeg"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// pictureCall is "picture FILE SHADE": a small JPEG of one grey.
func pictureCall(ts *testscript.TestScript, _ bool, args []string) {
	shade, err := strconv.ParseUint(args[1], 10, 8)
	ts.Check(err)
	img := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = uint8(shade)
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(jpeg.Encode(f, img, nil))
	ts.Check(f.Close())
}
