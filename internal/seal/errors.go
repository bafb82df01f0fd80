package seal

import (
	"errors"
	"fmt"
)

// The kinds of refusal. Test with errors.Is; the text around them is for the
// log, and callers turn the kind into a sentence for people.
var (
	// ErrForeign: not a file of this program at all.
	ErrForeign = errors.New("not a bundle")
	// ErrDamaged: the bytes are not what was written: cut, flipped, added to.
	ErrDamaged = errors.New("damaged")
	// ErrNotTrusted: an unknown sender, or a whole file its sender did not sign.
	ErrNotTrusted = errors.New("not trusted")
	// ErrTruncated: damaged, and by nothing but a missing end.
	ErrTruncated = fmt.Errorf("%w: cut short", ErrDamaged)
	// ErrUnknownDevice: not trusted because nobody knows the sender's key.
	ErrUnknownDevice = fmt.Errorf("%w: unknown device", ErrNotTrusted)
	// ErrNewer: a major format this program does not know.
	ErrNewer = errors.New("made by a newer version")
	// ErrCritical: trusted and whole, but asks for a feature or kind this
	// program does not know. Callers park it and try again after an upgrade.
	ErrCritical = errors.New("needs a feature this version does not have")
	// ErrTooLarge: a bound of this package or a signed claim is exceeded.
	ErrTooLarge = errors.New("too large")
	// ErrWrongRecipient: sealed to somebody else.
	ErrWrongRecipient = errors.New("sealed to another recipient")
	// ErrMixedRecipients: post-quantum and classical recipients together.
	ErrMixedRecipients = errors.New("post-quantum and classical recipients cannot be mixed")
	// ErrInvalid: the caller asked to write something no reader would accept.
	ErrInvalid = errors.New("invalid")
)

// refuse wraps a kind with the detail of this case.
func refuse(kind error, format string, args ...any) error {
	return fmt.Errorf("seal: %w: %w", kind, fmt.Errorf(format, args...))
}

// refuseAs keeps the kinds that mean the same to a writer and a reader, and
// turns every other into the given one.
func refuseAs(kind, err error) error {
	for _, keep := range []error{ErrTooLarge, ErrNewer, ErrCritical, ErrMixedRecipients} {
		if errors.Is(err, keep) {
			return err
		}
	}
	return refuse(kind, "%v", err)
}
