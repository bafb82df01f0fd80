package seal

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

type strictTarget struct {
	From  string                  `json:"from"`
	No    int                     `json:"no"`
	Inner strictInner             `json:"inner"`
	List  []strictInner           `json:"list"`
	ByKey map[string]*strictInner `json:"by_key"`
	Raw   json.RawMessage         `json:"raw"`
	Any   any                     `json:"any"`
	Plain string                  // named by its Go name
	Own   Span                    `json:"own"`
	strictBase
}

type strictInner struct {
	Kind string `json:"kind"`
}

type strictBase struct {
	Sort string `json:"sort"`
}

func TestStrictDecodeRefuses(t *testing.T) {
	deep := MaxDepth + 1
	cases := map[string]string{
		"key twice":                   `{"from":"a","from":"b"}`,
		"key twice, same value":       `{"from":"a","from":"a"}`,
		"key twice, not adjacent":     `{"from":"a","no":1,"from":"b"}`,
		"unknown key twice":           `{"x":1,"x":2}`,
		"key twice, one escaped":      `{"from":"a","\u0066rom":"b"}`,
		"key twice, both escaped":     `{"\u0066rom":"a","fr\u006fm":"b"}`,
		"key again in other case":     `{"from":"a","From":"b"}`,
		"unknown key in two cases":    `{"x":1,"X":2}`,
		"key again, long s":           `{"sort":"a","ſort":"b"}`,
		"key again, Kelvin sign":      `{"k":1,"` + "\u212a" + `":2}`,
		"key in other case":           `{"From":"a"}`,
		"key in capitals":             `{"FROM":"a"}`,
		"key in other case, escaped":  `{"\u0046rom":"a"}`,
		"key with long s":             `{"ſort":"a"}`,
		"inner key in other case":     `{"inner":{"Kind":"a"}}`,
		"list key in other case":      `{"list":[{"kind":"a"},{"KIND":"b"}]}`,
		"map key in other case":       `{"by_key":{"x":{"kinD":"a"}}}`,
		"embedded key in other case":  `{"Sort":"a"}`,
		"untagged key in other case":  `{"plain":"a"}`,
		"inner key twice":             `{"inner":{"kind":"a","kind":"b"}}`,
		"key twice inside raw":        `{"raw":{"a":1,"a":2}}`,
		"key twice inside any":        `{"any":[{"a":1,"A":2}]}`,
		"key twice inside a map":      `{"by_key":{"x":null,"X":null}}`,
		"key twice inside own":        `{"own":{"a":1,"a":1}}`,
		"two values":                  `{} {}`,
		"value and a word":            `{} x`,
		"value and a NUL":             "{}\x00",
		"comma behind":                `{},`,
		"bracket behind":              `{}}`,
		"trailing comma":              `{"no":1,}`,
		"byte order mark":             "\ufeff{}",
		"nothing":                     ``,
		"only space":                  ` `,
		"comment":                     `{"no":1 /* one */}`,
		"single quotes":               `{'no':1}`,
		"bare key":                    `{no:1}`,
		"not a number":                `{"any":NaN}`,
		"leading zero":                `{"no":01}`,
		"plus sign":                   `{"no":+1}`,
		"hexadecimal":                 `{"no":0x1}`,
		"number above int":            `{"no":99999999999999999999}`,
		"fraction for an int":         `{"no":1.0}`,
		"text for a number":           `{"no":"1"}`,
		"invalid UTF-8":               "{\"from\":\"\xff\"}",
		"overlong UTF-8":              "{\"from\":\"\xc0\xaf\"}",
		"surrogate in UTF-8":          "{\"from\":\"\xed\xa0\x80\"}",
		"invalid UTF-8 in a key":      "{\"\xfe\":1}",
		"lone high surrogate":         `{"from":"\ud800"}`,
		"lone low surrogate":          `{"from":"\udc00"}`,
		"high surrogate and text":     `{"from":"\ud800x"}`,
		"high surrogate and escape":   `{"from":"\ud800\n"}`,
		"two high surrogates":         `{"from":"\ud800\ud800"}`,
		"two low surrogates":          `{"from":"\udc00\udc00"}`,
		"surrogates in wrong order":   `{"from":"\udc00\ud800"}`,
		"lone surrogate in a key":     `{"\ud800":1}`,
		"lone surrogate inside any":   `{"any":["\uDFFF"]}`,
		"line feed in text":           "{\"from\":\"a\nb\"}",
		"unfinished text":             `{"from":"a`,
		"unfinished escape":           `{"from":"\u00`,
		"unknown escape":              `{"from":"\x41"}`,
		"arrays too deep":             `{"any":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `}`,
		"objects too deep":            strings.Repeat(`{"any":`, deep) + "1" + strings.Repeat("}", deep),
		"deep where nothing is known": `{"x":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `}`,
		"span of three":               `{"own":[1,2,3]}`,
		"span of one":                 `{"own":[1]}`,
	}
	if len(cases) < 40 {
		t.Errorf("%d cases, 40 are asked for", len(cases))
	}
	for name, raw := range cases {
		t.Run(name, func(t *testing.T) {
			var v strictTarget
			if err := StrictDecode([]byte(raw), &v); !errors.Is(err, ErrDamaged) {
				t.Errorf("%q: %v, got %+v", raw, err, v)
			}
		})
	}
}

func TestStrictDecodeAccepts(t *testing.T) {
	edge := strings.Repeat("[", MaxDepth-1) + strings.Repeat("]", MaxDepth-1)
	for name, c := range map[string]struct {
		raw  string
		want strictTarget
	}{
		"empty":              {` { } `, strictTarget{}},
		"unknown keys":       {`{"x":{"From":1,"y":[true,null,-1.5e3,"\"}"]}, "z":{}}`, strictTarget{}},
		"every field":        {`{"from":"a","no":7,"inner":{"kind":"b"},"list":[{"kind":"c"}],"by_key":{"K":{"kind":"d"}},"raw":{"From":1},"any":[1],"Plain":"e","own":[1,2],"sort":"f"}`, strictTarget{"a", 7, strictInner{"b"}, []strictInner{{"c"}}, map[string]*strictInner{"K": {"d"}}, json.RawMessage(`{"From":1}`), []any{1.0}, "e", Span{1, 2}, strictBase{"f"}}},
		"escaped key":        {`{"\u0066rom":"a"}`, strictTarget{From: "a"}},
		"same key in two":    {`{"from":"a","inner":{"from":"b","kind":"c"}}`, strictTarget{From: "a", Inner: strictInner{"c"}}},
		"pair of surrogates": {`{"from":"\ud83d\uDE00\\ud800"}`, strictTarget{From: `😀\ud800`}},
		"Vietnamese":         {`{"from":"Đắk Lắk \"\\"}`, strictTarget{From: `Đắk Lắk "\`}},
		"as deep as allowed": {`{"x":` + edge + `}`, strictTarget{}},
	} {
		t.Run(name, func(t *testing.T) {
			var got strictTarget
			if err := StrictDecode([]byte(c.raw), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(strictTarget{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFoldCaseIsEqualFold: encoding/json lets a key fill a field when the two
// are equal under strings.EqualFold, so two keys must fold alike exactly then.
func TestFoldCaseIsEqualFold(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		one := string(r)
		if folded := foldCase(one); !strings.EqualFold(folded, one) {
			t.Errorf("%q folds to %q, which is another letter", one, folded)
		}
		for twin := unicode.SimpleFold(r); twin != r; twin = unicode.SimpleFold(twin) {
			if foldCase(string(twin)) != foldCase(one) {
				t.Errorf("%q and %q fold apart", one, twin)
			}
		}
	}
}

// TestStrictDecodeAgreesWithStandard: what it accepts, it reads as
// encoding/json does, and honest output is never refused.
func TestStrictDecodeAgreesWithStandard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := strictTarget{
			From:  rapid.String().Draw(t, "from"),
			No:    rapid.Int().Draw(t, "no"),
			Inner: strictInner{rapid.String().Draw(t, "kind")},
			Plain: rapid.String().Draw(t, "plain"),
		}
		want.Own = Span{rapid.Int64().Draw(t, "first"), rapid.Int64().Draw(t, "last")}
		raw, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var strict, standard strictTarget
		if err := StrictDecode(raw, &strict); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		if err := json.Unmarshal(raw, &standard); err != nil || !reflect.DeepEqual(strict, standard) {
			t.Fatalf("%s: %+v and %+v, %v", raw, strict, standard, err)
		}
	})
}
