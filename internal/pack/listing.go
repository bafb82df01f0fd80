package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// Format is what this package writes.
const Format = "sopb-pack/1"

const formatFamily = "sopb-pack/"

// Starter is the channel that comes with the program. No file may speak on it.
const Starter = "co-so"

// Everyone is the audience of a pack that any office may take.
const Everyone = "*"

// Bounds of a pack. A reader refuses what is above them.
const (
	MaxFile    = 1<<31 - 1   // bytes of a pack file
	MaxBlob    = 256 << 20   // bytes of a blob
	MaxItems   = 100_000     // of a listing
	MaxVersion = 999_999_999 // of a listing, and of an item
	MaxStep    = 1000        // versions a channel may go on at once

	maxListing    = 256 << 10 // bytes of pack.json
	maxSignatures = 8
	maxEntries    = 65_000
	maxPageItems  = 128
	maxPage       = 4 << 20   // bytes of a page as stored
	maxPagePlain  = 16 << 20  // and opened
	maxPlain      = 128 << 20 // of all pages, opened
	maxItemLine   = 256 << 10
	maxCritical   = 32
)

// Listing is what a pack says of itself: pack.json.
type Listing struct {
	Format     string      `json:"format"`
	Channel    string      `json:"channel"`
	Audience   string      `json:"audience"` // code of a unit, or Everyone
	Version    int64       `json:"version"`
	Created    string      `json:"created"` // RFC 3339
	FreshUntil record.Date `json:"fresh_until"`
	MinApp     string      `json:"min_app"`  // "1.4", or ""
	Severity   string      `json:"severity"` // one of Severities
	Title      string      `json:"title"`    // what this version brings
	Base       int64       `json:"base"`     // smallest version whose blobs and this file's suffice; 0 whole
	Items      int         `json:"items"`
	Pages      []Page      `json:"pages"`
	Critical   []string    `json:"critical"`
}

// Page is a blob that lists items.
type Page struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

var minAppForm = regexp.MustCompile(`^([0-9]{1,6}(\.[0-9]{1,6}){0,2})?$`)

// Validate is what a listing must be to go into a pack.
func (l Listing) Validate() error {
	if err := l.check(); err != nil {
		return err
	}
	if !slices.Contains(Severities, l.Severity) {
		return content("severity %q", l.Severity)
	}
	return nil
}

func (l Listing) check() error {
	created, err := time.Parse(time.RFC3339, l.Created)
	switch {
	case l.Format != Format:
		return content("format %.40q", l.Format)
	case !trust.ValidChannel(l.Channel):
		return content("channel %.60q", l.Channel)
	case l.Audience != Everyone && !trust.ValidUnit(l.Audience):
		return content("audience %.60q", l.Audience)
	case l.Version < 1 || l.Version > MaxVersion || l.Base < 0 || l.Base >= l.Version:
		return content("version %d on base %d", l.Version, l.Base)
	case err != nil || created.Format(time.RFC3339) != l.Created:
		return content("created %.60q", l.Created)
	case l.FreshUntil == "" || !l.FreshUntil.Valid() || l.FreshUntil < record.DateOf(created):
		return content("fresh until %.20q", string(l.FreshUntil))
	case !minAppForm.MatchString(l.MinApp):
		return content("program %.40q", l.MinApp)
	case !wordForm.MatchString(l.Severity):
		return content("severity %.40q", l.Severity)
	case l.Title == "" || !isLine(l.Title, maxTitle):
		return content("title of the pack")
	case len(l.Critical) > maxCritical || repeats(l.Critical) || !all(l.Critical, wordForm.MatchString):
		return content("critical features %.200q", l.Critical)
	case l.Items < 1 || l.Items > MaxItems || len(l.Pages) == 0 || len(l.Pages) > l.Items:
		return content("%d items on %d pages", l.Items, len(l.Pages))
	}
	for _, p := range l.Pages {
		if !hashForm.MatchString(p.SHA256) || p.Size < 1 {
			return content("page %.80q of %d bytes", p.SHA256, p.Size)
		}
		if p.Size > maxPage {
			return because(ErrTooLarge, "page of %d bytes", p.Size)
		}
	}
	return nil
}

// kind is how the trusted comment of a signature begins.
func (l Listing) kind() string {
	return fmt.Sprintf("%s channel=%s version=%d", Format, l.Channel, l.Version)
}

// Overdue is by how many days a listing has gone stale on a day; 0 while it is fresh.
// It warns and never blocks.
func (l Listing) Overdue(on record.Date) int {
	if on <= l.FreshUntil {
		return 0
	}
	return int(on.Time().Sub(l.FreshUntil.Time()).Hours() / 24)
}

// FileName is the name of the pack's file. It helps people and is never believed.
func (l Listing) FileName() string {
	if l.Base > 0 {
		return fmt.Sprintf("SPB_pack_%s_%d_from%d.sopp.zip", l.Channel, l.Version, l.Base)
	}
	return fmt.Sprintf("SPB_pack_%s_%d.sopp.zip", l.Channel, l.Version)
}

func (l Listing) encode() ([]byte, error) {
	l.Pages, l.Critical = listed(l.Pages), listed(l.Critical)
	return line(l)
}

// line is a value as one line of JSON.
func line(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return out.Bytes(), err
}

// edition is a listing taken apart, or put together.
type edition struct {
	listing Listing
	raw     []byte
	items   []Item
	pages   map[string][]byte // by hash
}

// compose puts a listing together: the items in order, cut into pages.
func compose(l Listing, items []Item) (edition, error) {
	e := edition{items: make([]Item, len(items)), pages: map[string][]byte{}}
	for i, item := range items {
		e.items[i] = item.filled()
	}
	slices.SortFunc(e.items, func(a, b Item) int { return strings.Compare(a.ID, b.ID) })
	l.Format, l.Items, l.Pages = Format, len(items), nil
	for _, page := range paginate(e.items) {
		packed, err := encodePage(page)
		if err != nil {
			return edition{}, err
		}
		sum := hashOf(packed)
		e.pages[sum] = packed
		l.Pages = append(l.Pages, Page{sum, int64(len(packed))})
	}
	if err := l.Validate(); err != nil {
		return edition{}, err
	}
	raw, err := l.encode()
	if err != nil {
		return edition{}, err
	}
	if len(raw) > maxListing {
		return edition{}, because(ErrTooLarge, "listing of %d bytes", len(raw))
	}
	e.listing, e.raw = l, raw
	return e, checkOrder(e.items)
}

// paginate cuts items into pages: after the 128th, or after one whose id says so, every
// 64th on average. What is added or goes away then changes one page and not all that follow.
func paginate(items []Item) [][]Item {
	var pages [][]Item
	from := 0
	for i, item := range items {
		if endsPage(item.ID) || i-from+1 == maxPageItems || i == len(items)-1 {
			pages, from = append(pages, items[from:i+1]), i+1
		}
	}
	return pages
}

func endsPage(id string) bool {
	sum := sha256.Sum256([]byte(id))
	return sum[0]%64 == 0
}

func encodePage(items []Item) ([]byte, error) {
	var plain bytes.Buffer
	for _, item := range items {
		if err := item.Validate(); err != nil {
			return nil, err
		}
		text, err := line(item)
		if err != nil {
			return nil, err
		}
		if len(text) > maxItemLine {
			return nil, because(ErrTooLarge, "item %s of %d bytes", item.ID, len(text))
		}
		plain.Write(text)
	}
	packed, err := seal.Compress(plain.Bytes())
	if err == nil && (len(packed) > maxPage || plain.Len() > maxPagePlain) {
		err = because(ErrTooLarge, "page of %d bytes", plain.Len())
	}
	return packed, err
}

// decodePage also says how many bytes the page has opened.
func decodePage(packed []byte) ([]Item, int, error) {
	plain, err := seal.Expand(packed, maxPagePlain)
	if err != nil {
		return nil, 0, fromSeal(err)
	}
	var items []Item
	for rest := plain; len(rest) > 0; {
		text, after, ended := bytes.Cut(rest, []byte("\n"))
		if !ended || len(items) == maxPageItems {
			return nil, 0, content("a page of more than %d items, or without its end", maxPageItems)
		}
		if len(text) > maxItemLine {
			return nil, 0, because(ErrTooLarge, "item of %d bytes", len(text))
		}
		var item Item
		if err := seal.StrictDecode(text, &item); err != nil {
			return nil, 0, content("%v", err)
		}
		if err := item.check(); err != nil {
			return nil, 0, err
		}
		items, rest = append(items, item.filled()), after
	}
	if len(items) == 0 {
		return nil, 0, content("an empty page")
	}
	return items, len(plain), nil
}

// checkOrder wants the items of a listing by id, each once.
func checkOrder(items []Item) error {
	for i := 1; i < len(items); i++ {
		if items[i].ID <= items[i-1].ID {
			return content("item %s after %s", items[i].ID, items[i-1].ID)
		}
	}
	return nil
}

// blobsOf are the blobs of a listing, by hash, each once.
func blobsOf(l Listing, items []Item) (map[string]int64, error) {
	out := map[string]int64{}
	add := func(b Blob) error {
		if size, known := out[b.SHA256]; known && size != b.Size {
			return because(ErrBlob, "%s is said to have %d and %d bytes", b.SHA256, size, b.Size)
		}
		out[b.SHA256] = b.Size
		return nil
	}
	for _, p := range l.Pages {
		if err := add(Blob(p)); err != nil {
			return nil, err
		}
	}
	for _, item := range items {
		for _, b := range item.blobs() {
			if err := add(b); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// older reports whether program a is older than b. What is no number, like that of a
// development build, is older than nothing.
func older(a, b string) bool {
	if !minAppForm.MatchString(a) || a == "" {
		return false
	}
	have, need := strings.Split(a, "."), strings.Split(b, ".")
	for i := range need {
		n, _ := strconv.Atoi(need[i])
		h := 0
		if i < len(have) {
			h, _ = strconv.Atoi(have[i])
		}
		if h != n {
			return h < n
		}
	}
	return false
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
