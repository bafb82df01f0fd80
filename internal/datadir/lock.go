package datadir

import (
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/gofrs/flock"
)

// ErrRunning says that another copy of the program has the folder open.
var ErrRunning = errors.New("another copy of the program has this data folder open")

// Lock is held while the folder is open. The system releases it when the process
// ends in any way.
type Lock struct {
	dir      *Dir
	file     *flock.Flock
	listener net.Listener
}

// Lock takes the folder for this process.
//
// With an onRaise, this is a copy with a window: a second such copy asks the first
// to come to the front and gets [ErrRunning]; in the first, onRaise is called, on
// a goroutine of its own. Without onRaise (the command line) nobody is asked.
func (d *Dir) Lock(onRaise func()) (*Lock, error) {
	file := flock.New(d.lockFile())
	got, err := file.TryLock()
	if err != nil {
		return nil, placeOf(d.path, err)
	}
	if !got {
		if onRaise != nil {
			// Best effort: the first copy may be a command line, or be closing.
			_ = d.askToRaise()
		}
		return nil, ErrRunning
	}
	l := &Lock{dir: d, file: file}
	l.forget()
	if onRaise == nil {
		return l, nil
	}
	// A system without any local socket must not keep the program from starting.
	if listener, err := d.listen(); err == nil {
		l.listener = listener.Listener
		go listener.serve(onRaise)
	}
	return l, nil
}

// Close gives the folder free.
func (l *Lock) Close() error {
	if l.listener != nil {
		l.listener.Close()
	}
	l.forget()
	if err := l.file.Unlock(); err != nil {
		return fmt.Errorf("unlock: %w", err)
	}
	return nil
}

// forget removes the address a copy that was killed left behind. The lock file
// itself stays: removing it would let two processes lock two different files.
func (l *Lock) forget() {
	os.Remove(l.dir.raiseFile())
	os.Remove(l.dir.raiseSocket())
}
