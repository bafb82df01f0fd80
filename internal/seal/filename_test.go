package seal

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFileName(t *testing.T) {
	env := wholeEnvelope()
	name, err := NameOf(env, "23293")
	if err != nil {
		t.Fatal(err)
	}
	if want := "SPB_23293_c3c3_00042_20261123_abcdef.sopb.zip"; name != want {
		t.Errorf("got %s, want %s", name, want)
	}
	got, err := ParseFileName(name)
	want := FileName{Unit: "23293", Dev4: "c3c3", No: 42, Day: "20261123", ID6: "abcdef"}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	env.No = maxNo
	if name, err := NameOf(env, strings.Repeat("u", 20)); err != nil || len(name) != maxFileName {
		t.Errorf("the longest name has %d characters, %v", len(name), err)
	}
}

func TestNameOfRefuses(t *testing.T) {
	env := wholeEnvelope()
	for _, unit := range []string{"", "a_b", "../x", "Sở", "a b", ".x", strings.Repeat("u", 25)} {
		if name, err := NameOf(env, unit); !errors.Is(err, ErrInvalid) {
			t.Errorf("unit %q: %q, %v", unit, name, err)
		}
	}
	if _, err := NameOf(Envelope{}, "23293"); !errors.Is(err, ErrInvalid) {
		t.Errorf("empty envelope: %v", err)
	}
}

func TestParseFileNameRefuses(t *testing.T) {
	for _, name := range []string{
		"", "SPB", "report.zip",
		"SPB_23293_c3c3_00042_20261123_abcdef.zip",
		"SPB_23293_c3c3_00042_20261123_abcdef (1).sopb.zip",
		"spb_23293_c3c3_00042_20261123_abcdef.sopb.zip",
		"SPB_23293_C3C3_00042_20261123_abcdef.sopb.zip",
		"SPB_23293_c3c3_0042_20261123_abcdef.sopb.zip",
		"SPB_23293_c3c3_000042_20261123_abcdef.sopb.zip",
		"SPB_23293_c3c3_00000_20261123_abcdef.sopb.zip",
		"SPB_23293_c3c3_00042_20261323_abcdef.sopb.zip",
		"SPB_23_293_c3c3_00042_20261123_abcdef.sopb.zip",
		"SPB_../x_c3c3_00042_20261123_abcdef.sopb.zip",
		"SPB_23293_c3c3_00042_20261123_abcdef.sopb.zip\n",
		"SPB_" + strings.Repeat("u", 30) + "_c3c3_00042_20261123_abcdef.sopb.zip",
	} {
		if got, err := ParseFileName(name); !errors.Is(err, ErrForeign) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
}
