package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

// logTo sends the log to a file beside the register and to the console.
func logTo(data string) (stop func() error) {
	file := &lateFile{path: filepath.Join(data, "sophobien.log")}
	slog.SetDefault(slog.New(slog.NewTextHandler(io.MultiWriter(file, os.Stderr), nil)))
	return file.Close
}

// lateFile is a file opened when there is something to write and a folder to write it
// into: at the first run the folder comes after the log. Until then, and where the
// file cannot be made, lines wait in memory and on the console: the window must open
// all the same.
type lateFile struct {
	path   string
	mu     sync.Mutex
	file   *os.File
	closed bool
	early  []byte
}

// mostEarly is how much waits in memory; what comes after that is on the console only.
const mostEarly = 1 << 16

// Write appends to the file, after what waited for it. It never fails: a log that
// cannot be written must not keep the console from its line.
func (l *lateFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil && !l.closed {
		// An error is tried again with the next line.
		l.file, _ = os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	}
	switch {
	case l.file != nil:
		_, _ = l.file.Write(append(l.early, line...))
		l.early = nil
	case len(l.early)+len(line) <= mostEarly:
		l.early = append(l.early, line...)
	}
	return len(line), nil
}

// Close closes the file if it was opened; nothing is written after.
func (l *lateFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
