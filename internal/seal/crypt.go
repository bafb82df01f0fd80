package seal

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"filippo.io/age"
)

// Encrypt seals bytes to the recipients in the age v1 format.
func Encrypt(plain []byte, to []Recipient) ([]byte, error) {
	if err := checkRecipients(to); err != nil {
		return nil, err
	}
	keys := make([]age.Recipient, len(to))
	for i, r := range to {
		keys[i] = r.key
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, keys...)
	if err != nil {
		return nil, refuse(ErrInvalid, "%w", err)
	}
	if _, err := w.Write(plain); err != nil {
		return nil, refuse(ErrInvalid, "%w", err)
	}
	if err := w.Close(); err != nil { // the last chunk goes out here
		return nil, refuse(ErrInvalid, "%w", err)
	}
	return out.Bytes(), nil
}

// Decrypt opens an age file with any of the identities; a plaintext of more
// than max bytes is refused.
func Decrypt(sealed []byte, max int, who []Identity) ([]byte, error) {
	if len(who) == 0 {
		return nil, refuse(ErrWrongRecipient, "no identity to try")
	}
	keys := make([]age.Identity, len(who))
	for i, id := range who {
		keys[i] = id.key
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), keys...)
	if none := (*age.NoIdentityMatchError)(nil); errors.As(err, &none) {
		return nil, refuse(ErrWrongRecipient, "%w", err)
	}
	if err != nil {
		return nil, refuse(ErrDamaged, "%w", err)
	}
	return readBounded(r, min(max, len(sealed)), max)
}

// countStanzas reads the header of an age file without any secret and says how
// many recipients it was wrapped for.
func countStanzas(sealed []byte) (int, error) {
	header, err := age.ExtractHeader(bytes.NewReader(sealed))
	if err != nil {
		return 0, refuse(ErrDamaged, "%w", err)
	}
	return bytes.Count(header, []byte("\n-> ")), nil
}

// compress makes a gzip stream that names no file and no time.
func compress(plain []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(plain); err != nil {
		return nil, refuse(ErrInvalid, "%w", err)
	}
	if err := w.Close(); err != nil {
		return nil, refuse(ErrInvalid, "%w", err)
	}
	return out.Bytes(), nil
}

// Compress is the gzip of bytes, the same for the same bytes: no name, no time.
func Compress(plain []byte) ([]byte, error) { return compress(plain) }

// Expand undoes Compress and gives at most max bytes. Anything but one bare gzip stream
// is damage, and one byte more is too large.
func Expand(packed []byte, max int) ([]byte, error) {
	plain, rest, err := expandUpTo(packed, min(max, 8*len(packed)), max)
	if err != nil {
		return nil, err
	}
	if rest != 0 {
		return nil, refuse(ErrDamaged, "%d bytes after the gzip stream", rest)
	}
	return plain, nil
}

// expand undoes compress and gives exactly size bytes: one more is too large,
// one less or a byte after the stream is damage.
func expand(packed []byte, size int) ([]byte, error) {
	plain, rest, err := expandUpTo(packed, size, size)
	if err != nil {
		return nil, err
	}
	if len(plain) != size {
		return nil, refuse(ErrDamaged, "%d bytes where %d were signed", len(plain), size)
	}
	if rest != 0 {
		return nil, refuse(ErrDamaged, "%d bytes after the gzip stream", rest)
	}
	return plain, nil
}

// expandUpTo also says how many bytes follow the stream.
func expandUpTo(packed []byte, guess, max int) ([]byte, int, error) {
	src := bytes.NewReader(packed)
	r, err := gzip.NewReader(src)
	if err != nil {
		return nil, 0, refuse(ErrDamaged, "%w", err)
	}
	r.Multistream(false)
	if r.Name != "" || r.Comment != "" || r.Extra != nil || !r.ModTime.IsZero() {
		return nil, 0, refuse(ErrDamaged, "gzip header carries more than data")
	}
	plain, err := readBounded(r, guess, max)
	return plain, src.Len(), err
}

// readBounded reads to the end, refusing as soon as one byte above max arrives.
func readBounded(r io.Reader, guess, max int) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(guess + bytes.MinRead) // ReadFrom grows once MinRead is not free
	if _, err := out.ReadFrom(io.LimitReader(r, int64(max)+1)); err != nil {
		return nil, refuse(ErrDamaged, "%w", err)
	}
	if out.Len() > max {
		return nil, refuse(ErrTooLarge, "more than the %d bytes allowed", max)
	}
	return out.Bytes(), nil
}
