package record

// This file is what the area Trao đổi shows: hand-overs and how far they came, files
// that were taken in, machines and their keys, differences between two machines, and at
// the province its units. The contract behind it is bundles, rosters and receipts; see
// packages bundle, trust and app.

// Role is an office's place in the exchange.
type Role string

// The roles. An office that collects from others is a province, whatever it is called.
const (
	RoleOffice   Role = "office"
	RoleProvince Role = "province"
)

// HandOverState is how far something came on its way to the province, in the only order
// it can take. Nobody calls a thing received because it was written.
type HandOverState string

// The five honest states, and the three ends that are none of them.
const (
	StateSaved    HandOverState = "saved"    // in the register, in no file yet
	StatePacked   HandOverState = "packed"   // sealed, in the outbox
	StateHanded   HandOverState = "handed"   // written to a stick, a folder or a mail, and read back
	StateReceived HandOverState = "received" // the province has the file and says so under its signature
	StateAccepted HandOverState = "accepted" // the province's signed vector covers all that is inside
	StateParked   HandOverState = "parked"   // the province has it and waits for something: Reason says for what
	StateRefused  HandOverState = "refused"  // the province says why: Reason
	StateReplaced HandOverState = "replaced" // a later file carries the same and more
)

// HandOverStates are the words for people.
var HandOverStates = []Term{
	term("saved", "Đã lưu", "Saved"),
	term("packed", "Đã đóng gói", "Packed"),
	term("handed", "Đã giao", "Handed over"),
	term("received", "Đã đến nơi", "Received"),
	term("accepted", "Cấp trên đã ghi nhận", "Accepted"),
	term("parked", "Cấp trên giữ chờ", "Held by the receiver"),
	term("refused", "Bị từ chối", "Refused"),
	term("replaced", "Đã có gói sau thay", "Replaced"),
}

// machineStates are the words for a file to another PC of the office, which is nobody's superior.
var machineStates = []Term{
	term("received", "Máy kia đã nhận", "Received there"),
	term("accepted", "Máy kia đã ghi nhận", "Accepted there"),
	term("parked", "Máy kia giữ chờ", "Held there"),
}

// Says are the words for a state on this file's way, by who the file is for.
func (f Sent) Says(state HandOverState) Words {
	terms := HandOverStates
	if f.Device != "" {
		terms = append(machineStates[:len(machineStates):len(machineStates)], HandOverStates...)
	}
	for _, t := range terms {
		if t.Code == string(state) {
			return t.Words
		}
	}
	return Words{}
}

// Sent is one sealed file made here and how far it came.
type Sent struct {
	ID       string        `json:"id"`
	No       int64         `json:"no"`
	Name     string        `json:"name"`
	Kind     string        `json:"kind"` // "log", "blob", "answers", "ack", "roster"
	Unit     string        `json:"unit"` // code of who is to receive it
	UnitName string        `json:"unit_name"`
	Device   string        `json:"device,omitempty"` // of the office's own PC it is for; "": the unit's
	Created  string        `json:"created"`          // RFC 3339
	Size     int64         `json:"size"`
	Commits  int64         `json:"commits"`
	State    HandOverState `json:"state"`
	Reason   Words         `json:"reason,omitzero"`  // of parked and refused
	Places   []string      `json:"places"`           // where it was written, the last first
	Stated   string        `json:"stated,omitempty"` // RFC 3339: when the receiver said so
	Practice bool          `json:"practice"`         // sealed to the practice key: nobody else can open it
	Lost     bool          `json:"lost"`             // the file in the outbox is gone: the log still has everything
}

// Exchange is the state of the area at a glance.
type Exchange struct {
	Role      Role   `json:"role"`
	Practice  bool   `json:"practice"`  // no key of the province here yet
	Confirmed bool   `json:"confirmed"` // somebody compared the province's fingerprint with the letter
	Enrolled  bool   `json:"enrolled"`  // this PC is on the roster
	Signs     bool   `json:"signs"`     // the keys of the province are on this PC
	Province  string `json:"province"`  // name, as the roster says
	Root      string `json:"root"`      // at the province: the digits of the letter to the offices

	RosterVersion int64  `json:"roster_version"`
	Unsent        int64  `json:"unsent"`               // actions in no file yet
	Unaccepted    int64  `json:"unaccepted"`           // actions the province has not accepted yet
	Accepted      string `json:"accepted"`             // RFC 3339: all actions up to then are accepted; "" none
	LastHanded    string `json:"last_handed"`          // RFC 3339, "" never
	LastReceipt   string `json:"last_receipt"`         // RFC 3339, "" never
	Conflicts     int    `json:"conflicts"`            // rows with versions a person must choose between
	Waiting       int    `json:"waiting"`              // files and entries that wait for another
	Carried       int    `json:"carried"`              // sealed files of others kept to be carried on
	OtherMachines int    `json:"other_machines"`       // PCs of the same office
	Alarm         Words  `json:"alarm,omitzero"`       // a clone, a restore, a revoked PC: what a person must do
	RosterNews    Words  `json:"roster_news,omitzero"` // which machines began and ended since somebody looked
}

// TakenState is what became of one file that was taken in.
type TakenState string

// The states. Only TakenApplied changed the register.
const (
	TakenApplied TakenState = "applied"
	TakenKnown   TakenState = "known"   // everything in it was here already
	TakenParked  TakenState = "parked"  // whole and honest, and waits for something
	TakenRefused TakenState = "refused" // nothing was stored; a copy lies in quarantine
	TakenCarried TakenState = "carried" // for somebody else: kept to be carried on
	TakenIgnored TakenState = "ignored" // no file of this program
)

// Taken is what became of one file.
type Taken struct {
	File    string     `json:"file"`
	State   TakenState `json:"state"`
	Kind    string     `json:"kind,omitempty"`
	From    string     `json:"from,omitempty"`      // unit code
	Name    string     `json:"from_name,omitempty"` // of the unit
	No      int64      `json:"no,omitempty"`
	Commits int        `json:"commits,omitempty"` // that are new here
	Files   int        `json:"files,omitempty"`   // of evidence that came whole
	Code    string     `json:"code,omitempty"`    // reason, as in the receipt
	Words   Words      `json:"words"`             // a sentence: what, and what to do
}

// TakenIn is what became of everything in a folder.
type TakenIn struct {
	Files   []Taken `json:"files"`
	Ignored int     `json:"ignored"` // files that are none of ours, not listed one by one
	Applied int     `json:"applied"`
	Refused int     `json:"refused"`
	Commits int     `json:"commits"`
	Stopped Words   `json:"stopped,omitzero"` // why it ended before the folder's end: the stick went
}

// HandedOver is what was written in one click.
type HandedOver struct {
	Folder  string   `json:"folder"`
	Written []Sent   `json:"written"`
	Carried []string `json:"carried,omitempty"` // names of files of others that went along
	Safe    bool     `json:"safe"`              // all of it was read back from the medium: the stick may be removed
}

// HandOverOptions say what is different from the usual hand-over, which is everything
// for the province and the office's own PCs, with the files of others kept to be carried.
type HandOverOptions struct {
	Evidence     bool // photos and scans go along, in files of their own
	SkipProvince bool // nothing for the province
	SkipMachines bool // nothing for the office's other PCs
	SkipCarried  bool // files of others stay here

	// Progress is told how many files are done, from any goroutine; total is 0 while they are
	// being sealed, since nobody knows yet how many it takes. nil: nobody.
	Progress func(done, total int) `json:"-"`
}

// Told passes progress on, if somebody wants to know.
func (o HandOverOptions) Told(done, total int) {
	if o.Progress != nil {
		o.Progress(done, total)
	}
}

// Machine is a PC of this office, of another unit, or of the province.
type Machine struct {
	Device      string `json:"device"`
	Name        string `json:"name"`
	Unit        string `json:"unit"`
	UnitName    string `json:"unit_name"`
	Officer     string `json:"officer,omitempty"`
	Fingerprint string `json:"fingerprint"` // 30 digits in six groups
	This        bool   `json:"this"`
	State       string `json:"state"` // one of MachineStates
	Provisional string `json:"provisional,omitempty"`
	Continues   string `json:"continues,omitempty"` // the device whose stream it goes on from
	Seen        string `json:"seen,omitempty"`      // RFC 3339: of its last entry here
	Commits     int64  `json:"commits"`             // its entries here
	Alarm       Words  `json:"alarm,omitzero"`      // cloned, restored, clock far off
}

// MachineStates are how a PC stands.
var MachineStates = []Term{
	term("asked", "Chờ duyệt", "Asked to be enrolled"),
	term("provisional", "Tạm nhận", "Provisional"),
	term("enrolled", "Đã đăng ký", "Enrolled"),
	term("revoked", "Đã thu hồi", "Revoked"),
	term("unknown", "Chưa đăng ký", "Not enrolled"),
}

// Held is what waits of one machine until a person has looked at it.
type Held struct {
	Device      string     `json:"device"`
	Name        string     `json:"name,omitempty"` // of the machine; "" of one nobody knows
	Unit        string     `json:"unit,omitempty"`
	UnitName    string     `json:"unit_name,omitempty"`
	Fingerprint string     `json:"fingerprint,omitempty"`
	Why         string     `json:"why"` // one of HeldReasons
	Entries     int        `json:"entries"`
	From        string     `json:"from"` // RFC 3339, as the machine's clock said
	To          string     `json:"to"`
	Lines       []HeldLine `json:"lines"` // the oldest first
}

// HeldLine is one row that an entry speaks of.
type HeldLine struct {
	At    string `json:"at"`
	Words Words  `json:"words"`
}

// HeldReasons are why something waits.
var HeldReasons = []Term{
	term("revoked", "Ghi sau khi máy bị thu hồi", "Written after the PC was revoked"),
	term("unknown", "Máy chưa có trong danh bạ", "The PC is not on the roster"),
}

// Version is one of several versions of a field that nobody has chosen between.
type Version struct {
	Value   Value  `json:"value"`
	Shown   string `json:"shown"` // as the screen writes it
	Device  string `json:"device"`
	Machine string `json:"machine"` // what people call the PC
	Officer string `json:"officer"`
	At      string `json:"at"` // RFC 3339, as its PC's clock said
	Dot     string `json:"dot"`
}

// Conflict is one field of a row that two machines said differently without having
// seen each other, or a row that one deleted and the other edited.
type Conflict struct {
	Ref      Ref       `json:"ref"`
	Title    string    `json:"title"` // of the row
	Field    string    `json:"field"` // "" when the row was deleted by one and edited by the other
	Words    Words     `json:"words"` // of the field
	Versions []Version `json:"versions"`
	Before   *Version  `json:"before,omitempty"` // what both had seen
	Days     int       `json:"days"`             // it has waited
}

// Denied is something another unit's machine said of a row that is not its own: kept in
// the log, shown nowhere.
type Denied struct {
	Ref     Ref    `json:"ref"`
	Unit    string `json:"unit"`
	Machine string `json:"machine"`
	Field   string `json:"field"`
	At      string `json:"at"`
}

// UnitMonth is one cell of the province's grid.
type UnitMonth struct {
	State    string `json:"state"`              // one of UnitMonthStates
	Received string `json:"received,omitempty"` // day it came
	Work     int    `json:"work"`               // activities of the month
}

// UnitMonthStates are what the grid says of a unit and a month.
var UnitMonthStates = []Term{
	term("future", "chưa đến hạn", "not due yet"),
	term("ontime", "đúng hạn", "on time"),
	term("empty", "đúng hạn, không phát sinh", "on time, nothing to report"),
	term("late", "muộn", "late"),
	term("damaged", "tệp hỏng", "damaged"),
	term("never", "chưa nhận", "not received"),
	term("ended", "đơn vị đã sắp xếp lại", "unit has ended"),
}

// UnitReport is where a unit's report of the year stands at the province.
type UnitReport struct {
	Report   ID     `json:"report"`
	State    string `json:"state"` // "none", "received", "late", "accepted", "returned"
	Revision int64  `json:"revision"`
	SignedOn Date   `json:"signed_on,omitempty"`
	Received string `json:"received,omitempty"`
	Reason   string `json:"reason,omitempty"` // of a return
}

// UnitRow is one unit of the province's grid.
type UnitRow struct {
	Unit     Unit          `json:"unit"`
	Months   [12]UnitMonth `json:"months"`
	Report   UnitReport    `json:"report"`
	Machines int           `json:"machines"`
	LastSeen string        `json:"last_seen,omitempty"`
	Alarm    Words         `json:"alarm,omitzero"` // clone, restore, clock, damaged file
	Message  string        `json:"message"`        // ready to send: what to do and how
}

// UnitGrid is the province's units in a year.
type UnitGrid struct {
	Year   int       `json:"year"`
	DueDay int       `json:"due_day"` // of the month after: until then a month is on time
	Rows   []UnitRow `json:"rows"`
	Totals struct {
		Units, OnTime, Late, Never, Damaged, Reports int
	} `json:"totals"`
}

// EventPair is two activities of two units that look like one event.
type EventPair struct {
	A, B  EventSide `json:"-"`
	Score int       // 0 to 100
	Why   []Words   // what is alike
	Said  string    // "same", "different", or "" while nobody has decided
}

// EventSide is one of a pair.
type EventSide struct {
	Activity ID
	Unit     string
	UnitName string
	Title    string
	Day      Date
	Place    string
	People   int64
}

// Ceremony is what making a province's keys gave: where each root key was written, and
// the fingerprint that goes into the letter to the offices.
type Ceremony struct {
	RootFingerprint string   `json:"root_fingerprint"`
	RootKeys        []string `json:"root_keys"` // files, one on each stick
	Roster          string   `json:"roster"`    // the first one, to hand to offices
}

// RootStick is the stick of a person who keeps a root key: the folder or the file, and the
// passphrase that opens it.
type RootStick struct{ Place, Passphrase string }

// RootPassphraseLeast is how many characters the passphrase of a root key has at least.
const RootPassphraseLeast = 8

// KeyWorking opens what offices hand over; it alone of the province's keys signs nothing.
const KeyWorking = "working"

// ProvinceKeys are the keys on the province's machine that can be replaced.
var ProvinceKeys = []Term{
	term("registrar", "Khóa lập danh bạ", "Registrar key"),
	term("ack", "Khóa biên nhận", "Receipt key"),
	term("content", "Khóa tài liệu", "Content key"),
	term(KeyWorking, "Khóa nhận gói", "Receiving key"),
}

// Rebuild is what a province whose PC was lost is made from again.
type Rebuild struct {
	Sticks []RootStick // of two keepers, or of all three
	Roster string      // file or folder with the newest roster of an office; "": one that is here
}

// Rebuilt is what became of it.
type Rebuilt struct {
	RootFingerprint string `json:"root_fingerprint"` // as in the letter: it stays
	Roster          string `json:"roster"`           // to be handed to offices
	RosterVersion   int64  `json:"roster_version"`
	Units           int    `json:"units"`
	Machines        int    `json:"machines"`
	Opens           bool   `json:"opens"`              // files sealed to the lost keys can be taken in
	Recovery        string `json:"recovery,omitempty"` // the new recovery key on its keeper's stick
}
