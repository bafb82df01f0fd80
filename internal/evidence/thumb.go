package evidence

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"strings"

	"sophobien/internal/datadir"
)

// The longer side of a thumbnail, in pixels.
const (
	leastThumb = 16
	mostThumb  = 1024
)

// Thumbnail is a JPEG of a picture whose longer side has at most px pixels. It is
// made once and then kept beside the picture, sealed as it is.
func (s *Store) Thumbnail(sha string, px int) ([]byte, error) {
	if !isSHA(sha) {
		return nil, refuseSHA()
	}
	px = min(max(px, leastThumb), mostThumb)
	name := fmt.Sprintf("%s%s%d", sha, thumbMark, px)
	path := s.path(sha) + strings.TrimPrefix(name, sha)
	if s.Has(sha) { // a picture that vanished has no thumbnail to show
		if kept, ok := s.keptThumb(path, name); ok {
			return kept, nil
		}
	}
	thumb, err := s.makeThumb(sha, px)
	if err != nil {
		return nil, err
	}
	// Only a saving: where it cannot be written, a full disk say, it is made again.
	_ = datadir.WriteFile(path, s.box.seal(s.box.thumbs, name, thumb))
	return thumb, nil
}

// thumbMark parts the hash from the size in a thumbnail's name.
const thumbMark = ".t"

func (s *Store) keptThumb(path, name string) ([]byte, bool) {
	sealed, err := readSealed(path)
	if err != nil {
		return nil, false
	}
	thumb, err := s.box.open(s.box.thumbs, name, sealed)
	if err != nil {
		return nil, false
	}
	_, err = jpeg.DecodeConfig(bytes.NewReader(thumb))
	return thumb, err == nil
}

func (s *Store) makeThumb(sha string, px int) ([]byte, error) {
	raw, err := s.Read(sha)
	if err != nil {
		return nil, err
	}
	t := typeOf(raw)
	if t != typeJPEG && t != typePNG {
		return nil, refuseNoPicture()
	}
	s.work <- struct{}{}
	defer func() { <-s.work }()
	img, err := decode("", t, raw)
	if err != nil {
		return nil, refuseDamaged().Because(err)
	}
	return encode(shrink(img, fit(img.Bounds().Size(), px)), thumbQuality)
}
