package seal

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
)

// Part is an entry of an archive that is too large to hold: what its header says, and
// where its bytes lie.
type Part struct {
	Name string
	Size int64
	CRC  uint32 // CRC-32 of the bytes, as ZIP has it

	at int64
}

// In gives the bytes of the part. Nobody has compared them with CRC yet: whoever takes
// them does, or compares a hash that says more.
func (p Part) In(r io.ReaderAt) *io.SectionReader { return io.NewSectionReader(r, p.at, p.Size) }

// ReadPart gives the bytes of a small part, compared with its CRC.
func ReadPart(r io.ReaderAt, p Part) ([]byte, error) {
	data := make([]byte, p.Size)
	if _, err := io.ReadFull(p.In(r), data); err != nil {
		return nil, readFailed(err)
	}
	if crc32.ChecksumIEEE(data) != p.CRC {
		return nil, refuse(ErrDamaged, "entry %q is not what its header says", p.Name)
	}
	return data, nil
}

// readFailed tells a file that ends from a disk that fails; the latter says nothing
// about the file.
func readFailed(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return refuse(ErrTruncated, "%w", err)
	}
	return err
}

// StreamArchive is WriteArchive for parts that are never held whole. body writes the bytes of
// a part, which must be those the part promises.
func StreamArchive(w io.Writer, parts []Part, body func(w io.Writer, i int) error) error {
	if err := checkParts(parts); err != nil {
		return err
	}
	return emitParts(w, parts, func(i int) error {
		sum := &promised{w: w, left: parts[i].Size}
		if err := body(sum, i); err != nil {
			return err
		}
		if sum.left != 0 || sum.crc != parts[i].CRC {
			return refuse(ErrInvalid, "entry %q is not what was promised", parts[i].Name)
		}
		return nil
	})
}

// promised passes on what it is given and stops one byte after what was promised.
type promised struct {
	w    io.Writer
	left int64
	crc  uint32
}

func (p *promised) Write(b []byte) (int, error) {
	if int64(len(b)) > p.left {
		return 0, refuse(ErrInvalid, "more bytes than were promised")
	}
	n, err := p.w.Write(b)
	p.left -= int64(n)
	p.crc = crc32.Update(p.crc, crc32.IEEETable, b[:n])
	return n, err
}

// WalkArchive is ReadArchive for a file that is too large to hold. It compares every
// header with the one StreamArchive would have written, so that for given names, sizes,
// sums and bytes one file exists; the bytes of the parts are not read.
func WalkArchive(r io.ReaderAt, size int64, limits Limits) ([]Part, error) {
	if size > int64(limits.Total) {
		return nil, refuse(ErrTooLarge, "archive of %d bytes, at most %d", size, limits.Total)
	}
	parts, err := walkParts(r, size, limits)
	if err != nil {
		return nil, err
	}
	if err := checkNames(partNames(parts)); err != nil {
		return nil, refuse(ErrDamaged, "%w", err)
	}
	return parts, matchParts(r, size, parts)
}

// matchParts compares a file with the headers and the directory its parts must have.
func matchParts(r io.ReaderAt, size int64, parts []Part) error {
	same := &matcher{r: r, size: size}
	err := emitParts(same, parts, func(i int) error {
		same.at += parts[i].Size
		return nil
	})
	switch {
	case same.failed != nil:
		return same.failed
	case same.short:
		return refuse(ErrTruncated, "archive ends in its directory")
	case err != nil || same.at != size:
		return refuse(ErrDamaged, "archive is not in the one form of its contents")
	}
	return nil
}

// walkParts follows the local headers from the first byte until they end. It only finds
// the pieces; whether everything else is right is for the comparison.
func walkParts(r io.ReaderAt, size int64, limits Limits) ([]Part, error) {
	le := binary.LittleEndian
	var parts []Part
	head := make([]byte, localLen+maxName)
	for at := int64(0); at < size; {
		b := head[:min(int64(len(head)), size-at)]
		if n, err := r.ReadAt(b, at); n < len(b) {
			return nil, readFailed(err)
		}
		if len(b) < 4 || le.Uint32(b) != localMagic {
			break
		}
		if len(b) < localLen {
			return nil, refuse(ErrTruncated, "header %d ends after the file", len(parts)+1)
		}
		p := Part{CRC: le.Uint32(b[14:]), Size: int64(le.Uint32(b[22:]))}
		name := int64(le.Uint16(b[26:]))
		if len(parts) == limits.Entries || p.Size > int64(limits.Entry) {
			return nil, refuse(ErrTooLarge, "entry %d of %d bytes", len(parts)+1, p.Size)
		}
		if name > maxName {
			return nil, refuse(ErrDamaged, "entry %d has a name of %d bytes", len(parts)+1, name)
		}
		if localLen+name+p.Size > size-at {
			return nil, refuse(ErrTruncated, "entry %d ends after the file", len(parts)+1)
		}
		p.Name, p.at = string(b[localLen:localLen+name]), at+localLen+name
		parts = append(parts, p)
		at = p.at + p.Size
	}
	if len(parts) == 0 {
		return nil, refuse(ErrDamaged, "no archive entry")
	}
	return parts, nil
}

// matcher is a writer that accepts only the bytes of a file, in order.
type matcher struct {
	r        io.ReaderAt
	at, size int64
	short    bool  // what was there was right, and ended too soon
	failed   error // the file could not be read
}

func (m *matcher) Write(p []byte) (int, error) {
	there := make([]byte, max(0, min(int64(len(p)), m.size-m.at)))
	if n, err := m.r.ReadAt(there, m.at); n < len(there) {
		m.failed = readFailed(err)
		return 0, m.failed
	}
	if !bytes.Equal(there, p) {
		m.short = bytes.HasPrefix(p, there)
		return 0, io.ErrShortWrite
	}
	m.at += int64(len(p))
	return len(p), nil
}

// emitParts is the dialect: headers around what body writes, then the directory.
func emitParts(w io.Writer, parts []Part, body func(i int) error) error {
	var directory []byte
	offset := int64(0)
	for i, p := range parts {
		common := commonHeader(p)
		local := binary.LittleEndian.AppendUint32(nil, localMagic)
		local = append(append(local, common...), p.Name...)
		if _, err := w.Write(local); err != nil {
			return err
		}
		if err := body(i); err != nil {
			return err
		}
		directory = append(directory, centralHeader(p, common, offset)...)
		offset += int64(len(local)) + p.Size
	}
	if _, err := w.Write(directory); err != nil {
		return err
	}
	_, err := w.Write(endRecord(len(parts), len(directory), offset))
	return err
}

// commonHeader is the run of fields local and central headers share, from
// "version needed" to "extra length".
func commonHeader(p Part) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, localLen-4)
	b = le.AppendUint16(b, versionNeeded)
	b = le.AppendUint16(b, 0) // flags: sizes stand here, name is ASCII
	b = le.AppendUint16(b, 0) // method: stored
	b = le.AppendUint16(b, 0) // midnight
	b = le.AppendUint16(b, dosDate)
	b = le.AppendUint32(b, p.CRC)
	b = le.AppendUint32(b, uint32(p.Size))
	b = le.AppendUint32(b, uint32(p.Size))
	b = le.AppendUint16(b, uint16(len(p.Name)))
	return le.AppendUint16(b, 0) // no extra
}

func centralHeader(p Part, common []byte, offset int64) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, centralLen+len(p.Name))
	b = le.AppendUint32(b, centralMagic)
	b = le.AppendUint16(b, versionMadeBy)
	b = append(b, common...)
	b = le.AppendUint16(b, 0) // no comment
	b = le.AppendUint16(b, 0) // disk 0
	b = le.AppendUint16(b, 0) // internal attributes
	b = le.AppendUint32(b, 0) // external attributes: a plain file
	b = le.AppendUint32(b, uint32(offset))
	return append(b, p.Name...)
}

func endRecord(entries, directoryLen int, directoryAt int64) []byte {
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

func checkParts(parts []Part) error {
	if len(parts) == 0 || len(parts) >= math.MaxUint16 {
		return refuse(ErrInvalid, "%d archive entries", len(parts))
	}
	if err := checkNames(partNames(parts)); err != nil {
		return refuse(ErrInvalid, "%w", err)
	}
	if partsSize(parts) > math.MaxInt32 {
		return refuse(ErrTooLarge, "archive above 2 GiB")
	}
	return nil
}

func partsSize(parts []Part) int64 {
	size := int64(endLen)
	for _, p := range parts {
		size += int64(localLen+centralLen+2*len(p.Name)) + p.Size
	}
	return size
}

func partNames(parts []Part) []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.Name
	}
	return names
}
