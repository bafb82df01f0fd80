package arch

// module is the path all of our packages begin with.
const module = "sophobien"

// A row says what one package, or one family of packages, may import of ours.
//
// Paths are below the module. A path ending in "/..." stands for itself and
// everything below it, one ending in "/*" for what is exactly one step below; "..."
// alone is everything. The first row that matches a package is its row, so the
// exact one stands before the family.
type row struct {
	pkg string
	may []string
	why string
}

// table is the design, package by package.
var table = []row{
	{"cmd/sophobien", []string{"..."},
		"the desktop program wires everything together"},
	{"cmd/sophobienctl", []string{"internal/...", "assets/..."},
		"the command line has no window and builds without cgo"},

	{"ui", []string{"ui/...", "internal/app", "internal/record", "assets/..."},
		"the shell is the only part of the window that knows the actions"},
	{"ui/theme", []string{"assets/..."},
		"the theme is colours, sizes and fonts, nothing of the trade"},
	{"ui/kit", []string{"ui/theme", "internal/record"},
		"shared widgets know the nouns, never the actions or the store"},
	{"ui/uitest", []string{"..."},
		"helpers of screen tests"},
	{"ui/preview", []string{"ui/kit", "ui/theme", "internal/record"},
		"what a list will become, shown before it is stored; the same for every noun"},
	{"ui/ledger", []string{"ui/kit", "ui/theme", "internal/record"},
		"a list beside a form with its drafts and its past; the same for every noun"},
	{"ui/checkin", []string{"ui/kit", "ui/theme", "internal/record"},
		"the panel at the door stands beside an activity's people, whatever screen shows it"},
	{"ui/help", []string{"ui/kit", "ui/theme", "assets/..."},
		"the written help is shown as it is shipped; it knows nothing of the register"},
	{"ui/*", []string{"ui/kit", "ui/theme", "ui/preview", "ui/ledger", "ui/checkin", "internal/record"},
		"a screen states the few methods it calls; the shell hands it what has them"},

	{"internal/app", []string{"internal/...", "assets/..."},
		"the actions hold the concrete types"},
	{"internal/demo", []string{"internal/record", "internal/viet", "assets/..."},
		"the made-up office is values from a seed; somebody else stores them"},

	{"internal/record", nil,
		"the nouns stand alone; everything else stands on them"},
	{"internal/viet", nil,
		"the language knows nothing of the register"},
	{"internal/seal", nil,
		"the container is bytes; what is in it is not its business"},
	{"internal/datadir", nil,
		"files and folders know nothing of what they hold"},

	{"internal/oplog", []string{"internal/record"},
		"the log is values of record, encoded and signed"},
	{"internal/sqlitefile", []string{"internal/record"},
		"register and library are opened the same way; what is in them is not its business"},
	{"internal/store", []string{"internal/record", "internal/oplog", "internal/viet", "internal/sqlitefile"},
		"the store keeps the log and its tables, and decides nothing"},
	{"internal/sheet", []string{"internal/viet", "internal/record"},
		"a sheet becomes a grid; what the cells mean is for intake"},
	{"internal/intake", []string{"internal/record", "internal/viet", "internal/sheet"},
		"a grid becomes proposed rows; storing them is an action"},
	{"internal/card", []string{"internal/record", "internal/viet"},
		"the text of a card becomes values; whether they may be kept is for the office"},
	{"internal/evidence", []string{"internal/record", "internal/datadir"},
		"photos and scans are sealed files; which record names them is not its business"},
	{"internal/workday", []string{"internal/record"},
		"due days come from the days declared to it, so anyone can count them again"},
	{"internal/report", []string{"internal/record"},
		"figures come from the values handed in, so anyone can recount them"},
	{"internal/recount", []string{"internal/record"},
		"the second count shares no code with the first"},
	{"internal/report/reporttest", []string{"internal/report", "internal/record"}, "a report for tests"},
	{"internal/report/docx", []string{"internal/report", "internal/report/narrative", "internal/record"},
		"a document is written from the words the printed pages have, so that they are put together once"},
	{"internal/report/pdf", []string{"internal/report", "internal/report/narrative", "internal/record", "assets/..."},
		"the pages of the report have the words the document has, so that they are put together once"},
	{"internal/report/*", []string{"internal/report", "internal/record", "assets/..."},
		"a workbook or document shows figures, it does not make them"},
	{"internal/bundle", []string{"internal/record", "internal/oplog", "internal/seal"},
		"wire types stand between the log and the sealed file"},
	{"internal/law", []string{"internal/record", "internal/viet"},
		"legal texts are values in and values out; where they are kept and who signed them is not its business"},
	{"internal/law/lawtest", []string{"internal/law", "internal/record"}, "made-up laws for tests"},
	{"internal/pack", []string{"internal/record", "internal/seal", "internal/trust", "internal/law"},
		"wire types stand between the law and the sealed file; the roots a pack brings are trust's to walk"},
	{"internal/library", []string{"internal/record", "internal/law", "internal/pack", "internal/seal", "internal/viet", "internal/datadir", "internal/sqlitefile"},
		"the library is the fold of packs that were proven elsewhere; of what the office says it gets values"},
	{"internal/packdir", []string{"internal/record", "internal/law", "internal/pack", "internal/viet"},
		"a folder of sources becomes the items of a pack; who signs them is not its business"},
	{"internal/trust", []string{"internal/seal", "internal/datadir", "internal/record"},
		"keys and rosters; what they sign is made elsewhere"},
	{"internal/outbox", []string{"internal/record", "internal/datadir"},
		"what was sent and how far it got; the file itself is already sealed"},
	{"internal/transport/*", []string{"internal/record", "internal/datadir"},
		"a transport carries a finished file and trusts nobody"},
	{"internal/hub", []string{"internal/seal", "internal/trust", "internal/record"},
		"the receiving server checks envelopes without holding a secret"},

	{"internal/recordtest", []string{"..."}, "builders for tests"},
	{"internal/faults", []string{"..."}, "the fault simulator of the tests"},
	{"internal/arch", nil, "this test"},

	{"assets/...", nil,
		"embedded bytes"},
}

// testOnly are the packages that exist for tests. No program may import them,
// whatever its row says.
var testOnly = []string{"internal/recordtest", "internal/report/reporttest", "internal/law/lawtest", "internal/faults", "internal/arch", "ui/uitest"}

// engines take values or bytes and give values or bytes.
var engines = []string{
	"internal/oplog", "internal/sheet/...", "internal/intake", "internal/report/...", "internal/card", "internal/workday",
	"internal/seal", "internal/bundle", "internal/pack", "internal/packdir", "internal/law",
}

// A ban closes packages that are not ours, or the standard library's, to some of
// ours.
type ban struct {
	of     []string // our packages it binds
	except []string // and those of them it does not
	banned []string // import paths; "/..." as in row, or outsideStandardLibrary
	tests  bool     // it binds their test files too
	why    string
}

// bans is what the table cannot say, since it is about packages of others.
var bans = []ban{
	{
		of: []string{"internal/...", "assets/...", "cmd/sophobienctl"}, tests: true,
		banned: []string{"fyne.io/..."},
		why:    "nothing below the window sees the window toolkit",
	},
	{
		of: []string{"..."}, except: []string{"cmd/sophobien"}, tests: true,
		banned: []string{
			"fyne.io/fyne/v2/app", "fyne.io/fyne/v2/driver", "fyne.io/fyne/v2/driver/embedded",
			"fyne.io/fyne/v2/driver/mobile", "github.com/go-gl/...",
		},
		why: "only the desktop program opens a real window; everything else runs without display and cgo",
	},
	{
		of:     []string{"internal/record"},
		banned: []string{outsideStandardLibrary},
		why:    "the nouns import only the standard library",
	},
	{
		of:     engines,
		banned: []string{"os/...", "io/ioutil", "net/...", "syscall", "database/sql/...", "modernc.org/..."},
		why:    "an engine gets values and gives values: no files, no database, no network",
	},
	{
		of: []string{"..."}, except: testOnly,
		banned: []string{
			"testing/...", "github.com/google/go-cmp/...", "github.com/rogpeppe/go-internal/...",
			"pgregory.net/rapid",
		},
		why: "test tools stay out of the programs",
	},
}

// clocks are the functions of package time that look at a clock.
var clocks = []string{
	"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker",
}
