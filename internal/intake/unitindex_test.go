package intake

import (
	"testing"

	"sophobien/internal/record"
)

// places is a province with two communes, one of which shares its name with the
// former district, a province elsewhere, and what an office has registered itself.
func places() *Units {
	id := func(n byte) record.ID { return record.ID{15: n} }
	now, before := record.Validity{From: "2025-07-01"}, record.Validity{To: "2025-06-30"}
	shipped := []record.Unit{
		{ID: id(1), Kind: "province", Type: "tỉnh", Name: "Quảng Ngãi", Code: "51", Valid: now},
		{ID: id(2), Kind: "commune", Type: "xã", Name: "Đăk Hà", Code: "23500", ParentID: id(1), Valid: now},
		{ID: id(3), Kind: "commune", Type: "phường", Name: "Kon Tum", Code: "23293", ParentID: id(1), Valid: now},
		{ID: id(4), Kind: "province", Type: "tỉnh", Name: "Kon Tum", Code: "62", Valid: before},
		{ID: id(5), Kind: "district", Type: "huyện", Name: "Đắk Hà", Code: "615", ParentID: id(4), Valid: before},
		{ID: id(6), Kind: "commune", Type: "xã", Name: "Hà Mòn", Code: "23515", ParentID: id(5), Valid: before},
		{ID: id(7), Kind: "province", Type: "tỉnh", Name: "Gia Lai", Code: "52", Valid: now},
		{ID: id(8), Kind: "commune", Type: "xã", Name: "Đak Đoa", Code: "23677", ParentID: id(7), Valid: now},
		{ID: id(9), Kind: "commune", Type: "xã", Name: "An Phú", Code: "1", ParentID: id(1), Valid: now},
		{ID: id(11), Kind: "commune", Type: "xã", Name: "Sơn Hà", Code: "3", ParentID: id(1), Valid: now},
		{ID: id(12), Kind: "commune", Type: "xã", Name: "Sơn Hạ", Code: "4", ParentID: id(1), Valid: now},
		{ID: id(10), Kind: "commune", Type: "xã", Name: "An Phú", Code: "2", ParentID: id(7), Valid: now},
	}
	own := []record.Unit{
		{ID: id(20), Kind: "enterprise", Name: "Công ty TNHH MTV An Phát", Code: "6100123456"},
		{ID: id(21), Kind: "enterprise", Name: "Công ty cổ phần Đăk Hà"},
		{ID: id(22), Kind: "school", Name: "Trường THPT Trần Quốc Tuấn", Aliases: []string{"THPT TQT"}},
		{ID: id(23), Kind: "enterprise", Name: "Công ty TNHH Bình Minh", ParentID: id(2)},
		{ID: id(24), Kind: "enterprise", Name: "Hợp tác xã Bình Minh", ParentID: id(3)},
		{ID: id(25), Kind: "enterprise", Name: "Công ty TNHH Minh Tân"},
		{ID: id(26), Kind: "enterprise", Name: "Công ty TNHH Hòa Phát"},
	}
	aliases := func(u *record.Unit) []string {
		if u.Code == "615" {
			return []string{"Dak Ha", "Đắc Hà"}
		}
		return nil
	}
	return &Units{Own: NewUnitIndex(own, nil), Shipped: NewUnitIndex(shipped, aliases), Home: id(1)}
}

func TestUnitMatch(t *testing.T) {
	x := places()
	for _, c := range []struct {
		text string
		on   record.Date
		want byte // 0 none
	}{
		{"xã Đăk Hà", "2026-03-05", 2},
		{"X. Đăk Hà", "2026-03-05", 2},
		{"XÃ ĐĂK HÀ", "2026-03-05", 2},
		{"xa dak ha", "2026-03-05", 2},
		{"23500", "2026-03-05", 2},
		{"Đăk Hà", "2026-03-05", 2}, // the commune at home before a company of that name
		{"xã Đăk Hà, tỉnh Quảng Ngãi", "2026-03-05", 2},
		{"Thôn 1, xã Đăk Hà", "2026-03-05", 2},
		{"Làng Kon Rờ Bàng - xã Đăk Hà - Quảng Ngãi", "2026-03-05", 2},
		{"UBND xã Đăk Hà", "2026-03-05", 2},
		{"UBND x. Đăk Hà", "2026-03-05", 2},
		{"Ủy ban nhân dân xã Đăk Hà, tỉnh Quảng Ngãi", "2026-03-05", 2},
		{"P. Kon Tum", "2026-03-05", 3},
		{"Kon Tum", "2026-03-05", 3},
		{"tỉnh Kon Tum", "2025-01-05", 4},
		{"huyện Đắk Hà", "2025-01-05", 5},
		{"H. Đắc Hà", "2025-01-05", 5},
		{"xã Hà Mòn, huyện Đăk Hà", "2025-01-05", 6},
		{"xã Đak Đoa", "2026-03-05", 8},
		{"xã An Phú", "2026-03-05", 9}, // at home
		{"xã An Phú, tỉnh Gia Lai", "2026-03-05", 10},
		{"Cty TNHH MTV An Phát", "2026-03-05", 20},
		{"Công ty TNHH một thành viên An Phát", "2026-03-05", 20},
		{"Công ty An Phát", "2026-03-05", 20},
		{"An Phát", "2026-03-05", 20},
		{"6100123456", "2026-03-05", 20},
		{"CTY CP ĐĂK HÀ", "2026-03-05", 21},
		{"Trường trung học phổ thông Trần Quốc Tuấn", "2026-03-05", 22},
		{"THPT TQT", "2026-03-05", 22},
		{"HTX Bình Minh", "2026-03-05", 24},
		{"Công ty TNHH Bình Minh (xã Đăk Hà)", "2026-03-05", 23},

		{"xã Sơn Hà", "2026-03-05", 11},
		{"UBND X. Sơn Hạ", "2026-03-05", 12},
		{"XÃ SƠN HẠ, TỈNH QUẢNG NGÃI", "2026-03-05", 12},

		{"Công ty TNHH Minh Tân", "2026-03-05", 25},
		{"CTY TNHH MINH TÂN", "2026-03-05", 25},
		{"Cong ty TNHH Minh Tan", "2026-03-05", 25}, // without any marks
		{"cty minh tan", "2026-03-05", 25},
		{"Công ty TNHH Hoà Phát", "2026-03-05", 26}, // the tone elsewhere
		{"xã Đắk Hà", "2026-03-05", 2},              // one river, written both ways

		{"Công ty TNHH Minh Tấn", "2026-03-05", 0}, // another one
		{"Cty TNHH Minh Tấn", "2026-03-05", 0},
		{"Minh Tấn", "2026-03-05", 0},
		{"Công ty TNHH Hóa Phát", "2026-03-05", 0},
		{"xã Đăk Hạ", "2026-03-05", 0},
		{"THPT Trần Quốc Tuân", "2026-03-05", 0},
		{"", "2026-03-05", 0},
		{"xa son ha", "2026-03-05", 0},                   // one of two
		{"xã Hà Mòn", "2026-03-05", 0},                   // no longer there
		{"Đak Đoa", "2026-03-05", 0},                     // a bare name, and not at home
		{"xã Đak Đoa, tỉnh Quảng Ngãi", "2026-03-05", 0}, // not there
		{"Công an xã Đăk Hà", "2026-03-05", 0},           // not the commune, and not registered
		{"Công ty CP An Phát", "2026-03-05", 0},          // another form is another company
		{"Bình Minh", "2026-03-05", 0},                   // two
		{"Thôn 1", "2026-03-05", 0},
	} {
		var want record.ID
		if c.want > 0 {
			want = record.ID{15: c.want}
		}
		if got, ok := x.Match(c.text, c.on); got != want || ok != (c.want > 0) {
			t.Errorf("%q on %s is %v, want %v", c.text, c.on, got[15], c.want)
		}
	}
}
