package record

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// The kinds of refusal. Every layer turns what it meets into one of these, so
// that a screen and the command line know a single list. Test with errors.Is.
var (
	ErrNotFound   = errors.New("not found")
	ErrConflict   = errors.New("conflict")
	ErrInvalid    = errors.New("invalid")
	ErrNewer      = errors.New("made by a newer version")
	ErrDamaged    = errors.New("damaged")
	ErrNotTrusted = errors.New("not trusted")
	ErrBusy       = errors.New("in use by another copy of the program")
	ErrSpace      = errors.New("not enough space")
	ErrPlace      = errors.New("folder cannot be used")
	ErrPassphrase = errors.New("passphrase missing or wrong")
)

// Words is one sentence for people, in both languages of the program.
type Words struct{ VI, EN string }

// In returns the sentence in the given language ("en"; anything else is Vietnamese).
func (w Words) In(lang string) string {
	if lang == "en" && w.EN != "" {
		return w.EN
	}
	return w.VI
}

// Refusal is an error that says to a person what happened, where, and what to
// do. Kind is one of the sentinels above; Cause, if any, is for the log.
type Refusal struct {
	Kind  error
	Words Words
	Field string // the field it concerns, "" when it is the whole
	Cause error
}

func (r *Refusal) Error() string {
	if r.Cause != nil {
		return fmt.Sprintf("%s (%v)", r.Words.EN, r.Cause)
	}
	return r.Words.EN
}

// Unwrap lets errors.Is find the kind and the cause.
func (r *Refusal) Unwrap() []error {
	if r.Cause != nil {
		return []error{r.Kind, r.Cause}
	}
	return []error{r.Kind}
}

// Refuse builds a refusal with a Vietnamese and an English sentence.
func Refuse(kind error, vi, en string) *Refusal {
	return &Refusal{Kind: kind, Words: Words{VI: vi, EN: en}}
}

// Because adds the technical cause, which only the log shows.
func (r *Refusal) Because(err error) *Refusal { r.Cause = err; return r }

// SentenceOf finds the sentence for people inside an error. What has none
// becomes one calm sentence; the log gets the whole chain.
func SentenceOf(err error, lang string) string {
	if p := Problems(nil); errors.As(err, &p) && len(p) > 0 {
		return p[0].Words.In(lang)
	}
	if r := (*Refusal)(nil); errors.As(err, &r) {
		return r.Words.In(lang)
	}
	return unexpected.In(lang)
}

var unexpected = Words{
	VI: "Có lỗi ngoài dự kiến; dữ liệu đã lưu vẫn an toàn. Hãy thử lại, nếu vẫn lỗi hãy gửi tệp nhật ký cho người hỗ trợ.",
	EN: "Something unexpected happened; what was saved is safe. Try again, and if it stays, send the log file to support.",
}

// Problems are the fields a Validate refuses, in the order of the form.
type Problems []*Refusal

func (p Problems) Error() string {
	if len(p) == 0 {
		return "no problem"
	}
	return p[0].Field + ": " + p[0].Error()
}

// Unwrap makes errors.Is(err, ErrInvalid) true.
func (p Problems) Unwrap() []error {
	out := make([]error, len(p))
	for i, r := range p {
		out[i] = r
	}
	return out
}

// For returns the sentence about one field, or "".
func (p Problems) For(field, lang string) string {
	for _, r := range p {
		if r.Field == field {
			return r.Words.In(lang)
		}
	}
	return ""
}

// checks collects problems while a Validate runs.
type checks struct{ found Problems }

func (c *checks) refuse(ok bool, field, vi, en string) {
	if ok {
		return
	}
	r := Refuse(ErrInvalid, vi, en)
	r.Field = field
	c.found = append(c.found, r)
}

// day refuses a day that is missing or does not exist.
func (c *checks) day(d Date, field, vi, en string) {
	c.refuse(d != "", field, "Chưa ghi "+lowerFirst(vi)+".", en+" is missing.")
	c.refuse(d.Valid(), field, vi+" không có trong lịch.", en+" does not exist.")
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func (c *checks) err() error {
	if len(c.found) == 0 {
		return nil
	}
	return c.found
}
