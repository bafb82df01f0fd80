package seal

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// knownFeatures are the critical features this program can read: none yet.
var knownFeatures []string

var knownKinds = []string{KindLog, KindBlob, KindAck, KindRoster, KindAnswers, KindUnits}

// The shapes of an envelope's words. All of them are ASCII and short.
var (
	hex32   = regexp.MustCompile(`^[0-9a-f]{32}$`)
	hex64   = regexp.MustCompile(`^[0-9a-f]{64}$`)
	hex16   = regexp.MustCompile(`^[0-9a-f]{16}$`)
	uuid7   = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	unitRef = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$`)
	token   = regexp.MustCompile(`^[a-z0-9][a-z0-9./_-]{0,63}$`)
	version = regexp.MustCompile(`^[1-9][0-9]{0,5}$`)
)

// checkFormat tells a newer bundle from something that is none.
func checkFormat(format string) error {
	major, ours := strings.CutPrefix(format, "sopb-bundle/")
	switch {
	case format == Format:
		return nil
	case ours && version.MatchString(major):
		return refuse(ErrNewer, "format %q", format)
	}
	return refuse(ErrForeign, "format %.40q", format)
}

// Validate checks the shape of every field and nothing that needs a clock, a
// roster or the payload.
func (e Envelope) Validate() error {
	for _, check := range []func(Envelope) error{checkRouting, checkClaims, checkVectors, checkDisplay} {
		if err := check(e); err != nil {
			return err
		}
	}
	return nil
}

func checkRouting(e Envelope) error {
	switch {
	case e.Format != Format:
		return refuse(ErrInvalid, "format %q", e.Format)
	case !token.MatchString(e.Kind):
		return refuse(ErrInvalid, "kind %q", e.Kind)
	case !uuid7.MatchString(e.ID):
		return refuse(ErrInvalid, "id %q is not a UUIDv7", e.ID)
	case !hex32.MatchString(e.From):
		return refuse(ErrInvalid, "from %q is not a device id", e.From)
	case !unitRef.MatchString(e.Unit) || e.Unit == OfficePublic:
		return refuse(ErrInvalid, "unit %q", e.Unit)
	case !unitRef.MatchString(e.To):
		return refuse(ErrInvalid, "to %q", e.To)
	case e.No < 1 || e.No > maxNo:
		return refuse(ErrInvalid, "no %d", e.No)
	case e.Plain() && e.PII:
		return refuse(ErrInvalid, "personal values in a plain bundle")
	case e.Plain() && len(e.Recipients) != 0:
		return refuse(ErrInvalid, "recipients of a plain bundle")
	case !e.Plain() && (len(e.Recipients) == 0 || len(e.Recipients) > MaxRecipients):
		return refuse(ErrInvalid, "%d recipients", len(e.Recipients))
	}
	for i, r := range e.Recipients {
		if !hex16.MatchString(r) || slices.Contains(e.Recipients[:i], r) {
			return refuse(ErrInvalid, "recipient %q", r)
		}
	}
	return nil
}

func checkClaims(e Envelope) error {
	switch {
	case !hex64.MatchString(e.PayloadSHA256) || !hex64.MatchString(e.PlainSHA256):
		return refuse(ErrInvalid, "hash is not 64 hex digits")
	case e.PayloadSize < 1 || e.PlainSize < 1 || e.Lines < 0:
		return refuse(ErrInvalid, "sizes %d and %d, %d lines", e.PayloadSize, e.PlainSize, e.Lines)
	case e.PayloadSize > MaxPayload || e.PlainSize > MaxPlain || e.Lines > MaxLines:
		return refuse(ErrTooLarge, "sizes %d and %d, %d lines", e.PayloadSize, e.PlainSize, e.Lines)
	}
	return nil
}

func checkVectors(e Envelope) error {
	for device, span := range e.Range {
		if !hex32.MatchString(device) || span.First < 1 || span.Last < span.First {
			return refuse(ErrInvalid, "range %q %d to %d", device, span.First, span.Last)
		}
	}
	for device, head := range e.Heads {
		if !hex32.MatchString(device) || !hex64.MatchString(head) {
			return refuse(ErrInvalid, "head %q %q", device, head)
		}
	}
	for pack, n := range e.PacksSeen {
		if !token.MatchString(pack) || n < 0 {
			return refuse(ErrInvalid, "pack %q version %d", pack, n)
		}
	}
	return nil
}

func checkDisplay(e Envelope) error {
	if len(e.App) == 0 || len(e.App) > 64 || !plainLine(e.App) {
		return refuse(ErrInvalid, "app %q", e.App)
	}
	if e.Schema < 1 || e.RosterSeen < 0 {
		return refuse(ErrInvalid, "schema %d, roster %d", e.Schema, e.RosterSeen)
	}
	at, err := time.Parse(time.RFC3339, e.Created)
	if err != nil || at.Format(time.RFC3339) != e.Created {
		return refuse(ErrInvalid, "created %q", e.Created)
	}
	for i, feature := range e.Critical {
		if !token.MatchString(feature) || slices.Contains(e.Critical[:i], feature) {
			return refuse(ErrInvalid, "critical feature %q", feature)
		}
	}
	return nil
}

// Understood gives ErrCritical when the bundle is of a kind, or asks for a
// feature, that this program does not know.
func (e Envelope) Understood() error {
	if !slices.Contains(knownKinds, e.Kind) {
		return refuse(ErrCritical, "kind %q", e.Kind)
	}
	for _, feature := range e.Critical {
		if !slices.Contains(knownFeatures, feature) {
			return refuse(ErrCritical, "feature %q", feature)
		}
	}
	return nil
}
