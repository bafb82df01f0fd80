package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// The limits of a file that Values reads.
const (
	maxFile     = 32 << 20
	maxDocument = 128 << 20 // unpacked
	maxParts    = 2000
	maxDepth    = 1000
	maxControls = 200_000
	maxValue    = 4096 // bytes of the text of one control
	maxOpen     = 100  // bookmarks that overlap
	maxLines    = 200_000
)

// Values are what the content controls of a document say, by their tags: a number without
// its dots ("1098"), everything else as it is written ("66,7 %"). A figure that stands in
// several places has one value while they agree; where they differ, all of them, with " | "
// between, which is no number. Where a program dropped the tags, the bookmarks tell.
func Values(file []byte) (map[string]string, error) {
	values, _, err := Read(file)
	return values, err
}

// Read is Values, and with it the paragraphs of the document, cells of tables among them,
// in the order of the file and each as it reads; empty ones are left out.
func Read(file []byte) (values map[string]string, lines []string, err error) {
	document, err := documentOf(file)
	if err != nil {
		return nil, nil, record.Refuse(record.ErrDamaged, "Tệp không phải là văn bản Word (.docx) đọc được.", "The file is no Word document (.docx) that can be read.").Because(err)
	}
	defer document.Close()
	r := reader{values: map[string]string{}, marks: map[string]*control{}, marked: map[string]string{}}
	if err := r.read(io.LimitReader(document, maxDocument)); err != nil {
		return nil, nil, record.Refuse(record.ErrDamaged, "Nội dung văn bản Word bị hỏng hoặc quá lớn.", "The content of the Word document is damaged or too large.").Because(err)
	}
	for name, value := range r.marked {
		if _, known := r.values[name]; !known {
			r.values[name] = value
		}
	}
	return r.values, r.lines, nil
}

// documentOf opens the part with the text. A file with two of them means two things.
func documentOf(file []byte) (io.ReadCloser, error) {
	if len(file) > maxFile {
		return nil, fmt.Errorf("%d bytes", len(file))
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxParts {
		return nil, fmt.Errorf("%d parts", len(z.File))
	}
	var found *zip.File
	for _, f := range z.File {
		if !strings.EqualFold(f.Name, documentPart) {
			continue
		}
		if found != nil {
			return nil, errors.New("two documents in one file")
		}
		found = f
	}
	switch {
	case found == nil:
		return nil, errors.New("no document in the file")
	case found.UncompressedSize64 > maxDocument:
		return nil, fmt.Errorf("a document of %d bytes", found.UncompressedSize64)
	}
	return found.Open()
}

// reader goes through a document once.
type reader struct {
	values map[string]string
	open   []control           // the controls around the place, the innermost last
	marks  map[string]*control // the bookmarks around it, by id
	marked map[string]string   // what bookmarks say, by name
	path   []string
	total  int
	began  bool

	paragraphs []strings.Builder // around the place, the innermost last
	lines      []string          // of the paragraphs that ended
}

type control struct {
	tag   string
	depth int
	text  []byte
}

func (r *reader) read(document io.Reader) error {
	d := xml.NewDecoder(document)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if !r.began || len(r.path) > 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.token(token); err != nil {
			return err
		}
	}
}

func (r *reader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if len(r.path) >= maxDepth {
			return errors.New("too deep")
		}
		r.path, r.began = append(r.path, t.Name.Local), true
		return r.start(t)
	case xml.EndElement:
		r.end(t.Name.Local)
	case xml.CharData:
		if r.at("t") {
			return r.add(string(t))
		}
	case xml.Directive:
		return errors.New("a directive")
	}
	return nil
}

// at reports whether the innermost element is the named one.
func (r *reader) at(name string) bool { return len(r.path) > 0 && r.path[len(r.path)-1] == name }

func (r *reader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "p":
		if len(r.lines) > maxLines {
			return errors.New("too many paragraphs")
		}
		r.paragraphs = append(r.paragraphs, strings.Builder{})
	case "sdt":
		if r.total++; r.total > maxControls {
			return errors.New("too many controls")
		}
		r.open = append(r.open, control{depth: len(r.path)})
	case "tag":
		// Only the control's own properties name it.
		if n := len(r.open); n > 0 && len(r.path) == r.open[n-1].depth+2 && r.path[len(r.path)-2] == "sdtPr" {
			r.open[n-1].tag = attr(t, "val")
		}
	case "bookmarkStart":
		return r.mark(attr(t, "id"), attr(t, "name"))
	case "bookmarkEnd":
		if m := r.marks[attr(t, "id")]; m != nil {
			r.marked[m.tag] = plain(string(m.text))
			delete(r.marks, attr(t, "id"))
		}
	case "tab", "br", "cr":
		if n := len(r.path); n > 1 && r.path[n-2] == "r" {
			return r.add(" ")
		}
	}
	return nil
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// mark opens a bookmark that could be one of ours.
func (r *reader) mark(id, name string) error {
	if !tagged(name) || name[0] == '_' {
		return nil
	}
	if r.total++; r.total > maxControls || len(r.marks) >= maxOpen {
		return errors.New("too many bookmarks")
	}
	r.marks[id] = &control{tag: name}
	return nil
}

// add gives text to the paragraph, and to every control and bookmark around it.
func (r *reader) add(text string) error {
	if n := len(r.paragraphs); n > 0 {
		r.paragraphs[n-1].WriteString(text)
	}
	for i := range r.open {
		c := &r.open[i]
		if !tagged(c.tag) {
			continue
		}
		if len(c.text)+len(text) > maxValue {
			return errors.New("a value that is too long")
		}
		c.text = append(c.text, text...)
	}
	for id, m := range r.marks {
		if len(m.text)+len(text) > maxValue { // one of somebody else, over pages
			delete(r.marks, id)
			continue
		}
		m.text = append(m.text, text...)
	}
	return nil
}

func (r *reader) end(name string) {
	depth := len(r.path)
	r.path = r.path[:depth-1]
	if name == "p" {
		r.endParagraph()
	}
	n := len(r.open)
	if name != "sdt" || n == 0 || r.open[n-1].depth != depth {
		return
	}
	c := r.open[n-1]
	r.open = r.open[:n-1]
	if tagged(c.tag) {
		r.keep(c.tag, plain(string(c.text)))
	}
}

func (r *reader) endParagraph() {
	n := len(r.paragraphs) - 1
	if text := strings.Join(strings.Fields(r.paragraphs[n].String()), " "); text != "" {
		r.lines = append(r.lines, text)
	}
	r.paragraphs = r.paragraphs[:n]
}

// keep notes a value beside those that differ from it.
func (r *reader) keep(tag, value string) {
	was, known := r.values[tag]
	switch {
	case !known:
		r.values[tag] = value
	case was != value && !strings.Contains(" | "+was+" | ", " | "+value+" | ") && len(was) < maxValue:
		r.values[tag] = was + " | " + value
	}
}

// plain takes the dots out of a number that is written as we write it.
func plain(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " "))
	digits := strings.ReplaceAll(text, ".", "")
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil && strconv.FormatInt(n, 10) == digits && report.Grouped(digits, "vi") == text {
		return digits
	}
	return text
}
