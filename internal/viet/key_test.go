package viet

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestKey(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"only separators", " -'_ ", ""},
		{"already a key", "dak glei", "dak glei"},
		{"two spellings, one", "Đắk Glei", "dak glei"},
		{"two spellings, other", "Đăk Glei", "dak glei"},
		{"hyphen", "Xơ-đăng", "xo dang"},
		{"apostrophe and space", "Ia H' Drai", "ia h drai"},
		{"curly apostrophe", "Ia H’Drai", "ia h drai"},
		{"underscore", "ho_va_ten", "ho va ten"},
		{"old tone place", "hòa thủy", "hoa thuy"},
		{"new tone place", "hoà thuỷ", "hoa thuy"},
		{"capitals", "ỦY BAN NHÂN DÂN", "uy ban nhan dan"},
		{"combining marks", norm.NFD.String("Nguyễn Thị Hường"), "nguyen thi huong"},
		{"no-break space and tab", " Lê\u00a0\tVăn  A ", "le van a"},
		{"eth for d with stroke", "Ðà Nẵng", "da nang"},
		{"soft hyphen and zero width", "lao\u00ad động\u200b", "lao dong"},
		{"document number", "145/2020/NĐ-CP", "145/2020/nd cp"},
		{"en dash", "2024–2025", "2024 2025"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
		{"decomposes to letters", "한", "\u1112\u1161\u11ab"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Key(tt.in); got != tt.want {
				t.Errorf("Key(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestKeyOfEveryRuneIsItsOwnKey(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		k := Key("x" + string(r) + "y")
		if again := Key(k); again != k {
			t.Errorf("%U: Key gives %q, then %q", r, k, again)
		}
	}
}

func TestKeyIgnoresNormalForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(drawText(), rapid.String()).Draw(t, "s")
		k := Key(s)
		for name, other := range map[string]string{"NFC": norm.NFC.String(s), "NFD": norm.NFD.String(s), "itself": k} {
			if got := Key(other); got != k {
				t.Fatalf("Key of %s = %q, want %q", name, got, k)
			}
		}
	})
}

func TestNFCJoinsCombiningText(t *testing.T) {
	// Circumflex in the letter, tone as a mark: what "Unicode tổ hợp" types.
	if got, want := NFC("tiê\u0301ng Viê\u0323t"), "tiếng Việt"; got != want {
		t.Errorf("NFC = %q, want %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := drawText().Draw(t, "s")
		if NFC(norm.NFD.String(s)) != NFC(s) {
			t.Fatalf("NFC differs for the two normal forms of %q", s)
		}
	})
}

func TestMatchKey(t *testing.T) {
	tests := []struct {
		key, query string
		want       bool
	}{
		{"nguyen van an", "", true},
		{"nguyen van an", "ng an", true},
		{"nguyen van an", "an ng", true},
		{"nguyen van an", "guyen", false},
		{"nguyen van an", "ng x", false},
		{"banana an", "ana", false},
		{"banan anan", "anan", true},
		{"", "a", false},
		{"dak glei", "dak g", true},
	}
	for _, tt := range tests {
		if got := MatchKey(tt.key, tt.query); got != tt.want {
			t.Errorf("MatchKey(%q, %q) = %v", tt.key, tt.query, got)
		}
	}
}

func TestRank(t *testing.T) {
	tests := []struct {
		text, query string
		want        Hit
	}{
		{"Đăk Hà", "đắk", HitKey},
		{"Đắk Hà", "đắk", HitStart},
		{"Đắk Hà", "ĐẮK  HÀ", HitEntire},
		{"xã Đắk Hà", "đắk", HitMarks},
		{"Đắk Hà", "dak", HitKey},
		{"Dak To", "dak", HitStart},
		{"Hòa", "hoà", HitKey},
		{"Kon Tum", "hà", HitNone},
		{"Ia H' Drai", "h'drai", HitMarks},
		{"Đắk Hà", norm.NFD.String("đắk"), HitStart},
	}
	for _, tt := range tests {
		if got := Rank(tt.text, tt.query); got != tt.want {
			t.Errorf("Rank(%q, %q) = %d, want %d", tt.text, tt.query, got, tt.want)
		}
	}
}
