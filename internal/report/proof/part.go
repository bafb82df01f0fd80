package proof

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
)

// Sealed is a proof as it lies in a file: its bytes, the key that signed them and the
// signature, both in the text forms of minisign.
type Sealed struct {
	Body           []byte
	Key, Signature string
}

// The limits of a file with a proof, and of a proof.
const (
	maxFile   = 64 << 20
	maxParts  = 4000
	maxPart   = 64 << 20 // unpacked
	maxProof  = 64 << 20 // unpacked
	namespace = "urn:sophobien:report-proof:1"
)

const (
	typesPart = "[Content_Types].xml"

	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	props    = xmlHead + `<ds:datastoreItem ds:itemID="{B3A1D6C4-7E52-4F0B-9C11-5D0E8A64F2A7}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="` + namespace + `"/></ds:schemaRefs></ds:datastoreItem>`
)

// place is where a proof lies in a file: LibreOffice keeps custom parts of these names
// alone, and a template may have some of its own.
type place int

// freePlace is the first that the file has left.
func freePlace(z *zip.Reader) place {
	taken := map[string]bool{}
	for _, f := range z.File {
		taken[f.Name] = true
	}
	n := place(1)
	for taken[n.item()] || taken[n.props()] || taken[n.rels()] {
		n++
	}
	return n
}

func (n place) item() string  { return fmt.Sprintf("customXml/item%d.xml", n) }
func (n place) props() string { return fmt.Sprintf("customXml/itemProps%d.xml", n) }
func (n place) rels() string  { return fmt.Sprintf("customXml/_rels/item%d.xml.rels", n) }

// relsText leads from the proof to its properties.
func (n place) relsText() string {
	return fmt.Sprintf(xmlHead+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%scustomXmlProps" Target="itemProps%d.xml"/></Relationships>`, relSpace, n)
}

// override is the properties' line in the list of types, relation the proof's among those
// of the main part.
func (n place) override() string {
	return fmt.Sprintf(`<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>`, n.props())
}

func (n place) relation() string {
	return fmt.Sprintf(`<Relationship Id="rIdProof" Type="%scustomXml" Target="../%s"/>`, relSpace, n.item())
}

// mainRels are the relations of the part a program opens, of a workbook and of a document.
var mainRels = []string{"xl/_rels/workbook.xml.rels", "word/_rels/document.xml.rels"}

// Encode is the proof as the bytes that are signed.
func (p Proof) Encode() ([]byte, error) { return json.Marshal(p) }

// Decode reads a proof from the bytes that were signed.
func Decode(body []byte) (Proof, error) {
	var p Proof
	if err := json.Unmarshal(body, &p); err != nil || p.Format < 1 {
		return p, damaged(err)
	}
	if p.Format > Format {
		return p, record.Refuse(record.ErrNewer, "Phần chứng thực của tệp do bản chương trình mới hơn ghi; hãy cài bản mới.", "The file's proof was written by a newer version; install it.")
	}
	return p, nil
}

func damaged(cause error) error {
	return record.Refuse(record.ErrDamaged, "Phần chứng thực trong tệp bị hỏng hoặc đã bị sửa.", "The proof in the file is damaged or was altered.").Because(cause)
}

// Attach puts a proof into a workbook or document that has none, and leaves every other
// part as it is.
func Attach(file []byte, s Sealed) ([]byte, error) {
	z, err := open(file)
	if err != nil {
		return nil, err
	}
	item, err := s.xml()
	if err != nil {
		return nil, err
	}
	if _, err := Read(file); !errors.Is(err, ErrNone) {
		return nil, cmp.Or(err, errors.New("the file has a proof already"))
	}
	at := freePlace(z)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	found := 0
	for _, f := range z.File {
		part, err := unpack(f)
		if err != nil {
			return nil, err
		}
		switch {
		case f.Name == typesPart:
			part = bytes.Replace(part, []byte("</Types>"), []byte(at.override()+"</Types>"), 1)
		case slices.Contains(mainRels, f.Name):
			found++
			part = bytes.Replace(part, []byte("</Relationships>"), []byte(at.relation()+"</Relationships>"), 1)
		}
		if err := add(w, f.Name, part); err != nil {
			return nil, err
		}
	}
	if found != 1 {
		return nil, fmt.Errorf("%d main parts", found)
	}
	for _, p := range []struct{ name, text string }{{at.item(), item}, {at.props(), props}, {at.rels(), at.relsText()}} {
		if err := add(w, p.name, []byte(p.text)); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var fixedTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func add(w *zip.Writer, name string, part []byte) error {
	p, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: fixedTime})
	if err != nil {
		return err
	}
	_, err = p.Write(part)
	return err
}

func open(file []byte) (*zip.Reader, error) {
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
	return z, nil
}

func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return bounded(r, maxPart)
}

func bounded(r io.Reader, most int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(b)) > most {
		err = errors.New("too large")
	}
	return b, err
}

// element is a proof as XML; its texts are base64, which no program reflows.
type element struct {
	XMLName   xml.Name `xml:"urn:sophobien:report-proof:1 proof"`
	Key       string   `xml:"key"`
	Signature string   `xml:"signature"`
	Body      string   `xml:"body"`
}

func (s Sealed) xml() (string, error) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(s.Body); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	text, err := xml.Marshal(element{Key: encoded([]byte(s.Key)), Signature: encoded([]byte(s.Signature)), Body: encoded(packed.Bytes())})
	return xmlHead + string(text), err
}

func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// ErrNone: a file without a proof: one that was never signed, or lost it in another
// program.
var ErrNone = errors.New("no proof in the file")

// Read finds the proof of a file, wherever another program has put it.
func Read(file []byte) (Sealed, error) {
	var out Sealed
	z, err := open(file)
	if err != nil {
		return out, damagedFile(err)
	}
	var found *element
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "customXml/") || !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		part, err := unpack(f)
		if err != nil {
			return out, damagedFile(err)
		}
		e := new(element)
		if !bytes.Contains(part, []byte(namespace)) || xml.Unmarshal(part, e) != nil {
			continue
		}
		if found != nil {
			return out, damaged(errors.New("two proofs"))
		}
		found = e
	}
	if found == nil {
		return out, ErrNone
	}
	return found.sealed()
}

func (e *element) sealed() (s Sealed, err error) {
	key, err1 := base64.StdEncoding.DecodeString(strings.TrimSpace(e.Key))
	signature, err2 := base64.StdEncoding.DecodeString(strings.TrimSpace(e.Signature))
	packed, err3 := base64.StdEncoding.DecodeString(strings.TrimSpace(e.Body))
	if err := errors.Join(err1, err2, err3); err != nil {
		return s, damaged(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return s, damaged(err)
	}
	body, err := bounded(z, maxProof)
	if err != nil {
		return s, damaged(err)
	}
	return Sealed{Body: body, Key: string(key), Signature: string(signature)}, nil
}

func damagedFile(cause error) error {
	return record.Refuse(record.ErrDamaged, "Tệp không phải là tệp Excel (.xlsx) hay Word (.docx) đọc được.", "The file is no Excel (.xlsx) or Word (.docx) file that can be read.").Because(cause)
}
