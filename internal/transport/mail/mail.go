// Package mail makes a message with a sealed file attached, as a file that the office's
// own mail program opens as a draft. Nothing is sent from here: who sends it, and from
// which account, stays with the person at the desk.
package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"strings"

	"sophobien/internal/record"
)

// MaxAttached is how much is attached to one message, in bytes: what most mail servers
// take, once it has grown by a third on the way.
const MaxAttached = 10 << 20

// File is an attachment.
type File struct {
	Name string // ASCII, as sealed files are called
	Data []byte
}

// Message is what the draft says.
type Message struct {
	To      string // address, "" for the person to fill in
	Subject string
	Text    string
	Files   []File
}

// boundary parts the message. Base64 has no hyphens and the text is encoded too, so it
// can stand nowhere inside.
const boundary = "--sophobien--"

// Draft is the message as an .eml file. "X-Unsent: 1" makes mail programs open it to be
// sent instead of as one that came.
func Draft(m Message) ([]byte, error) {
	size := 0
	for _, f := range m.Files {
		if size += len(f.Data); !plainName(f.Name) {
			return nil, fmt.Errorf("%w: attachment name %q", record.ErrInvalid, f.Name)
		}
	}
	if size > MaxAttached {
		return nil, record.Refuse(record.ErrInvalid,
			"Tệp lớn hơn mức thư điện tử nhận (10 MB); hãy giao bằng USB.",
			"The files are larger than mail takes (10 MB); hand them over on a stick.")
	}
	if strings.ContainsAny(m.To, "\r\n") || strings.ContainsAny(m.Subject, "\r\n") {
		return nil, fmt.Errorf("%w: a line break in a header", record.ErrInvalid)
	}
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("X-Unsent: 1")
	if m.To != "" {
		line("To: %s", m.To)
	}
	line("Subject: %s", mime.BEncoding.Encode("utf-8", m.Subject))
	line("MIME-Version: 1.0")
	line("Content-Type: multipart/mixed; boundary=%q", boundary)
	line("")
	line("--%s", boundary)
	line("Content-Type: text/plain; charset=utf-8")
	line("Content-Transfer-Encoding: base64")
	line("")
	writeBase64(&b, []byte(strings.ReplaceAll(m.Text, "\n", "\r\n")))
	for _, f := range m.Files {
		line("--%s", boundary)
		line("Content-Type: application/zip; name=%q", f.Name)
		line("Content-Disposition: attachment; filename=%q", f.Name)
		line("Content-Transfer-Encoding: base64")
		line("")
		writeBase64(&b, f.Data)
	}
	line("--%s--", boundary)
	return b.Bytes(), nil
}

func plainName(name string) bool {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '/' {
			return false
		}
	}
	return name != ""
}

// writeBase64 breaks lines where mail programs do.
func writeBase64(b *bytes.Buffer, data []byte) {
	const raw = 57 // 76 characters
	for len(data) > 0 {
		n := min(raw, len(data))
		b.WriteString(base64.StdEncoding.EncodeToString(data[:n]))
		b.WriteString("\r\n")
		data = data[n:]
	}
}
