package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"sophobien/internal/record"
)

// nouns are what a program knows of. It projects these; whatever else the log says is
// kept to the byte and handed on, until a program that knows it folds the log again.
type nouns struct {
	list  []*record.Description
	named map[string]*record.Description
}

func newNouns(list []*record.Description) nouns {
	n := nouns{list, make(map[string]*record.Description, len(list))}
	for _, d := range list {
		n.named[d.Name] = d
	}
	return n
}

// fewer reports whether this is less than package record knows.
func (n nouns) fewer() bool {
	for _, d := range record.Nouns() {
		if n.named[d.Name] != d {
			return true
		}
	}
	return false
}

// foldRules counts the changes of the fold itself after which tables folded before show
// something else. What the nouns say of themselves is in the mark anyway.
const foldRules = 1

// mark is one text for what the tables show of a log: two programs that give it alike
// fold it into the same tables.
func (n nouns) mark() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n", foldRules)
	for _, d := range n.list {
		fmt.Fprintf(h, "%s %t %t\n", d.Name, record.Shared(d.Name), record.StaysHome(d.Name))
		for i := range d.Fields {
			f := &d.Fields[i]
			fmt.Fprintf(h, "\t%s %c %v %s %v %t\n", f.Name, f.Class, f.Merge, f.Type(), f.Columns, record.ProvinceMay(d.Name, f.Name))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// metaFolded is the local fact that says of what knowledge the tables are the fold.
const metaFolded = "folded"

// isFolded reports whether the tables show what this program knows. A mark that is damaged
// or another office's says nothing: nothing is touched then, and Verify tells.
func (db *DB) isFolded(ctx context.Context) (bool, error) {
	var have string
	var mac []byte
	err := db.write.QueryRowContext(ctx, "SELECT value, mac FROM meta WHERE key = ?", metaFolded).Scan(&have, &mac)
	switch {
	case errors.Is(err, sql.ErrNoRows): // folded before there were marks
		return false, nil
	case err != nil:
		return false, mapError(err)
	}
	return have == db.nouns.mark() || db.box.isMac(mac, "meta", metaFolded, have) != nil, nil
}
