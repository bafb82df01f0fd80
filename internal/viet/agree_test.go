package viet

import "testing"

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Agreement
	}{
		{"Y Hà", "Y Hà", Same},
		{"Y Hà", "y hà", Same},
		{"Trần Thị Hoà", "Trần Thị Hòa", Same},
		{"Nguyễn Văn Đức", "Nguyen Van Duc", Bare},
		{"NGUYỄN VĂN ĐỨC", "nguyễn văn đức", Same},
		{"Y Hà", "Y Hạ", Differ},
		{"Y Hà", "Y Hân", Differ},
		{"A Đam", "A Đảm", Differ},
		{"Nguyễn Thị Dung", "Nguyễn Thị Dũng", Differ},
		{"Lê Anh", "Lê Ánh", Differ},
		{"Anh", "Ánh", Bare},
		{"Lê Văn Ân", "Lê Văn Án", Differ},
		{"A  Blan", "A Blan", Same},
	} {
		if got := Agree(c.a, c.b); got != c.want {
			t.Errorf("Agree(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if Agree(c.a, c.b) != Agree(c.b, c.a) {
			t.Errorf("Agree(%q, %q) depends on the order", c.a, c.b)
		}
	}
}
