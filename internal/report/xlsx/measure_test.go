package xlsx

import "testing"

func TestLineCount(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width float64
		want  int
	}{
		"nothing":                   {"", 10, 1},
		"one line":                  {"Đối thoại", 10, 1},
		"a word over":               {"Đối thoại tại nơi làm việc", 10, 3},
		"decomposed letters":        {"Đo\u0302\u0301i thoa\u0323i", 10, 1},
		"lines of its own":          {"xã Đăk Hà\nnhà rông", 30, 2},
		"a word longer than a line": {"aaaaaaaaaaaaaaaaaaaa", 10, 2},
		"no width at all":           {"một hai", 0, 2},
		"capitals are wide":         {"HỘI ĐỒNG NHÂN DÂN", 20, 2},
		"and small letters are not": {"hội đồng nhân dân", 20, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lineCount(c.text, c.width); got != c.want {
				t.Errorf("%q in %v: %d lines, want %d", c.text, c.width, got, c.want)
			}
		})
	}
}
