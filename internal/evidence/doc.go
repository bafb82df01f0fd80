// Package evidence keeps the photos, scans and PDFs that show what was done, in the
// office's folder, each under the hash of its bytes: evidence/ab/abcd….
//
// # What it promises
//
//   - What [Store.Add] returned is on the disk, through a kill and a power cut; the
//     same content added twice is one file. A write under way leaves nothing under a
//     name that counts.
//   - Nobody without the office's key sees a picture: files and thumbnails are sealed
//     with XChaCha20-Poly1305, each bound to its own name and use.
//   - What [Store.Read] gives back is, bit by bit, what was kept, or it is an error
//     that says so.
//   - No picture carries where it was taken, by which device, or a second picture
//     behind the first: of a JPEG and a PNG only what is needed to show it is kept.
//     Orientation is applied. A PDF is kept as it came, its properties included.
//   - What [Store.CopyTo] wrote beside a backup is sealed as it is here and written
//     once; [Store.TakeFrom] brings back what is whole of it and never replaces a
//     whole file.
//
// # How large
//
// A file has at most [MostBytes]. A picture of more than [LongSide] pixels or
// [LargePhoto] bytes is kept as a JPEG of at most that many pixels: enough to read a
// scanned page and to see who is there. The hash is of what is kept, not of what came.
//
// # What it refuses
//
// With a sentence: a file too large, before it is read; a picture of more pixels than
// memory bears, before it is decoded; content that is no JPEG, PNG, WebP or PDF,
// whatever its name says; a picture or PDF cut short.
//
// # Scaling
//
// Pictures are made smaller by averaging areas in whole numbers, line by line: the
// kernels of golang.org/x/image/draw hold 32 bytes for every column kept of every
// line read, some 200 MB for a photo of a phone, and an office's PC has four
// gigabytes. Whole numbers also give the same bytes, and so the same hash, on every
// machine.
package evidence
