package trust

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// The shapes of the words in our documents.
var (
	unitCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$`)
	channel  = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
	hex32    = regexp.MustCompile(`^[0-9a-f]{32}$`)
	hex64    = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

const maxText = 200 // letters of a name

// ValidUnit reports whether a code can be a unit's on the roster.
func ValidUnit(code string) bool { return isUnit(code) }

// ValidChannel reports whether a name can be that of a channel of packs.
func ValidChannel(name string) bool { return channel.MatchString(name) }

// isUnit refuses the one code that is not a unit's.
func isUnit(code string) bool { return unitCode.MatchString(code) && code != seal.OfficePublic }

// isText reports whether a person can read it on one line. Marks that turn the direction of writing
// are not among what is graphic: a name must not show as another.
func isText(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && utf8.ValidString(s) && utf8.RuneCountInString(s) <= maxText &&
		strings.IndexFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }) < 0
}

// isTime reports whether it is RFC 3339 in its one form.
func isTime(s string) bool {
	at, err := time.Parse(time.RFC3339, s)
	return err == nil && at.Format(time.RFC3339) == s
}

// thirty is a hash as people read it to each other: 30 digits in six groups.
func thirty(sum [sha256.Size]byte) string {
	n := new(big.Int).SetBytes(sum[:])
	n.Mod(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil))
	digits := fmt.Sprintf("%030d", n)
	var groups []string
	for group := range slices.Chunk([]byte(digits), groupSize) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}

// digitsOf leaves of a typed fingerprint what counts.
func digitsOf(typed string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, typed)
}

// says reports whether a trusted comment is of a kind: the kind alone, or the kind
// and more words.
func says(comment, kind string) bool {
	return comment == kind || strings.HasPrefix(comment, kind+" ")
}

// kindly gives an error of package seal the kind screens know, and keeps its own.
func kindly(err error) error {
	kind := ErrDocument
	for _, of := range []struct{ is, kind error }{
		{seal.ErrNotTrusted, ErrSignature},
		{seal.ErrNewer, record.ErrNewer},
		{seal.ErrCritical, record.ErrNewer},
		{seal.ErrInvalid, record.ErrInvalid},
	} {
		if errors.Is(err, of.is) {
			kind = of.kind
			break
		}
	}
	return fmt.Errorf("%w: %w", kind, err)
}

// checkFormat tells a newer document from something that is none.
func checkFormat(got, want string) error {
	if got == want {
		return nil
	}
	name, _, _ := strings.Cut(want, "/")
	if strings.HasPrefix(got, name+"/") {
		return fmt.Errorf("%w: format %.40q", record.ErrNewer, got)
	}
	return because(ErrDocument, fmt.Sprintf("format %.40q", got))
}

// invalid is what is wrong with a value somebody wants to write.
func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", record.ErrInvalid, fmt.Sprintf(format, args...))
}

// damaged turns what is wrong with a value into what is wrong with a file.
func damaged(err error) error { return because(ErrDocument, err) }
