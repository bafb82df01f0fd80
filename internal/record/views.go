package record

// ActivityFilter says which activities a list shows. Zero fields do not filter.
type ActivityFilter struct {
	ID       ID     // this activity alone, where the filter leaves it
	Text     string // searched in title and place, with or without marks
	Period   Period // of the first day
	Touching bool   // also what began before the period and goes on into it
	Kind     string
	Status   string
	UnitID   ID // host or reached
	Sort     ActivityOrder
	Offset   int
	Limit    int // 0: the store's page size
}

// Listed is what the filter leaves, in the same order, as that of any listing; a unit is
// none of its columns.
func (f ActivityFilter) Listed() ListFilter {
	out := ListFilter{
		Noun: "activity", ID: f.ID, Text: f.Text, Period: f.Period, Touching: f.Touching, Only: map[string]string{"kind": f.Kind, "status": f.Status},
	}
	switch f.Sort {
	case OldestFirst:
		out.Sort = "when_date"
	case ByTitle:
		out.Sort = "title"
	case MostPeople:
		out.Sort, out.Desc = "heads_total", true
	}
	return out
}

// ActivityOrder is an order of the activity list.
type ActivityOrder string

// The orders. Within one, activities follow each other by day, the newest first.
const (
	NewestFirst ActivityOrder = ""
	OldestFirst ActivityOrder = "oldest"
	ByTitle     ActivityOrder = "title"
	MostPeople  ActivityOrder = "people"
)

// ActivityLine is one prepared row of the activity list.
type ActivityLine struct {
	ID         ID
	Date       Date
	EndDate    Date
	Start, End Clock
	Kind       string
	Title      string
	Place      string
	Host       string
	Status     string
	Total      int64
	Women      int64
}

// ActivityPage is a page of the list and what is filtered, counted.
type ActivityPage struct {
	Lines  []ActivityLine
	Total  int            // rows that match
	People int64          // their head counts together
	ByKind map[string]int // with every filter but the kind
	By     map[string]int // by status, with every filter but the status
}

// UnitChoice is a unit offered by a picker that finds by bare letters.
type UnitChoice struct {
	ID     ID
	Code   string
	Name   string // full name
	Detail string // "huyện Đắk Glei, tỉnh Kon Tum": told apart from its namesakes
	Valid  Validity
}

// PersonChoice is a known person offered while a name is typed.
type PersonChoice struct {
	ID     ID
	Name   string
	Detail string // birth year and unit, in one
	Birth  Birth
	Unit   string
}

// BackupInfo is what is said of one backup.
type BackupInfo struct {
	Path    string
	Created string // RFC 3339
	Size    int64
	Checked bool
	// Evidence is how many files of evidence went beside the copy for the first time,
	// EvidenceMissing how many are whole neither here nor there.
	Evidence        int
	EvidenceMissing int
}

// Status is what the window's top line and the settings screen say of safety.
type Status struct {
	LastBackup   string // RFC 3339, "" never
	LastHandOver string // RFC 3339, "" never
	Unsent       int64  // commits not yet in any sealed file
	Conflicts    int    // rows with versions a person must choose between
	Collects     bool   // others hand over to this office, and it to nobody
	Protection   string // "keyring", "passphrase", "dpapi" or "demo"
	Practice     bool   // no province key enrolled yet
	Warnings     []Words
}

// VerifyReport is what verify found.
type VerifyReport struct {
	Commits int64    `json:"commits"`
	Ops     int64    `json:"ops"`
	Rows    int64    `json:"rows"`
	Rebuilt bool     `json:"rebuilt"`
	Digest  string   `json:"digest"`
	Faults  []string `json:"faults"`
	OK      bool     `json:"ok"`
}

// Setup is what the first run asks before there is an office.
type Setup struct {
	Preset          string // "2025-commune" or "2024-district"
	Unit            UnitChoice
	OfficeName      string
	ParentName      string
	Place           string
	Recipient       string
	HeadName        string
	HeadTitle       string
	OfficerName     string
	OfficerTitle    string
	Protection      string // "keyring", "dpapi" or "passphrase"
	Passphrase      string
	BackupFolder    string // "" keeps backups inside the data folder only
	ProvinceKeyFile string // "" practises until the province's key arrives
}
