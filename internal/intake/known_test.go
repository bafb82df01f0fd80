package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// TestWeigh: what links, what only offers, and what is somebody else.
func TestWeigh(t *testing.T) {
	an := record.Person{FullName: "Nguyễn Văn An", Sex: "nam", Birth: "1987-03-05", UnitText: "xã Đăk Hà", Phone: "0905000001", IDNumber: "062087001234"}
	for _, c := range []struct {
		name string
		who  record.Person
		want string // "sure", "maybe", "number" or ""
	}{
		{"everything", an, "sure"},
		{"the number, and a shorter name", record.Person{FullName: "Văn An", IDNumber: an.IDNumber}, "sure"},
		{"the number, and another name", record.Person{FullName: "Trần Bình", IDNumber: an.IDNumber}, "number"},
		{"another number", record.Person{FullName: an.FullName, Birth: an.Birth, Phone: an.Phone, IDNumber: "062087009999"}, ""},
		{"an old card's number", record.Person{FullName: an.FullName, Birth: an.Birth, Phone: an.Phone, IDNumber: "233123456"}, "sure"},
		{"name, birth and phone", record.Person{FullName: an.FullName, Birth: an.Birth, Phone: an.Phone}, "sure"},
		{"name, birth and unit", record.Person{FullName: an.FullName, Birth: an.Birth, UnitText: "X. Đăk Hà"}, "sure"},
		{"name without marks, birth and unit", record.Person{FullName: "NGUYEN VAN AN", Birth: an.Birth, UnitText: "xã Đăk Hà"}, "sure"},
		{"name, year and phone", record.Person{FullName: an.FullName, Birth: "1987", Phone: an.Phone}, "sure"},
		{"name, phone and unit", record.Person{FullName: an.FullName, Phone: an.Phone, UnitText: "xã Đăk Hà"}, "sure"},
		{"name and birth", record.Person{FullName: an.FullName, Birth: an.Birth}, "maybe"},
		{"name and birth, another unit", record.Person{FullName: an.FullName, Birth: an.Birth, UnitText: "xã Đăk Mar"}, "maybe"},
		{"name and phone", record.Person{FullName: an.FullName, Phone: an.Phone}, "maybe"},
		{"name, year and unit", record.Person{FullName: an.FullName, Birth: "1987", UnitText: "xã Đăk Hà"}, "maybe"},
		{"name and unit", record.Person{FullName: an.FullName, UnitText: "xã Đăk Hà"}, "maybe"},
		{"another name, birth and phone", record.Person{FullName: "Nguyễn Văn Ân", Birth: an.Birth, Phone: an.Phone}, "maybe"},
		{"the name alone", record.Person{FullName: an.FullName}, ""},
		{"name and year", record.Person{FullName: an.FullName, Birth: "1987"}, ""},
		{"another year", record.Person{FullName: an.FullName, Birth: "1988-03-05", Phone: an.Phone}, ""},
		{"another day", record.Person{FullName: an.FullName, Birth: "1987-03-06", Phone: an.Phone}, ""},
		{"another sex", record.Person{FullName: an.FullName, Sex: "nữ", Birth: an.Birth, Phone: an.Phone}, ""},
		{"marks of another name", record.Person{FullName: "Nguyễn Văn Ẩn", Birth: an.Birth, UnitText: "xã Đăk Hà"}, ""},
	} {
		l, worth := weigh(&c.who, &an, sameUnit)
		got := ""
		switch {
		case l.otherName:
			got = "number"
		case l.sure:
			got = "sure"
		case worth:
			got = "maybe"
		}
		if got != c.want || worth != (c.want != "") {
			t.Errorf("%s: %q, want %q (%s)", c.name, got, c.want, l.why)
		}
	}
}

// readText reads a pasted list.
func readText(t *testing.T, of, text string) record.Proposal {
	t.Helper()
	g, err := sheet.FromClipboard(text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(context.Background(), g, of, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestHoldOthers: units are known by code or name, a question by day and words.
func TestHoldOthers(t *testing.T) {
	p := readText(t, "unit", "Tên doanh nghiệp\tMã số thuế\tĐịa chỉ\tSố lao động\nCty TNHH MTV An Phát\t6100123456\tTổ 1\t30\nCông ty TNHH Mới\t6100999999\tTổ 2\t5\n")
	x := places()
	x.Own.byID[record.ID{15: 20}].Workers.Total = 25
	if err := Hold(context.Background(), &p, Register{On: "2026-03-05", Units: x}); err != nil {
		t.Fatal(err)
	}
	known := p.Rows[0].Known
	want := []record.Difference{{Field: name, List: "Cty TNHH MTV An Phát", Register: "Công ty TNHH MTV An Phát"}, {Field: workers, List: "30", Register: "25"}}
	if known == nil || known.ID != (record.ID{15: 20}) || !slices.Equal(known.Differs, want) {
		t.Errorf("the first is %+v", known)
	}
	if p.Rows[1].Known != nil || len(p.Rows[1].Offered) > 0 {
		t.Errorf("the second is %+v", p.Rows[1])
	}

	p = readText(t, "question", "Nội dung câu hỏi\tNgày nhận\nThử việc tối đa bao lâu?\t05/03/2026\nTiền lương làm thêm giờ?\t05/03/2026\n")
	asked := func(received, text string) bool { return received == "2026-03-05" && strings.HasPrefix(text, "Thử") }
	if err := Hold(context.Background(), &p, Register{Asked: asked}); err != nil || len(p.Rows) != 1 || len(p.Dropped) != 1 {
		t.Errorf("%d questions, dropped %v, %v", len(p.Rows), p.Dropped, err)
	}
}

// A unit whose name has other marks is another one, or a slip: it is offered. Where
// names are not written alike, list and register differ.
func TestHoldUnitsByMarks(t *testing.T) {
	for text, want := range map[string]string{
		"Công ty TNHH Minh Tân": "known", "CÔNG TY TNHH MINH TÂN": "known", "Công ty TNHH Hoà Phát": "known",
		"Cty TNHH Minh Tân": "known Công ty TNHH Minh Tân", "Cong ty TNHH Minh Tan": "known Công ty TNHH Minh Tân",
		"Công ty TNHH Minh Tấn": "offered Công ty TNHH Minh Tân", "Cty TNHH Minh Tấn": "offered Công ty TNHH Minh Tân", "Công ty TNHH Minh Tan": "offered Công ty TNHH Minh Tân",
		"Công ty TNHH Minh Tần Hai": "",
	} {
		p := readText(t, "unit", "Tên doanh nghiệp\tĐịa chỉ\n"+text+"\tTổ 1\n")
		if err := Hold(context.Background(), &p, Register{On: "2026-03-05", Units: places()}); err != nil {
			t.Fatal(err)
		}
		got := ""
		switch row := p.Rows[0]; {
		case row.Known != nil:
			got = "known"
			for _, d := range row.Known.Differs {
				got += " " + d.Register
			}
		case len(row.Offered) > 0:
			got = "offered " + row.Offered[0].Name
			if row.Offered[0].Why != nearName {
				t.Errorf("%s is offered for %q", text, row.Offered[0].Why)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The marks of a unit tell people apart too.
func TestUnitsOfPeopleByMarks(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"xã Sơn Hà", "X. Sơn Hà"}: true, {"xã Sơn Hà", "XA SON HA"}: true, {"xã Hòa Bình", "xã Hoà Bình"}: true, {"xã Đăk Hà", "xã Đắk Hà"}: true,
		{"xã Sơn Hà", "xã Sơn Hạ"}: false, {"Cty TNHH Minh Tân", "Công ty TNHH Minh Tấn"}: false, {"", ""}: false,
	} {
		if got := sameUnit(&record.Person{UnitText: pair[0]}, &record.Person{UnitText: pair[1]}); got != want {
			t.Errorf("%q is %v", pair, got)
		}
	}
}

// BenchmarkHold holds a row against three hundred people of its name: more than an
// office of 60,000 has of any.
func BenchmarkHold(b *testing.B) {
	known := make([]record.Person, 300)
	for i := range known {
		known[i] = record.Person{ID: record.ID{14: byte(i >> 8), 15: byte(i)}, FullName: "Nguyễn Văn An", Birth: record.Birth(strconv.Itoa(1940 + i%60)), UnitText: "xã Đăk Hà"}
	}
	r := Register{On: "2026-03-05", Units: places(), People: func(record.Person) ([]record.Person, error) { return known, nil }}
	row := record.ProposedRow{Fields: record.Fields{{Name: birth, Value: "1987-03-05"}, {Name: fullName, Value: "Nguyễn Văn An"}, {Name: unit, Value: "X. Đăk Hà"}}}
	for b.Loop() {
		p := record.Proposal{Of: "person", Rows: []record.ProposedRow{row}}
		if err := Hold(context.Background(), &p, r); err != nil || len(p.Rows[0].Offered) == 0 {
			b.Fatalf("%+v, %v", p.Rows, err)
		}
	}
}
