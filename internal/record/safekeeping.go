package record

// LockState is how the window is locked while nobody is at the desk. What opens
// it again is a passphrase: the register's own where it has one, else one that
// only covers the window of this PC.
type LockState struct {
	Minutes int  // without a key or a movement of the mouse; 0: only by hand
	Set     bool // there is a passphrase that opens it again
	Own     bool // it is one for the window alone
}

// Bounds of the minutes without input after which the window is covered.
const MostLockMinutes = 240

// DrillResult is how a trial restore of the newest backup went.
type DrillResult struct {
	At      string `json:"at"`     // RFC 3339
	Backup  string `json:"backup"` // the file
	Made    string `json:"made"`   // when the backup was made, RFC 3339
	Commits int64  `json:"commits"`
	Rows    int64  `json:"rows"`
	Digest  string `json:"digest"`
	Year    int    `json:"year"` // of which the report was counted twice
	OK      bool   `json:"ok"`
	Why     Words  `json:"why"` // what was wrong, when not OK
}

// DayOff is a day of the calendar of working days as the office sees it: the
// shipped one, or its own in the place of it.
type DayOff struct {
	Day        Date
	Name       Words
	Work       bool // worked although it would be off, or in the place of a day off
	Confidence string
	Source     string
	Holiday    ID     // the office's row; zero: the shipped day
	Instead    *Words // the shipped day that the office's row replaces
}
