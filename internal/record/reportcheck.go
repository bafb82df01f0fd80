package record

// ReportCheck is what came of holding a file of a report against what was signed.
type ReportCheck struct {
	Report   ID
	Revision int64
	Kind     string // of the file: "workbook" or "document"
	Office   string
	Subject  string
	SignedOn Date
	Key      string        // thirty digits of the key that signed, to be read over the telephone
	Known    bool          // the key is one this office believes
	Kept     bool          // this register holds the report, with the same snapshot
	Faults   []ReportFault // what was altered in the file
	Since    []Words       // what the register says otherwise by now, in sentences
}

// Whole reports whether the file says what was signed.
func (c ReportCheck) Whole() bool { return len(c.Faults) == 0 }

// ReportFault is one thing in a file that is not as it was signed.
type ReportFault struct {
	Figure string // the name of the figure; "" for another cell or paragraph
	Words  Words  // what it is
	Signed string
	Found  string // "" when it is gone
}
