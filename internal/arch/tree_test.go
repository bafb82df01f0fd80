package arch

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// A source is one Go file.
type source struct {
	pkg     string // path of its package below the module
	name    string // path of the file below the root
	test    bool
	imports []string
	syntax  *ast.File
}

// readTree parses every Go file below root, for whatever system it is meant.
func readTree(root fs.FS) ([]source, error) {
	var tree []source
	fset := token.NewFileSet()
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && notOurs(root, name) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		src, err := readSource(fset, root, name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		if !onlyByHand(src.syntax) {
			tree = append(tree, src)
		}
		return nil
	})
	return tree, err
}

// notOurs reports whether the go command would not look into the folder, or it
// holds what was built.
func notOurs(root fs.FS, dir string) bool {
	base := path.Base(dir)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") ||
		base == "testdata" || base == "vendor" || dir == "build" {
		return true
	}
	_, err := fs.Stat(root, path.Join(dir, "go.mod"))
	return err == nil
}

func readSource(fset *token.FileSet, root fs.FS, name string) (source, error) {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return source{}, err
	}
	syntax, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	src := source{
		pkg:    filepath.ToSlash(path.Dir(name)),
		name:   name,
		test:   strings.HasSuffix(name, "_test.go"),
		syntax: syntax,
	}
	for _, spec := range syntax.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		src.imports = append(src.imports, p)
	}
	return src, nil
}

// onlyByHand reports whether the file is a generator: built by nobody but the
// person who names it.
func onlyByHand(file *ast.File) bool {
	for _, group := range file.Comments {
		if group.Pos() > file.Package {
			return false
		}
		for _, c := range group.List {
			if !constraint.IsGoBuild(c.Text) {
				continue
			}
			expr, err := constraint.Parse(c.Text)
			if err == nil && expr.String() == "ignore" {
				return true
			}
		}
	}
	return false
}
