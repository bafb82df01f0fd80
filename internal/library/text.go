package library

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/sqlitefile"
	"sophobien/internal/viet"
)

// textShift is what the number of a text is shifted by in those of its provisions.
const textShift = 17

// faqText is a collection of common questions.
type faqText struct {
	FAQ []question `json:"faq"`
}

type question struct {
	Q         string            `json:"q"`
	A         string            `json:"a"`
	Citations []record.Citation `json:"citations"`
	Topics    []string          `json:"topics"`
}

// texts are the hashes of an item that are read and searched.
func texts(item pack.Item) []string {
	var out []string
	if item.Kind == string(record.LawDocument) || item.Kind == string(record.LawFAQ) {
		for _, w := range item.Wordings {
			out = append(out, w.SHA256)
		}
	}
	return out
}

// whole reads a blob into memory.
func (l *Library) whole(sum string, max int64) ([]byte, error) {
	r, err := l.blobs.open(sum)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, max+1))
	if err == nil && int64(len(b)) > max {
		err = damaged(fmt.Errorf("text %s is too large", sum))
	}
	return b, err
}

// Text is a wording by its hash, whether or not anything lists it still: what was cited.
func (l *Library) Text(sha256 string) (law.Text, error) {
	b, err := l.whole(sha256, law.MaxText)
	if err != nil {
		return nil, err
	}
	return law.DecodeText(b)
}

func decodeFAQ(b []byte) (faqText, error) {
	if bytes.HasPrefix(b, []byte("\x1f\x8b")) {
		plain, err := seal.Expand(b, law.MaxText)
		if err != nil {
			return faqText{}, damagedFAQ(err)
		}
		b = plain
	}
	var f faqText
	if err := json.Unmarshal(b, &f); err != nil {
		return faqText{}, damagedFAQ(err)
	}
	if len(f.FAQ) > law.MaxProvisions {
		return faqText{}, damagedFAQ(fmt.Errorf("%d questions", len(f.FAQ)))
	}
	return f, nil
}

func damagedFAQ(cause error) error {
	return record.Refuse(record.ErrDamaged, "Tệp hỏi đáp trong gói không đọc được. Hãy xin lại gói.",
		"The questions and answers in the pack cannot be read. Ask for the pack again.").Because(cause)
}

// piece is a provision as it is kept, and what it is found by if it heads a unit.
type piece struct {
	anchor, level, heading, text string
	heads                        bool // a unit of search begins here
	head, body                   string
}

// piecesOf takes an item's text apart. An article is found as a whole, with its clauses
// and points: people ask with the words of the heading and of one of its clauses.
func (l *Library) piecesOf(item pack.Item, sum string) ([]piece, error) {
	if item.Kind == string(record.LawFAQ) {
		b, err := l.whole(sum, law.MaxText)
		if err != nil {
			return nil, err
		}
		f, err := decodeFAQ(b)
		if err != nil {
			return nil, err
		}
		var out []piece
		for i, q := range f.FAQ {
			out = append(out, piece{anchor: questionAnchor(i), level: "question", heading: q.Q, text: q.A, heads: true, head: q.Q, body: q.A})
		}
		return out, nil
	}
	t, err := l.Text(sum)
	if err != nil {
		return nil, err
	}
	return pieces(t), nil
}

// questionAnchor is the address of a question in its collection.
func questionAnchor(i int) string { return fmt.Sprintf("h%d", i+1) }

func pieces(t law.Text) []piece {
	out := make([]piece, 0, len(t))
	unit := -1
	for _, p := range t {
		within := unit >= 0 && (p.Level == law.Clause || p.Level == law.Point)
		out = append(out, piece{anchor: p.Anchor, level: string(p.Level), heading: p.Heading, text: p.Text, heads: !within})
		if within {
			out[unit].body += "\n" + p.Text
			continue
		}
		unit = len(out) - 1
		out[unit].head, out[unit].body = headOf(p), p.Body()
	}
	return out
}

// headOf is the heading of a provision with its address behind: a heading that begins with
// what is sought is found as such.
func headOf(p law.Provision) string {
	switch {
	case p.Level == law.Front || p.Level == law.Closing:
		return ""
	case p.Heading == "":
		return law.Say(p.Anchor).VI
	}
	return p.Heading + " – " + law.Say(p.Anchor).VI
}

// indexer puts texts into the tables of a transaction.
type indexer struct {
	text, provision, found, headed, word *sql.Stmt

	words map[string]*wordCount
}

// wordCount is how many units have a word with its marks and without, and the last units
// it was counted for.
type wordCount struct{ exact, bare, lastExact, lastBare int64 }

func newIndexer(ctx context.Context, tx *sql.Tx) (*indexer, error) {
	x := &indexer{words: map[string]*wordCount{}}
	for _, s := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&x.text, "INSERT INTO text (sha256) VALUES (?)"},
		{&x.provision, "INSERT INTO provision (id, anchor, level, heading, text) VALUES (?, ?, ?, ?, ?)"},
		{&x.found, "INSERT INTO found (rowid, exact, bare) VALUES (?, ?, ?)"},
		{&x.headed, "INSERT INTO headed (rowid, exact, bare) VALUES (?, ?, ?)"},
		{&x.word, `INSERT INTO word (word, exact, bare) VALUES (?, ?, ?)
			ON CONFLICT (word) DO UPDATE SET exact = exact + excluded.exact, bare = bare + excluded.bare`},
	} {
		var err error
		if *s.to, err = tx.PrepareContext(ctx, s.query); err != nil {
			return nil, sqlitefile.MapError(err)
		}
	}
	return x, nil
}

func (x *indexer) close() {
	x.text.Close()
	x.provision.Close()
	x.found.Close()
	x.headed.Close()
	x.word.Close()
}

func (x *indexer) add(ctx context.Context, sum string, pieces []piece) error {
	result, err := x.text.ExecContext(ctx, sum)
	if err != nil {
		return err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for i, p := range pieces {
		row := id<<textShift | int64(i)
		if _, err := x.provision.ExecContext(ctx, row, p.anchor, p.level, p.heading, viet.NFC(p.text)); err != nil {
			return err
		}
		if !p.heads {
			continue
		}
		if err := x.unit(ctx, row, strings.ToLower(viet.NFC(p.head)), strings.ToLower(viet.NFC(p.body))); err != nil {
			return err
		}
	}
	return nil
}

func (x *indexer) unit(ctx context.Context, row int64, head, body string) error {
	whole := head + "\n" + body
	bare := law.Fold(whole)
	if _, err := x.found.ExecContext(ctx, row, whole, bare); err != nil {
		return err
	}
	x.count(whole, row, func(c *wordCount) (n, last *int64) { return &c.exact, &c.lastExact })
	x.count(bare, row, func(c *wordCount) (n, last *int64) { return &c.bare, &c.lastBare })
	if head == "" {
		return nil
	}
	_, err := x.headed.ExecContext(ctx, row, head, law.Fold(head))
	return err
}

// count counts the words of a unit, each once.
func (x *indexer) count(text string, unit int64, of func(*wordCount) (n, last *int64)) {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWordRune(r) }) {
		c := x.words[w]
		if c == nil {
			c = &wordCount{lastExact: -1, lastBare: -1}
			x.words[strings.Clone(w)] = c
		}
		if n, last := of(c); *last != unit {
			*n, *last = *n+1, unit
		}
	}
}

// finish stores the words.
func (x *indexer) finish(ctx context.Context) error {
	for w, c := range x.words {
		if _, err := x.word.ExecContext(ctx, w, c.exact, c.bare); err != nil {
			return err
		}
	}
	return nil
}
