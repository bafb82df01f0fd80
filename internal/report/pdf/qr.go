package pdf

import (
	"image/color"

	"github.com/boombuler/barcode/qr"
)

// qrCode draws a text as a square code, its upper left corner at a place.
func (p *page) qrCode(text string, x, y, size float64) {
	code, err := qr.Encode(text, qr.Q, qr.Auto)
	if err != nil {
		p.err = err
		return
	}
	n := code.Bounds().Dx()
	module := size / float64(n)
	p.pdf.SetFillColor(0, 0, 0)
	for row := range n {
		for from := 0; from < n; from++ {
			to := from
			for to < n && code.At(to, row) == color.Black {
				to++
			}
			if to > from {
				p.pdf.Rect(x+float64(from)*module, y+float64(row)*module, float64(to-from)*module, module, "F")
				from = to
			}
		}
	}
}
