package seal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
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
	if err := checkEntries(entries); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(archiveSize(entries))
	_ = emitArchive(&out, entries) // a Buffer takes everything
	return out.Bytes(), nil
}

func checkEntries(entries []Entry) error {
	if len(entries) == 0 || len(entries) >= math.MaxUint16 {
		return refuse(ErrInvalid, "%d archive entries", len(entries))
	}
	if err := checkNames(entries); err != nil {
		return refuse(ErrInvalid, "%w", err)
	}
	if archiveSize(entries) > math.MaxInt32 {
		return refuse(ErrTooLarge, "archive above 2 GiB")
	}
	return nil
}

func archiveSize(entries []Entry) int {
	size := endLen
	for _, e := range entries {
		size += localLen + centralLen + 2*len(e.Name) + len(e.Data)
	}
	return size
}

// emitArchive is the dialect. It writes into a buffer to make an archive, and
// into a comparer to check one.
func emitArchive(w io.Writer, entries []Entry) error {
	var directory []byte
	offset := 0
	for _, e := range entries {
		common := commonHeader(e)
		local := binary.LittleEndian.AppendUint32(nil, localMagic)
		local = append(append(local, common...), e.Name...)
		if _, err := w.Write(local); err != nil {
			return err
		}
		if _, err := w.Write(e.Data); err != nil {
			return err
		}
		directory = append(directory, centralHeader(e, common, offset)...)
		offset += len(local) + len(e.Data)
	}
	if _, err := w.Write(directory); err != nil {
		return err
	}
	_, err := w.Write(endRecord(len(entries), len(directory), offset))
	return err
}

// commonHeader is the run of fields local and central headers share, from
// "version needed" to "extra length".
func commonHeader(e Entry) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, localLen-4)
	b = le.AppendUint16(b, versionNeeded)
	b = le.AppendUint16(b, 0) // flags: sizes stand here, name is ASCII
	b = le.AppendUint16(b, 0) // method: stored
	b = le.AppendUint16(b, 0) // midnight
	b = le.AppendUint16(b, dosDate)
	b = le.AppendUint32(b, crc32.ChecksumIEEE(e.Data))
	b = le.AppendUint32(b, uint32(len(e.Data)))
	b = le.AppendUint32(b, uint32(len(e.Data)))
	b = le.AppendUint16(b, uint16(len(e.Name)))
	return le.AppendUint16(b, 0) // no extra
}

func centralHeader(e Entry, common []byte, offset int) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, centralLen+len(e.Name))
	b = le.AppendUint32(b, centralMagic)
	b = le.AppendUint16(b, versionMadeBy)
	b = append(b, common...)
	b = le.AppendUint16(b, 0) // no comment
	b = le.AppendUint16(b, 0) // disk 0
	b = le.AppendUint16(b, 0) // internal attributes
	b = le.AppendUint32(b, 0) // external attributes: a plain file
	b = le.AppendUint32(b, uint32(offset))
	return append(b, e.Name...)
}

func endRecord(entries, directoryLen, directoryAt int) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, endLen)
	b = le.AppendUint32(b, endMagic)
	b = le.AppendUint32(b, 0) // disk 0, directory on disk 0
	b = le.AppendUint16(b, uint16(entries))
	b = le.AppendUint16(b, uint16(entries))
	b = le.AppendUint32(b, uint32(directoryLen))
	b = le.AppendUint32(b, uint32(directoryAt))
	return le.AppendUint16(b, 0) // no comment
}

// ReadArchive accepts exactly the byte strings WriteArchive makes. want is the
// names in order; nil takes any names the dialect allows. The data of the
// entries points into b.
func ReadArchive(b []byte, want []string, limits Limits) ([]Entry, error) {
	if len(b) > limits.Total {
		return nil, refuse(ErrTooLarge, "archive of %d bytes, at most %d", len(b), limits.Total)
	}
	entries, err := walkArchive(b, limits)
	if err != nil {
		return nil, err
	}
	if err := checkNames(entries); err != nil {
		return nil, refuse(ErrDamaged, "%w", err)
	}
	if want != nil && !slices.Equal(entryNames(entries), want) {
		return nil, refuse(ErrDamaged, "archive holds %q, not %q", entryNames(entries), want)
	}
	rest := comparer{rest: b}
	if err := emitArchive(&rest, entries); err != nil || len(rest.rest) != 0 {
		if rest.short {
			return nil, refuse(ErrTruncated, "archive ends in its directory")
		}
		return nil, refuse(ErrDamaged, "archive is not in the one form of its contents")
	}
	return entries, nil
}

// walkArchive follows the local headers from the first byte until they end. It
// only finds the pieces; whether everything else is right is for the comparison.
func walkArchive(b []byte, limits Limits) ([]Entry, error) {
	le := binary.LittleEndian
	var entries []Entry
	for len(b) >= localLen && le.Uint32(b) == localMagic {
		size, name := int64(le.Uint32(b[22:])), int64(le.Uint16(b[26:]))
		if len(entries) == limits.Entries || size > int64(limits.Entry) {
			return nil, refuse(ErrTooLarge, "entry %d of %d bytes", len(entries)+1, size)
		}
		if name > maxName {
			return nil, refuse(ErrDamaged, "entry %d has a name of %d bytes", len(entries)+1, name)
		}
		if localLen+name+size > int64(len(b)) {
			return nil, refuse(ErrTruncated, "entry %d ends after the file", len(entries)+1)
		}
		from, to := localLen+name, localLen+name+size
		entries = append(entries, Entry{Name: string(b[localLen:from]), Data: b[from:to:to]})
		b = b[to:]
	}
	if len(entries) == 0 {
		return nil, refuse(ErrDamaged, "no archive entry")
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

// comparer is a writer that accepts only the bytes it was given, in order.
type comparer struct {
	rest  []byte
	short bool // what was there was right, and ended too soon
}

func (c *comparer) Write(p []byte) (int, error) {
	if !bytes.HasPrefix(c.rest, p) {
		c.short = bytes.HasPrefix(p, c.rest)
		return 0, io.ErrShortWrite
	}
	c.rest = c.rest[len(p):]
	return len(p), nil
}

// checkNames refuses names that are not plain lower-case paths, that stand
// twice, or that would need one entry to be both a file and a folder.
func checkNames(entries []Entry) error {
	files, folders := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		if !plainPath(e.Name) {
			return fmt.Errorf("name %q", e.Name)
		}
		if files[e.Name] || folders[e.Name] {
			return fmt.Errorf("name %q twice", e.Name)
		}
		files[e.Name] = true
		for i, c := range e.Name {
			if c != '/' {
				continue
			}
			if files[e.Name[:i]] {
				return fmt.Errorf("%q is a file and a folder", e.Name[:i])
			}
			folders[e.Name[:i]] = true
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
