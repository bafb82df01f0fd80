package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// querier is a transaction or a pool.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// logReader looks things up in the log for a fold. It remembers what it found:
// within one transaction the log only grows.
type logReader struct {
	ctx     context.Context
	q       querier
	box     *box
	metas   map[int64]logMeta
	commits map[int64]*storedCommit
	size    int // of the lines of commits
	erased  map[erasure]bool
	rights  oplog.Rights // nil: nothing is left out
	nouns   nouns        // what of the log has tables
}

// rememberedBytes bounds the commits that are kept at hand, by their lines; taken
// apart they are five times as large.
const rememberedBytes = 2 << 20

// erasure names a version that may be shown no more. An operation erases in its
// own row only.
type erasure struct {
	row record.Ref
	dot oplog.Dot
}

type logMeta struct {
	hash   oplog.Hash
	device oplog.Device
	time   int64
}

// storedCommit is a commit with those of its secrets that are here.
type storedCommit struct {
	seq     int64
	commit  *oplog.Commit
	secrets []oplog.Secret // sorted by operation, one for each
	fresh   []*rowRecord   // rows its operations make whole, once rowMaker has looked
	people  []nameEntry    // of the people among them
	foreign bool           // said by another office: what stays home has no row here
}

func (db *DB) newLogReader(ctx context.Context, q querier) (*logReader, error) {
	erased, err := readErased(ctx, q)
	if err != nil {
		return nil, err
	}
	log := logReaderOf(ctx, q, db.box, erased)
	log.nouns = db.nouns
	log.rights, err = readRights(ctx, q)
	return log, err
}

func logReaderOf(ctx context.Context, q querier, b *box, erased map[erasure]bool) *logReader {
	return &logReader{ctx: ctx, q: q, box: b, metas: map[int64]logMeta{}, commits: map[int64]*storedCommit{}, erased: erased}
}

func readErased(ctx context.Context, q querier) (map[erasure]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT row, dot FROM erased")
	if err != nil {
		return nil, mapError(err)
	}
	defer rows.Close()
	out := map[erasure]bool{}
	for rows.Next() {
		var row, text string
		if err := rows.Scan(&row, &text); err != nil {
			return nil, mapError(err)
		}
		dot, err := oplog.ParseDot(text)
		if err != nil {
			return nil, err
		}
		noun, idText, _ := strings.Cut(row, "/")
		id, err := record.ParseID(idText)
		if err != nil {
			return nil, fmt.Errorf("%w: erased value of row %.60q", record.ErrDamaged, row)
		}
		if d, ok := record.Describe(noun); ok { // of whose words there is one copy
			noun = d.Name
			if f, ok := d.Field(dot.Field); ok {
				dot.Field = f.Name
			}
		}
		out[erasure{record.Ref{Noun: noun, ID: id}, dot}] = true
	}
	return out, mapError(rows.Err())
}

// remember notes a commit that is being folded right now.
func (l *logReader) remember(s *storedCommit) {
	l.metas[s.seq] = logMeta{s.commit.Hash, s.commit.Device, s.commit.Time}
	if l.size += len(s.commit.Raw); l.size > rememberedBytes {
		clear(l.commits)
		l.size = len(s.commit.Raw)
	}
	if len(l.metas) > 100_000 {
		clear(l.metas)
		l.metas[s.seq] = logMeta{s.commit.Hash, s.commit.Device, s.commit.Time}
	}
	l.commits[s.seq] = s
}

func (l *logReader) meta(seq int64) (logMeta, error) {
	if m, ok := l.metas[seq]; ok {
		return m, nil
	}
	var hash, device []byte
	var m logMeta
	err := l.q.QueryRowContext(l.ctx, "SELECT hash, device, time FROM log WHERE seq = ?", seq).Scan(&hash, &device, &m.time)
	if err != nil {
		return m, behindRow(err)
	}
	copy(m.hash[:], hash)
	copy(m.device[:], device)
	l.metas[seq] = m
	return m, nil
}

// seqOf finds a commit by the prefix dots carry; 0 when it has not come.
func (l *logReader) seqOf(p oplog.Prefix) (int64, error) {
	end := nextPrefix(p)
	var seq int64
	err := l.q.QueryRowContext(l.ctx, "SELECT seq FROM log WHERE hash >= ? AND hash < ?", p[:], end[:]).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, mapError(err)
}

// nextPrefix ends the range of hashes that begin with a prefix.
func nextPrefix(p oplog.Prefix) oplog.Prefix {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i]++; p[i] != 0 {
			break
		}
	}
	return p
}

func (l *logReader) at(seq int64) (*storedCommit, error) {
	if s, ok := l.commits[seq]; ok {
		return s, nil
	}
	row := l.q.QueryRowContext(l.ctx, selectLog+" WHERE log.seq = ?", seq)
	s, err := scanCommit(row, l.box)
	if err != nil {
		return nil, behindRow(err)
	}
	l.remember(s)
	return s, nil
}

// behindRow is the error for a commit that a row names: that it is missing
// means the file is damaged.
func behindRow(err error) error {
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, record.ErrNotFound) {
		return fmt.Errorf("%w: a row names a commit the log lacks", record.ErrDamaged)
	}
	return fmtErr("commit behind a row", err)
}

// lookUp gives a head the value that its table row does not show.
func (l *logReader) lookUp(ref record.Ref, at place, field string, h *oplog.Head) error {
	s, err := l.at(at[0])
	if err != nil {
		return err
	}
	if int(at[1]) >= len(s.commit.Ops) || s.commit.Ops[at[1]].Ref != ref {
		return fmt.Errorf("%w: a row names an operation its commit lacks", record.ErrDamaged)
	}
	o := &s.commit.Ops[at[1]]
	for i := range o.Cells {
		if c := &o.Cells[i]; c.Field == field {
			v, ok := l.valueOf(s, int(at[1]), c)
			h.Value, h.Withheld = v, !ok
			if field == oplog.FieldDeleted {
				h.Seen = o.Seen
			}
			return nil
		}
	}
	return fmt.Errorf("%w: a row names a field its commit lacks", record.ErrDamaged)
}

// valueOf is what a cell says, unless it is withheld or erased.
func (l *logReader) valueOf(s *storedCommit, op int, c *oplog.Cell) (record.Value, bool) {
	return s.value(l.erased, op, c)
}

func (s *storedCommit) value(erased map[erasure]bool, op int, c *oplog.Cell) (record.Value, bool) {
	o := &s.commit.Ops[op]
	if len(erased) > 0 && erased[erasure{o.Ref, o.DotOf(s.commit.Hash.Prefix(), op, c.Field)}] {
		return "", false
	}
	if !c.Hidden {
		return c.Value, true
	}
	return s.secret(op, c.Field)
}

// secret is the value behind a commitment, unless it is withheld.
func (s *storedCommit) secret(op int, field string) (record.Value, bool) {
	i, ok := s.find(op)
	if !ok {
		return "", false
	}
	return s.secrets[i].Value(field)
}

// find gives the place of an operation's secret among those that are here.
func (s *storedCommit) find(op int) (int, bool) {
	return slices.BinarySearchFunc(s.secrets, op, func(x oplog.Secret, op int) int { return x.Op - op })
}

// join adds what secrets know and reports the operations that know more than before.
func (s *storedCommit) join(secrets []oplog.Secret) (more []int) {
	for k := range secrets {
		x := &secrets[k]
		i, have := s.find(x.Op)
		if !have {
			if x.Known() > 0 {
				s.secrets = slices.Insert(s.secrets, i, *x)
				more = append(more, x.Op)
			}
			continue
		}
		joined := s.secrets[i].Joined(x)
		if joined.Known() > s.secrets[i].Known() {
			s.secrets[i] = joined
			more = append(more, x.Op)
		}
	}
	return more
}

// forget drops the value of a version from the secrets of its commit; false when
// it was not there.
func (s *storedCommit) forget(dot oplog.Dot) bool {
	i, ok := s.find(dot.Op)
	if !ok {
		return false
	}
	before := s.secrets[i].Known()
	o := &s.commit.Ops[dot.Op]
	s.secrets[i] = s.secrets[i].Without(func(field string) bool {
		return o.DotOf(s.commit.Hash.Prefix(), dot.Op, field) == dot
	})
	return s.secrets[i].Known() < before
}

const selectLog = "SELECT log.seq, log.device, log.n, log.hash, log.time, log.sig, log.raw, secret.box FROM log LEFT JOIN secret ON secret.seq = log.seq"

type scanTarget interface{ Scan(...any) error }

// scanCommit reads a row of selectLog. What the columns say must be what the
// line says.
func scanCommit(row scanTarget, b *box) (*storedCommit, error) {
	raw, err := scanLogRow(row)
	if err != nil {
		return nil, err
	}
	return raw.decode(b, false)
}

// logRow is a row of selectLog as it stands.
type logRow struct {
	seq, n, time           int64
	device, hash, sig, raw []byte
	box                    []byte
}

func scanLogRow(row scanTarget) (*logRow, error) {
	r := &logRow{}
	err := row.Scan(&r.seq, &r.device, &r.n, &r.hash, &r.time, &r.sig, &r.raw, &r.box)
	return r, mapError(err)
}

// decode reads the line. strict also checks its grammar, as for a line of
// unknown origin.
func (r *logRow) decode(b *box, strict bool) (*storedCommit, error) {
	read := oplog.DecodeTrusted
	if strict {
		read = oplog.Decode
	}
	c, err := read(r.raw)
	if err != nil {
		return nil, err
	}
	copy(c.Sig[:], r.sig)
	same := string(c.Hash[:]) == string(r.hash) && string(c.Device[:]) == string(r.device) && c.N == r.n && c.Time == r.time
	if !same || len(r.sig) != 64 {
		return nil, fmt.Errorf("%w: commit in place %d is not what it was", record.ErrDamaged, r.seq)
	}
	s := &storedCommit{seq: r.seq, commit: c}
	if r.box != nil {
		if s.secrets, err = b.openSecrets(c.Hash, r.box); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// insertCommit adds a commit at the end of the log.
func insertCommit(ctx context.Context, q querier, b *box, c *oplog.Commit, secrets []oplog.Secret) (*storedCommit, error) {
	seq, err := insertLine(ctx, q, c)
	if err != nil {
		return nil, err
	}
	s := &storedCommit{seq: seq, commit: c}
	s.join(secrets)
	return s, writeSecrets(ctx, q, b, s)
}

func insertLine(ctx context.Context, q querier, c *oplog.Commit) (seq int64, err error) {
	res, err := q.ExecContext(ctx, "INSERT INTO log (device, n, hash, time, sig, raw) VALUES (?,?,?,?,?,?)",
		c.Device[:], c.N, c.Hash[:], c.Time, c.Sig[:], c.Raw)
	if err != nil {
		return 0, mapError(err)
	}
	seq, err = res.LastInsertId()
	return seq, mapError(err)
}

func writeSecrets(ctx context.Context, q querier, b *box, s *storedCommit) error {
	return writeBox(ctx, q, s.seq, b.sealed(s))
}

// writeBox keeps the sealed secrets of a commit; nil when it has none.
func writeBox(ctx context.Context, q querier, seq int64, sealed []byte) error {
	if sealed == nil {
		_, err := q.ExecContext(ctx, "DELETE FROM secret WHERE seq = ?", seq)
		return mapError(err)
	}
	_, err := q.ExecContext(ctx, "INSERT INTO secret (seq, box) VALUES (?,?) ON CONFLICT (seq) DO UPDATE SET box = excluded.box", seq, sealed)
	return mapError(err)
}
