// Package trust keeps the secrets of one office and knows whom it believes.
//
// # The keys
//
//   - The device key (Ed25519) signs commits and bundles. Its fingerprint is the
//     id of this device's stream; a restored record gets a new one ([Keys.NewStream]).
//   - The office key (32 bytes) encrypts personal values. Losing it loses them, so
//     it alone has a recovery copy ([WriteRecovery]); the device key has none, since
//     two devices signing as one is what the log must be able to exclude.
//   - The device identity (age, post-quantum hybrid) opens what is sealed to us.
//
// They lie in the keyring of the system, in a file under a passphrase, or in a
// file only this Windows account can open; see [Protection]. Plain keys exist for
// demonstration offices alone, and say so.
//
// # What it promises
//
//   - No key is ever in the database: a copied database is harmless.
//   - A passphrase file and a recovery copy are plain age files; the stock tool opens
//     them when this program is long gone.
//   - A change of keys happens whole or not at all.
//   - No question to a keyring waits forever.
//
// # What it refuses
//
// Lists of devices and recipients that contradict their own fingerprints; key files
// that ask for more work or memory than ours ever need; a recovery code with a slip
// in it, naming the group of digits to look at.
//
// # The practice recipient
//
// A bundle is sealed to the province. Until the province's key has been enrolled
// there is none, and an officer who cannot finish a hand-over cannot learn it. So
// keys come with a practice recipient whose secret lies beside them in
// practice.agekey. Everything then works except the one thing it cannot do: the
// province cannot open the file. [Recipient.Practice] is true so that window and
// command line say this plainly, every time. A province key that is there but
// damaged is an error; it never falls back to practice.
//
// # Passphrases
//
// A passphrase is taken in Unicode normal form C, without spaces around it: the same
// Vietnamese words typed on two keyboards are the same passphrase.
package trust
