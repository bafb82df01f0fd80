package sheet

import (
	"bytes"
	"context"
	"path"
	"strings"
	"unicode/utf16"

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
}

// Read turns the bytes of a file into a grid. Every error carries a sentence.
func Read(ctx context.Context, data []byte, o Options) (*Grid, error) {
	o.Name = path.Base(strings.ReplaceAll(o.Name, `\`, "/"))
	if o.Name == "." || o.Name == "/" {
		o.Name = ""
	}
	switch {
	case len(data) > MaxFile:
		return nil, refuseBig(o.Name)
	case strings.HasPrefix(o.Name, "~$"):
		return nil, refuseLock(o.Name)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, refuseEmpty(o.Name)
	}
	if err := sniff(data, o.Name); err != nil {
		return nil, err
	}
	read := readText
	if bytes.HasPrefix(data, magicZip) || bytes.HasPrefix(data, magicEmptyZip) {
		read = readWorkbook
	}
	g, err := read(ctx, data, o)
	if err != nil {
		return nil, err
	}
	if len(g.Rows) == 0 {
		return nil, refuseEmpty(o.Name)
	}
	return g, nil
}

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

// sniff refuses by content what no reader here understands.
func sniff(data []byte, name string) error {
	switch {
	case bytes.HasPrefix(data, magicOLE):
		return sniffOLE(data, name)
	case len(data) > 4 && data[0] == 0x09 && data[1]&^0x0E == 0 && data[2] <= 0x10 && data[3] == 0:
		return refuseOldExcel(name) // a bare BIFF stream, before 1995
	}
	for _, o := range others {
		if bytes.HasPrefix(data, []byte(o.magic)) {
			return refuseOther(name, o.vi, o.en)
		}
	}
	return sniffMarkup(data, name)
}

// sniffOLE looks for the names of streams in the directory of the container.
func sniffOLE(data []byte, name string) error {
	has := func(stream string) bool {
		var b []byte
		for _, u := range utf16.Encode([]rune(stream)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return bytes.Contains(data, append(b, 0, 0))
	}
	switch {
	case has("EncryptedPackage"):
		return refusePassword(name)
	case has("Workbook"), has("Book"):
		return refuseOldExcel(name)
	case has("WordDocument"):
		return refuseOther(name, "văn bản Word", "a Word document")
	}
	return refuseDamaged(name, record.ErrDamaged)
}

// sniffMarkup tells web pages and XML that systems export under the name .xls.
func sniffMarkup(data []byte, name string) error {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 2048)], []byte("\xEF\xBB\xBF"))))
	switch {
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")),
		bytes.HasPrefix(head, []byte("<table")), bytes.HasPrefix(head, []byte("<meta")):
		return refuseOther(name, "trang web lưu dưới tên bảng tính", "a web page saved under the name of a sheet")
	case bytes.HasPrefix(head, []byte("<?xml")), bytes.HasPrefix(head, []byte("<workbook")):
		return refuseOther(name, "tệp XML", "an XML file")
	}
	return nil
}
