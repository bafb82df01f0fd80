package folder

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"sophobien/internal/datadir"
)

// Write puts a finished file into a folder, made if it is not there, and reads it back
// from the medium.
func Write(folder, name string, data []byte) (path string, err error) {
	path = filepath.Join(folder, name)
	if same(path, data) {
		return path, nil
	}
	if err := datadir.MakeSharedFolder(folder); err != nil {
		return "", err
	}
	return path, datadir.WriteFileVerified(path, data)
}

// Ready makes a folder if it is not there and finds out whether it can be written to,
// before anything is sealed for it.
func Ready(folder string) error {
	if err := datadir.MakeSharedFolder(folder); err != nil {
		return err
	}
	probe, err := os.CreateTemp(folder, ".sophobien-")
	var path *os.PathError
	if errors.As(err, &path) { // a name nobody gave says nothing to people
		return &os.PathError{Op: "write to", Path: folder, Err: path.Err}
	}
	if err != nil {
		return err
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// same reports whether the file stands there as it should.
func same(path string, data []byte) bool {
	st, err := os.Lstat(path)
	if err != nil || !st.Mode().IsRegular() || st.Size() != int64(len(data)) {
		return false
	}
	have, err := os.ReadFile(path)
	return err == nil && bytes.Equal(have, data)
}
