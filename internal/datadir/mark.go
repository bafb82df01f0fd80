package datadir

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Mark is how far this device's own log had got, kept outside the database: when
// the database knows less, somebody put an older copy in its place.
type Mark struct {
	Stream string `json:"stream"` // device id, lower-case hex
	N      uint64 `json:"n"`      // number of the last commit
	Head   string `json:"head"`   // hash of the last commit, lower-case hex
}

// markLimit bounds what is read; a mark has well under 300 bytes.
const markLimit = 4096

// WriteMark replaces the mark.
func (d *Dir) WriteMark(m Mark) error {
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("mark: %w", err)
	}
	return WriteFile(d.markFile(), append(text, '\n'))
}

// ReadMark returns the mark. There being none, and a file that is no whole mark,
// both give false: the mark only ever adds a warning, it must not stop the start.
func (d *Dir) ReadMark() (Mark, bool, error) {
	f, err := os.Open(d.markFile())
	if errors.Is(err, fs.ErrNotExist) {
		return Mark{}, false, nil
	}
	if err != nil {
		return Mark{}, false, fmt.Errorf("mark: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, markLimit))
	if err != nil {
		return Mark{}, false, fmt.Errorf("mark: %w", err)
	}
	m, ok := parseMark(text)
	return m, ok, nil
}

func parseMark(text []byte) (Mark, bool) {
	var m Mark
	if json.Unmarshal(text, &m) != nil || !isHex(m.Stream) || !isHex(m.Head) {
		return Mark{}, false
	}
	return m, true
}

func isHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && s != ""
}
