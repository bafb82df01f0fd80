package viet

import "testing"

func TestAPhraseIsFoundAsWholeWords(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		want         bool
	}{
		{"Đơn của bà Đinh Thị An, xã Đăk Hà", "Đinh Thị An", true},
		{`{"asker":"dinh thi an"}`, "Đinh Thị An", true},
		{"“Đinh Thị An”", "Đinh Thị An", true},
		{"Đinh Thị Anh", "Đinh Thị An", false},
		{"Đinh Thị Anh và Đinh Thị An", "Đinh Thị An", true},
		{"YĐinh Thị An", "Đinh Thị An", false},
		{"Đinh Thị An2", "Đinh Thị An", false},
		{"", "Đinh Thị An", false},
		{"Đinh Thị An", "", false},
	} {
		if got := HasPhrase(Key(c.text), Key(c.phrase)); got != c.want {
			t.Errorf("%q in %q: %v", c.phrase, c.text, got)
		}
	}
}
