package help_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/assets"
	"sophobien/ui/help"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

var languages = []string{"vi", "en"}

func pages(t *testing.T, language string) []help.Page {
	t.Helper()
	all, err := help.Pages(language)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryFileIsAPage(t *testing.T) {
	for _, language := range languages {
		files, err := fs.Glob(assets.Help, "help/"+language+"/*.md")
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range files {
			names = append(names, strings.TrimSuffix(path.Base(f), ".md"))
		}
		want := slices.Sorted(slices.Values(help.Names()))
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%s (-contents +files):\n%s", language, diff)
		}
		for _, p := range pages(t, language) {
			if len(p.Blocks) < 3 {
				t.Errorf("%s/%s says next to nothing", language, p.Name)
			}
		}
	}
}

// outline is what must be alike in both languages: kinds of blocks, steps, keys, links.
func outline(p help.Page) []string {
	var out []string
	for _, b := range p.Blocks {
		line := []string{"p", "heading", "bullet", "step"}[b.Kind]
		var keys []string
		for _, s := range b.Spans {
			switch s.Style {
			case help.Key:
				if !strings.ContainsAny(s.Text, "/ .") { // examples of what to type differ
					keys = append(keys, s.Text)
				}
			case help.Link:
				keys = append(keys, "→"+s.To)
			}
		}
		slices.Sort(keys)
		out = append(out, line+" "+strings.Join(keys, " "))
	}
	return out
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	vi, en := pages(t, "vi"), pages(t, "en")
	for i := range vi {
		if diff := cmp.Diff(outline(vi[i]), outline(en[i])); diff != "" {
			t.Errorf("%s (-vi +en):\n%s", vi[i].Name, diff)
		}
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for _, language := range languages {
		linked := map[string]bool{help.First: true}
		for _, p := range pages(t, language) {
			for _, b := range p.Blocks {
				for _, s := range b.Spans {
					if s.Style == help.Link {
						linked[s.To] = true
						if !slices.Contains(help.Names(), s.To) {
							t.Errorf("%s/%s: a link leads to %q", language, p.Name, s.To)
						}
					}
				}
			}
		}
	}
}

func TestWhatIsNoPageIsAnError(t *testing.T) {
	for name, text := range map[string]string{
		"no title":      "Lời.",
		"two titles":    "# Một\n\n# Hai",
		"bold, open":    "# Một\n\nLời **đậm.",
		"key, open":     "# Một\n\nNhấn `Ctrl+N",
		"link, open":    "# Một\n\nXem [đây](trang",
		"link, no aim":  "# Một\n\nXem [đây] rồi (thôi)",
		"lone star":     "# Một\n\n2 * 3",
		"third level":   "# Một\n\n### Ba",
		"indented list": "# Một\n\n  - một",
	} {
		if _, err := help.Parse(name, text); err == nil {
			t.Errorf("%s: taken as a page", name)
		}
	}
}

func TestSearchFindsWithAndWithoutMarks(t *testing.T) {
	all := pages(t, "vi")
	for query, want := range map[string]string{
		"sao lưu": "sao-luu", "khoi phuc": "sao-luu", "ngay nghi": "thiet-lap", "the can cuoc": "nguoi-tham-du",
		"CTRL+SHIFT+Q": "phim-tat", "tàu vũ trụ": "", "": "",
	} {
		hits := help.Search(all, query)
		if want == "" {
			if len(hits) > 0 {
				t.Errorf("%q: found %v", query, hits)
			}
			continue
		}
		if !slices.ContainsFunc(hits, func(h help.Hit) bool { return h.Page == want }) {
			t.Errorf("%q: %q is not among %v", query, want, hits)
		}
	}
	if hits := help.Search(all, "phim tat"); hits[0].Page != help.Keys {
		t.Errorf("a title comes first: %v", hits)
	}
}

func open(t *testing.T, page string) (*help.Viewer, fyne.Window, *uitest.Keyboard) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	kit.Keys(w.Canvas(), func(*fyne.KeyEvent) {})
	return help.Open(w, "vi", page), w, uitest.NewKeyboard(w)
}

func shown(w fyne.Window) string { return uitest.Words(uitest.Overlay(w)) }

func TestTheHelpByKeyboard(t *testing.T) {
	v, w, keys := open(t, "hoat-dong")
	if got := shown(w); v.Page() != "hoat-dong" || !strings.Contains(got, "Từ dự kiến đến đã tổ chức") {
		t.Fatalf("at %s:\n%s", v.Page(), got)
	}
	keys.Press(fyne.KeyDown)
	if v.Page() != "nguoi-tham-du" {
		t.Errorf("down leads to %s", v.Page())
	}
	keys.Press(fyne.KeyUp, fyne.KeyReturn) // into the page
	keys.Press(fyne.KeyPageDown, fyne.KeyDown, fyne.KeyHome)
	keys.Ctrl(fyne.KeyF)
	keys.UniKey("thử khôi phục")
	if v.Page() != "sao-luu" {
		t.Errorf("the search leads to %s:\n%s", v.Page(), shown(w))
	}
	keys.Press(fyne.KeyEscape)
	if got := shown(w); uitest.Overlay(w) == nil || !strings.Contains(got, "Bắt đầu: ghi sổ một tuần") {
		t.Errorf("Escape ends the search first:\n%s", got)
	}
	keys.Press(fyne.KeyEscape)
	if uitest.Overlay(w) != nil {
		t.Error("Escape closes the help")
	}
}

func TestLinksByKeyboard(t *testing.T) {
	v, _, keys := open(t, "du-lieu-ca-nhan")
	v.Follow("cau-hoi")
	keys.Press(fyne.KeyTab, fyne.KeyReturn)
	if v.Page() != "du-lieu-ca-nhan" {
		t.Errorf("the first link leads to %s", v.Page())
	}
	keys.Alt(fyne.KeyLeft)
	if v.Page() != "cau-hoi" {
		t.Errorf("back leads to %s", v.Page())
	}
	keys.Alt(fyne.KeyLeft)
	keys.Alt(fyne.KeyLeft)
	if v.Page() != "du-lieu-ca-nhan" {
		t.Errorf("back again leads to %s", v.Page())
	}
}

func TestASearchWithoutHitsSaysSo(t *testing.T) {
	_, w, keys := open(t, "")
	keys.Ctrl(fyne.KeyF)
	keys.Type("xyzxyz")
	if got := shown(w); !strings.Contains(got, "Không có trang nào") {
		t.Errorf("shown:\n%s", got)
	}
}

func TestAPageIsPrinted(t *testing.T) {
	v, w, keys := open(t, "phim-tat")
	if strings.Contains(shown(w), "In trang") {
		t.Error("printing is offered where nobody prints")
	}
	var printed []string
	v.OnPrint(func(p help.Page) { printed = append(printed, p.Title) })
	keys.Ctrl(fyne.KeyP)
	keys.Ctrl(fyne.KeyF)
	keys.Ctrl(fyne.KeyP) // from the search too
	v.Follow("hoat-dong")
	uitest.TapButton(t, uitest.Overlay(w), "In trang")
	if diff := cmp.Diff([]string{"Phím tắt", "Phím tắt", "Hoạt động"}, printed); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
}
