package activities_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/uitest"
)

// TestARepeatIsCalledAfterItsOwnPlace: the title gives the old place up and takes the new
// one, however it named it.
func TestARepeatIsCalledAfterItsOwnPlace(t *testing.T) {
	for _, c := range []struct{ title, place, bare, next, want string }{
		{"Tuyên truyền BHXH tại Thôn 1", "Thôn 1", "Tuyên truyền BHXH", "Thôn 2", "Tuyên truyền BHXH tại Thôn 2"},
		{"Phổ biến ở xã Đăk Hà (đợt 2)", "Hội trường xã Đăk Hà", "Phổ biến (đợt 2)", "Hội trường xã Ngọk Bay", "Phổ biến ở xã Ngọk Bay (đợt 2)"},
		{"Tập huấn (thôn 1): tiền lương", "Thôn 1", "Tập huấn: tiền lương", "Nhà rông", "Tập huấn (Nhà rông): tiền lương"},
		{"Thôn 1", "Thôn 1", "", "Thôn 2", "Thôn 2"},
		{"Tuyên truyền ở Thôn 12", "Thôn 1", "Tuyên truyền ở Thôn 12", "Thôn 2", "Tuyên truyền ở Thôn 12"},
		{"Tuyên truyền BHXH", "Thôn 1", "Tuyên truyền BHXH", "Thôn 2", "Tuyên truyền BHXH"},
	} {
		office := uitest.NewOffice()
		before := training(c.title, "2026-01-05", 40)
		before.When.Place = c.place
		s := play(t, office, uitest.AtOnce())
		s.Open(office.Add(before)[0])
		s.keys.Ctrl(fyne.KeyD)
		title := uitest.EntryUnder(t, s.window.Content(), "Tên hoạt động")
		if title.Text != c.bare {
			t.Errorf("%q begins as %q", c.title, title.Text)
		}
		s.keys.Type("6/1")
		s.keys.Press(fyne.KeyTab)
		s.keys.UniKey(c.next)
		if title.Text != c.bare {
			t.Errorf("%q is %q while the place is typed", c.title, title.Text)
		}
		s.keys.Ctrl(fyne.KeyS)
		if got := office.Sent; got.Title != c.want || got.When.Place != c.next {
			t.Errorf("%q is stored as %q at %q", c.title, got.Title, got.When.Place)
		}
	}
}

// TestATitleOfOnesOwnStays whatever place is written then.
func TestATitleOfOnesOwnStays(t *testing.T) {
	office := uitest.NewOffice()
	before := training("Tuyên truyền BHXH tại Thôn 1", "2026-01-05", 40)
	before.When.Place = "Thôn 1"
	s := play(t, office, uitest.AtOnce())
	s.Open(office.Add(before)[0])
	s.keys.Ctrl(fyne.KeyD)
	s.window.Canvas().Focus(uitest.FieldUnder(t, s.window.Content(), "Tên hoạt động"))
	s.keys.Press(fyne.KeyEnd)
	s.keys.Type(" và ngày hội việc làm")
	s.window.Canvas().Focus(uitest.FieldUnder(t, s.window.Content(), "Nơi tổ chức"))
	s.keys.Type("Thôn 2")
	s.keys.Press(fyne.KeyTab)
	s.keys.Ctrl(fyne.KeyS)
	if got := office.Sent; got.Title != "Tuyên truyền BHXH và ngày hội việc làm" || got.When.Place != "Thôn 2" {
		t.Errorf("stored as %q at %q", got.Title, got.When.Place)
	}
}

// TestATitleNamesTheHostOfItsOwnPlace: where it named who hosted.
func TestATitleNamesTheHostOfItsOwnPlace(t *testing.T) {
	office := uitest.NewOffice()
	office.Units = []record.Unit{
		{ID: office.ID(), Kind: "enterprise", Name: "Công ty Ăn Phát"},
		{ID: office.ID(), Kind: "enterprise", Name: "Hợp tác xã Rạng Đông"},
	}
	host := office.Units[0]
	before := training("Tập huấn cho "+host.FullName()+": tiền lương", "2026-01-05", 40)
	before.When.Place, before.HostUnitID = "Nhà ăn", host.ID
	s := play(t, office, uitest.AtOnce())
	s.Open(office.Add(before)[0])
	s.keys.Ctrl(fyne.KeyD)
	title := uitest.EntryUnder(t, s.window.Content(), "Tên hoạt động")
	if title.Text != "Tập huấn: tiền lương" {
		t.Errorf("begins as %q", title.Text)
	}
	s.tap("Thêm")
	s.window.Canvas().Focus(uitest.FieldUnder(t, s.window.Content(), "Đơn vị chủ trì nơi tổ chức"))
	other := office.Units[1]
	s.keys.Type(other.Name)
	s.keys.Press(fyne.KeyReturn)
	if want := "Tập huấn cho " + other.FullName() + ": tiền lương"; title.Text != want {
		t.Errorf("%q, want %q", title.Text, want)
	}
}
