package law

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"sophobien/internal/record"
)

// Bounds of a wording blob.
const (
	MaxText       = 64 << 20 // bytes once unpacked
	MaxProvisions = 100_000
)

const (
	textFormat = "text/1"
	textKind   = "text/"
)

type textHead struct {
	Law string `json:"law"`
}

// provisionLine is a provision in a wording blob.
type provisionLine struct {
	Anchor  string `json:"a"`
	Level   Level  `json:"l"`
	Number  string `json:"n"`
	Heading string `json:"h"`
	Text    string `json:"t"`
}

// EncodeText writes a wording as a blob: gzip of JSON Lines. Equal texts give equal
// bytes with the same version of Go.
func EncodeText(t Text) ([]byte, error) {
	plain, err := plainText(t)
	if err != nil {
		return nil, err
	}
	if err := checkText(t, len(plain)); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func plainText(t Text) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(textHead{textFormat}); err != nil {
		return nil, err
	}
	for _, p := range t {
		if err := e.Encode(provisionLine{p.Anchor, p.Level, p.Number, p.Heading, p.Text}); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// DecodeText reads a wording blob. What [EncodeText] would not have written in the same
// way is refused.
func DecodeText(blob []byte) (Text, error) {
	plain, err := unpack(blob)
	if err != nil {
		return nil, damagedText(err)
	}
	head, rest, _ := bytes.Cut(plain, []byte("\n"))
	if err := checkHead(head); err != nil {
		return nil, err
	}
	t, err := decodeLines(rest)
	if err == nil {
		err = checkText(t, len(plain))
	}
	if err != nil {
		return nil, damagedText(err)
	}
	again, err := plainText(t)
	if err != nil || !bytes.Equal(again, plain) {
		return nil, damagedText(errors.Join(errors.New("written in another way"), err))
	}
	t.setParents()
	return t, nil
}

func unpack(blob []byte) ([]byte, error) {
	r := bytes.NewReader(blob)
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	plain, err := io.ReadAll(io.LimitReader(z, MaxText+1))
	switch {
	case err != nil:
		return nil, err
	case len(plain) > MaxText:
		return nil, errors.New("unpacks beyond the bound")
	case r.Len() > 0:
		return nil, errors.New("bytes after the end")
	}
	return plain, nil
}

func checkHead(line []byte) error {
	var head textHead
	if err := strictJSON(line, &head); err != nil {
		return damagedText(err)
	}
	if head.Law != textFormat && strings.HasPrefix(head.Law, textKind) {
		return record.Refuse(record.ErrNewer, "Văn bản trong gói do bản chương trình mới hơn ghi; hãy cài bản mới rồi nhập lại gói.",
			"The text in the pack was written by a newer version; install it and import the pack again.")
	}
	if head.Law != textFormat {
		return damagedText(fmt.Errorf("format %q", head.Law))
	}
	return nil
}

func decodeLines(rest []byte) (Text, error) {
	t := Text{}
	lines := bufio.NewScanner(bytes.NewReader(rest))
	lines.Buffer(nil, MaxText)
	for lines.Scan() {
		var l provisionLine
		if len(t) == MaxProvisions {
			return nil, errors.New("too many provisions")
		}
		if err := strictJSON(lines.Bytes(), &l); err != nil {
			return nil, err
		}
		t = append(t, Provision{Anchor: l.Anchor, Level: l.Level, Number: l.Number, Heading: l.Heading, Text: l.Text})
	}
	return t, lines.Err()
}

// strictJSON refuses unknown fields and what stands after the value.
func strictJSON(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("more than one value in a line")
	}
	return nil
}

// checkText is what every wording must hold.
func checkText(t Text, size int) error {
	if len(t) > MaxProvisions || size > MaxText {
		return record.Refuse(record.ErrInvalid, "Văn bản quá lớn (hơn 64 MB hoặc hơn 100.000 điều, khoản, điểm).",
			"The text is too large (more than 64 MB or 100,000 provisions).")
	}
	seen := make(map[string]bool, len(t))
	for _, p := range t {
		switch {
		case !ValidAnchor(p.Anchor):
			return fmt.Errorf("anchor %q", p.Anchor)
		case seen[p.Anchor]:
			return fmt.Errorf("anchor %q twice", p.Anchor)
		case !p.Level.valid():
			return fmt.Errorf("level %q", p.Level)
		}
		seen[p.Anchor] = true
	}
	return nil
}

func damagedText(cause error) error {
	return record.Refuse(record.ErrDamaged, "Văn bản trong gói bị hỏng, không đọc được. Hãy xin lại gói.",
		"A text in the pack is damaged. Ask for the pack again.").Because(cause)
}
