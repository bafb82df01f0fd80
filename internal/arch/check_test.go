package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// outsideStandardLibrary in a ban stands for every import path whose first
// element has a dot, as all of them have that do not come with Go or with us.
const outsideStandardLibrary = "<outside the standard library>"

// matches reports whether a path is what a pattern means; see row.
func matches(pattern, p string) bool {
	switch {
	case pattern == "...":
		return true
	case pattern == outsideStandardLibrary:
		first, _, _ := strings.Cut(p, "/")
		return strings.Contains(first, ".")
	case strings.HasSuffix(pattern, "/..."):
		family := strings.TrimSuffix(pattern, "/...")
		return p == family || strings.HasPrefix(p, family+"/")
	case strings.HasSuffix(pattern, "/*"):
		return path.Dir(p) == strings.TrimSuffix(pattern, "/*")
	default:
		return p == pattern
	}
}

func matchesAny(patterns []string, p string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, p) })
}

// rowOf finds the row of a package.
func rowOf(rows []row, pkg string) (row, bool) {
	i := slices.IndexFunc(rows, func(r row) bool { return matches(r.pkg, pkg) })
	if i < 0 {
		return row{}, false
	}
	return rows[i], true
}

// below gives the path of one of our packages below the module.
func below(importPath string) (string, bool) {
	if importPath == module {
		return ".", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// checkTable says, a sentence each, which arrows the table does not allow.
func checkTable(tree []source, rows []row) []string {
	var wrong []string
	for _, src := range tree {
		r, known := rowOf(rows, src.pkg)
		if !known {
			wrong = append(wrong, fmt.Sprintf("package %s (%s) has no row: add one to the table in internal/arch/table_test.go, with what it may import and why",
				src.pkg, src.name))
			continue
		}
		if src.test {
			continue
		}
		for _, imp := range src.imports {
			if target, ours := below(imp); ours {
				wrong = append(wrong, checkArrow(src, target, r)...)
			}
		}
	}
	return wrong
}

func checkArrow(src source, target string, r row) []string {
	if matchesAny(testOnly, target) && !matchesAny(testOnly, src.pkg) {
		return []string{fmt.Sprintf("%s: %s imports %s, which exists for tests only", src.name, src.pkg, target)}
	}
	if matchesAny(r.may, target) {
		return nil
	}
	allowed := "nothing of ours"
	if len(r.may) > 0 {
		allowed = strings.Join(r.may, ", ")
	}
	return []string{fmt.Sprintf("%s: %s imports %s; it may import %s, because %s", src.name, src.pkg, target, allowed, r.why)}
}

// checkBans says which imports of other people's packages are closed.
func checkBans(tree []source, all []ban) []string {
	var wrong []string
	for _, src := range tree {
		for _, b := range all {
			if src.test && !b.tests || !matchesAny(b.of, src.pkg) || matchesAny(b.except, src.pkg) {
				continue
			}
			for _, imp := range src.imports {
				if matchesAny(b.banned, imp) {
					wrong = append(wrong, fmt.Sprintf("%s: %s imports %s: %s", src.name, src.pkg, imp, b.why))
				}
			}
		}
	}
	return wrong
}

// checkClocks says where a package that has none looks at a clock.
func checkClocks(tree []source, timeless []string) []string {
	var wrong []string
	for _, src := range tree {
		if src.test || !matchesAny(timeless, src.pkg) {
			continue
		}
		for _, call := range clockUses(src.syntax) {
			wrong = append(wrong, fmt.Sprintf("%s: %s uses %s: an engine has no clock, it is told the time", src.name, src.pkg, call))
		}
	}
	return wrong
}

// clockUses finds every mention of a clock, called or handed on, under whatever
// name the file gave to package time.
func clockUses(file *ast.File) []string {
	name := importName(file, "time")
	if name == "" {
		return nil
	}
	if name == "." {
		return []string{`import . "time"`}
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if ok && x.Name == name && slices.Contains(clocks, sel.Sel.Name) {
			found = append(found, "time."+sel.Sel.Name)
		}
		return true
	})
	return found
}

// importName gives the name a file knows an imported package by, or "".
func importName(file *ast.File, importPath string) string {
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			continue
		}
		for _, s := range gen.Specs {
			spec, ok := s.(*ast.ImportSpec)
			if !ok {
				continue
			}
			if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != importPath {
				continue
			}
			if spec.Name != nil {
				return spec.Name.Name
			}
			return path.Base(importPath)
		}
	}
	return ""
}
