package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"sophobien/internal/record"
)

// maxLines bounds the paragraphs of a document that Lines reads.
const maxLines = 200_000

// Lines are the paragraphs of a document, cells of tables among them, in the order of the
// file and each as it reads; empty ones are left out.
func Lines(file []byte) ([]string, error) {
	document, err := documentOf(file)
	if err != nil {
		return nil, noDocument(err)
	}
	defer document.Close()
	r := lineReader{decoder: xml.NewDecoder(io.LimitReader(document, maxDocument))}
	if err := r.read(); err != nil {
		return nil, record.Refuse(record.ErrDamaged, "Nội dung văn bản Word bị hỏng hoặc quá lớn.", "The content of the Word document is damaged or too large.").Because(err)
	}
	return r.lines, nil
}

func noDocument(cause error) error {
	return record.Refuse(record.ErrDamaged, "Tệp không phải là văn bản Word (.docx) đọc được.", "The file is no Word document (.docx) that can be read.").Because(cause)
}

type lineReader struct {
	decoder *xml.Decoder
	lines   []string
	open    []strings.Builder // the paragraphs around the place, the innermost last
	path    []string
}

func (r *lineReader) read() error {
	for {
		token, err := r.decoder.Token()
		if errors.Is(err, io.EOF) {
			if len(r.path) > 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(r.path) >= maxDepth || len(r.lines) > maxLines {
				return errors.New("too deep or too long")
			}
			r.path = append(r.path, t.Name.Local)
			r.start(t.Name.Local)
		case xml.EndElement:
			r.path = r.path[:len(r.path)-1]
			if t.Name.Local == "p" {
				r.end()
			}
		case xml.CharData:
			if n := len(r.path); n > 0 && r.path[n-1] == "t" {
				r.add(string(t))
			}
		case xml.Directive:
			return errors.New("a directive")
		}
	}
}

func (r *lineReader) start(name string) {
	switch name {
	case "p":
		r.open = append(r.open, strings.Builder{})
	case "tab", "br", "cr":
		if n := len(r.path); n > 1 && r.path[n-2] == "r" {
			r.add(" ")
		}
	}
}

func (r *lineReader) add(text string) {
	if n := len(r.open); n > 0 {
		r.open[n-1].WriteString(text)
	}
}

func (r *lineReader) end() {
	n := len(r.open)
	if n == 0 {
		return
	}
	text := strings.Join(strings.Fields(r.open[n-1].String()), " ")
	r.open = r.open[:n-1]
	if text != "" {
		r.lines = append(r.lines, text)
	}
}
