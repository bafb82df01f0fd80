// Package seal is the outside of everything that leaves or enters an office:
// the container, the signature over it, the encryption inside it and the
// strict reading of its JSON. Bytes go in and bytes come out. It knows no
// clock, no file, no database, and nothing of what the lines of a payload mean.
//
// # What a bundle is
//
// One file of exactly three stored ZIP entries, in this order:
//
//	envelope.json           the signed routing header, no personal data
//	envelope.json.minisig   minisign, pre-hashed Ed25519 over the raw envelope
//	payload.jsonl.gz.age    age(gzip(lines)); payload.jsonl.gz when [Envelope.Plain]
//
// Stock tools open it without this program: unzip, minisign -V -H, sha256sum,
// age -d, gunzip. The trusted comment of the signature names the sender, its
// number and the hash of the payload, so that a person can compare it with
// what sha256sum prints.
//
// # What it refuses
//
// Anything that is not the one byte string it would have written itself.
// [ReadArchive] walks the container and then writes it again and compares;
// [Verify] encodes the signature text again and compares; [StrictDecode]
// refuses JSON two readers could understand differently. Every length has a
// bound, checked before the bytes are touched: see the Max constants. Sizes
// and hashes must equal what the envelope claims, and decompression stops one
// byte after the claim.
//
// Opening goes from the outside in. [ReadOuter] needs no secret: archive,
// format, sender, signature, envelope, payload hash. [Outer.Open] needs an
// identity: decrypt, gunzip, plaintext hash, line framing. Nothing is decrypted
// before it is known who sent it.
//
// # What it promises
//
// [Seal] hands out only what ReadOuter and Open accept. Every error wraps one of the
// Err sentinels. The plaintext is a function of the lines and the nonce; the
// ciphertext is not and must not be, so a sealed file is kept and sent again,
// never sealed again under the same id.
//
// # Where the nonce lives
//
// The envelope publishes plain_sha256, and the lines may be guessable (a
// telephone number, a yes or no). A nonce printed beside the hash would hide
// nothing, since whoever guesses the lines could hash them with it. The 32
// random bytes therefore stand in the first line of the plaintext, inside the
// encryption:
//
//	{"sopb":"log/1","id":"…","nonce":"<64 hex digits>"}
//
// plain_sha256 stays the plain SHA-256 of the decrypted stream, so sha256sum agrees with
// it, and without the payload's key it says nothing about the lines. What the
// envelope does tell anyone who holds the file is its sizes and line count.
//
// # Names of keys
//
// A device is named by the fingerprint of its signing key ([DeviceID]). The
// minisign key id is the first half of that name, so the id stock minisign
// prints is the beginning of the device id. Recipients are post-quantum hybrid
// unless a peer needs an age older than 1.3; the two kinds are never mixed in
// one file, because the weaker one would decide.
package seal

// Bounds of a bundle. A reader refuses anything above them with ErrTooLarge.
const (
	MaxEnvelope   = 64 << 10  // bytes of envelope.json
	MaxSignature  = 1 << 10   // bytes of a minisign text
	MaxPayload    = 8 << 20   // bytes of the payload as stored
	MaxPlain      = 64 << 20  // bytes of the decrypted, decompressed stream
	MaxLine       = 256 << 10 // bytes of one line, without its line feed
	MaxLines      = 200_000   // lines between header and end marker
	MaxDepth      = 32        // nesting of JSON
	MaxRecipients = 16        // keys a payload is sealed to
)

// Names of a bundle's entries, in their order. The payload has the second name
// when it is plain, that is not encrypted.
const (
	EnvelopeName      = "envelope.json"
	SignatureName     = "envelope.json.minisig"
	PayloadName       = "payload.jsonl.gz.age"
	PublicPayloadName = "payload.jsonl.gz"
)
