package app

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report/xlsx"
)

// TestTheListComesBack: what is exported is read back as the same people, every zero
// and every day of it.
func TestTheListComesBack(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	one, two := newTraining(t, a, "Một"), newTraining(t, a, "Hai")
	list := []record.Attendee{
		{Person: record.Person{FullName: "Y Ngọc", Sex: "nữ", Birth: "1987-03-05", UnitText: "Thôn 1, xã Đăk Hà", Group: "worker", Phone: "0905000001", IDNumber: "062087001234", Ethnicity: "Xơ Đăng", Position: "Công nhân"}},
		{Person: record.Person{FullName: "A Blan", Sex: "nam", Birth: "1990", UnitText: "Công ty TNHH Một", Disability: "vận động", Group: "employer"}},
		{Person: record.Person{FullName: "=1+1 Nguyễn", Birth: "2001-12-31"}},
	}
	must(a.SaveAttendees(ctx, one.ID, list))(t)
	path := filepath.Join(t.TempDir(), "xuất", "danh sách.xlsx")
	if err := a.WriteAttendees(ctx, one.ID, path); err != nil {
		t.Fatal(err)
	}
	src := must(ReadListFile(path))(t)
	p := must(a.ProposeList(ctx, src, record.ListOptions{Of: "person", Activity: two.ID}))(t)
	if len(p.Rows) != 3 || len(p.Parked) != 0 {
		t.Fatalf("%d rows, parked %+v", len(p.Rows), p.Parked)
	}
	stored := must(a.Attendees(ctx, one.ID))(t)
	for i, row := range p.Rows {
		got, want := record.PersonOf(row.Fields), stored[i].Person
		want.ID, want.UnitID = record.ID{}, record.ID{}
		if got != want {
			t.Errorf("came back as %+v, went out as %+v", got, want)
		}
		for _, r := range row.Repairs {
			if r.Rule != "form" {
				t.Errorf("%s needed a repair: %+v", got.FullName, r)
			}
		}
	}
	if p.Code != one.ID.Code() {
		t.Errorf("the file names %q, want %q", p.Code, one.ID.Code())
	}
}

// TestTheFormComesBackFilled: a village types into the empty form what it would.
func TestTheFormComesBackFilled(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	act := newTraining(t, a, "Tập huấn")
	path := filepath.Join(t.TempDir(), "mau.xlsx")
	if err := a.WriteForm(ctx, act.ID, path); err != nil {
		t.Fatal(err)
	}
	f := must(excelize.OpenFile(path))(t)
	rows := must(f.GetRows(xlsx.SheetPeople))(t)
	header := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == "STT" }) + 1
	typed := []string{"Y Ngọc", "nữ", "05/03/1987", "Thôn 1, xã Đăk Hà", "", "Người lao động", "0905000001", "062087001234", "Xơ Đăng", ""}
	for i, text := range typed {
		name := must(excelize.CoordinatesToCellName(2+i, header+1))(t)
		if err := f.SetCellStr(xlsx.SheetPeople, name, text); err != nil {
			t.Fatal(err)
		}
	}
	rules := must(f.GetDataValidations(xlsx.SheetPeople))(t)
	if len(rules) < 5 {
		t.Errorf("only %d cells can be chosen or are explained", len(rules))
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	p := must(a.ProposeList(ctx, record.ListSource{Name: "mau.xlsx", Data: b.Bytes()}, record.ListOptions{Of: "person", Activity: act.ID}))(t)
	want := record.Person{FullName: "Y Ngọc", Sex: "nữ", Birth: "1987-03-05", UnitText: "Thôn 1, xã Đăk Hà", Group: "worker", Phone: "0905000001", IDNumber: "062087001234", Ethnicity: "Xơ Đăng"}
	if len(p.Rows) != 1 || record.PersonOf(p.Rows[0].Fields) != want {
		t.Errorf("read %+v, parked %+v", p.Rows, p.Parked)
	}
}

// TestCodeFindsTheActivity: the code on a sheet that was signed leads to its activity.
func TestCodeFindsTheActivity(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	newTraining(t, a, "Khác")
	path := filepath.Join(t.TempDir(), "ky.xlsx")
	if err := a.WriteSignSheet(ctx, act.ID, path); err != nil {
		t.Fatal(err)
	}
	f := must(excelize.OpenFile(path))(t)
	found := slices.ContainsFunc(must(f.GetRows(xlsx.SheetSign))(t), func(r []string) bool {
		return slices.Contains(r, xlsx.CodeLabel+act.ID.Code())
	})
	if !found {
		t.Error("the sheet does not bear the code")
	}
	page := must(a.Activities(ctx, record.ActivityFilter{Text: act.ID.Code()}))(t)
	if len(page.Lines) != 1 || page.Lines[0].ID != act.ID {
		t.Errorf("the code finds %+v", page.Lines)
	}
	if err := a.WriteSignSheet(ctx, act.ID, filepath.Join(a.Folder(), "sophobien.db")); err == nil {
		t.Error("a list was written over the register")
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
