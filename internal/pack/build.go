package pack

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strings"

	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// Source opens a blob by its hash. Build opens each that travels twice.
type Source func(sha256 string) (io.ReadCloser, error)

// Draft is what a pack is made of. Format, Items and Pages of the listing are filled in.
type Draft struct {
	Listing Listing
	Items   []Item
	Blobs   Source

	// Earlier are the listings of version Base and of every later one: what all of them
	// list is with every reader who has one, and need not travel. None makes a whole pack.
	Earlier []Edition

	Chain []trust.Signed  // every root
	Keys  []crypto.Signer // content keys, as many as the last root asks for
}

// Edition is an earlier listing with its items.
type Edition struct {
	Listing Listing
	Items   []Item
}

const (
	rootsFolder   = "roots/"
	listingName   = "pack.json"
	signatureName = ".minisig"
	blobsFolder   = "blobs/"
)

// Build writes a pack that Open takes, and gives the listing in it. The same draft gives
// the same bytes. What was written before an error is no pack.
func Build(w io.Writer, d Draft) (Listing, error) {
	e, err := compose(d.Listing, d.Items)
	if err != nil {
		return Listing{}, err
	}
	if e.listing.Channel == Starter {
		return Listing{}, because(ErrChannel, "channel %s comes with the program", Starter)
	}
	head, err := d.head(e)
	if err != nil {
		return Listing{}, err
	}
	travels, err := d.travels(e)
	if err != nil {
		return Listing{}, err
	}
	open := func(sum string) (io.ReadCloser, error) {
		if page, ok := e.pages[sum]; ok {
			return io.NopCloser(strings.NewReader(string(page))), nil
		}
		return d.Blobs(sum)
	}
	parts := make([]seal.Part, 0, len(head)+len(travels))
	for _, entry := range head {
		parts = append(parts, seal.Part{Name: entry.Name, Size: int64(len(entry.Data)), CRC: crc32.ChecksumIEEE(entry.Data)})
	}
	for _, b := range travels {
		sum, err := measure(open, b)
		if err != nil {
			return Listing{}, err
		}
		parts = append(parts, seal.Part{Name: blobsFolder + b.SHA256, Size: b.Size, CRC: sum})
	}
	if len(parts) > maxEntries {
		return Listing{}, because(ErrTooLarge, "%d entries", len(parts))
	}
	err = seal.StreamArchive(w, parts, func(w io.Writer, i int) error {
		if i < len(head) {
			_, err := w.Write(head[i].Data)
			return err
		}
		return copyOf(w, open, travels[i-len(head)].SHA256)
	})
	return e.listing, fromSeal(err)
}

// head makes the small entries: roots, listing, signatures.
func (d Draft) head(e edition) ([]seal.Entry, error) {
	root, err := trust.WalkRoots(nil, d.Chain)
	if err != nil {
		return nil, fromTrust(err)
	}
	if root.Version != len(d.Chain) {
		return nil, because(ErrRoots, "%d roots up to version %d", len(d.Chain), root.Version)
	}
	var head []seal.Entry
	for i, s := range d.Chain {
		text, err := s.Encode()
		if err != nil {
			return nil, err
		}
		head = append(head, seal.Entry{Name: fmt.Sprintf("%s%d.json", rootsFolder, i+1), Data: text})
	}
	head = append(head, seal.Entry{Name: listingName, Data: e.raw})
	sigs := map[string][]byte{}
	for _, key := range d.Keys {
		public, ok := key.Public().(ed25519.PublicKey)
		if !ok {
			return nil, content("a signer that holds %T", key.Public())
		}
		id := seal.DeviceID(public)
		if _, ok := root.Key(trust.RoleContent, id); !ok || sigs[id] != nil {
			return nil, because(ErrNotTrusted, "key %s may not sign packs, or signs twice", id)
		}
		if sigs[id], err = seal.Sign(key, e.raw, e.listing.kind()); err != nil {
			return nil, fromSeal(err)
		}
	}
	if err := root.Verify(trust.RoleContent, e.raw, slices.Collect(maps.Values(sigs)), e.listing.kind()); err != nil {
		return nil, fromTrust(err)
	}
	for _, id := range slices.Sorted(maps.Keys(sigs)) {
		head = append(head, seal.Entry{Name: listingName + "." + id + signatureName, Data: sigs[id]})
	}
	return head, nil
}

// travels are the blobs that go into the file, by hash.
func (d Draft) travels(e edition) ([]Blob, error) {
	blobs, err := blobsOf(e.listing, e.items)
	if err != nil {
		return nil, err
	}
	if (len(d.Earlier) > 0) != (e.listing.Base > 0) {
		return nil, content("base %d with %d earlier listings", e.listing.Base, len(d.Earlier))
	}
	held := map[string]int{}
	for _, earlier := range d.Earlier {
		if l := earlier.Listing; l.Channel != e.listing.Channel || l.Version < e.listing.Base || l.Version >= e.listing.Version {
			return nil, content("version %d of %s on version %d of %s", e.listing.Version, e.listing.Channel, l.Version, l.Channel)
		}
		has, err := blobsOf(earlier.Listing, earlier.Items)
		if err != nil {
			return nil, err
		}
		for sum := range has {
			held[sum]++
		}
	}
	var out []Blob
	for _, sum := range slices.Sorted(maps.Keys(blobs)) {
		if len(d.Earlier) == 0 || held[sum] < len(d.Earlier) {
			out = append(out, Blob{sum, blobs[sum]})
		}
	}
	return out, nil
}

// measure reads a blob, which must be what its item says, and gives its CRC.
func measure(open Source, b Blob) (uint32, error) {
	r, err := open(b.SHA256)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	digest, sum := sha256.New(), crc32.NewIEEE()
	n, err := io.Copy(io.MultiWriter(digest, sum), io.LimitReader(r, b.Size+1))
	if err != nil {
		return 0, err
	}
	if n != b.Size || hex.EncodeToString(digest.Sum(nil)) != b.SHA256 {
		return 0, because(ErrBlob, "%s of %d bytes has %d or more, or another hash", b.SHA256, b.Size, n)
	}
	return sum.Sum32(), nil
}

func copyOf(w io.Writer, open Source, sum string) error {
	r, err := open(sum)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}
