package uitest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// Evidence keeps files of evidence in memory: a path is a file, unless Fail has an
// error for it, and its name decides what it shows. Fail and Calls are by method.
type Evidence struct {
	Fail  map[string]error
	Calls []string
	Saved []string // paths written to

	rows    []record.Evidence
	removed map[string]record.Evidence
	revived map[string]record.ID // by the batch that brought it back
	ids     byte
}

// NewEvidence keeps nothing yet.
func NewEvidence() *Evidence {
	return &Evidence{Fail: map[string]error{}, removed: map[string]record.Evidence{}, revived: map[string]record.ID{}}
}

func (o *Evidence) called(method string) error {
	o.Calls = append(o.Calls, method)
	return o.Fail[method]
}

// EvidenceOf reads the files of a row.
func (o *Evidence) EvidenceOf(_ context.Context, owner record.Ref) ([]record.Evidence, error) {
	var out []record.Evidence
	for _, e := range o.rows {
		if e.Noun == owner.Noun && e.OwnerID == owner.ID {
			out = append(out, e)
		}
	}
	return out, o.called("EvidenceOf")
}

// AddEvidence keeps a file by the ending of its name.
func (o *Evidence) AddEvidence(_ context.Context, owner record.Ref, path string) (record.Evidence, error) {
	if err := o.called("AddEvidence"); err != nil {
		return record.Evidence{}, err
	}
	if err := o.Fail[path]; err != nil {
		return record.Evidence{}, err
	}
	o.ids++
	sum := sha256.Sum256([]byte(path))
	e := record.Evidence{
		ID: record.NewID(Now.UnixMilli(), [10]byte{8: 1, 9: o.ids}), Noun: owner.Noun, OwnerID: owner.ID, Kind: "photo",
		SHA256: hex.EncodeToString(sum[:]), Size: 420_000, Width: 2048, Height: 1536, Day: "2026-03-05", Name: filepath.Base(path),
	}
	switch {
	case strings.HasSuffix(path, ".pdf"):
		e.Kind, e.Width, e.Height, e.Day = "pdf", 0, 0, ""
	case strings.Contains(path, "scan"):
		e.Kind, e.Width, e.Height, e.Day = "scan", 1448, 2048, ""
	}
	o.rows = append(o.rows, e)
	return e, nil
}

// CaptionEvidence changes a caption.
func (o *Evidence) CaptionEvidence(_ context.Context, id record.ID, caption string) (record.Evidence, error) {
	i := o.find(id)
	if err := o.called("CaptionEvidence"); err != nil || i < 0 {
		return record.Evidence{}, err
	}
	o.rows[i].Caption = strings.TrimSpace(caption)
	return o.rows[i], nil
}

// RemoveEvidence takes a file away.
func (o *Evidence) RemoveEvidence(_ context.Context, id record.ID) (record.Change, error) {
	i := o.find(id)
	if err := o.called("RemoveEvidence"); err != nil || i < 0 {
		return record.Change{}, err
	}
	batch := fmt.Sprintf("evidence %d", len(o.Calls))
	o.removed[batch] = o.rows[i]
	o.rows = slices.Delete(o.rows, i, i+1)
	return record.Change{Nouns: []string{"evidence"}, Batch: batch}, nil
}

// Undo brings a file back, or takes it away again.
func (o *Evidence) Undo(ctx context.Context, batch string) (record.Change, error) {
	if err := o.called("Undo"); err != nil {
		return record.Change{}, err
	}
	if id, ok := o.revived[batch]; ok {
		return o.RemoveEvidence(ctx, id)
	}
	back := "back " + batch
	o.revived[back] = o.removed[batch].ID
	o.rows = append(o.rows, o.removed[batch])
	slices.SortFunc(o.rows, func(a, b record.Evidence) int { return slices.Compare(a.ID[:], b.ID[:]) })
	return record.Change{Nouns: []string{"evidence"}, Batch: back}, nil
}

// SaveEvidenceAs notes where a file was to be written.
func (o *Evidence) SaveEvidenceAs(_ context.Context, _ record.ID, path string) error {
	o.Saved = append(o.Saved, path)
	return o.called("SaveEvidenceAs")
}

// Thumbnail draws a room with people in it, no two files alike.
func (o *Evidence) Thumbnail(_ context.Context, sha string, px int) ([]byte, error) {
	if err := o.called("Thumbnail"); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(o.rows, func(e record.Evidence) bool { return e.SHA256 == sha })
	if i < 0 {
		return nil, record.Refuse(record.ErrNotFound, "Tệp minh chứng không còn.", "The file is gone.")
	}
	wide, high := px, px*3/4
	if o.rows[i].Kind == "scan" {
		wide, high = px*7/10, px
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, room(wide, high, sha[0]+sha[1], o.rows[i].Kind == "scan"), nil)
	return b.Bytes(), err
}

func room(wide, high int, shade byte, page bool) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			c := color.RGBA{110 + shade/2, 150, 190 - shade/2, 255}
			switch {
			case page && (y*24/high)%2 == 1 && x > wide/8 && x < wide*7/8:
				c = color.RGBA{90, 90, 90, 255}
			case page:
				c = color.RGBA{250, 250, 246, 255}
			case y > high*2/3 && (x*8/wide)%2 == 0:
				c = color.RGBA{60, 50, 45, 255}
			case y > high*2/3:
				c = color.RGBA{160, 120, 90, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func (o *Evidence) find(id record.ID) int {
	return slices.IndexFunc(o.rows, func(e record.Evidence) bool { return e.ID == id })
}
