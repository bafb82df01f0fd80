package bundle

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// MaxPlain is how much plaintext goes into one bundle: even if it would not
// shrink at all it stays under the 8 MiB of a payload.
const MaxPlain = 7 << 20

// Sender is who hands over, to whom, and what seals the file.
type Sender struct {
	Unit       string // code of the sending unit
	To         string // code of the receiving unit
	App        string // program and version
	Signer     crypto.Signer
	Recipients []seal.Recipient
	Random     io.Reader // nonces
}

// Sealed is one finished bundle.
type Sealed struct {
	Name     string
	Bytes    []byte
	Envelope seal.Envelope
	Commits  int // how many, from the front of what is left
}

// WriteLog seals as many commits as one bundle holds, from the front; the rest
// is the next bundle's. id is a UUIDv7, no the sender's running number, created
// an RFC 3339 time for people.
func WriteLog(s Sender, commits []*oplog.Commit, id record.ID, no int64, created string) (Sealed, error) {
	env := seal.Envelope{
		Kind: seal.KindLog, ID: id.String(), Unit: s.Unit, To: s.To, No: no, App: s.App, Schema: oplog.Schema, Created: created,
		Range: map[string]seal.Span{}, Heads: map[string]string{},
	}
	header, err := seal.NewStreamHeader(seal.KindLog, env.ID, s.Random)
	if err != nil {
		return Sealed{}, err
	}
	w, err := seal.NewLineWriter(header)
	if err != nil {
		return Sealed{}, err
	}
	n := 0
	for _, c := range commits {
		line := append([]byte("C "), c.Line()...)
		if n > 0 && w.Size()+len(line) > MaxPlain {
			break
		}
		if err := w.Add(line); err != nil {
			return Sealed{}, err
		}
		extend(&env, c)
		n++
	}
	plain, err := w.Finish()
	if err != nil {
		return Sealed{}, err
	}
	file, env, err := seal.Seal(env, plain, s.Signer, s.Recipients)
	if err != nil {
		return Sealed{}, err
	}
	name, err := seal.NameOf(env, s.Unit)
	return Sealed{Name: name, Bytes: file, Envelope: env, Commits: n}, err
}

func extend(env *seal.Envelope, c *oplog.Commit) {
	device := c.Device.String()
	span, ok := env.Range[device]
	if !ok {
		span = seal.Span{First: c.N, Last: c.N}
	}
	if c.N >= span.Last { // after a fork, the head is of the longer branch
		env.Heads[device] = c.Hash.String()
	}
	span.First, span.Last = min(span.First, c.N), max(span.Last, c.N)
	env.Range[device] = span
}

// Contents are the commits of a log bundle and the values given along.
type Contents struct {
	Commits []*oplog.Commit
	Secrets map[oplog.Hash][]oplog.Secret

	have map[secretAt]bool
}

// secretAt is what one P line gives the value of.
type secretAt struct {
	commit oplog.Hash
	op     int
}

// Values counts the personal and internal values inside.
func (c Contents) Values() int {
	n := 0
	for _, list := range c.Secrets {
		for i := range list {
			n += list[i].Known()
		}
	}
	return n
}

// ReadLog takes the opened payload of a log bundle apart. Commits come as they
// were signed; checking signatures against keys is the caller's, who has them.
func ReadLog(env seal.Envelope, plain []byte) (Contents, error) {
	out := Contents{Secrets: map[oplog.Hash][]oplog.Secret{}, have: map[secretAt]bool{}}
	if env.Kind != seal.KindLog {
		return out, fmt.Errorf("%w: a bundle of kind %s is no log", record.ErrInvalid, env.Kind)
	}
	r, err := seal.NewLineReader(plain)
	if err != nil {
		return out, err
	}
	byHash := map[oplog.Hash]*oplog.Commit{}
	for {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, out.matches(env)
		}
		if err == nil {
			err = out.add(line, byHash)
		}
		if err != nil {
			return Contents{}, fmt.Errorf("line %d: %w", r.Count()+1, err)
		}
	}
}

func (c *Contents) add(line []byte, byHash map[oplog.Hash]*oplog.Commit) error {
	kind, rest, _ := bytes.Cut(line, []byte(" "))
	switch string(kind) {
	case "C":
		return c.addCommit(rest, byHash)
	case "P":
		return c.addSecret(rest, byHash)
	}
	return nil // a later version's line: allowed, kept in the file
}

func (c *Contents) addCommit(rest []byte, byHash map[oplog.Hash]*oplog.Commit) error {
	commit, err := oplog.ParseLine(rest)
	if err != nil {
		return err
	}
	var any json.RawMessage
	if err := seal.StrictDecode(commit.Raw, &any); err != nil {
		return fmt.Errorf("%w: %v", record.ErrDamaged, err)
	}
	if byHash[commit.Hash] != nil {
		return fmt.Errorf("%w: a commit stands twice", record.ErrDamaged)
	}
	byHash[commit.Hash] = commit
	c.Commits = append(c.Commits, commit)
	return nil
}

// secretLine is a P line as it is written: the values of an operation under its
// seed, or else each with its own salt, or its leaf where the value is not given.
type secretLine struct {
	Commit string                     `json:"h"`
	Op     int                        `json:"i"`
	Seed   string                     `json:"s"`
	Values map[string]json.RawMessage `json:"v"`
}

// saltedLine is a value with a salt of its own, or the leaf in its place.
type saltedLine struct {
	Salt  string          `json:"s"`
	Value json.RawMessage `json:"v"`
	Leaf  string          `json:"l"`
}

func (c *Contents) addSecret(rest []byte, byHash map[oplog.Hash]*oplog.Commit) error {
	var l secretLine
	if err := seal.StrictDecode(rest, &l); err != nil {
		return fmt.Errorf("%w: %v", record.ErrDamaged, err)
	}
	hash, err := oplog.ParseHash(l.Commit)
	if err != nil {
		return err
	}
	s, err := l.secret()
	if err != nil {
		return err
	}
	commit := byHash[hash]
	if commit == nil || !s.Opens(commit) {
		return fmt.Errorf("%w: values that their commit did not promise", record.ErrNotTrusted)
	}
	at := secretAt{hash, l.Op}
	if c.have[at] {
		return fmt.Errorf("%w: the values of an operation stand twice", record.ErrDamaged)
	}
	c.have[at] = true
	c.Secrets[hash] = append(c.Secrets[hash], s)
	return nil
}

func (l *secretLine) secret() (oplog.Secret, error) {
	s := oplog.Secret{Op: l.Op}
	if l.Seed != "" {
		if err := decodeInto(s.Seed[:], l.Seed); err != nil {
			return s, err
		}
		if !s.Seeded() {
			return s, fmt.Errorf("%w: a seed of zeros", record.ErrDamaged)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(l.Values)) {
		h, err := hiddenOf(field, l.Values[field], s.Seeded())
		if err != nil {
			return s, err
		}
		s.Fields = append(s.Fields, h)
	}
	return s, nil
}

func hiddenOf(field string, raw json.RawMessage, seeded bool) (oplog.Hidden, error) {
	h := oplog.Hidden{Field: field, Known: true}
	if seeded {
		h.Value = record.Value(raw)
		return h, isValue(raw)
	}
	var l saltedLine
	if err := seal.StrictDecode(raw, &l); err != nil {
		return h, fmt.Errorf("%w: %v", record.ErrDamaged, err)
	}
	if l.Leaf != "" {
		h.Known = false
		if l.Salt != "" || l.Value != nil {
			return h, fmt.Errorf("%w: a leaf beside its value", record.ErrDamaged)
		}
		return h, decodeInto(h.Leaf[:], l.Leaf)
	}
	h.Value = record.Value(l.Value)
	return h, errors.Join(decodeInto(h.Salt[:], l.Salt), isValue(l.Value))
}

func isValue(raw json.RawMessage) error {
	if len(raw) == 0 || raw[0] == '{' {
		return fmt.Errorf("%w: a value is missing or an object", record.ErrDamaged)
	}
	return nil
}

func decodeInto(into []byte, text string) error {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != len(into) {
		return fmt.Errorf("%w: %d bytes expected", record.ErrDamaged, len(into))
	}
	copy(into, b)
	return nil
}

// matches holds what was read against what the envelope says.
func (c *Contents) matches(env seal.Envelope) error {
	got := seal.Envelope{Range: map[string]seal.Span{}, Heads: map[string]string{}}
	for _, commit := range c.Commits {
		extend(&got, commit)
	}
	if len(got.Range) != len(env.Range) || len(got.Heads) != len(env.Heads) {
		return fmt.Errorf("%w: the envelope names other devices than the log", record.ErrDamaged)
	}
	for device, span := range got.Range {
		if env.Range[device] != span || env.Heads[device] != got.Heads[device] {
			return fmt.Errorf("%w: the envelope names other commits than the log", record.ErrDamaged)
		}
	}
	if !env.PII && c.Values() > 0 {
		return fmt.Errorf("%w: values inside that the envelope does not announce", record.ErrDamaged)
	}
	return nil
}

// Explain turns a refusal of the container into a sentence for people.
func Explain(err error) error {
	if err == nil {
		return nil
	}
	for _, e := range explanations {
		if errors.Is(err, e.is) {
			return record.Refuse(e.kind, e.vi, e.en).Because(err)
		}
	}
	return err
}

var explanations = []struct {
	is, kind error
	vi, en   string
}{
	{seal.ErrForeign, record.ErrInvalid, "Tệp này không phải là gói của chương trình; không nhận gì, tệp để nguyên.", "This file is no bundle of this program; nothing was taken in, the file is untouched."},
	{seal.ErrNewer, record.ErrNewer, "Gói do bản chương trình mới hơn đóng; hãy cài bản mới rồi nhận lại.", "The bundle was made by a newer version; install it and take the file in again."},
	{seal.ErrCritical, record.ErrNewer, "Gói cần một tính năng mà bản này chưa có; hãy cài bản mới rồi nhận lại.", "The bundle needs a feature this version lacks; install the newer version and take it in again."},
	{seal.ErrNotTrusted, record.ErrNotTrusted, "Không xác nhận được chữ ký của gói (máy gửi chưa đăng ký hoặc gói bị sửa); không nhận gì.", "The signature of the bundle cannot be confirmed (unknown sender or altered file); nothing was taken in."},
	{seal.ErrTooLarge, record.ErrDamaged, "Gói lớn hơn mức cho phép; không nhận gì.", "The bundle is larger than allowed; nothing was taken in."},
	{seal.ErrWrongRecipient, record.ErrNotTrusted, "Gói được đóng cho nơi nhận khác; máy này không mở được.", "The bundle is sealed to another recipient; this PC cannot open it."},
	{seal.ErrDamaged, record.ErrDamaged, "Gói bị hỏng hoặc bị cắt; không nhận gì. Hãy xin gửi lại tệp.", "The bundle is damaged or cut short; nothing was taken in. Ask for it again."},
}

// WriteSecrets appends the P lines of a commit, for a PC of the same office.
func WriteSecrets(w *seal.LineWriter, commit oplog.Hash, secrets []oplog.Secret) error {
	sorted := slices.Clone(secrets)
	slices.SortFunc(sorted, func(a, b oplog.Secret) int { return a.Op - b.Op })
	for i := range sorted {
		if err := w.Add(secretText(commit, &sorted[i])); err != nil {
			return err
		}
	}
	return nil
}

// secretText is a P line. The values stand there byte for byte: that is what was
// promised, and encoding/json would rewrite them.
func secretText(commit oplog.Hash, s *oplog.Secret) []byte {
	b := fmt.Appendf(nil, `P {"h":"%s","i":%d,`, commit, s.Op)
	if s.Seeded() {
		b = appendBytes(append(b, `"s":`...), s.Seed[:])
		b = append(b, ',')
	}
	b = append(b, `"v":{`...)
	for i, h := range s.Fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `"%s":`, h.Field)
		switch {
		case s.Seeded():
			b = append(b, h.Value...)
		case h.Known:
			b = appendBytes(append(b, `{"s":`...), h.Salt[:])
			b = append(append(append(b, `,"v":`...), h.Value...), '}')
		default:
			b = append(appendBytes(append(b, `{"l":`...), h.Leaf[:]), '}')
		}
	}
	return append(b, "}}"...)
}

func appendBytes(b, raw []byte) []byte {
	b = base64.StdEncoding.AppendEncode(append(b, '"'), raw)
	return append(b, '"')
}
