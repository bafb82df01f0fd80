package record_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sophobien/internal/record"
)

func TestCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := record.ID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		code := id.Code()
		for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + code + " ", strings.ReplaceAll(code, "0", "O"), strings.ReplaceAll(code, "1", "l")} {
			end, ok := record.ParseCode(typed)
			if !ok || string(end[:]) != string(id[11:]) {
				t.Fatalf("%q of %s is read as %x, %v", typed, id, end, ok)
			}
		}
	})
	for _, s := range []string{"", "7K3Q", "7K3Q-9MZ", "7K3Q 9MZ2x", "UUUU-UUUU", "tập huấn", "7K3Q-9MZ22"} {
		if _, ok := record.ParseCode(s); ok {
			t.Errorf("%q is read as a code", s)
		}
	}
}
