package seal

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	maxNo       = 999_999_999
	maxFileName = 64
	fileSuffix  = ".sopb.zip"
)

// FileName is what the name of a bundle file says. It helps people and is
// never believed: everything in it stands signed in the envelope.
type FileName struct {
	Unit string // the sender's code
	Dev4 string // first four digits of its device id
	No   int64
	Day  string // yyyymmdd, as the sender's clock had it
	ID6  string // last six digits of the bundle id
}

var fileUnit = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)

var fileNameForm = regexp.MustCompile(`^SPB_([A-Za-z0-9][A-Za-z0-9.-]*)_([0-9a-f]{4})_([0-9]{5,9})_([0-9]{8})_([0-9a-f]{6})\.sopb\.zip$`)

// NameOf is the file name of a bundle; unitCode is the short code people know
// the sender by.
func NameOf(env Envelope, unitCode string) (string, error) {
	if err := env.Validate(); err != nil {
		return "", err
	}
	return FileName{
		Unit: unitCode,
		Dev4: env.From[:4],
		No:   env.No,
		Day:  strings.ReplaceAll(env.Created[:10], "-", ""),
		ID6:  env.ID[len(env.ID)-6:],
	}.build()
}

// build gives SPB_<unit>_<dev4>_<no5>_<yyyymmdd>_<id6>.sopb.zip.
func (n FileName) build() (string, error) {
	name := fmt.Sprintf("SPB_%s_%s_%05d_%s_%s%s", n.Unit, n.Dev4, n.No, n.Day, n.ID6, fileSuffix)
	if !fileUnit.MatchString(n.Unit) || len(name) > maxFileName {
		return "", refuse(ErrInvalid, "file name %.80q", name)
	}
	return name, nil
}

// ParseFileName reads what NameOf builds and nothing else.
func ParseFileName(name string) (FileName, error) {
	part := fileNameForm.FindStringSubmatch(name)
	if len(name) > maxFileName || part == nil {
		return FileName{}, refuse(ErrForeign, "file name %.80q", name)
	}
	no, err := strconv.ParseInt(part[3], 10, 64)
	if err != nil {
		return FileName{}, refuse(ErrForeign, "file name %.80q: %w", name, err)
	}
	parsed := FileName{Unit: part[1], Dev4: part[2], No: no, Day: part[4], ID6: part[5]}
	if _, err := time.Parse("20060102", parsed.Day); err != nil || no < 1 {
		return FileName{}, refuse(ErrForeign, "file name %.80q", name)
	}
	if again, err := parsed.build(); err != nil || again != name {
		return FileName{}, refuse(ErrForeign, "file name %.80q is not in its one form", name)
	}
	return parsed, nil
}
