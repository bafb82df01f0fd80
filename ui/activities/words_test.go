package activities_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// Every sentence of this area and of the grid has its English.
func TestEverySentenceHasItsEnglish(t *testing.T) {
	english := map[string]string{}
	for _, name := range []string{"activities", "acts"} {
		text, err := os.ReadFile("../../assets/words/" + name + ".en.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &english); err != nil {
			t.Fatal(err)
		}
	}
	found := 0
	for _, pattern := range []string{"*.go", "../kit/grid*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, sentence := range sentences(t, file) {
				found++
				if english[sentence] == "" {
					t.Errorf("%s: no English for %q", filepath.Base(file), sentence)
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d sentences were found: the test looks in the wrong place", found)
	}
}

// sentences are the literal first arguments of T and kit.T, and the labels of the
// head counts.
func sentences(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	add := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, s)
			}
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if name, ok := n.Fun.(*ast.Ident); ok && name.Name == "T" && len(n.Args) > 0 {
				add(n.Args[0])
			}
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "T" && len(n.Args) > 0 {
				add(n.Args[0])
			}
		case *ast.ValueSpec:
			if len(n.Names) == 1 && n.Names[0].Name == "headFields" {
				for _, field := range n.Values[0].(*ast.CompositeLit).Elts {
					add(field.(*ast.CompositeLit).Elts[1])
				}
			}
		}
		return true
	})
	return out
}
