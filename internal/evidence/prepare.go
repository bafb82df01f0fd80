package evidence

import (
	"bytes"
	"context"
	"image"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
)

// The limits of what is kept.
const (
	MostBytes  = 25 << 20 // of a file
	LongSide   = 2048     // pixels of a picture's longer side
	LargePhoto = 2 << 20  // bytes from which a picture is encoded anew
)

// prepare makes of a file what is to be kept, and describes it.
func prepare(ctx context.Context, name string, raw []byte) (record.Evidence, []byte, error) {
	t := typeOf(raw)
	switch t {
	case typePDF:
		return preparePDF(name, raw)
	case typeJPEG, typePNG, typeWebP:
		return preparePicture(ctx, name, t, raw)
	case typeHEIC:
		return record.Evidence{}, nil, refuseHEIC(name)
	case typeVideo:
		return record.Evidence{}, nil, refuseOther(name, "là phim", "is a film")
	}
	return record.Evidence{}, nil, refuseOther(name, "không phải ảnh hay PDF đọc được", "is no picture or PDF that can be read")
}

// preparePDF keeps a PDF as it is, if its end is there.
func preparePDF(name string, raw []byte) (record.Evidence, []byte, error) {
	if !bytes.Contains(raw[max(0, len(raw)-4096):], []byte("%%EOF")) {
		return record.Evidence{}, nil, refuseCut(name, errNoEnd)
	}
	return describe(name, typePDF, "pdf", raw), raw, nil
}

func preparePicture(ctx context.Context, name string, t fileType, raw []byte) (record.Evidence, []byte, error) {
	img, err := decode(name, t, raw)
	if err != nil {
		return record.Evidence{}, nil, err
	}
	if err := ctx.Err(); err != nil {
		return record.Evidence{}, nil, err
	}
	about := readExif(exifOf(t, raw))
	kept, t, size, err := keepPicture(img, t, about.orientation, raw)
	if err != nil {
		return record.Evidence{}, nil, refuseCut(name, err)
	}
	e := describe(name, t, kindOf(about.camera, size), kept)
	e.Width, e.Height, e.Day = int64(size.X), int64(size.Y), about.taken
	return e, kept, nil
}

// keepPicture gives the bytes to keep: as they came but for what only cameras need,
// or encoded anew where they are large, turned, or of a type that is not kept.
func keepPicture(img image.Image, t fileType, orientation int, raw []byte) ([]byte, fileType, image.Point, error) {
	size := img.Bounds().Size()
	small := max(size.X, size.Y) <= LongSide
	bare, ok := strip(t, raw)
	if ok && small && orientation == upright && len(bare) <= LargePhoto {
		return bare, t, size, nil
	}
	out := turn(shrink(img, fit(size, LongSide)), orientation)
	quality := keepQuality
	if small && len(raw) <= LargePhoto {
		quality = turnQuality
	}
	kept, err := encode(out, quality)
	if err != nil {
		return nil, t, image.Point{}, err
	}
	if ok && small && orientation == upright && len(bare) <= len(kept) {
		return bare, t, size, nil
	}
	return kept, typeJPEG, out.Bounds().Size(), nil
}

// kindOf tells a scanned page from a photo: no camera, and the sides of a sheet.
func kindOf(camera bool, size image.Point) string {
	long, short := max(size.X, size.Y), min(size.X, size.Y)
	// A4 is 1.414, a sheet cut or scanned a little askew near it.
	if !camera && long*1000 >= short*1390 && long*1000 <= short*1440 && long >= 600 {
		return "scan"
	}
	return "photo"
}

func describe(name string, t fileType, kind string, kept []byte) record.Evidence {
	return record.Evidence{SHA256: shaOf(kept), Name: t.rename(name), Kind: kind, Size: int64(len(kept))}
}

// cleanName is the name for people: without folders of any system and without what
// cannot be shown, not longer than a list bears.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(norm.NFC.String(strings.ToValidUTF8(name, "")), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	name = strings.TrimSpace(name)
	if name == "." || name == "/" {
		return ""
	}
	if letters := []rune(name); len(letters) > longestName {
		ext := []rune(path.Ext(name))
		if len(ext) > 10 {
			ext = nil
		}
		name = string(letters[:longestName-len(ext)]) + string(ext)
	}
	return name
}

const longestName = 120
