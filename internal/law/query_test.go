package law

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	_ "modernc.org/sqlite"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/viet"
)

// index is a table as the library keeps one.
func index(t testing.TB, texts ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec(`CREATE VIRTUAL TABLE f USING fts5(body, folded, tokenize = "unicode61 remove_diacritics 0")`); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if _, err := db.Exec(`INSERT INTO f(rowid, body, folded) VALUES (?, ?, ?)`, i, text, Fold(text)); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// found are the rows an expression finds, best first.
func found(db *sql.DB, match string) ([]int, error) {
	if match == "" {
		return nil, nil
	}
	rows, err := db.QueryContext(context.Background(), `SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f, 10, 1), rowid`, match)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

func TestQueryFinds(t *testing.T) {
	texts := []string{
		0: "Làm thêm giờ là khoảng thời gian làm việc ngoài thời giờ làm việc bình thường",
		1: "Nghị định số 145/2020/NĐ-CP quy định chi tiết",
		2: "Lao động nữ và lao động nam bình đẳng",
		3: "Mỗi năm một lần, trong năm 2026",
		4: "Đào tạo nghề cho người lao động; đối thoại",
		5: "Bộ luật Lao động",
		6: "Đóng bảo hiểm xã hội bắt buộc",
		7: "lam them gio viet khong dau",
	}
	db := index(t, texts...)
	for _, c := range []struct {
		typed string
		want  []int
	}{
		{"lam them gio", []int{7, 0}}, // the text that really has no marks comes first
		{"làm thêm giờ", []int{0, 7}},
		{"dao tao", []int{4}},
		{"đào tạ", []int{4}},
		{"145/2020", []int{1}},
		{"145/2020/NĐ-CP", []int{1}},
		{"145/2020/nd-cp ", []int{1}},
		{"nam", []int{2, 3}},
		{"năm", []int{3, 2}},
		{`"thời giờ làm việc" `, []int{0}},
		{`“giờ thời” `, nil},
		{"BLLĐ ", []int{5}},
		{"bhxh bat buoc", []int{6}},
		{"lam them gi ", nil}, // the word is finished
		{"lam them gi", []int{7, 0}},
		{`"doi thoa`, []int{4}},
		{"- / *", nil},
		{"AND OR NOT NEAR(", nil},
		{"body:lam", nil},
	} {
		q := ParseQuery(c.typed)
		got, err := found(db, q.Match)
		if err != nil {
			t.Errorf("%q: %v in %s", c.typed, err, q.Match)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.typed, diff)
		}
	}
	if got, err := found(db, ParseQuery("làm thêm giờ").Exact); err != nil || !slices.Equal(got, []int{0}) {
		t.Errorf("exactly: %v, %v", got, err)
	}
	if q := ParseQuery("khoản 1 điều 98 BLLĐ"); !q.Cited || q.Address.Document != "45-2019-qh14" {
		t.Errorf("%+v", q.Address)
	}
}

func checkQuery(t interface{ Fatalf(string, ...any) }, db *sql.DB, typed string) {
	q := ParseQuery(typed)
	for _, match := range []string{q.Match, q.Exact} {
		if _, err := found(db, match); err != nil {
			t.Fatalf("%q becomes %q: %v", typed, match, err)
		}
	}
	if (q.Match == "") != (len(q.Terms) == 0) || len(q.Terms) > maxTerms {
		t.Fatalf("%q: %d terms, match %q", typed, len(q.Terms), q.Match)
	}
}

func TestQueryIsNeverASyntaxError(t *testing.T) {
	db := index(t, "Làm thêm giờ")
	for _, typed := range []string{"", `"`, `""`, `"""`, `“`, "a\x00b", "\xff", "x*", "x* *", "^x", "{a b}:c", "a + b", "NEAR(a b, 2)", "(", ")", "-a", "a-", "'", "a\u0301", "\u0301", "𐀀", "½", "ก", strings.Repeat("a ", 1000), "\U0001F600"} {
		checkQuery(t, db, typed)
	}
	rapid.Check(t, func(t *rapid.T) {
		checkQuery(t, db, rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune(`"“”*():^{}+-/.,ađÀ 1'`+"\x00\u0301\u200b")))).Draw(t, "typed"))
	})
}

func FuzzQuery(f *testing.F) {
	db := index(f, "Làm thêm giờ")
	f.Add(`làm "thêm giờ" 145/2020/NĐ-CP*`)
	f.Add("a\x00\"")
	f.Fuzz(func(t *testing.T, typed string) { checkQuery(t, db, typed) })
}

func TestFoldKeepsPlaces(t *testing.T) {
	if got := Fold("Đắk Hà – ĐIỀU 98, “Người”\u00a0ủy"); got != "dak ha – dieu 98, “nguoi”\u00a0uy" {
		t.Errorf("%q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		f := Fold(s)
		if utf8.RuneCountInString(f) != utf8.RuneCountInString(s) || !utf8.ValidString(f) {
			t.Fatalf("%q folds to %q", s, f)
		}
		if Fold(f) != f {
			t.Fatalf("%q is folded twice: %q", s, Fold(f))
		}
	})
	// It finds what the key finds.
	for _, word := range []string{"Nghỉ", "ĐƯỢC", "hoà", "hòa", "quyền", "Ủy", "TƯLĐTT"} {
		if Fold(word) != viet.Key(word) {
			t.Errorf("%q: %q and %q", word, Fold(word), viet.Key(word))
		}
	}
}
