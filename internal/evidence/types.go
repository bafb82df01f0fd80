package evidence

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"path"
	"strings"

	"golang.org/x/image/webp"
)

// fileType is what a file is by its content.
type fileType int

const (
	typeOther fileType = iota
	typeJPEG
	typePNG
	typeWebP
	typePDF
	typeHEIC
	typeVideo
)

var errNoEnd = errors.New("the end is missing")

// typeOf tells the type by the first bytes; a name proves nothing.
func typeOf(raw []byte) fileType {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		return typeJPEG
	case bytes.HasPrefix(raw, []byte(pngSignature)):
		return typePNG
	case len(raw) >= 12 && string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP":
		return typeWebP
	case len(raw) >= 12 && string(raw[4:8]) == "ftyp":
		return typeOfBrand(string(raw[8:12]))
	case bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")):
		return typePDF // readers allow something before it
	}
	return typeOther
}

func typeOfBrand(brand string) fileType {
	switch brand {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis":
		return typeHEIC
	}
	return typeVideo
}

// rename gives a name the ending of what is kept.
func (t fileType) rename(name string) string {
	endings := map[fileType][]string{typeJPEG: {".jpg", ".jpeg"}, typePNG: {".png"}, typePDF: {".pdf"}}[t]
	ext := path.Ext(name)
	for _, e := range endings {
		if strings.EqualFold(ext, e) {
			return name
		}
	}
	switch strings.ToLower(ext) {
	case ".jpg", ".jpeg", ".jfif", ".png", ".webp", ".pdf":
		name = strings.TrimSuffix(name, ext)
	}
	return name + endings[0]
}

// The limits of what is decoded.
const (
	mostPixels = 100_000_000
	mostMemory = 600 << 20 // bytes a decoder may come to hold
)

// decode opens a picture whose header promises one that memory bears.
func decode(name string, t fileType, raw []byte) (image.Image, error) {
	config, err := readConfig(t, raw)
	if err != nil {
		return nil, refuseCut(name, err)
	}
	pixels := int64(config.Width) * int64(config.Height)
	if pixels > mostPixels || pixels*memoryOf(t, config.ColorModel, raw) > mostMemory {
		return nil, refusePixels(name, config.Width, config.Height)
	}
	if pixels == 0 {
		return nil, refuseCut(name, errNoEnd)
	}
	img, err := decodeWhole(t, raw)
	if err != nil {
		return nil, refuseCut(name, err)
	}
	return img, nil
}

func readConfig(t fileType, raw []byte) (image.Config, error) {
	switch t {
	case typeJPEG:
		return jpeg.DecodeConfig(bytes.NewReader(raw))
	case typePNG:
		return png.DecodeConfig(bytes.NewReader(raw))
	}
	return webp.DecodeConfig(bytes.NewReader(raw))
}

func decodeWhole(t fileType, raw []byte) (image.Image, error) {
	switch t {
	case typeJPEG:
		return jpeg.Decode(bytes.NewReader(raw))
	case typePNG:
		return png.Decode(bytes.NewReader(raw))
	}
	return webp.Decode(bytes.NewReader(raw))
}

// memoryOf is how many bytes a decoder holds for a pixel at its worst: a JPEG whose
// detail comes in steps keeps four bytes for each of three parts until the end, a PNG
// whose lines come in steps keeps the picture and a part of it.
func memoryOf(t fileType, model color.Model, raw []byte) int64 {
	switch {
	case t == typeJPEG && progressive(raw):
		return 16
	case t == typeJPEG && model == color.CMYKModel:
		return 8
	case model == color.RGBA64Model || model == color.NRGBA64Model:
		return 8
	case model == color.GrayModel:
		return 1
	case model == color.YCbCrModel:
		return 3
	}
	return 4
}
