package pack

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/record"
)

// Item is one thing a pack lists: a document, a leaflet, a catalogue.
type Item struct {
	ID         string       `json:"id"`
	Version    int64        `json:"version"` // of the item, raised by its editor
	Kind       string       `json:"kind"`    // one of Kinds, or a later one
	Title      string       `json:"title"`
	Number     string       `json:"number"` // as printed: 45/2019/QH14
	Type       string       `json:"type"`   // as printed: Bộ luật
	Issuer     string       `json:"issuer"`
	Issued     record.Date  `json:"issued"`
	From       record.Date  `json:"from"` // in force from, "" unknown
	To         record.Date  `json:"to"`   // the last day in force, "" none known
	Topics     []string     `json:"topics"`
	Wordings   []Wording    `json:"wordings"` // by the day they read from
	Files      []Attachment `json:"files"`
	Relations  []Relation   `json:"relations"`
	Confidence string       `json:"confidence"` // one of Confidences, or ""
	Source     string       `json:"source"`
	CheckedOn  record.Date  `json:"checked_on"`
	Note       string       `json:"note"`
	Withdrawn  bool         `json:"withdrawn"`
}

// Wording is the text of a document as it reads from a day on: a blob.
type Wording struct {
	From   record.Date `json:"from"` // "" only of a first wording whose day is unknown
	SHA256 string      `json:"sha256"`
	Size   int64       `json:"size"`
	Title  string      `json:"title"`
}

// Attachment is a file of an item: a blob with a name for people.
type Attachment struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Lang   string `json:"lang"`
	Title  string `json:"title"`
}

// Relation is what an item does to another, or to some of its provisions.
type Relation struct {
	Kind    string      `json:"kind"` // one of RelationKinds, or a later one
	To      string      `json:"to"`   // an item, not necessarily of this channel
	Anchors []string    `json:"anchors"`
	Partly  bool        `json:"partly"` // of provisions that only the note names
	On      record.Date `json:"on"`
	Note    string      `json:"note"`
}

// Blob is some bytes of a pack.
type Blob struct {
	SHA256 string
	Size   int64
}

// The words a pack is made with. A reader takes others as well: a later program may have
// more, and what must not be passed over stands in Listing.Critical.
var (
	Kinds         = []string{"law", "faq", "slide", "leaflet", "form", "catalogue", "units", "template"}
	RelationKinds = []string{"replaces", "amends", "repeals", "guides", "consolidates", "begins"}
	Confidences   = []string{"high", "medium", "low", ""}
	Severities    = []string{"normal", "important"}
)

// Bounds of an item.
const (
	maxTitle     = 2000 // letters
	maxLine      = 500
	maxNote      = 8000
	maxWordings  = 200
	maxFiles     = 200
	maxRelations = 1000
	maxAnchors   = 1000
	maxTopics    = 64
)

// The shapes of words in a pack.
var (
	idForm     = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	wordForm   = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
	topicForm  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)
	anchorForm = regexp.MustCompile(`^[a-z0-9]{1,16}(\.[a-z0-9]{1,16}){0,7}$`)
	langForm   = regexp.MustCompile(`^([a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,2})?$`)
	hashForm   = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// ValidID reports whether an item can have this id.
func ValidID(id string) bool { return idForm.MatchString(id) }

// ValidAnchor reports whether it can be the address of a provision. Which provision a
// wording has there is for package law to say.
func ValidAnchor(a string) bool { return anchorForm.MatchString(a) }

// Validate is what an item must be to go into a pack.
func (i Item) Validate() error {
	if err := i.check(); err != nil {
		return err
	}
	switch {
	case !slices.Contains(Kinds, i.Kind):
		return content("item %s is of the unknown kind %q", i.ID, i.Kind)
	case !slices.Contains(Confidences, i.Confidence):
		return content("item %s has the unknown confidence %q", i.ID, i.Confidence)
	}
	for _, r := range i.Relations {
		if !slices.Contains(RelationKinds, r.Kind) {
			return content("item %s has a relation of the unknown kind %q", i.ID, r.Kind)
		}
	}
	return nil
}

// check is what a reader wants of an item: shapes and bounds, whatever the words.
func (i Item) check() error {
	switch {
	case !ValidID(i.ID):
		return content("item id %.80q", i.ID)
	case i.Version < 1 || i.Version > MaxVersion:
		return content("item %s of version %d", i.ID, i.Version)
	case !wordForm.MatchString(i.Kind) || i.Confidence != "" && !wordForm.MatchString(i.Confidence):
		return content("item %s of kind %.40q, confidence %.40q", i.ID, i.Kind, i.Confidence)
	case i.Title == "" || !isLine(i.Title, maxTitle):
		return content("title of item %s", i.ID)
	case !isLine(i.Number, maxLine) || !isLine(i.Type, maxLine) || !isLine(i.Issuer, maxLine) || !isNote(i.Source) || !isNote(i.Note):
		return content("words of item %s", i.ID)
	case !i.Issued.Valid() || !i.From.Valid() || !i.To.Valid() || !i.CheckedOn.Valid():
		return content("a day of item %s is not in the calendar", i.ID)
	case i.From != "" && i.To != "" && i.To < i.From:
		return content("item %s ends before it begins", i.ID)
	case len(i.Topics) > maxTopics || repeats(i.Topics) || !all(i.Topics, topicForm.MatchString):
		return content("topics of item %s", i.ID)
	}
	for _, check := range []func() error{i.checkWordings, i.checkFiles, i.checkRelations} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (i Item) checkWordings() error {
	if len(i.Wordings) > maxWordings {
		return content("item %s has %d wordings", i.ID, len(i.Wordings))
	}
	for n, w := range i.Wordings {
		switch {
		case !w.From.Valid() || !isLine(w.Title, maxTitle):
			return content("wording %d of item %s", n+1, i.ID)
		case n > 0 && w.From <= i.Wordings[n-1].From:
			return content("wording %d of item %s does not come after the one before", n+1, i.ID)
		}
		if err := checkBlob(w.SHA256, w.Size); err != nil {
			return err
		}
	}
	return nil
}

func (i Item) checkFiles() error {
	if len(i.Files) > maxFiles {
		return content("item %s has %d files", i.ID, len(i.Files))
	}
	names := map[string]bool{}
	for _, f := range i.Files {
		if name := strings.ToLower(f.Name); !isFileName(f.Name) || names[name] || !langForm.MatchString(f.Lang) || !isLine(f.Title, maxTitle) {
			return content("file %.80q of item %s", f.Name, i.ID)
		} else {
			names[name] = true
		}
		if err := checkBlob(f.SHA256, f.Size); err != nil {
			return err
		}
	}
	return nil
}

func (i Item) checkRelations() error {
	if len(i.Relations) > maxRelations {
		return content("item %s has %d relations", i.ID, len(i.Relations))
	}
	for _, r := range i.Relations {
		switch {
		case !wordForm.MatchString(r.Kind) || !ValidID(r.To) || r.To == i.ID:
			return content("item %s: relation %.40q to %.80q", i.ID, r.Kind, r.To)
		case len(r.Anchors) > maxAnchors || repeats(r.Anchors) || !all(r.Anchors, ValidAnchor):
			return content("item %s: provisions of its relation to %s", i.ID, r.To)
		case !r.On.Valid() || !isNote(r.Note):
			return content("item %s: day or note of its relation to %s", i.ID, r.To)
		}
	}
	return nil
}

func checkBlob(sha256 string, size int64) error {
	if !hashForm.MatchString(sha256) || size < 1 {
		return content("blob %.80q of %d bytes", sha256, size)
	}
	if size > MaxBlob {
		return because(ErrTooLarge, "blob %s of %d bytes", sha256, size)
	}
	return nil
}

// isLine reports whether it is text on one line, or none. Marks that turn the direction
// of writing are not graphic.
func isLine(s string, max int) bool {
	return s == strings.TrimSpace(s) && utf8.ValidString(s) && utf8.RuneCountInString(s) <= max &&
		strings.IndexFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }) < 0
}

// isNote is isLine for text of several lines.
func isNote(s string) bool {
	return utf8.RuneCountInString(s) <= maxNote && isLine(strings.ReplaceAll(s, "\n", "¶"), maxNote)
}

// isFileName reports whether a file can have this name on every system.
func isFileName(s string) bool {
	return s != "" && isLine(s, 150) && !strings.ContainsAny(s, `/\:*?"<>|`) && s[0] != '.' && s[len(s)-1] != '.'
}

func repeats(list []string) bool {
	seen := map[string]bool{}
	for _, s := range list {
		if seen[s] {
			return true
		}
		seen[s] = true
	}
	return false
}

func all(list []string, ok func(string) bool) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return !ok(s) })
}

// blobs are what the item consists of.
func (i Item) blobs() []Blob {
	var out []Blob
	for _, w := range i.Wordings {
		out = append(out, Blob{w.SHA256, w.Size})
	}
	for _, f := range i.Files {
		out = append(out, Blob{f.SHA256, f.Size})
	}
	return out
}

// filled is the item without nil, which JSON would write as null.
func (i Item) filled() Item {
	i.Topics, i.Wordings, i.Files = listed(i.Topics), listed(i.Wordings), listed(i.Files)
	i.Relations = slices.Clone(listed(i.Relations))
	for n := range i.Relations {
		i.Relations[n].Anchors = listed(i.Relations[n].Anchors)
	}
	return i
}

func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
