package mail_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/transport/mail"
)

// The standard library's own mail reader finds the same subject, text and file.
func TestADraftReadsBack(t *testing.T) {
	file := bytes.Repeat([]byte("PK\x03\x04\x00\xff--sophobien--"), 5000)
	raw, err := mail.Draft(mail.Message{
		To: "noivu@example.vn", Subject: "Sổ Phổ Biến: gói số 3 của xã Đăk Hà", Text: "Kính gửi Sở Nội vụ,\nxin gửi gói số 3.\n",
		Files: []mail.File{{Name: "SPB_23500_ab12_00003_20261128_0a1b2c.sopb.zip", Data: file}},
	})
	if err != nil {
		t.Fatal(err)
	}
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != "Sổ Phổ Biến: gói số 3 của xã Đăk Hà" || msg.Header.Get("X-Unsent") != "1" {
		t.Errorf("subject %q, X-Unsent %q, %v", subject, msg.Header.Get("X-Unsent"), err)
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for i, want := range []string{"Kính gửi Sở Nội vụ,\r\nxin gửi gói số 3.\r\n", string(file)} {
		p, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
		if err != nil || string(got) != want {
			t.Errorf("part %d has %d bytes, %d are right (%v)", i, len(got), len(want), err)
		}
		if i == 1 && p.FileName() != "SPB_23500_ab12_00003_20261128_0a1b2c.sopb.zip" {
			t.Errorf("attached as %q", p.FileName())
		}
	}
	if _, err := parts.NextPart(); !errors.Is(err, io.EOF) {
		t.Errorf("something follows the file: %v", err)
	}
	for line := range strings.Lines(string(raw)) {
		if len(line) > 200 || !strings.HasSuffix(line, "\r\n") {
			t.Fatalf("a line mail programs stumble over: %.60q", line)
		}
	}
}

func TestRefused(t *testing.T) {
	big := make([]byte, mail.MaxAttached+1)
	for name, m := range map[string]mail.Message{
		"too large":           {Files: []mail.File{{Name: "a.zip", Data: big}}},
		"a header in a name":  {Files: []mail.File{{Name: "a.zip\"\r\nBcc: x"}}},
		"a header in subject": {Subject: "a\r\nBcc: x@y"},
		"a header in to":      {To: "a@b\nBcc: x@y"},
	} {
		if _, err := mail.Draft(m); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
