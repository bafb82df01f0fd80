package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// partWriter writes the parts of the workbook. The library marks every formula
// as giving text, and a program that shows values without calculating would show
// our totals as text; here the mark is taken off, as all our formulas give numbers.
type partWriter struct{ *zip.Writer }

func newPartWriter(w io.Writer) excelize.ZipWriter { return partWriter{zip.NewWriter(w)} }

// Create starts a part.
func (p partWriter) Create(name string) (io.Writer, error) {
	w, err := p.Writer.Create(name)
	if err == nil && strings.HasPrefix(name, "xl/worksheets/") {
		w = numericFormulas{w}
	}
	return w, err
}

// numericFormulas relies on the library handing over a part in one piece. Text of
// people cannot look like the mark: in XML its quotes and brackets are escaped.
type numericFormulas struct{ to io.Writer }

// Write takes off the marks.
func (n numericFormulas) Write(part []byte) (int, error) {
	if _, err := n.to.Write(bytes.ReplaceAll(part, []byte(` t="str"><f>`), []byte(`><f>`))); err != nil {
		return 0, err
	}
	return len(part), nil
}
