package record

// Evidence is a file that shows what was done: a photo of a session, a scan of a
// signed list, a PDF. The file itself is kept outside the register under its
// SHA256; what a record holds is enough to find it, to prove it and to list it.
type Evidence struct {
	SHA256 string `json:"sha256"` // of the bytes as kept, lower-case hex
	Name   string `json:"name"`   // as people know it, without folders
	Kind   string `json:"kind"`   // one of EvidenceKinds
	Size   int64  `json:"size"`
	Width  int64  `json:"width,omitempty"` // of a picture, upright
	Height int64  `json:"height,omitempty"`
	Taken  Date   `json:"taken,omitempty"` // by the camera's word
}

// EvidenceKinds say what a file shows.
var EvidenceKinds = []Term{
	term("photo", "Ảnh chụp", "Photo"),
	term("scan", "Bản quét", "Scan"),
	term("pdf", "Tệp PDF", "PDF"),
	term("other", "Khác", "Other"),
}
