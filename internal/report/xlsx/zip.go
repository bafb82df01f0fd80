package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// partWriter writes the parts of the workbook. The library marks every formula
// as giving text, and a program that shows values without calculating would show
// our totals as text; here the mark is taken off where the value is a number.
type partWriter struct{ *zip.Writer }

func newPartWriter(w io.Writer) excelize.ZipWriter { return partWriter{zip.NewWriter(w)} }

// Create starts a part.
func (p partWriter) Create(name string) (io.Writer, error) {
	w, err := p.Writer.Create(name)
	if err == nil && strings.HasPrefix(name, "xl/worksheets/") {
		w = numericFormulas{w}
	}
	if err == nil && name == "[Content_Types].xml" {
		w = sortedTypes{w}
	}
	return w, err
}

var typeOfPart = regexp.MustCompile(`<(?:Override|Default) [^>]*?(?:/>|></(?:Override|Default)>)`)

// sortedTypes puts the list of parts in order: the library takes charts as they come out
// of a map, and equal workbooks would differ.
type sortedTypes struct{ to io.Writer }

// Write sorts the list, which stands in one piece.
func (s sortedTypes) Write(part []byte) (int, error) {
	list := typeOfPart.FindAll(part, -1)
	slices.SortFunc(list, bytes.Compare)
	i := 0
	sorted := typeOfPart.ReplaceAllFunc(part, func([]byte) []byte { i++; return list[i-1] })
	if _, err := s.to.Write(sorted); err != nil {
		return 0, err
	}
	return len(part), nil
}

var markedText = regexp.MustCompile(` t="str">(<f>[^<]*</f><v>-?\d+(?:\.\d+)?(?:E[+-]?\d+)?</v>)`)

// numericFormulas relies on the library handing over a part in one piece. Text of
// people cannot look like the mark: in XML its quotes and brackets are escaped.
type numericFormulas struct{ to io.Writer }

// Write takes off the marks.
func (n numericFormulas) Write(part []byte) (int, error) {
	if _, err := n.to.Write(markedText.ReplaceAll(part, []byte(`>$1`))); err != nil {
		return 0, err
	}
	return len(part), nil
}
