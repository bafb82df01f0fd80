package bundle

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// Bounds of files that travel.
const (
	MaxFile   = 25 << 20 // bytes of a file
	MaxBlob   = 4 << 20  // bytes of pieces in one bundle
	PieceSize = 1 << 20  // bytes of every piece of a file but its last

	rowSize = 135_000 // bytes on an X line but a piece's last: 180,000 characters
)

// Piece is a part of a file, which is named by its SHA-256.
type Piece struct {
	SHA256 string // of the whole file
	Size   int64  // of the whole file
	At     int64  // where the piece begins, a multiple of PieceSize
	Data   []byte
}

// blobLine is a B line as it is written.
type blobLine struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	At     int64  `json:"at"`
	Length int64  `json:"length"`
	Piece  string `json:"piece_sha256"`
}

// Pieces cuts a file, and refuses one that is not what its record says.
func Pieces(sha256 string, size int64, data []byte) ([]Piece, error) {
	if size < 1 || size > MaxFile {
		return nil, WithReason("too-large", fmt.Errorf("%w: a file of %d bytes", record.ErrInvalid, size))
	}
	if int64(len(data)) != size || sumOf(data) != sha256 {
		return nil, damaged("file %.64s is not what it was", sha256)
	}
	var out []Piece
	for at := int64(0); at < size; at += PieceSize {
		out = append(out, Piece{sha256, size, at, data[at:min(at+PieceSize, size)]})
	}
	return out, nil
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// WriteBlob seals as many pieces as one bundle holds, from the front; the rest is
// the next bundle's. Files of an office may show people, so what holds them is
// announced as personal when the sender gives values along.
func WriteBlob(s Sender, st State, pieces []Piece, id record.ID, no int64, created string) (Sealed, error) {
	p, err := s.open(seal.KindBlob, id, no, created)
	if err != nil {
		return Sealed{}, err
	}
	p.env.RosterSeen, p.env.PacksSeen, p.env.PII = st.Roster, st.Packs, s.Values
	n, size := 0, 0
	for _, piece := range pieces {
		if size += len(piece.Data); size > MaxBlob && n > 0 {
			break
		}
		if err := p.piece(piece); err != nil {
			return Sealed{}, err
		}
		n++
	}
	out, err := p.close()
	out.Pieces = n
	return out, err
}

func (p *parcel) piece(piece Piece) error {
	l := blobLine{piece.SHA256, piece.Size, piece.At, int64(len(piece.Data)), sumOf(piece.Data)}
	if err := l.check(); err != nil {
		return fmt.Errorf("%w: %v", record.ErrInvalid, err)
	}
	if _, err := p.add('B', l); err != nil {
		return err
	}
	for from := 0; from < len(piece.Data); from += rowSize {
		row := piece.Data[from:min(from+rowSize, len(piece.Data))]
		if err := p.w.Add(base64.StdEncoding.AppendEncode([]byte("X "), row)); err != nil {
			return err
		}
	}
	return nil
}

// check wants the one way to cut a file.
func (l *blobLine) check() error {
	switch {
	case !isHex(l.SHA256, 64) || !isHex(l.Piece, 64):
		return damaged("a file or piece without its hash")
	case l.Size > MaxFile:
		return WithReason("too-large", damaged("a file of %d bytes", l.Size))
	case l.At < 0 || l.At >= l.Size || l.At%PieceSize != 0 || l.Length != min(PieceSize, l.Size-l.At):
		return damaged("%d bytes at %d of a file of %d", l.Length, l.At, l.Size)
	}
	return nil
}

// ReadBlob takes the opened payload of a blob bundle apart. Every piece is whole;
// whether the files are is for an Assembly.
func ReadBlob(env seal.Envelope, plain []byte) ([]Piece, error) {
	r := blobReader{have: map[pieceAt]bool{}}
	err := eachLine(env, seal.KindBlob, plain, r.take)
	if err == nil && r.left > 0 {
		err = reasoned(damaged("the last piece is cut short"))
	}
	if err != nil {
		return nil, err
	}
	return r.out, nil
}

type blobReader struct {
	out   []Piece
	piece string // hash of the piece that is being read
	left  int64  // bytes it still lacks
	total int64
	have  map[pieceAt]bool
}

type pieceAt struct {
	file string
	at   int64
}

func (r *blobReader) take(letter byte, rest []byte) error {
	switch letter {
	case 'B':
		return r.begin(rest)
	case 'X':
		return r.row(rest)
	}
	return nil
}

func (r *blobReader) begin(rest []byte) error {
	var l blobLine
	if err := decode(rest, &l); err != nil {
		return err
	}
	if err := l.check(); err != nil {
		return err
	}
	at := pieceAt{l.SHA256, l.At}
	if r.left > 0 || r.have[at] {
		return damaged("a piece is cut short or stands twice")
	}
	if r.total += l.Length; r.total > MaxBlob {
		return WithReason("too-large", damaged("more than %d bytes of pieces", MaxBlob))
	}
	r.have[at], r.piece, r.left = true, l.Piece, l.Length
	r.out = append(r.out, Piece{l.SHA256, l.Size, l.At, make([]byte, 0, l.Length)})
	return nil
}

func (r *blobReader) row(rest []byte) error {
	want := min(r.left, rowSize)
	if want == 0 || base64.StdEncoding.EncodedLen(int(want)) != len(rest) {
		return damaged("a row of %d characters", len(rest))
	}
	p := &r.out[len(r.out)-1]
	data, err := base64.StdEncoding.Strict().AppendDecode(p.Data, rest)
	if err != nil || int64(len(data)-len(p.Data)) != want {
		return damaged("a row is not base64 of %d bytes", want)
	}
	p.Data, r.left = data, r.left-want
	if r.left == 0 && sumOf(p.Data) != r.piece {
		return damaged("a piece is not what its header says")
	}
	return nil
}

// Assembly puts a file together from pieces in any order and any number of times.
// Of two that claim one place the later counts: a piece somebody made up spoils the
// file only until the honest one comes again.
type Assembly struct {
	sha256 string
	size   int64
	parts  [][]byte
	file   []byte
}

// NewAssembly begins a file of a known hash and size.
func NewAssembly(sha256 string, size int64) (*Assembly, error) {
	l := blobLine{SHA256: sha256, Size: size, Length: min(size, PieceSize), Piece: sha256}
	if err := l.check(); err != nil {
		return nil, err
	}
	return &Assembly{sha256: sha256, size: size, parts: make([][]byte, (size+PieceSize-1)/PieceSize)}, nil
}

// Add takes a piece and reports whether the file is whole. A piece of another file
// is refused.
func (a *Assembly) Add(p Piece) (whole bool, err error) {
	l := blobLine{p.SHA256, p.Size, p.At, int64(len(p.Data)), p.SHA256}
	if err := l.check(); err != nil {
		return false, err
	}
	if p.SHA256 != a.sha256 || p.Size != a.size {
		return false, damaged("a piece of file %s, %d bytes", p.SHA256, p.Size)
	}
	if a.file == nil {
		a.parts[p.At/PieceSize] = p.Data
		a.join()
	}
	return a.file != nil, nil
}

// join makes the file when every part is here and they are the right ones.
func (a *Assembly) join() {
	h := sha256.New()
	for _, part := range a.parts {
		if part == nil {
			return
		}
		h.Write(part)
	}
	if hex.EncodeToString(h.Sum(nil)) != a.sha256 {
		return
	}
	a.file = make([]byte, 0, a.size)
	for i, part := range a.parts {
		a.file, a.parts[i] = append(a.file, part...), nil
	}
}

// Lacks counts the pieces that are not here yet; none, and still no file, means
// that one of them is false.
func (a *Assembly) Lacks() int {
	n := 0
	for _, part := range a.parts {
		if part == nil && a.file == nil {
			n++
		}
	}
	return n
}

// File is the whole file, nil until every piece of it is here.
func (a *Assembly) File() []byte { return a.file }
