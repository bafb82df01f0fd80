package arch

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// root is the module, seen from this package.
const root = "../.."

func TestImportsFollowTheTable(t *testing.T) {
	report(t, checkTable(wholeTree(t), table))
}

func TestImportsOfOthersStayWhereTheyBelong(t *testing.T) {
	report(t, checkBans(wholeTree(t), bans))
}

func TestEnginesHaveNoClock(t *testing.T) {
	report(t, checkClocks(wholeTree(t), engines))
}

// The command line must link on a machine without a C compiler, for the office's
// Windows as for the province's Linux.
func TestCommandLineLinksWithoutToolkitAndCgo(t *testing.T) {
	for _, system := range []string{"linux", "windows"} {
		t.Run(system, func(t *testing.T) {
			for _, dep := range linked(t, system, "./cmd/sophobienctl") {
				if dep == "runtime/cgo" || matchesAny([]string{"fyne.io/...", "github.com/go-gl/..."}, dep) {
					t.Errorf("cmd/sophobienctl links %s; `go mod why -m` and `go list -deps` show through whom", dep)
				}
			}
		})
	}
}

// Screens and their tests run in memory: no display, no OpenGL.
func TestScreensLinkWithoutDisplay(t *testing.T) {
	for _, dep := range linked(t, "linux", "-test", "./ui/...") {
		if matches("github.com/go-gl/...", dep) || dep == "fyne.io/fyne/v2/app" {
			t.Errorf("ui or one of its tests links %s, which needs a display", dep)
		}
	}
}

func wholeTree(t *testing.T) []source {
	t.Helper()
	tree, err := readTree(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	if len(tree) == 0 {
		t.Fatalf("no Go files below %s: the test looks in the wrong place", root)
	}
	return tree
}

// linked asks the go command for all packages a program would be made of.
func linked(t *testing.T, system string, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-deps"}, args...)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	return strings.Fields(string(out))
}

func report(t *testing.T, wrong []string) {
	t.Helper()
	for _, sentence := range wrong {
		t.Error(sentence)
	}
}
