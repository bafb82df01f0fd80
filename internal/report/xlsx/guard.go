package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"sophobien/internal/record"
)

// What a template may be. An office's own is far below all of these.
const (
	maxTemplate   = 8 << 20  // bytes of the file
	maxUnpacked   = 96 << 20 // bytes of all its parts
	maxParts      = 1000
	maxSheets     = 40
	maxCells      = 200_000
	maxRow        = 20_000
	maxColumn     = 500
	maxNames      = 20_000
	maxMergedArea = 100_000
)

func refuse(vi, en string) error { return record.Refuse(record.ErrInvalid, vi, en) }

func noWorkbook(cause error) error {
	return record.Refuse(record.ErrDamaged, "Tệp mẫu không phải là sổ tính .xlsx đọc được; hãy mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx.",
		"The template is no .xlsx workbook that can be read; open it in Excel or LibreOffice and save it as .xlsx.").Because(cause)
}

func tooLarge(vi, en string) error {
	return record.Refuse(record.ErrInvalid, "Tệp mẫu quá lớn: "+vi+".", "The template is too large: "+en+".")
}

// guard looks at a file before the library does: its size, what its parts unpack to, and
// what must not be in it.
func guard(file []byte) error {
	if len(file) > maxTemplate {
		return tooLarge(fmt.Sprintf("trên %d MB", maxTemplate>>20), fmt.Sprintf("over %d MB", maxTemplate>>20))
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return noWorkbook(err)
	}
	if len(z.File) > maxParts {
		return tooLarge(fmt.Sprintf("trên %d phần", maxParts), fmt.Sprintf("over %d parts", maxParts))
	}
	var left int64 = maxUnpacked
	sheets, workbook := 0, false
	cells := 0
	for _, f := range z.File {
		if err := forbidden(f.Name); err != nil {
			return err
		}
		part, err := unpacked(f, left)
		if err != nil {
			return err
		}
		left -= int64(len(part))
		switch {
		case f.Name == "xl/workbook.xml":
			workbook = true
		case f.Name == "[Content_Types].xml" && bytes.Contains(part, []byte("macroEnabled")):
			return forbidden("xl/vbaProject.bin")
		case strings.HasPrefix(f.Name, "xl/worksheets/") && strings.HasSuffix(f.Name, ".xml"):
			sheets++
			if err := guardSheet(part, &cells); err != nil {
				return err
			}
		}
	}
	if !workbook {
		return noWorkbook(nil)
	}
	if sheets > maxSheets {
		return tooLarge(fmt.Sprintf("trên %d trang tính", maxSheets), fmt.Sprintf("over %d sheets", maxSheets))
	}
	return nil
}

func unpacked(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, noWorkbook(err)
	}
	defer r.Close()
	part, err := io.ReadAll(io.LimitReader(r, left+1))
	if err != nil {
		return nil, noWorkbook(err)
	}
	if int64(len(part)) > left {
		return nil, tooLarge(fmt.Sprintf("giải nén trên %d MB", maxUnpacked>>20), fmt.Sprintf("it unpacks to over %d MB", maxUnpacked>>20))
	}
	return part, nil
}

func forbidden(part string) error {
	switch name := strings.ToLower(part); {
	case strings.Contains(name, "vbaproject") || strings.HasPrefix(name, "xl/macrosheets/"):
		return refuse("Tệp mẫu có macro; hãy lưu lại dạng .xlsx không có macro.", "The template holds macros; save it as .xlsx without them.")
	case strings.HasPrefix(name, "xl/externallinks/"):
		return refuse("Tệp mẫu có liên kết tới tệp khác; hãy bỏ liên kết (Data → Edit Links) rồi lưu lại.",
			"The template links to other files; break the links (Data → Edit Links) and save it again.")
	case strings.HasPrefix(name, "xl/embeddings/") || strings.HasPrefix(name, "xl/activex/") || strings.HasPrefix(name, "xl/connections"):
		return refuse("Tệp mẫu có đối tượng nhúng hoặc kết nối dữ liệu; hãy bỏ rồi lưu lại.",
			"The template holds embedded objects or data connections; remove them and save it again.")
	}
	return nil
}

var (
	cellOrRow = regexp.MustCompile(`<(?:\w+:)?(?:c|row)\b[^>]*?\br="([A-Z]*)(\d+)"`)
	openCell  = regexp.MustCompile(`<(?:\w+:)?(?:c|row)[\s/>]`)
	merged    = regexp.MustCompile(`<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"`)
)

// guardSheet counts cells and looks how far out they stand: the library makes room for
// all the rows and columns before them.
func guardSheet(part []byte, cells *int) error {
	if *cells += len(openCell.FindAllIndex(part, -1)); *cells > maxCells {
		return tooLarge(fmt.Sprintf("trên %d ô", maxCells), fmt.Sprintf("over %d cells", maxCells))
	}
	far := func(col, row string) bool {
		n, err := strconv.Atoi(row)
		return err != nil || n > maxRow || n < 1 || columnNumber(col) > maxColumn
	}
	outside := tooLarge(fmt.Sprintf("có ô ngoài %d dòng, %d cột đầu; hãy xóa định dạng các dòng, cột trống", maxRow, maxColumn),
		fmt.Sprintf("a cell lies beyond the first %d rows and %d columns; clear the formats of empty rows and columns", maxRow, maxColumn))
	width := 0
	for _, m := range cellOrRow.FindAllSubmatch(part, -1) {
		if far(string(m[1]), string(m[2])) {
			return outside
		}
		width = max(width, columnNumber(string(m[1])))
	}
	for _, m := range merged.FindAllSubmatch(part, -1) {
		if far(string(m[1]), string(m[2])) || far(string(m[3]), string(m[4])) {
			return outside
		}
		from, _ := strconv.Atoi(string(m[2]))
		to, _ := strconv.Atoi(string(m[4]))
		if area := (to - from + 1) * (columnNumber(string(m[3])) - columnNumber(string(m[1])) + 1); area > maxMergedArea {
			return outside
		}
	}
	return nil
}

// columnNumber is 0 for no letters at all.
func columnNumber(letters string) int {
	n := 0
	for _, r := range letters {
		n = n*26 + int(r-'A') + 1
		if n > 1<<20 {
			return n
		}
	}
	return n
}
