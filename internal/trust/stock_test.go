package trust

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/seal"
)

// TestStockMinisignAgrees checks each of our signatures with the tool a person has
// who does not trust this program, and one altered byte with the same tool.
func TestStockMinisignAgrees(t *testing.T) {
	minisign, err := exec.LookPath("minisign")
	if err != nil {
		t.Fatalf("minisign is not installed; this test compares with the stock tool (make test installs it)")
	}
	p := newProvince(t)
	k, enrolment, _ := enrolled(t)
	entries, err := seal.ReadArchive(enrolment, nil, seal.Limits{Entries: 2, Entry: maxEnrolment, Total: maxEnrolTotal})
	if err != nil {
		t.Fatal(err)
	}
	s, err := k.Statement()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		key     string
		message []byte
		sig     []byte
		says    string
	}{
		"root":      {seal.PublicKeyText(publicOf(p.sticks.Root[2])), p.Chain[0].Raw, p.Chain[0].Sigs[2], "sopb-root/1 version=1"},
		"enrolment": {seal.PublicKeyText(k.public()), entries[0].Data, entries[1].Data, "sopb-enrol/1 unit=24340 device=" + k.ID()},
		"statement": {seal.PublicKeyText(s.Continues), s.message(), []byte(s.ByOld), "sopb-continues/1"},
	} {
		folder := t.TempDir()
		verify := func(message []byte) (string, error) {
			for file, data := range map[string][]byte{"key.pub": []byte(c.key), "message": message, "message.minisig": c.sig} {
				if err := os.WriteFile(filepath.Join(folder, file), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command(minisign, "-V", "-H", "-p", "key.pub", "-m", "message")
			cmd.Dir = folder
			out, err := cmd.CombinedOutput()
			return string(out), err
		}
		if said, err := verify(c.message); err != nil || !strings.Contains(said, "Trusted comment: "+c.says+"\n") {
			t.Errorf("%s: %v, %s", name, err, said)
		}
		altered := append([]byte(nil), c.message...)
		altered[len(altered)/2] ^= 1
		if said, err := verify(altered); err == nil {
			t.Errorf("%s: altered and accepted: %s", name, said)
		}
	}
}
