package pack

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"sophobien/internal/seal"
)

// FuzzOpen: whatever the bytes are, Open ends, and what it takes can be copied out.
func FuzzOpen(f *testing.F) {
	file, have := small(f)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add(kept(f, "kept-1.sopp.zip"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Open(bytes.NewReader(b), int64(len(b)), have)
		if err != nil {
			if ReasonOf(err) == "" {
				t.Errorf("refused without a reason: %v", err)
			}
			return
		}
		for _, blob := range p.Blobs() {
			if err := p.Copy(blob.SHA256, io.Discard); err != nil && ReasonOf(err) == "" {
				t.Errorf("blob %s: %v", blob.SHA256, err)
			}
		}
	})
}

// FuzzListing reads what a thief of the content key may sign.
func FuzzListing(f *testing.F) {
	file, have := small(f)
	entries := entriesOf(f, file)
	at := slices.IndexFunc(entries, named(listingName))
	f.Add(entries[at].Data)
	f.Add([]byte(`{"format":"sopb-pack/2"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > maxListing {
			return
		}
		entries := slices.Clone(entries)
		entries[at].Data = raw
		entries = signed(t, entries, "sopb-pack/1 channel=luat-51 version=1", editor)
		b := archiveOf(t, entries)
		p, err := Open(bytes.NewReader(b), int64(len(b)), have)
		if err != nil {
			if ReasonOf(err) == "" {
				t.Errorf("refused without a reason: %v", err)
			}
			return
		}
		if err := p.Listing.check(); err != nil || p.Listing.Channel != "luat-51" || p.Listing.Version != 1 {
			t.Errorf("took %+v: %v", p.Listing, err)
		}
	})
}

// FuzzPage reads lines of items. What is taken reads back the same.
func FuzzPage(f *testing.F) {
	for _, item := range sampleItems(shelf{}) {
		text, err := line(item.filled())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		packed, err := seal.Compress(plain)
		if err != nil {
			t.Fatal(err)
		}
		items, n, err := decodePage(packed)
		if err != nil {
			if ReasonOf(err) == "" {
				t.Errorf("refused without a reason: %v", err)
			}
			return
		}
		if n != len(plain) || len(items) == 0 {
			t.Errorf("%d items in %d bytes of %d", len(items), n, len(plain))
		}
		for _, item := range items {
			if err := item.check(); err != nil {
				t.Error(err)
			}
			text, err := line(item)
			if err != nil {
				t.Fatal(err)
			}
			var again Item
			if err := seal.StrictDecode(text, &again); err != nil {
				t.Error(err)
			}
			if changes := Compare([]Item{item}, []Item{again.filled()}); !changes.Empty() {
				t.Errorf("%s reads back otherwise: %+v", text, changes)
			}
		}
		if checkOrder(items) == nil {
			if _, err := blobsOf(Listing{}, items); err != nil && !errors.Is(err, ErrBlob) {
				t.Error(err)
			}
		}
	})
}
