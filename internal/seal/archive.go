package seal

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
)

// Entry is one named piece of an archive.
type Entry struct {
	Name string
	Data []byte
}

// Limits bound what ReadArchive looks at.
type Limits struct {
	Entries int // how many
	Entry   int // bytes of each
	Total   int // bytes of the whole archive
}

// The dialect: what every header says, for every entry.
const (
	localMagic   = 0x04034b50
	centralMagic = 0x02014b50
	endMagic     = 0x06054b50

	localLen   = 30
	centralLen = 46
	endLen     = 22

	versionNeeded = 10       // stored, no folders
	versionMadeBy = 20       // FAT: no Unix mode, hence no links
	dosDate       = 1<<5 | 1 // 1980-01-01
	maxName       = 100
)

// WriteArchive writes the one byte string that holds these entries: stored,
// in the given order, dated 1980-01-01, without extras or comments.
func WriteArchive(entries []Entry) ([]byte, error) {
	parts := make([]Part, len(entries))
	for i, e := range entries {
		parts[i] = Part{Name: e.Name, Size: int64(len(e.Data)), CRC: crc32.ChecksumIEEE(e.Data)}
	}
	if err := checkParts(parts); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(int(partsSize(parts)))
	_ = emitParts(&out, parts, func(i int) error { // a Buffer takes everything
		out.Write(entries[i].Data)
		return nil
	})
	return out.Bytes(), nil
}

// ReadArchive accepts exactly the byte strings WriteArchive makes. want is the
// names in order; nil takes any names the dialect allows. The data of the
// entries points into b.
func ReadArchive(b []byte, want []string, limits Limits) ([]Entry, error) {
	if len(b) > limits.Total {
		return nil, refuse(ErrTooLarge, "archive of %d bytes, at most %d", len(b), limits.Total)
	}
	r := bytes.NewReader(b)
	parts, err := walkParts(r, int64(len(b)), limits)
	if err != nil {
		return nil, err
	}
	if err := checkNames(partNames(parts)); err != nil {
		return nil, refuse(ErrDamaged, "%w", err)
	}
	if want != nil && !slices.Equal(partNames(parts), want) {
		return nil, refuse(ErrDamaged, "archive holds %q, not %q", partNames(parts), want)
	}
	if err := matchParts(r, int64(len(b)), parts); err != nil {
		return nil, err
	}
	entries := make([]Entry, len(parts))
	for i, p := range parts {
		to := p.at + p.Size
		entries[i] = Entry{Name: p.Name, Data: b[p.at:to:to]}
		if crc32.ChecksumIEEE(entries[i].Data) != p.CRC {
			return nil, refuse(ErrDamaged, "entry %q is not what its header says", p.Name)
		}
	}
	return entries, nil
}

func entryNames(entries []Entry) []string {
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name
	}
	return names
}

// checkNames refuses names that are not plain lower-case paths, that stand
// twice, or that would need one entry to be both a file and a folder.
func checkNames(names []string) error {
	files, folders := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		if !plainPath(name) {
			return fmt.Errorf("name %q", name)
		}
		if files[name] || folders[name] {
			return fmt.Errorf("name %q twice", name)
		}
		files[name] = true
		for i, c := range name {
			if c != '/' {
				continue
			}
			if files[name[:i]] {
				return fmt.Errorf("%q is a file and a folder", name[:i])
			}
			folders[name[:i]] = true
		}
	}
	return nil
}

// plainPath allows lower-case ASCII letters, digits, '-', '_', and single dots
// inside segments separated by '/'. No case twins, no "..", nothing hidden, no
// name Windows keeps for a device.
func plainPath(name string) bool {
	if name == "" || len(name) > maxName {
		return false
	}
	for segment := range strings.SplitSeq(name, "/") {
		stem, _, _ := strings.Cut(segment, ".")
		if !plainSegment(segment) || slices.Contains(deviceNames, stem) {
			return false
		}
	}
	return true
}

func plainSegment(s string) bool {
	if s == "" || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

var deviceNames = []string{
	"con", "prn", "aux", "nul",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}
