package viet

import (
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestDetectLeavesUnicodeAlone(t *testing.T) {
	texts := []string{
		"", " ", "toà", "hoà", "Hoàng", "Toàn", "Hà Nam", "Lâm", "quá", "già", "quà tặng", "giáo viên", "khoáng sản",
		"TOÀ ÁN", "Công ty TNHH Hoà Phát", "Y Lôc", "A Blân", "ôtô", "mét", "tý", "Thanh Hoá",
		"Müller", "Zürich", "José", "café", "Señor", "Noël", "façade", "São Paulo", "Grün", "schön",
		"25 °C", "10 m²", "50 µm", "5 × 3", "8 ÷ 10", "8÷10", "§ 5", "© 2026", "· mục", "½", "Ø 20", "«ASEAN»", "±0,5", "Word®",
		"中文", "🙂", "\u00ad", "lao\u00addong",
		norm.NFD.String("toà"), norm.NFD.String("Nguyễn Thị Hường"), "Viê\u0323t Nam",
	}
	for _, s := range texts {
		if c, sure := Detect(s); c != Unicode {
			t.Errorf("%q taken for %v (%.2f), would become %q", s, c, sure, Decode(s, c))
		}
	}
}

// One letter that only Unicode has settles it, whatever stands beside it.
func TestDetectTrustsUnicodeLetters(t *testing.T) {
	legacy := []string{"Hä vµ tªn", "Hoï vaø teân", "NguyêÞn Viêòt", "®Þa chØ"}
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.SampledFrom(legacy)).Draw(t, "legacy")
		letter := rapid.SampledFrom([]rune("ăĂđĐơƠưƯạẠếỆỹỸ")).Draw(t, "letter")
		texts = append(texts, string(letter))
		if c, sure := Detect(rapid.Permutation(texts).Draw(t, "texts")...); c != Unicode || sure != 1 {
			t.Fatalf("taken for %v (%.2f)", c, sure)
		}
	})
}

func TestDetectFindsLegacyText(t *testing.T) {
	tests := []struct {
		texts []string
		want  Charset
	}{
		{[]string{"Hä vµ tªn"}, TCVN3},
		{[]string{"Tªn"}, TCVN3},
		{[]string{"®Þa chØ", "§¬n vÞ"}, TCVN3},
		{[]string{"Tr\u00ad¬ng V¨n §«ng"}, TCVN3},
		{[]string{"céng hßa x\u00b7 héi chñ nghÜa viÖt nam"}, TCVN3},
		{[]string{"L§TBXH"}, TCVN3},
		{[]string{"Hoï vaø teân"}, VNI},
		{[]string{"Ñòa chæ", "Ñôn vò"}, VNI},
		{[]string{"Traàn Vaên Nam"}, VNI},
		{[]string{"Hoàng", "Traàn", "Nguyeãn"}, VNI},
		{[]string{"NguyêÞn Thiò Hýõng"}, CP1258},
		{[]string{"129/2025/NÐ-CP"}, CP1258},
		{[]string{"HÐLÐ", "Thông tý"}, CP1258},
		{[]string{"Họ và tên", "Hä vµ tªn"}, Unicode},
		{[]string{"Hoàng", "Hoà", "Toàn", "tieáng"}, Unicode},
	}
	for _, tt := range tests {
		if got, sure := Detect(tt.texts...); got != tt.want {
			t.Errorf("Detect(%q) = %v (%.2f), want %v", tt.texts, got, sure, tt.want)
		}
	}
}

func TestDetectIsSurerWithMoreText(t *testing.T) {
	_, one := Detect("Tªn")
	_, many := Detect("Hä vµ tªn", "§Þa chØ", "Sè ®iÖn tho¹i", "Ngµy sinh")
	if one != 0.5 || many <= one || many > 1 {
		t.Errorf("confidence %.2f for one word, %.2f for many", one, many)
	}
	if _, sure := Detect("abc 123"); sure != 1 {
		t.Errorf("confidence %.2f for plain ASCII", sure)
	}
}

func TestIsSyllable(t *testing.T) {
	for _, word := range []string{"nghiêng", "quý", "quyền", "già", "gì", "giếng", "khuỷu", "thuyền", "hòa", "hoà", "thủy", "thuỷ", "được",
		"Việt", "ÁN", "yêu", "ươm", "loại", "khuya", "quốc", "tuyên", "uống", "người"} {
		if !isSyllable(word) {
			t.Errorf("%q is not taken for a syllable", word)
		}
	}
	for _, word := range []string{"", "teân", "vaø", "tªn", "cát1", "kà", "ngề", "cì", "các2", "tàc", "hồc", "aù", "tóán", "Müller", "xyz", "aỉề"} {
		if isSyllable(word) {
			t.Errorf("%q is taken for a syllable", word)
		}
	}
}
