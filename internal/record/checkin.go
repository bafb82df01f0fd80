package record

// CheckedIn says what became of somebody at the door of an activity.
type CheckedIn struct {
	Person     Person
	Attendance Attendance
	Again      bool   // they had come in before; Attendance.Arrived says when
	Added      bool   // they were not on the list and are now
	New        bool   // nor in the register
	Here       int    // who has come in by now, of those who are
	Listed     int    // on the list
	Batch      string // takes it back; "" when nothing was stored
}

// AttendedLine is one activity a person attended.
type AttendedLine struct {
	ActivityID  ID
	Date        Date
	Title       string
	Kind        string // of ActivityKinds
	Role        string // of Roles
	Signed      bool
	Arrived     Clock
	Scored      bool
	ScoreBefore int64
	ScoreAfter  int64
}
