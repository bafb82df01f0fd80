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
// Once a roster is here its recipients take the place of both.
//
// # The province
//
// Whom to believe is a chain of documents, each bytes in and values out:
//
//   - The root ([Root]) names the province's keys and what each is for. Version 1 comes
//     with a fingerprint on paper; each later one is signed by enough root keys of the
//     version before and of its own ([NextRoot]). Root keys live on sticks. A root may clear
//     what is stored of channels of packs ([Root.Reset]).
//   - The roster ([Roster]) lists units, machines and recipients, signed by the
//     registrar the root names. Its file carries every root, so that a machine that was
//     off for years catches up with one file ([OpenRoster]).
//   - An enrolment ([Enrolment]) asks for a place on the roster.
//   - A statement ([Statement]) says that one stream goes on where another ended. Both
//     keys sign it while both are here, in [Keys.NewStream], so an enrolment carries it
//     whole and needs no second signature file beside it.
//   - A certificate ([StreamCert]) says that the stream in which the province speaks to
//     one office is a machine's own.
//
// [Known] is what of this a machine believes, and [Known.Signer] the one function that
// says which key may sign what. Every signature names its kind of document in its trusted
// comment, and a key of the root has one role, so that nothing signed as one thing can be
// shown as another.
//
// A roster binds the one after it: no lower version, no second of the same version, no
// machine gone, no more than ten thousand versions in a step. When the root replaces
// the registrar that bond ends, so that a thief of the old key cannot lock the offices
// in. A held roster stays believed until the new registrar's comes.
//
// The registrar, ack, content and working keys lie with the machine's own keys, in one file
// under one protection ([Keys.SaveAuthority]). Which is in use the root says; a change
// keeps the old ones until the root on disk no longer names them. Keys that were set
// aside by [Recover], or lost with their disk, take the authority with them: root keys
// make the next one ([Rebuild]), and what was sealed to the lost identity opens with the
// recovery identity.
//
// # Passphrases
//
// A passphrase is taken in Unicode normal form C, without spaces around it: the same
// Vietnamese words typed on two keyboards are the same passphrase.
package trust
