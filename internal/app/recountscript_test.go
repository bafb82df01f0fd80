package app

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

// TestTheStockShellCountsTheSame figures and targets, without any program of ours.
func TestTheStockShellCountsTheSame(t *testing.T) {
	a, p := aReportingOffice(t)
	for _, as := range []string{record.MapAsItWas, record.MapToday} {
		p.Map = as
		want := map[string]string{}
		f := must(a.Recount(ctx, p))(t)
		for _, g := range f.Indicators {
			if g.Code != "I12" { // in the shell it is the target of two sessions
				want[strings.TrimSpace(g.Code+" "+g.SplitKey())] = strconv.FormatInt(g.Value, 10)
			}
		}
		for _, g := range f.Targets {
			want["target "+g.Code] = fmt.Sprintf("%d %d", g.Numerator, g.Denominator)
		}
		cmd := exec.Command("sqlite3", "-readonly", a.dir.Database())
		cmd.Stdin = strings.NewReader(must(a.RecountScript(p))(t))
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("sqlite3 (installed by make test): %v\n%s", err, said)
		}
		if diff := cmp.Diff(want, shellFigures(string(said))); diff != "" {
			t.Errorf("map %q (-recount +sqlite3):\n%s", as, diff)
		}
	}
}

// shellFigures reads "I4 host=commune = 3", "c 1 2", and "b" with "1 2" in the line after.
func shellFigures(text string) map[string]string {
	out := map[string]string{}
	code := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		name, value, figure := strings.Cut(line, " = ")
		words := strings.Fields(line)
		switch {
		case figure:
			out[strings.TrimSpace(name)] = strings.TrimSpace(value)
		case len(words) == 3:
			out["target "+words[0]] = words[1] + " " + words[2]
		case len(words) == 1:
			code = words[0]
		case len(words) == 2:
			out["target "+code] = line
		}
	}
	return out
}
