package trust

import (
	"fmt"

	"sophobien/internal/record"
)

// What can be wrong with keys. Each is also one of the kinds of record.
var (
	ErrPassphraseNeeded = fmt.Errorf("the keys are under a passphrase and none was given: %w", record.ErrPassphrase)
	ErrWrongPassphrase  = fmt.Errorf("the passphrase does not open the keys: %w", record.ErrPassphrase)
	ErrWrongCode        = fmt.Errorf("the recovery code does not belong to this recovery copy: %w", record.ErrPassphrase)
	ErrNoKeyring        = fmt.Errorf("this system has no keyring that answers: %w", record.ErrNotFound)
	ErrNotHere          = fmt.Errorf("this system has no such protection for keys: %w", record.ErrNotFound)
	ErrNoKeys           = fmt.Errorf("the folder has no keys: %w", record.ErrNotFound)
	ErrKeysExist        = fmt.Errorf("the folder has keys already: %w", record.ErrConflict)
	ErrDemoKeys         = fmt.Errorf("keys of a demonstration stay what they are: %w", record.ErrConflict)
	ErrKeysDamaged      = fmt.Errorf("the keys cannot be read: %w", record.ErrDamaged)
	ErrKeysNewer        = fmt.Errorf("the keys: %w", record.ErrNewer)
	ErrNoAuthority      = fmt.Errorf("these are not the keys of a province: %w", record.ErrNotFound)
	ErrAuthorityExists  = fmt.Errorf("this machine belongs to a province already: %w", record.ErrConflict)
	ErrFingerprint      = fmt.Errorf("the digits are those of another key: %w", record.ErrInvalid)
	ErrRecipient        = fmt.Errorf("this is no recipient: %w", record.ErrInvalid)
)

// What can be wrong with a document somebody else made.
var (
	ErrDocument      = fmt.Errorf("the document is not what was written: %w", record.ErrDamaged)
	ErrSignature     = fmt.Errorf("the document is not signed by those who may: %w", record.ErrNotTrusted)
	ErrOtherProvince = fmt.Errorf("the document is another province's: %w", record.ErrNotTrusted)
	ErrRosterOld     = fmt.Errorf("a newer roster is here: %w", record.ErrConflict)
	ErrRosterFork    = fmt.Errorf("the roster contradicts the one that is here: %w", record.ErrNotTrusted)
)

// because keeps the kind of an error and adds the cause for the log.
func because(kind error, cause any) error { return fmt.Errorf("%w: %v", kind, cause) }
