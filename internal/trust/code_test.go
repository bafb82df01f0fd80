package trust

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
)

func newCode(t testing.TB) string {
	t.Helper()
	code, err := NewRecoveryCode()
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func wrongGroups(t testing.TB, typed string) []int {
	t.Helper()
	_, err := ParseRecoveryCode(typed)
	var slip *CodeError
	if err != nil && (!errors.As(err, &slip) || !errors.Is(err, record.ErrPassphrase)) {
		t.Fatalf("%q: %v is no CodeError", typed, err)
	}
	if slip == nil {
		return nil
	}
	return slip.Groups
}

func TestAnyWrongDigitIsNamed(t *testing.T) {
	for range 50 {
		code := newCode(t)
		for i := range len(code) {
			for d := byte('0'); d <= '9'; d++ {
				if code[i] == '-' || code[i] == d {
					continue
				}
				typed := code[:i] + string(d) + code[i+1:]
				if diff := cmp.Diff([]int{i/6 + 1}, wrongGroups(t, typed)); diff != "" {
					t.Fatalf("%s for %s (-want +got):\n%s", typed, code, diff)
				}
			}
		}
	}
}

func TestExchangesAreNamed(t *testing.T) {
	for range 200 {
		code := newCode(t)
		for i := range len(code) - 1 {
			a, b := code[i], code[i+1]
			if a == '-' || b == '-' || a == b {
				continue
			}
			typed := code[:i] + string([]byte{b, a}) + code[i+2:]
			if diff := cmp.Diff([]int{i/6 + 1}, wrongGroups(t, typed)); diff != "" {
				t.Fatalf("digits: %s for %s (-want +got):\n%s", typed, code, diff)
			}
		}
		for i := range codeGroups {
			for j := range i {
				g := strings.Split(code, "-")
				g[i], g[j] = g[j], g[i]
				if diff := cmp.Diff([]int{j + 1, i + 1}, wrongGroups(t, strings.Join(g, "-"))); diff != "" {
					t.Fatalf("groups %d and %d of %s (-want +got):\n%s", j+1, i+1, code, diff)
				}
			}
		}
	}
}

func TestParseRecoveryCodeTakesWhatPeopleType(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		code, err := NewRecoveryCode()
		if err != nil {
			r.Fatal(err)
		}
		var typed strings.Builder
		for _, c := range strings.ReplaceAll(code, "-", "") {
			typed.WriteRune(c)
			typed.WriteString(rapid.SampledFrom([]string{"", "", "", " ", "-", "\n", " – "}).Draw(r, "gap"))
		}
		got, err := ParseRecoveryCode(typed.String())
		// Ten pieces are taken for the ten groups, so pieces of other lengths are a slip.
		if pieces := strings.FieldsFunc(typed.String(), func(c rune) bool { return c < '0' || c > '9' }); len(pieces) == codeGroups {
			return
		}
		if err != nil || got != code {
			r.Errorf("%q = %q, %v; want %q", typed.String(), got, err, code)
		}
	})
}

func TestSlipsOfLength(t *testing.T) {
	code := newCode(t)
	g := strings.Split(code, "-")
	tests := []struct {
		name, typed string
		want        CodeError
	}{
		{"nothing", "", CodeError{}},
		{"a digit missing in group 3", strings.Replace(code, g[2], g[2][1:], 1), CodeError{Groups: []int{3}, Digits: 49}},
		{"a digit too many in group 10", code + "0", CodeError{Groups: []int{10}, Digits: 51}},
		{"a letter in group 1", "O" + code[1:], CodeError{Groups: []int{1}, Digits: 49}},
		{"a group missing", strings.Join(g[1:], "-"), CodeError{Digits: 45}},
		{"without gaps, a digit missing", strings.ReplaceAll(code, "-", "")[1:], CodeError{Digits: 49}},
	}
	for _, tt := range tests {
		_, err := ParseRecoveryCode(tt.typed)
		var got *CodeError
		if !errors.As(err, &got) {
			t.Errorf("%s: %v is no CodeError", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, *got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestCodesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		for i, g := range strings.Split(newCode(t), "-") {
			if i == 0 {
				seen[g[:4]] = true
			}
		}
	}
	// Of 10,000 groups, 1,000 draws hit about 952 different ones.
	if len(seen) < 900 {
		t.Errorf("only %d different first groups in 1000 codes", len(seen))
	}
}

func FuzzParseRecoveryCode(f *testing.F) {
	f.Add("00000-17777-2 3 4")
	f.Add(newCode(f))
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := ParseRecoveryCode(typed)
		if err != nil {
			wrongGroups(t, typed)
			return
		}
		if again, err := ParseRecoveryCode(code); err != nil || again != code || len(code) != 59 {
			t.Errorf("%q became %q, then %q, %v", typed, code, again, err)
		}
	})
}
