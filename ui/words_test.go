package ui_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"
	"github.com/google/go-cmp/cmp"

	"sophobien/ui"
	"sophobien/ui/kit"
)

func words(t *testing.T, language string) map[string]string {
	t.Helper()
	var out map[string]string
	if err := json.Unmarshal(ui.Words(language), &out); err != nil {
		t.Fatalf("the words of %s: %v", language, err)
	}
	return out
}

// sentences finds every sentence handed to kit.T in the window's source.
func sentences(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, root := range []string{".", filepath.Join("..", "cmd", "sophobien")} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && isT(call.Fun) && len(call.Args) > 0 {
					if text, ok := call.Args[0].(*ast.BasicLit); ok {
						s, _ := strconv.Unquote(text.Value)
						found[s] = path
					}
				}
				return true
			})
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return found
}

func isT(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name == "T"
	case *ast.SelectorExpr:
		return f.Sel.Name == "T"
	}
	return false
}

func TestEverySentenceHasItsTranslation(t *testing.T) {
	vi, en := words(t, "vi"), words(t, "en")
	for s, path := range sentences(t) {
		if en[s] == "" {
			t.Errorf("%s: %q has no English", path, s)
		}
		if vi[s] != s {
			t.Errorf("%s: %q stands otherwise in vi.json: %q", path, s, vi[s])
		}
	}
}

var hole = regexp.MustCompile(`\{\{[^}]*\}\}`)

// The days off that ship with the program have English names; the office's own stay.
func TestHolidaysHaveTheirEnglishNames(t *testing.T) {
	t.Cleanup(func() {
		if err := kit.Speak("vi", ui.Words("vi")); err != nil {
			t.Error(err)
		}
	})
	for language, want := range map[string]string{"en": "Lunar New Year", "vi": "Tết Âm lịch"} {
		if err := kit.Speak(language, ui.Words(language)); err != nil {
			t.Fatal(err)
		}
		if got := kit.HolidayName("Tết Âm lịch"); got != want {
			t.Errorf("%s: %q", language, got)
		}
		for _, own := range []string{"Ngày hội của xã", "{{.X}} của xã", ""} {
			if got := kit.HolidayName(own); got != own {
				t.Errorf("%s: %q became %q", language, own, got)
			}
		}
	}
}

// A PC that speaks no language, as servers do, is no reason for a line in the log.
func TestNothingIsLoggedWhereTheDesktopSpeaksNoLanguage(t *testing.T) {
	for _, locale := range []string{"C", "POSIX", "C.UTF-8", ""} {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			t.Setenv(name, locale)
		}
		var logged strings.Builder
		log.SetOutput(&logged)
		err := kit.Speak("vi", ui.Words("vi"))
		log.SetOutput(os.Stderr)
		if text := logged.String(); err != nil || text != "" {
			t.Errorf("%q: %v\n%s", locale, err, text)
		}
	}
}

func TestTranslationsKeepTheirHoles(t *testing.T) {
	for s, translated := range words(t, "en") {
		want, got := hole.FindAllString(s, -1), hole.FindAllString(translated, -1)
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", s, diff)
		}
	}
}

func TestBothLanguagesHaveTheSameSentences(t *testing.T) {
	vi, en := words(t, "vi"), words(t, "en")
	for s := range vi {
		if _, ok := en[s]; !ok {
			t.Errorf("%q is missing in en.json", s)
		}
	}
	for s := range en {
		if _, ok := vi[s]; !ok {
			t.Errorf("%q is missing in vi.json", s)
		}
	}
}

func TestTheWindowSpeaksTheChosenLanguage(t *testing.T) {
	for language, want := range map[string]string{"en": "Activities", "vi": "Hoạt động"} {
		if err := kit.Speak(language, ui.Words(language)); err != nil {
			t.Fatal(err)
		}
		if got := kit.T("Hoạt động"); got != want {
			t.Errorf("%s: %q", language, got)
		}
	}
	// The toolkit's own dialogs follow, whatever the desktop speaks.
	if err := kit.Speak("vi", ui.Words("vi")); err != nil {
		t.Fatal(err)
	}
	if got := lang.X("Open", "Open"); got != "Mở" {
		t.Errorf("the toolkit says %q", got)
	}
}
