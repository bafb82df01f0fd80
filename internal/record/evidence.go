package record

// Evidence is a file that shows something was done: a photo, a scan, a PDF. The
// bytes lie beside the register under their hash; one row says whose they are.
type Evidence struct {
	ID      ID
	Noun    string `rec:"noun,A" say:"Loại hồ sơ|Of"` // what it belongs to
	OwnerID ID     `rec:"owner_id,A" say:"Hồ sơ|Owner"`
	Kind    string `rec:"kind,A" say:"Loại minh chứng|Kind"` // one of EvidenceKinds
	SHA256  string `rec:"sha256,A" say:"Mã băm|Hash"`        // hex, of the bytes as kept
	Size    int64  `rec:"size,A" say:"Cỡ tệp|Size"`          // bytes
	Width   int64  `rec:"width,A" say:"Rộng|Width"`          // pixels, of a picture
	Height  int64  `rec:"height,A" say:"Cao|Height"`
	Day     Date   `rec:"day,A" say:"Ngày chụp|Day"`
	Caption string `rec:"caption,O" say:"Chú thích|Caption"`
	Name    string `rec:"name,P" say:"Tên tệp|File name"` // people name files after people
}

// Ref names the evidence's row.
func (e Evidence) Ref() Ref { return Ref{"evidence", e.ID} }

// Validate refuses a file of nothing and a hash that is none.
func (e Evidence) Validate() error {
	var c checks
	_, known := Describe(e.Noun)
	c.refuse(known && !e.OwnerID.IsZero(), "owner_id", "Minh chứng chưa gắn với hồ sơ nào.", "The file belongs to nothing.")
	c.refuse(Word(EvidenceKinds, e.Kind) != nil, "kind", "Loại minh chứng không có trong danh mục.", "The kind of file is not one of the list.")
	c.refuse(isHash(e.SHA256), "sha256", "Mã băm của tệp không đúng dạng.", "The file's hash has not the right form.")
	c.refuse(min(e.Size, e.Width, e.Height) >= 0, "size", "Cỡ tệp không hợp lệ.", "A size cannot be negative.")
	c.refuse(e.Day.Valid(), "day", "Ngày chụp không có trong lịch.", "The day does not exist.")
	return c.err()
}

func isHash(s string) bool {
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return len(s) == 64
}

// EvidenceReport is what a check of the files of evidence found.
type EvidenceReport struct {
	Files  int     // that are whole
	Bytes  int64   // of these
	Faults []Words // what is missing or damaged, and whose it is
}

// OK reports whether every file that a row names is whole.
func (r EvidenceReport) OK() bool { return len(r.Faults) == 0 }
