package datadir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// folderName is what the folder is called inside the place the system gives us.
func folderName(goos string) string {
	if goos == "windows" || goos == "darwin" {
		return "SoPhoBien"
	}
	return "sophobien"
}

// Dir is the folder of one office's record.
type Dir struct{ path string }

// Open checks the place, makes the folder and its parts where they are missing,
// and returns it. It does not lock: see [Dir.Lock].
func Open(path string) (*Dir, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("data folder %q: %w", path, err)
	}
	d := &Dir{path: abs}
	err = Check(abs)
	if errors.As(err, new(*SpaceError)) { // a full disk must not keep people from what they have
		err = errors.Join(d.ReleaseReserve(), Check(abs))
	}
	if err != nil {
		return nil, err
	}
	for _, sub := range d.folders() {
		if err := MakeFolder(sub); err != nil {
			return nil, placeOf(abs, err)
		}
	}
	return d, nil
}

// DefaultPath is where the record lives when nobody says otherwise: a folder of
// this user on this machine that does not travel with a roaming profile.
func DefaultPath() (string, error) {
	return defaultPath(runtime.GOOS, os.Getenv)
}

func defaultPath(goos string, env func(string) string) (string, error) {
	var base []string
	switch goos {
	case "windows":
		base = []string{env("LOCALAPPDATA")}
	case "darwin":
		base = []string{env("HOME"), "Library", "Application Support"}
	default:
		// The XDG specification says to ignore a relative path.
		if x := env("XDG_DATA_HOME"); filepath.IsAbs(x) {
			base = []string{x}
		} else {
			base = []string{env("HOME"), ".local", "share"}
		}
	}
	if base[0] == "" {
		return "", errors.New("this system names no local data folder for the user")
	}
	return filepath.Join(append(base, folderName(goos))...), nil
}

// Path is the folder itself.
func (d *Dir) Path() string { return d.path }

// Database is the record.
func (d *Dir) Database() string { return d.join("sophobien.db") }

// Keys is the folder of key files; nothing in it may be copied into the database.
func (d *Dir) Keys() string { return d.join("keys") }

// Backups is where verified copies of the database rotate.
func (d *Dir) Backups() string { return d.join("backups") }

// Outbox is where sealed files wait until they are handed over.
func (d *Dir) Outbox() string { return d.join("outbox") }

// Quarantine keeps what was refused, untouched, for a person to look at.
func (d *Dir) Quarantine() string { return d.join("quarantine") }

// Parked keeps sealed files that are whole and honest and wait for something.
func (d *Dir) Parked() string { return d.join("parked") }

// Pieces keeps parts of files whose other parts have not come.
func (d *Dir) Pieces() string { return d.join("pieces") }

// Carried keeps sealed files of others until they can be carried on.
func (d *Dir) Carried() string { return d.join("carried") }

// Units keeps the province's reorganisations as they came.
func (d *Dir) Units() string { return d.join("units") }

// Law is the folder of the library of legal texts. What is in it came in signed packs
// and can come again.
func (d *Dir) Law() string { return d.join("law") }

// Evidence is the folder of photos, scans and PDFs that show what was done; each is
// sealed under the office's key.
func (d *Dir) Evidence() string { return d.join("evidence") }

func (d *Dir) lockFile() string    { return d.join("app.lock") }
func (d *Dir) raiseFile() string   { return d.join("app.raise") }
func (d *Dir) raiseSocket() string { return d.join("app.sock") }
func (d *Dir) reserveFile() string { return d.join("reserve.bin") }
func (d *Dir) markFile() string    { return d.join("mark.json") }

func (d *Dir) join(name string) string { return filepath.Join(d.path, name) }

func (d *Dir) folders() []string {
	return []string{d.path, d.Keys(), d.Backups(), d.Outbox(), d.Quarantine(), d.Parked(), d.Carried()}
}

// Sweep removes what interrupted writes left in the folder and its parts, and
// says how many files that were. Call it while holding the lock: a write under
// way in another process would lose its temporary file.
func (d *Dir) Sweep() (int, error) {
	var all int
	var errs []error
	for _, folder := range d.folders() {
		n, err := Sweep(folder)
		all += n
		errs = append(errs, err)
	}
	return all, errors.Join(errs...)
}
