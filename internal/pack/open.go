package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// State is what a reader holds. Open reads it and changes nothing.
type State struct {
	Known    trust.Known        // whom it believes
	Channels map[string]Channel // what it has taken in, by name
	Units    []string           // codes it may be addressed by: its own, its province's
	App      string             // its program
	Channel  string             // the only channel it wants; "" any
	Now      time.Time          // its clock
	Seen     time.Time          // the newest signed time it has seen

	// Blob opens what it holds by hash: pages that did not change do not travel. An
	// error means it has no such blob. Nil holds nothing.
	Blob Source
}

// Channel is how far a reader has come on a channel. A person who looks at an earlier
// version does not change it.
type Channel struct {
	Version int64    // the newest taken in
	Listing string   // File.Hash of it
	Reset   int      // File.Reset of it
	IDs     []string // every item it lists
}

// Day is the day freshness is judged on: a clock that was set back, or forgot the year,
// does not hide that a pack is old.
func (s State) Day() record.Date {
	if s.Seen.After(s.Now) {
		return record.DateOf(s.Seen)
	}
	return record.DateOf(s.Now)
}

// File is a pack that is proven, as far as its listing goes. The bytes of a blob are
// proven while they are copied.
type File struct {
	Listing    Listing
	Raw        []byte            // pack.json as signed
	Signatures map[string][]byte // minisign texts by the id of their key
	Hash       string            // SHA-256 of the listing, the same for a whole pack and for one that leaves blobs out
	Items      []Item            // by id

	Known     trust.Known    // what to believe from now on
	Roots     []trust.Signed // the roots that were steps
	Reset     int            // version of the newest root that resets the channel
	Seen      time.Time      // newest signed time, this pack's included
	Overdue   int            // days since it should have been followed by another
	Installed bool           // it is the version that is here: nothing to do

	r     io.ReaderAt
	parts map[string]seal.Part // blobs in the file, by hash
	own   map[string][]byte    // pages of a pack that is no file
	blobs map[string]int64     // sizes of all blobs, by hash
	held  Source               // blobs of a pack that is no file
}

// Open proves a pack and takes its listing apart, in this order: container, roots,
// signatures, format, audience, version, items, sizes.
func Open(r io.ReaderAt, size int64, have State) (*File, error) {
	f, err := open(r, size, have)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func open(r io.ReaderAt, size int64, have State) (*File, error) {
	if err := checkBegin(r, size); err != nil {
		return nil, err
	}
	parts, err := seal.WalkArchive(r, size, seal.Limits{Entries: maxEntries, Entry: MaxBlob, Total: MaxFile})
	if err != nil {
		return nil, fromSeal(err)
	}
	f := &File{r: r}
	if parts, err = f.readRoots(parts, have.Known); err != nil {
		return nil, err
	}
	if parts, err = f.readListing(parts); err != nil {
		return nil, err
	}
	if err := f.checkFor(have); err != nil {
		return nil, err
	}
	if err := f.findBlobs(parts); err != nil {
		return nil, err
	}
	if err := f.readItems(have.Blob); err != nil {
		return nil, err
	}
	if err := f.checkBlobs(); err != nil {
		return nil, err
	}
	if err := f.checkListed(have); err != nil {
		return nil, err
	}
	f.Overdue = f.Listing.Overdue(have.Day())
	f.Seen = have.Seen
	if created, _ := time.Parse(time.RFC3339, f.Listing.Created); created.After(f.Seen) {
		f.Seen = created
	}
	return f, nil
}

// firstEntry is how every pack begins: the header of a ZIP entry and the first name.
const firstEntry = rootsFolder + "1.json"

// checkBegin tells what is no pack from one that is damaged.
func checkBegin(r io.ReaderAt, size int64) error {
	const magic, header = "PK\x03\x04", 30
	b := make([]byte, max(0, min(size, header+int64(len(firstEntry)))))
	if n, err := r.ReadAt(b, 0); n < len(b) {
		return err
	}
	if !bytes.HasPrefix(b, []byte(magic)) {
		return because(ErrForeign, "does not begin like a container")
	}
	if len(b) < header+len(firstEntry) {
		return because(ErrTruncated, "%d bytes", size)
	}
	if string(b[header:]) != firstEntry {
		return because(ErrForeign, "first entry is %.20q", b[header:])
	}
	return nil
}

// small reads an entry that is bounded before it is read.
func (f *File) small(p seal.Part, max int64) ([]byte, error) {
	if p.Size > max {
		return nil, because(ErrTooLarge, "entry %s of %d bytes", p.Name, p.Size)
	}
	b, err := seal.ReadPart(f.r, p)
	if err != nil {
		return nil, fromSeal(err)
	}
	return b, nil
}

// readRoots takes the roots off the entries and walks them.
func (f *File) readRoots(parts []seal.Part, known trust.Known) ([]seal.Part, error) {
	var chain []trust.Signed
	for len(parts) > 0 && parts[0].Name == fmt.Sprintf("%s%d.json", rootsFolder, len(chain)+1) {
		text, err := f.small(parts[0], trust.MaxSigned)
		if err != nil {
			return nil, err
		}
		s, err := trust.DecodeSigned(text)
		if err != nil {
			return nil, fromTrust(err)
		}
		chain, parts = append(chain, s), parts[1:]
	}
	next, steps, err := known.WithRoots(chain)
	if err != nil {
		return nil, fromTrust(err)
	}
	f.Known, f.Roots = next, steps
	return parts, nil
}

var signatureForm = regexp.MustCompile(`^pack\.json\.([0-9a-f]{32})\.minisig$`)

// versionHash is the hash of a listing whatever it leaves out: "base" says what travels, not
// what the version is. In a text of JSON the key cannot stand, since a quotation mark there
// has a backslash before it.
func versionHash(raw []byte) string { return hashOf(baseKey.ReplaceAll(raw, []byte(`"base":0`))) }

var baseKey = regexp.MustCompile(`"base":[0-9]+`)

// readListing takes listing and signatures off the entries. Nothing of the listing is
// decoded before enough content keys of the newest root have signed it.
func (f *File) readListing(parts []seal.Part) ([]seal.Part, error) {
	if len(parts) == 0 || parts[0].Name != listingName {
		return nil, because(ErrDamaged, "no %s after the roots", listingName)
	}
	raw, err := f.small(parts[0], maxListing)
	if err != nil {
		return nil, err
	}
	f.Raw, f.Hash, f.Signatures = raw, versionHash(raw), map[string][]byte{}
	last := ""
	for parts = parts[1:]; len(parts) > 0; parts = parts[1:] {
		name := signatureForm.FindStringSubmatch(parts[0].Name)
		if name == nil {
			break
		}
		if len(f.Signatures) == maxSignatures || name[1] <= last {
			return nil, because(ErrDamaged, "signatures are too many or not in order")
		}
		last = name[1]
		if f.Signatures[last], err = f.small(parts[0], seal.MaxSignature); err != nil {
			return nil, err
		}
	}
	comments, err := f.checkSignatures()
	if err != nil {
		return nil, err
	}
	return parts, f.decodeListing(comments)
}

// checkSignatures wants enough content keys of the newest root. A key it does not name has
// no vote, since a root may have taken it away after the pack was made; one it names and
// whose signature is wrong makes the pack wrong.
func (f *File) checkSignatures() (comments []string, err error) {
	var sigs [][]byte
	for _, id := range slices.Sorted(maps.Keys(f.Signatures)) {
		key, ok := f.Known.Root.Key(trust.RoleContent, id)
		if !ok {
			continue
		}
		comment, err := seal.Verify(key, f.Raw, f.Signatures[id])
		if err != nil {
			return nil, because(ErrNotTrusted, "%v", err)
		}
		family, _, _ := strings.Cut(comment, " ")
		if strings.HasPrefix(family, formatFamily) && family != Format {
			return nil, because(ErrNewer, "signed as %.60q", family)
		}
		sigs, comments = append(sigs, f.Signatures[id]), append(comments, comment)
	}
	if err := f.Known.Root.Verify(trust.RoleContent, f.Raw, sigs, Format); err != nil {
		return nil, fromTrust(err)
	}
	return comments, nil
}

// decodeListing also holds the listing against the trusted comments of its signatures.
func (f *File) decodeListing(comments []string) error {
	if err := seal.StrictDecode(f.Raw, &f.Listing); err != nil {
		return content("%v", err)
	}
	l := &f.Listing
	if l.Format != Format && strings.HasPrefix(l.Format, formatFamily) {
		return because(ErrNewer, "format %.40q", l.Format)
	}
	if len(l.Critical) > 0 && l.Format == Format {
		return because(ErrCritical, "%.200q", l.Critical)
	}
	if err := l.check(); err != nil {
		return err
	}
	for _, comment := range comments {
		if comment != l.kind() && !strings.HasPrefix(comment, l.kind()+" ") {
			return because(ErrNotTrusted, "signed as %.100q, not as %q", comment, l.kind())
		}
	}
	l.Critical = listed(l.Critical)
	return nil
}

// checkFor asks whether the listing is for this reader, and a step forward.
func (f *File) checkFor(have State) error {
	l := f.Listing
	switch {
	case l.Channel == Starter || have.Channel != "" && l.Channel != have.Channel:
		return because(ErrChannel, "channel %s", l.Channel)
	case l.Audience != Everyone && !slices.Contains(have.Units, l.Audience):
		return because(ErrAudience, "audience %s", l.Audience)
	case l.MinApp != "" && older(have.App, l.MinApp):
		return because(ErrApp, "program %s, here is %s", l.MinApp, have.App)
	}
	f.Reset = f.Known.ResetOf(l.Channel)
	at, ok := f.at(have)
	switch {
	case !ok:
	case l.Version < at.Version:
		return because(ErrRollback, "version %d, here is %d", l.Version, at.Version)
	case l.Version == at.Version && f.Hash != at.Listing:
		return because(ErrFork, "version %d is %s, here is %s", l.Version, f.Hash, at.Listing)
	case l.Version > at.Version+MaxStep:
		return because(ErrTooFast, "version %d, here is %d", l.Version, at.Version)
	default:
		f.Installed = l.Version == at.Version
	}
	return nil
}

// at is where the reader stands on the channel; nowhere, once a root has cleared it.
func (f *File) at(have State) (Channel, bool) {
	at, ok := have.Channels[f.Listing.Channel]
	return at, ok && f.Reset <= at.Reset
}

// findBlobs wants what is left of the entries to be blobs in order.
func (f *File) findBlobs(parts []seal.Part) error {
	f.parts = make(map[string]seal.Part, len(parts))
	last := ""
	for _, p := range parts {
		sum, ok := strings.CutPrefix(p.Name, blobsFolder)
		if !ok || !hashForm.MatchString(sum) || sum <= last {
			return because(ErrDamaged, "entry %q", p.Name)
		}
		f.parts[sum], last = p, sum
	}
	return nil
}

func (f *File) readItems(held Source) error {
	opened := 0
	for _, page := range f.Listing.Pages {
		packed, err := f.page(page, held)
		if err != nil {
			return err
		}
		items, n, err := decodePage(packed)
		if err != nil {
			return err
		}
		if opened += n; opened > maxPlain || len(f.Items)+len(items) > f.Listing.Items {
			return content("pages hold more than %d items", f.Listing.Items)
		}
		f.Items = append(f.Items, items...)
	}
	if len(f.Items) != f.Listing.Items {
		return content("%d items where %d are listed", len(f.Items), f.Listing.Items)
	}
	return checkOrder(f.Items)
}

// page reads a page from the file or from what the reader holds.
func (f *File) page(p Page, held Source) ([]byte, error) {
	var out bytes.Buffer
	if part, ok := f.parts[p.SHA256]; ok {
		if part.Size != p.Size {
			return nil, because(ErrBlob, "page %s of %d bytes, listed with %d", p.SHA256, part.Size, p.Size)
		}
		err := f.copyPart(p.SHA256, part, &out)
		return out.Bytes(), err
	}
	if held == nil {
		return nil, because(ErrMissing, "page %s", p.SHA256)
	}
	r, err := held(p.SHA256)
	if err != nil {
		return nil, because(ErrMissing, "page %s: %v", p.SHA256, err)
	}
	defer r.Close()
	if _, err := out.ReadFrom(io.LimitReader(r, p.Size+1)); err != nil {
		return nil, err
	}
	if int64(out.Len()) != p.Size || hashOf(out.Bytes()) != p.SHA256 {
		return nil, because(ErrMissing, "page %s is here and not what it was", p.SHA256)
	}
	return out.Bytes(), nil
}

// checkBlobs holds the entries against the listing: nothing that is not listed, and the
// sizes that are.
func (f *File) checkBlobs() error {
	var err error
	if f.blobs, err = blobsOf(f.Listing, f.Items); err != nil {
		return err
	}
	for sum, part := range f.parts {
		size, ok := f.blobs[sum]
		if !ok {
			return because(ErrDamaged, "blob %s is not listed", sum)
		}
		if size != part.Size {
			return because(ErrBlob, "%s of %d bytes, listed with %d", sum, part.Size, size)
		}
	}
	return nil
}

// checkListed wants every item there was to be there still.
func (f *File) checkListed(have State) error {
	at, ok := f.at(have)
	if !ok {
		return nil
	}
	is := byID(f.Items)
	for _, id := range at.IDs {
		if _, listed := is[id]; !listed {
			return because(ErrRemoved, "item %s", id)
		}
	}
	return nil
}

// Blobs are all the blobs of the listing, pages included, by hash.
func (f *File) Blobs() []Blob {
	out := make([]Blob, 0, len(f.blobs))
	for _, sum := range slices.Sorted(maps.Keys(f.blobs)) {
		out = append(out, Blob{sum, f.blobs[sum]})
	}
	return out
}

// Has reports whether a blob is in the file.
func (f *File) Has(sha256 string) bool {
	_, in := f.parts[sha256]
	return in || f.held != nil && f.blobs[sha256] > 0
}

// Missing are the blobs that are neither in the file nor with a reader who says what it
// has. While there are any the pack cannot be installed: see ErrMissing.
func (f *File) Missing(have func(sha256 string) bool) []Blob {
	return slices.DeleteFunc(f.Blobs(), func(b Blob) bool { return f.Has(b.SHA256) || have(b.SHA256) })
}

// IDs are the items of the listing, as Channel.IDs keeps them.
func (f *File) IDs() []string {
	out := make([]string, len(f.Items))
	for i, item := range f.Items {
		out[i] = item.ID
	}
	return out
}

// Copy writes a blob of the file. What was written is that blob only if there is no
// error: size and hash are compared while the bytes go through.
func (f *File) Copy(sha256 string, w io.Writer) error {
	if part, ok := f.parts[sha256]; ok {
		return f.copyPart(sha256, part, w)
	}
	if !f.Has(sha256) {
		return because(ErrMissing, "blob %s", sha256)
	}
	r, err := f.openOwn(sha256)
	if err != nil {
		return err
	}
	defer r.Close()
	p := newProof(w, f.blobs[sha256])
	if _, err := io.Copy(p, io.LimitReader(r, p.size+1)); err != nil {
		return err
	}
	return p.check(sha256)
}

func (f *File) copyPart(sum string, part seal.Part, w io.Writer) error {
	p := newProof(w, part.Size)
	crc := crc32.NewIEEE()
	if _, err := io.Copy(io.MultiWriter(p, crc), part.In(f.r)); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return because(ErrTruncated, "blob %s", sum)
		}
		return err
	}
	if err := p.check(sum); err != nil {
		return err
	}
	if crc.Sum32() != part.CRC {
		return because(ErrDamaged, "blob %s has another sum in its header", sum)
	}
	return nil
}

// proof passes bytes on and remembers what they were.
type proof struct {
	w       io.Writer
	digest  hash.Hash
	n, size int64
}

func newProof(w io.Writer, size int64) *proof { return &proof{w: w, digest: sha256.New(), size: size} }

func (p *proof) Write(b []byte) (int, error) {
	if p.n += int64(len(b)); p.n > p.size {
		return 0, because(ErrBlob, "more than %d bytes", p.size)
	}
	p.digest.Write(b)
	return p.w.Write(b)
}

func (p *proof) check(sum string) error {
	if p.n != p.size || hex.EncodeToString(p.digest.Sum(nil)) != sum {
		return because(ErrBlob, "%s has %d of %d bytes, or another hash", sum, p.n, p.size)
	}
	return nil
}

// Own is a pack of values the program itself brings: nobody signed it, and no file may
// speak on its channel.
func Own(l Listing, items []Item, blobs Source) (*File, error) {
	e, err := compose(l, items)
	if err != nil {
		return nil, err
	}
	if e.listing.Channel != Starter {
		return nil, because(ErrChannel, "channel %s does not come with the program", e.listing.Channel)
	}
	f := &File{Listing: e.listing, Raw: e.raw, Hash: versionHash(e.raw), Items: e.items, own: e.pages, held: blobs}
	if f.blobs, err = blobsOf(f.Listing, f.Items); err != nil {
		return nil, err
	}
	return f, nil
}

// Again is a version that was proven and taken in before, from its pack.json and the blobs
// that were laid by: what a reader makes its tables from when it has lost them. Its hash is
// for the caller to compare with what he has noted. It has no blobs of its own.
func Again(raw []byte, held Source) (*File, error) {
	f := &File{Raw: raw, Hash: versionHash(raw)}
	if err := seal.StrictDecode(raw, &f.Listing); err != nil {
		return nil, content("%v", err)
	}
	if err := f.Listing.check(); err != nil {
		return nil, err
	}
	if err := f.readItems(held); err != nil {
		return nil, err
	}
	f.Listing.Critical = listed(f.Listing.Critical)
	var err error
	f.blobs, err = blobsOf(f.Listing, f.Items)
	return f, err
}

func (f *File) openOwn(sum string) (io.ReadCloser, error) {
	if page, ok := f.own[sum]; ok {
		return io.NopCloser(bytes.NewReader(page)), nil
	}
	return f.held(sum)
}
