package trust

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func testFonts(t testing.TB) Fonts {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("..", "..", "assets", "fonts", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	return Fonts{read("NotoSans-Regular.ttf"), read("NotoSans-Bold.ttf")}
}

func testSheet(t testing.TB) Sheet {
	return Sheet{
		Office:  "Ủy ban nhân dân xã Đăk Tờ Re, tỉnh Quảng Ngãi – Phòng Văn hóa - Xã hội",
		Officer: "Nguyễn Thị Phượng Uyển",
		Created: "23/11/2026",
		Code:    newCode(t),
	}
}

func TestRecoverySheet(t *testing.T) {
	pdf, err := RecoverySheetPDF(testFonts(t), testSheet(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.")) || !bytes.HasSuffix(bytes.TrimSpace(pdf), []byte("%%EOF")) {
		t.Error("not a whole PDF")
	}
	if n := bytes.Count(pdf, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("%d pages", n)
	}
	if n := bytes.Count(pdf, []byte("/FontFile2")); n != 2 {
		t.Errorf("%d fonts embedded", n)
	}
}

func TestRecoverySheetStaysOnOnePage(t *testing.T) {
	p := newPage(testFonts(t))
	s := testSheet(t)
	s.Office = strings.Repeat(s.Office+" ", 2)
	s.Officer = strings.Repeat(s.Officer+" ", 4)
	p.body(s, strings.Split(s.Code, "-"))
	// A signature needs 20 mm, the foot begins at 284.
	if y := p.pdf.GetY(); y > 264 || p.pdf.PageCount() != 1 {
		t.Errorf("the text ends at %.0f mm on page %d", y, p.pdf.PageCount())
	}
}

func TestRecoverySheetRefuses(t *testing.T) {
	s := testSheet(t)
	if _, err := RecoverySheetPDF(Fonts{}, s); err == nil {
		t.Error("a sheet without a font")
	}
	s.Code = "1" + s.Code
	var slip *CodeError
	if _, err := RecoverySheetPDF(testFonts(t), s); !errors.As(err, &slip) {
		t.Errorf("a sheet with a slip in the code: %v", err)
	}
}
