package evidence

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
)

// Qualities of what is encoded anew. What was only turned loses as little as can be.
const (
	keepQuality  = 85
	turnQuality  = 92
	thumbQuality = 80
)

func encode(img image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// fit is the size of a picture whose longer side is at most long; none grows.
func fit(size image.Point, long int) image.Point {
	was := max(size.X, size.Y)
	if was <= long {
		return size
	}
	part := func(n int) int { return max(1, (n*long+was/2)/was) }
	return image.Pt(part(size.X), part(size.Y))
}

// shrink gives the picture in a size that is not larger, on white. Every pixel is the
// mean of the area it covers, in whole numbers: counted in parts of which a source
// pixel is to.X wide and a kept one the source's width, no part is ever broken.
func shrink(src image.Image, to image.Point) *image.RGBA {
	b := src.Bounds()
	out := image.NewRGBA(image.Rectangle{Max: to})
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	across := make([]uint64, 3*to.X) // one line of the source, made narrower
	sum := make([]uint64, 3*to.X)    // lines of the kept one under way
	area := uint64(b.Dx()) * uint64(b.Dy())
	row, room := 0, b.Dy() // parts of height the row under way still takes
	for y := range b.Dy() {
		draw.Draw(line, line.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(line, line.Rect, src, image.Pt(b.Min.X, b.Min.Y+y), draw.Over)
		narrow(across, line.Pix, b.Dx(), to.X)
		for left := to.Y; left > 0; {
			part := min(left, room)
			for i, v := range across {
				sum[i] += v * uint64(part)
			}
			left, room = left-part, room-part
			if room == 0 {
				finish(out.Pix[row*out.Stride:], sum, area)
				row, room = row+1, b.Dy()
			}
		}
	}
	return out
}

// narrow sums a line of RGBA into three sums for each kept column.
func narrow(across []uint64, pix []byte, from, to int) {
	clear(across)
	i, room := 0, from
	for x := range from {
		p := pix[4*x : 4*x+3 : 4*x+3]
		for left := to; left > 0; {
			part := min(left, room)
			w, a := uint64(part), across[i:i+3:i+3]
			a[0] += w * uint64(p[0])
			a[1] += w * uint64(p[1])
			a[2] += w * uint64(p[2])
			left, room = left-part, room-part
			if room == 0 {
				i, room = i+3, from
			}
		}
	}
}

func finish(pix []byte, sum []uint64, area uint64) {
	for i := 0; i < len(sum); i += 3 {
		p := pix[i/3*4:]
		for c := range 3 {
			p[c] = byte((sum[i+c] + area/2) / area)
			sum[i+c] = 0
		}
		p[3] = 0xff
	}
}

// upright is the orientation of a picture that needs no turning, in the numbers of
// EXIF: 2 mirrored, 3 upside down, 4 both, 5 to 8 the same with sides exchanged.
const upright = 1

// turn makes a picture upright.
func turn(img *image.RGBA, orientation int) *image.RGBA {
	if orientation <= upright || orientation > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			sx, sy := source(orientation, x, y, w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], img.Pix[img.PixOffset(sx, sy):][:4])
		}
	}
	return out
}

// source is the pixel that stands at x, y once the picture is upright.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	default:
		return w - 1 - y, x
	}
}
