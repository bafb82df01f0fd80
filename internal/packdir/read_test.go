package packdir

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

const someItems = `id,kind,number,type,title,from,to,topics,confidence,withdrawn
,,45/2019/QH14,Bộ luật,Bộ luật Lao động,2021-01-01,,LD;LD02,high,
to-roi-lam-them,leaflet,,,Tờ rơi về làm thêm giờ,,,LD08,,
hoi-dap,faq,,,Hỏi đáp,,,,,no
`

func folder(more ...string) fstest.MapFS {
	fsys := fstest.MapFS{
		"items.csv":                                   {Data: []byte(someItems)},
		"45-2019-qh14.txt":                            {Data: []byte("Điều 1. Phạm vi\nMột.\nĐiều 2. Đối tượng\n1. Hai.\n2. Ba.\n")},
		"45-2019-qh14@2027-01-01.txt":                 {Data: []byte("Điều 1. Phạm vi\nMột.\nĐiều 2. Đối tượng\n1. Hai rưỡi.\n2. Ba.\n")},
		"wordings.csv":                                {Data: []byte("id,from,title\n45/2019/QH14,2027-01-01,18/VBHN-VPQH\n")},
		"relations.csv":                               {Data: []byte("from,kind,to,anchors,on\n45/2019/QH14,replaces,10/2012/QH13,,2021-01-01\n")},
		"files/to-roi-lam-them/to-roi.vi.pdf":         {Data: []byte("%PDF")},
		"files/to-roi-lam-them/to-roi tiếng Anh.docx": {Data: []byte("PK")},
		"files/hoi-dap/faq.json":                      {Data: []byte(`{"faq":[]}`)},
	}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] == "" {
			delete(fsys, more[i])
			continue
		}
		fsys[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	return fsys
}

func read(t *testing.T, earlier []pack.Item, more ...string) *Contents {
	t.Helper()
	c, err := Read(folder(more...), earlier)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func item(t *testing.T, c *Contents, id string) pack.Item {
	t.Helper()
	for _, i := range c.Items {
		if i.ID == id {
			return i
		}
	}
	t.Fatalf("no item %s", id)
	return pack.Item{}
}

func TestAFolderBecomesItems(t *testing.T) {
	c := read(t, nil)
	code := item(t, c, "45-2019-qh14")
	if len(code.Wordings) != 2 || code.Wordings[0].From != "2021-01-01" || code.Wordings[1].Title != "18/VBHN-VPQH" {
		t.Errorf("wordings: %+v", code.Wordings)
	}
	if len(code.Relations) != 1 || code.Relations[0].To != "10-2012-qh13" {
		t.Errorf("relations: %+v", code.Relations)
	}
	if !reflect.DeepEqual(code.Topics, []string{"LD", "LD02"}) || code.Kind != "law" {
		t.Errorf("%+v", code)
	}
	leaflet := item(t, c, "to-roi-lam-them")
	if len(leaflet.Files) != 2 || leaflet.Files[1].Lang != "vi" || leaflet.Files[1].Title != "to-roi" || leaflet.Files[0].Lang != "" {
		t.Errorf("files: %+v", leaflet.Files)
	}
	for _, w := range code.Wordings {
		r, err := c.Blob(w.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r)
		if text, err := law.DecodeText(b); err != nil || text.Find("d2.k1") < 0 || int64(len(b)) != w.Size {
			t.Errorf("%v: %v", err, text)
		}
	}
	if again := read(t, nil); !reflect.DeepEqual(again.Items, c.Items) {
		t.Error("the same folder gives other items")
	}
}

// The version of an item grows when it changed, and what is gone is withdrawn.
func TestVersionsOfItems(t *testing.T) {
	first := read(t, nil)
	same := read(t, first.Items)
	if !reflect.DeepEqual(first.Items, same.Items) {
		t.Error("an item that did not change has another version")
	}
	changed := read(t, first.Items, "45-2019-qh14.txt", "Điều 1. Phạm vi\nKhác.\n")
	if v := item(t, changed, "45-2019-qh14").Version; v != 2 {
		t.Errorf("version %d of a changed item", v)
	}
	if v := item(t, changed, "hoi-dap").Version; v != 1 {
		t.Errorf("version %d of an unchanged item", v)
	}
	gone := read(t, first.Items, "items.csv", strings.ReplaceAll(someItems, "hoi-dap,faq,,,Hỏi đáp,,,,,no\n", ""), "files/hoi-dap/faq.json", "")
	i := item(t, gone, "hoi-dap")
	if !i.Withdrawn || i.Version != 2 || len(i.Files) != 0 {
		t.Errorf("%+v", i)
	}
	if still := read(t, gone.Items, "items.csv", strings.ReplaceAll(someItems, "hoi-dap,faq,,,Hỏi đáp,,,,,no\n", ""), "files/hoi-dap/faq.json", ""); !reflect.DeepEqual(still.Items, gone.Items) {
		t.Error("what is withdrawn is withdrawn again")
	}
}

func TestBadFolders(t *testing.T) {
	for name, c := range map[string]struct {
		more []string
		says []string // in the Vietnamese sentence
	}{
		"no list":               {[]string{"items.csv", ""}, []string{"items.csv"}},
		"an id twice":           {[]string{"items.csv", "id,title\nx,Một\nx,Hai\n"}, []string{"dòng 3", "hai lần"}},
		"no day":                {[]string{"items.csv", "id,title,from\nx,Một,1/2/2026\n"}, []string{"dòng 2", "from"}},
		"an unknown column":     {[]string{"items.csv", "id,titel\nx,Một\n"}, []string{"titel"}},
		"a row too long":        {[]string{"items.csv", "id,title\nx,Một,Hai\n"}, []string{"dòng 2"}},
		"an unknown kind":       {[]string{"items.csv", someItems + "y,song,,,Bài hát,,,,,\n"}, []string{"“y”"}},
		"a bad id":              {[]string{"items.csv", "id,title\nTờ rơi,Một\n"}, []string{"Tờ rơi"}},
		"a text of nothing":     {[]string{"99-2020-nd-cp.txt", "Điều 1. Một\n"}, []string{"99-2020-nd-cp"}},
		"a text of no day":      {[]string{"45-2019-qh14@mai.txt", "Điều 1. Một\n"}, []string{"mai"}},
		"two texts of one day":  {[]string{"45-2019-qh14.html", "<p>Điều 1. Một</p>"}, []string{"45-2019-qh14"}},
		"an article twice":      {[]string{"45-2019-qh14.txt", "Điều 1. Một\nHai.\nĐiều 1. Ba\nBốn.\n"}, []string{"45-2019-qh14.txt", "dòng"}},
		"a relation of nothing": {[]string{"relations.csv", "from,kind,to\n1/2020/X,amends,45/2019/QH14\n"}, []string{"relations.csv", "dòng 2"}},
		"a file of nothing":     {[]string{"files/khong-co/x.pdf", "x"}, []string{"khong-co"}},
		"a file too deep":       {[]string{"files/hoi-dap/a/x.pdf", "x"}, []string{"files/hoi-dap/a/x.pdf"}},
		"a FAQ without one":     {[]string{"files/hoi-dap/faq.json", ""}, []string{"hoi-dap", "faq.json"}},
		"a docx that is none":   {[]string{"45-2019-qh14.txt", "", "45-2019-qh14.docx", "hello"}, []string{"45-2019-qh14.docx"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(folder(c.more...), nil)
			var refusal *record.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("%v", err)
			}
			for _, s := range c.says {
				if !strings.Contains(refusal.Words.VI, s) {
					t.Errorf("%q does not say %q", refusal.Words.VI, s)
				}
			}
		})
	}
}

// TestTablesAsProgramsWriteThem: the same list, as spreadsheets of all kinds save it.
func TestTablesAsProgramsWriteThem(t *testing.T) {
	want := read(t, nil).Items
	semicolons := "id;kind;number;type;title;from;to;topics;confidence;withdrawn\n" +
		";;45/2019/QH14;Bộ luật;Bộ luật Lao động;2021-01-01;;\"LD;LD02\";high;\n" +
		"to-roi-lam-them;leaflet;;;Tờ rơi về làm thêm giờ;;;LD08;;\nhoi-dap;faq;;;Hỏi đáp;;;;;no\n"
	wide := func(text string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"a mark of UTF-8":       "\ufeff" + someItems,
		"CRLF":                  strings.ReplaceAll(someItems, "\n", "\r\n"),
		"empty lines":           "\r\n" + strings.ReplaceAll(someItems, "\n", "\n\n ,,,,,,,,,\n"),
		"semicolons":            semicolons,
		"tabs in UTF-16":        wide(strings.ReplaceAll(someItems, ",", "\t")),
		"decomposed":            norm.NFD.String(someItems),
		"semicolons, no tables": semicolons + ";;;;;;;;;\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, nil, "items.csv", text).Items; !reflect.DeepEqual(got, want) {
				t.Errorf("%+v\nwant\n%+v", got, want)
			}
		})
	}
}

// TestHostileFolders: what is no plain file, what is too large, and what nobody may read.
func TestHostileFolders(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "bí mật")
	if err := os.WriteFile(outside, []byte("Điều 1. Bí mật\nChữ.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, harm := range map[string]func(dir string) error{
		"a text that is a link": func(dir string) error { return os.Symlink(outside, filepath.Join(dir, "45-2019-qh14.txt")) },
		"a list that is a link": func(dir string) error { return relink(outside, filepath.Join(dir, "items.csv")) },
		"a leaflet that is one": func(dir string) error { return os.Symlink(outside, filepath.Join(dir, "files", "hoi-dap", "x.pdf")) },
		"a folder that is a link": func(dir string) error {
			return relink(filepath.Dir(outside), filepath.Join(dir, "files", "hoi-dap"))
		},
		"a huge leaflet":   func(dir string) error { return sparse(filepath.Join(dir, "files", "hoi-dap", "x.pdf"), 300<<20) },
		"a huge text":      func(dir string) error { return sparse(filepath.Join(dir, "45-2019-qh14.txt"), 80<<20) },
		"an empty leaflet": func(dir string) error { return sparse(filepath.Join(dir, "files", "hoi-dap", "x.pdf"), 0) },
		"a page with nothing but a script": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "45-2019-qh14.html"), []byte("<html><script>alert('Điều 1. X')</script></html>"), 0o600)
		},
		"letters of no set": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "items.csv"), []byte("id,title\nx,\x81\x8d\x8f\x90\x9d\n"), 0o600)
		},
		"no table at all": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "items.csv"), []byte("PK\x03\x04\x00\x00\x00"), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for path, text := range map[string]string{"items.csv": someItems, "files/hoi-dap/faq.json": `{"faq":[]}`} {
				path = filepath.Join(dir, path)
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := Read(os.DirFS(dir), nil); err != nil {
				t.Fatal(err)
			}
			if err := harm(dir); err != nil {
				t.Fatal(err)
			}
			_, err := Read(os.DirFS(dir), nil)
			if !errors.As(err, new(*record.Refusal)) {
				t.Errorf("%v", err)
			}
		})
	}
}

func relink(to, path string) error { return errors.Join(os.RemoveAll(path), os.Symlink(to, path)) }

func sparse(path string, size int64) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Truncate(size), f.Close())
}

// TestAPageWithAScript keeps what people read of it and nothing else.
func TestAPageWithAScript(t *testing.T) {
	c := read(t, nil, "45-2019-qh14.txt", "", "45-2019-qh14.html",
		`<html><head><title>x</title><script>document.write("độc")</script><style>p{}</style></head><body onload="x()"><p>Điều 1. Phạm vi</p><p>Một <a href="javascript:alert(1)">hai</a>.<script>alert("độc")</script></p></body></html>`)
	r, err := c.Blob(item(t, c, "45-2019-qh14").Wordings[0].SHA256)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(r)
	text, err := law.DecodeText(b)
	if err != nil || !strings.Contains(text.String(), "Một hai.") || strings.Contains(text.String(), "độc") || strings.Contains(text.String(), "alert") {
		t.Errorf("%v: %q", err, text.String())
	}
}
