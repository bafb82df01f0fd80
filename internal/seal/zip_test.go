package seal

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rawZip builds archives no honest writer makes. Each part can be bent.
type rawZip struct {
	prefix, suffix, comment string
	entries                 []rawEntry
	central                 []int // which entries the directory lists; nil all
	countDelta              int
	offsetDelta             int
	endPrefix               string // before the end record: zip64 records, signatures
	archiveTail             string
}

type rawEntry struct {
	name, centralName string
	data              string
	method, flags     uint16
	madeBy            uint16
	attributes        uint32
	date              uint16
	extra, extraDir   string
	comment           string
	descriptor        bool
	sizeDelta         int
	storedSize        *uint32
	gap               string // bytes before the local header
	crcDelta          uint32
	offsetDelta       int
	need              uint16
}

func (z rawZip) build() []byte {
	le := binary.LittleEndian
	out := []byte(z.prefix)
	var directory []byte
	var listed [][]byte
	for _, e := range z.entries {
		out = append(out, e.gap...)
		at := len(out)
		crc, size := crc32.ChecksumIEEE([]byte(e.data))+e.crcDelta, uint32(len(e.data)+e.sizeDelta)
		if e.storedSize != nil {
			size = *e.storedSize
		}
		if e.need == 0 {
			e.need = versionNeeded
		}
		if e.madeBy == 0 {
			e.madeBy = versionMadeBy
		}
		if e.date == 0 {
			e.date = dosDate
		}
		head := func(crc, size uint32, name, extra string) []byte {
			b := le.AppendUint16(nil, e.need)
			for _, v := range []uint16{e.flags, e.method, 0, e.date} {
				b = le.AppendUint16(b, v)
			}
			for _, v := range []uint32{crc, size, size} {
				b = le.AppendUint32(b, v)
			}
			return le.AppendUint16(le.AppendUint16(b, uint16(len(name))), uint16(len(extra)))
		}
		out = le.AppendUint32(out, localMagic)
		if e.descriptor {
			out = append(out, head(0, 0, e.name, e.extra)...)
		} else {
			out = append(out, head(crc, size, e.name, e.extra)...)
		}
		out = append(append(append(out, e.name...), e.extra...), e.data...)
		if e.descriptor {
			for _, v := range []uint32{0x08074b50, crc, size, size} {
				out = le.AppendUint32(out, v)
			}
		}
		name := e.name
		if e.centralName != "" {
			name = e.centralName
		}
		dir := le.AppendUint16(le.AppendUint32(nil, centralMagic), e.madeBy)
		dir = append(dir, head(crc, size, name, e.extraDir)...)
		dir = le.AppendUint16(dir, uint16(len(e.comment)))
		dir = le.AppendUint32(dir, 0)
		dir = le.AppendUint32(dir, e.attributes)
		dir = le.AppendUint32(dir, uint32(at+e.offsetDelta))
		listed = append(listed, append(append(append(dir, name...), e.extraDir...), e.comment...))
	}
	if z.central == nil {
		for i := range listed {
			directory = append(directory, listed[i]...)
		}
	}
	for _, i := range z.central {
		directory = append(directory, listed[i]...)
	}
	n := len(z.entries)
	if z.central != nil {
		n = len(z.central)
	}
	out = append(out, z.archiveTail...)
	at := len(out)
	out = append(append(out, directory...), z.endPrefix...)
	out = le.AppendUint64(out, uint64(endMagic))
	out = le.AppendUint16(le.AppendUint16(out, uint16(n+z.countDelta)), uint16(n+z.countDelta))
	out = le.AppendUint32(le.AppendUint32(out, uint32(len(directory))), uint32(at+z.offsetDelta))
	out = append(le.AppendUint16(out, uint16(len(z.comment))), z.comment...)
	return append(out, z.suffix...)
}

// honest is a bundle's three entries, to be bent.
func honest(t testing.TB, sealed []byte) rawZip {
	var z rawZip
	for _, e := range parts(t, sealed) {
		z.entries = append(z.entries, rawEntry{name: e.Name, data: string(e.Data)})
	}
	return z
}

func TestCraftedArchives(t *testing.T) {
	to := newIdentity(t, true)
	sealed, _, _ := sealSample(t, to, 3)
	if got := honest(t, sealed).build(); !bytes.Equal(got, sealed) {
		t.Fatal("the crafting tool does not reproduce an honest bundle, so what it bends proves nothing")
	}
	zip64 := string(binary.LittleEndian.AppendUint64([]byte("PK\x06\x06"), 44)) + string(make([]byte, 44)) + "PK\x06\x07" + string(make([]byte, 16))
	huge := uint32(0xffffffff)
	cases := map[string]func(*rawZip){
		"name twice":                  func(z *rawZip) { z.entries = append(z.entries, z.entries[0]) },
		"name twice, first shadowed":  func(z *rawZip) { z.entries = append([]rawEntry{{name: EnvelopeName, data: "{}"}}, z.entries...) },
		"data descriptor":             func(z *rawZip) { z.entries[2].descriptor, z.entries[2].flags = true, 8 },
		"descriptor flag only":        func(z *rawZip) { z.entries[0].flags = 8 },
		"encrypted flag":              func(z *rawZip) { z.entries[0].flags = 1 },
		"UTF-8 flag":                  func(z *rawZip) { z.entries[0].flags = 1 << 11 },
		"deflate method":              func(z *rawZip) { z.entries[0].method = 8 },
		"unknown method":              func(z *rawZip) { z.entries[2].method = 99 },
		"zip64 end records":           func(z *rawZip) { z.endPrefix = zip64 },
		"zip64 extra":                 func(z *rawZip) { z.entries[2].extra = "\x01\x00\x10\x00" + string(make([]byte, 16)) },
		"zip64 size marker":           func(z *rawZip) { z.entries[2].storedSize = &huge },
		"size above the file":         func(z *rawZip) { z.entries[2].sizeDelta = 1 << 20 },
		"size one less":               func(z *rawZip) { z.entries[2].sizeDelta = -1 },
		"size one more":               func(z *rawZip) { z.entries[2].sizeDelta = 1 },
		"overlap":                     func(z *rawZip) { z.entries[1].offsetDelta = -40 },
		"directory lists one twice":   func(z *rawZip) { z.central = []int{0, 0, 2} },
		"directory hides one":         func(z *rawZip) { z.central = []int{0, 1} },
		"directory in other order":    func(z *rawZip) { z.central = []int{1, 0, 2} },
		"directory names another":     func(z *rawZip) { z.entries[0].centralName = "envelopf.json" },
		"entries in other order":      func(z *rawZip) { z.entries[1], z.entries[2] = z.entries[2], z.entries[1] },
		"entry missing":               func(z *rawZip) { z.entries = z.entries[:2] },
		"fourth entry":                func(z *rawZip) { z.entries = append(z.entries, rawEntry{name: "readme.txt", data: "run me"}) },
		"local extra":                 func(z *rawZip) { z.entries[0].extra = "UT\x05\x00\x01\x00\x00\x00\x00" },
		"directory extra":             func(z *rawZip) { z.entries[0].extraDir = "UT\x05\x00\x01\x00\x00\x00\x00" },
		"unicode path extra":          func(z *rawZip) { z.entries[0].extraDir = "up\x09\x00\x01\x00\x00\x00\x00evil" },
		"entry comment":               func(z *rawZip) { z.entries[0].comment = "hello" },
		"archive comment":             func(z *rawZip) { z.comment = "hello" },
		"comment holds an end record": func(z *rawZip) { z.comment = string(rawZip{}.build()) },
		"parent path":                 func(z *rawZip) { z.entries[0].name = "../envelope.json" },
		"backslash path":              func(z *rawZip) { z.entries[0].name = `..\envelope.json` },
		"absolute path":               func(z *rawZip) { z.entries[0].name = "/envelope.json" },
		"drive path":                  func(z *rawZip) { z.entries[0].name = `c:envelope.json` },
		"stream name":                 func(z *rawZip) { z.entries[0].name = "envelope.json:x" },
		"NUL in name":                 func(z *rawZip) { z.entries[0].name = "envelope.json\x00" },
		"case twin":                   func(z *rawZip) { z.entries = append(z.entries, rawEntry{name: "Envelope.json", data: "{}"}) },
		"other case":                  func(z *rawZip) { z.entries[0].name = "Envelope.json" },
		"folder entry":                func(z *rawZip) { z.entries = append([]rawEntry{{name: "x/"}}, z.entries...) },
		"symbolic link":               func(z *rawZip) { z.entries[0].madeBy, z.entries[0].attributes = 3<<8|20, 0o120777<<16 },
		"hidden attribute":            func(z *rawZip) { z.entries[0].attributes = 2 },
		"other date":                  func(z *rawZip) { z.entries[0].date = 47<<9 | 11<<5 | 23 },
		"other version needed":        func(z *rawZip) { z.entries[0].need = 45 },
		"wrong checksum":              func(z *rawZip) { z.entries[2].crcDelta = 1 },
		"gap between entries":         func(z *rawZip) { z.entries[1].gap = "hidden" },
		"gap before the directory":    func(z *rawZip) { z.archiveTail = "hidden" },
		"polyglot program":            func(z *rawZip) { z.prefix = "MZ\x90\x00" },
		"polyglot with right offsets": func(z *rawZip) { z.entries[0].gap = "%PDF-1.7\n" },
		"polyglot behind":             func(z *rawZip) { z.suffix = "<script>" },
		"count too high":              func(z *rawZip) { z.countDelta = 1 },
		"count too low":               func(z *rawZip) { z.countDelta = -1 },
		"directory offset":            func(z *rawZip) { z.offsetDelta = 1 },
		"two archives":                func(z *rawZip) { z.prefix = string(sealed) },
	}
	for name, bend := range cases {
		t.Run(name, func(t *testing.T) {
			z := honest(t, sealed)
			bend(&z)
			crafted := z.build()
			if bytes.Equal(crafted, sealed) {
				t.Fatal("nothing was bent")
			}
			if _, err := openWhole(crafted, to); err == nil {
				t.Error("accepted as a bundle")
			}
			_, err := ReadArchive(crafted, []string{EnvelopeName, SignatureName, PayloadName}, bundleLimits)
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("ReadArchive: %v", err)
			}
		})
	}
}

func TestArchiveRefusesToWriteWhatItWouldNotRead(t *testing.T) {
	for name, entries := range map[string][]Entry{
		"none":               nil,
		"empty name":         {{"", nil}},
		"parent":             {{"a/../b", nil}},
		"hidden":             {{".profile", nil}},
		"upper case":         {{"A", nil}},
		"trailing dot":       {{"a.", nil}},
		"folder":             {{"a/", nil}},
		"device":             {{"aux.json", nil}},
		"space":              {{"a b", nil}},
		"letters with marks": {{"sổ", nil}},
		"twice":              {{"a", nil}, {"a", nil}},
		"file and folder":    {{"a", nil}, {"a/b", nil}},
		"folder and file":    {{"a/b", nil}, {"a", nil}},
		"long":               {{string(bytes.Repeat([]byte{'a'}, maxName+1)), nil}},
	} {
		if b, err := WriteArchive(entries); !errors.Is(err, ErrInvalid) || b != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestArchiveLimits(t *testing.T) {
	entries := []Entry{{"a", make([]byte, 100)}, {"b", make([]byte, 50)}}
	b := archive(t, entries)
	fits := Limits{Entries: 2, Entry: 100, Total: len(b)}
	if _, err := ReadArchive(b, []string{"a", "b"}, fits); err != nil {
		t.Fatal(err)
	}
	for name, tight := range map[string]Limits{
		"entries": {1, 100, len(b)}, "entry": {2, 99, len(b)}, "total": {2, 100, len(b) - 1},
	} {
		if _, err := ReadArchive(b, nil, tight); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadArchive(b, []string{"b", "a"}, fits); !errors.Is(err, ErrDamaged) {
		t.Errorf("other order wanted: %v", err)
	}
}

// someNames are one to eight names that can stand in one archive.
var someNames = rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z0-9]{1,8}(/x[a-z0-9_-]{1,8}\.bin)?`), 1, 8, rapid.ID).Filter(func(names []string) bool {
	var entries []Entry
	for _, name := range names {
		entries = append(entries, Entry{Name: name})
	}
	return checkNames(entryNames(entries)) == nil
})

// TestArchiveRoundTrip: any entries come back, and an independent reader sees
// the same.
func TestArchiveRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := someNames.Draw(t, "names")
		var entries []Entry
		for _, name := range names {
			entries = append(entries, Entry{name, rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "data")})
		}
		b, err := WriteArchive(entries)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadArchive(b, names, Limits{Entries: 8, Entry: 200, Total: len(b)})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(entries, got); diff != "" {
			t.Fatalf("(-written +read):\n%s", diff)
		}
		standard, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil || len(standard.File) != len(entries) {
			t.Fatalf("archive/zip: %v", err)
		}
		for i, f := range standard.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(r)
			if err != nil || f.Name != entries[i].Name || !bytes.Equal(data, entries[i].Data) {
				t.Fatalf("archive/zip: %s %v", f.Name, err)
			}
		}
	})
}
