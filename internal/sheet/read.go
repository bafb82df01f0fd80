package sheet

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strings"

	"sophobien/internal/record"
)

// The limits. They are Excel's own where it has one.
const (
	MaxFile     = 100 << 20 // bytes as handed in
	MaxExpanded = 1 << 30   // bytes once decompressed
	MaxRows     = 1 << 20
	MaxColumns  = 256
	MaxCells    = 12_000_000 // cells that say something
)

// Options say what to read of a file.
type Options struct {
	Name  string // of the file, for messages
	Sheet string // of the workbook; "": the first visible sheet that says something

	each *each // of ReadEach
}

// Read turns the bytes of a file into a grid. Every error carries a sentence.
func Read(ctx context.Context, data []byte, o Options) (*Grid, error) {
	g, err := readFile(ctx, data, &o)
	switch {
	case err != nil:
		return nil, err
	case len(g.Rows) == 0:
		return nil, refuseEmpty(o.Name)
	}
	return g, nil
}

// ReadEach reads all visible sheets of a file that say something, in their order,
// and shows each, or why it cannot be read, as long as do wants more. Only one is in
// memory at a time. An error is about the file as a whole; then nothing was shown.
func ReadEach(ctx context.Context, data []byte, o Options, do func(*Grid, error) (more bool)) error {
	o.each = &each{ctx: ctx, file: fileName(o.Name), do: do, seen: map[string]bool{}}
	g, err := readFile(ctx, data, &o)
	switch {
	case err != nil && o.each.shown: // of a further sheet
		do(nil, err)
	case err != nil:
		return err
	case g != nil && len(g.Rows) == 0:
		return refuseEmpty(o.Name)
	case g != nil: // a file without sheets
		do(g, nil)
	}
	return nil
}

// each shows sheets one after the other. A file that is read twice, since one of its
// sheets needs the reference reader, shows each once.
type each struct {
	ctx   context.Context
	file  string
	do    func(*Grid, error) bool
	seen  map[string]bool
	shown bool
}

func (e *each) has(name string) bool { return e != nil && e.seen[name] }

func (e *each) show(name string, g *Grid, err error) (more bool) {
	e.seen[name] = true
	if err == nil && len(g.Rows) == 0 {
		return true
	}
	e.shown = true
	if err != nil {
		err, g = refusalOf(e.ctx, e.file, err), nil
	}
	return e.do(g, err) && e.ctx.Err() == nil
}

// readFile finds out what a file is and reads it.
func readFile(ctx context.Context, data []byte, o *Options) (*Grid, error) {
	o.Name = fileName(o.Name)
	switch {
	case len(data) > MaxFile:
		return nil, refuseBig(o.Name)
	case strings.HasPrefix(o.Name, "~$"):
		return nil, refuseLock(o.Name)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, refuseEmpty(o.Name)
	}
	read, err := sniff(data, o.Name)
	if err != nil {
		return nil, err
	}
	g, err := read(ctx, data, *o)
	if err != nil {
		return nil, refusalOf(ctx, o.Name, err)
	}
	return g, nil
}

func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	return name
}

// refusalOf is the sentence for what stopped a reader.
func refusalOf(ctx context.Context, name string, err error) error {
	var refusal *record.Refusal
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &refusal):
		return err
	case errors.Is(err, errBomb):
		return refuseBig(name)
	}
	return refuseDamaged(name, err)
}

// reader reads one kind of file.
type reader func(context.Context, []byte, Options) (*Grid, error)

var (
	magicZip      = []byte("PK\x03\x04")
	magicEmptyZip = []byte("PK\x05\x06")
	magicOLE      = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
)

// others are files that people pick by mistake, told by their first bytes.
var others = []struct{ magic, vi, en string }{
	{"%PDF-", "tệp PDF", "a PDF file"},
	{"\x89PNG", "ảnh", "a picture"},
	{"\xFF\xD8\xFF", "ảnh", "a picture"},
	{"GIF8", "ảnh", "a picture"},
	{"{\\rtf", "văn bản RTF", "an RTF text"},
	{"Rar!", "tệp nén RAR", "a RAR archive"},
	{"7z\xBC\xAF", "tệp nén 7z", "a 7z archive"},
	{"\x1F\x8B", "tệp nén gzip", "a gzip archive"},
	{"MZ", "chương trình", "a program"},
	{"SQLite format 3\x00", "cơ sở dữ liệu", "a database"},
}

// sniff tells by content who reads a file, and refuses what nobody here understands.
func sniff(data []byte, name string) (reader, error) {
	switch {
	case bytes.HasPrefix(data, magicZip), bytes.HasPrefix(data, magicEmptyZip):
		return readWorkbook, nil
	case bytes.HasPrefix(data, magicOLE), bareBIFF(data):
		return readOldWorkbook, nil
	}
	for _, o := range others {
		if bytes.HasPrefix(data, []byte(o.magic)) {
			return nil, refuseOther(name, o.vi, o.en)
		}
	}
	return sniffMarkup(data, name)
}

// bareBIFF recognises the stream of an .xls without the compound file around it:
// the record that begins one, of one of the versions, and its length.
func bareBIFF(data []byte) bool {
	if len(data) < 8 || data[0] != 0x09 || data[2] > 0x10 || data[3] != 0 {
		return false
	}
	switch data[1] {
	case 0x00, 0x02, 0x04, 0x08:
		return data[2] >= 4
	}
	return false
}

// sniffMarkup tells web pages and XML that systems export under the name .xls.
func sniffMarkup(data []byte, name string) (reader, error) {
	head := data[:min(len(data), 4096)]
	if zeros(head, 0) > 40 || zeros(head, 1) > 40 || bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		text, _ := decodeText(head)
		head = []byte(text)
	}
	head = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))))
	begins := func(words ...string) bool {
		for _, w := range words {
			if bytes.HasPrefix(head, []byte(w)) {
				return true
			}
		}
		return false
	}
	switch {
	case begins("<!doctype html", "<html", "<table", "<meta", "<head", "<style", "<body", "<!--"):
		return readPage, nil
	case begins("mime-version:", "from: ") && bytes.Contains(head, []byte("multipart/related")):
		return nil, refuseOther(name, "trang web lưu cả hình (.mht)", "a web page saved with its pictures (.mht)")
	case begins("<?xml", "<workbook", "<?mso-application"):
		if bytes.Contains(head, []byte("<html")) {
			return readPage, nil
		}
		return readXML2003, nil
	}
	return readText, nil
}
