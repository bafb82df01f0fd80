package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// landscape is a province and offices below it, each in a folder of its own.
type landscape struct {
	t        testing.TB
	now      time.Time
	province *App
}

func (w *landscape) options() Options { return Options{Now: func() time.Time { return w.now }} }

// newLandscape makes a province with its keys.
func newLandscape(t testing.TB) *landscape {
	t.Helper()
	w := &landscape{t: t, now: today}
	w.province = w.open(madeOnce(t, "province", func(folder string) error {
		made, err := w.make(folder, "2025-province", "51")
		if err != nil {
			return err
		}
		var places, words [3]string
		for i := range places {
			places[i], words[i] = rootStick(i), "mot hai ba bon nam sau"
		}
		if _, err := made.MakeProvince(ctx, places, words); !errors.Is(err, record.ErrPlace) || !strings.Contains(record.SentenceOf(err, "vi"), "người thứ 1") {
			return fmt.Errorf("sticks that are not plugged in: %w", err)
		}
		for _, stick := range places {
			if _, err := os.Stat(stick); err == nil {
				return errors.New("a folder was made in the place of a stick")
			}
			if err := os.MkdirAll(stick, 0o755); err != nil {
				return err
			}
		}
		_, err = made.MakeProvince(ctx, places, words)
		return errors.Join(err, made.Close())
	}))
	return w
}

// rootStick is where the root keys of the landscape's province are: taken by a keeper, a
// test copies them.
func rootStick(i int) string { return filepath.Join(template, "usb", strconv.Itoa(i+1)) }

// office is a new office of a unit.
func (w *landscape) office(preset, unit string) *App {
	w.t.Helper()
	return w.open(madeOnce(w.t, preset+" "+unit, func(folder string) error {
		made, err := w.make(folder, preset, unit)
		if err != nil {
			return err
		}
		return made.Close()
	}))
}

func (w *landscape) open(folder string) *App {
	w.t.Helper()
	return open(w.t, folder, w.options())
}

func (w *landscape) make(folder, preset, unit string) (*App, error) {
	s := Starter{Folder: folder, Options: w.options()}
	made, err := s.Create(ctx, w.setup(s, preset, unit))
	return made.App, err
}

// madeOnce copies a folder that is made for the first test that asks: keys and recovery
// sheets take longer than most tests.
func madeOnce(t testing.TB, name string, make func(folder string) error) string {
	t.Helper()
	saved := filepath.Join(template, name)
	reserve := filepath.Join(template, "reserve.bin")
	if err := makeTemplate(); err != nil { // with the reserve, which all copies share
		t.Fatal(err)
	}
	if _, err := os.Stat(saved); err != nil {
		if err := make(saved); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(saved, "reserve.bin")); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(t.TempDir(), "so")
	if err := os.CopyFS(folder, os.DirFS(saved)); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(reserve, filepath.Join(folder, "reserve.bin")); err != nil {
		t.Fatal(err)
	}
	return folder
}

func (w *landscape) setup(s Starter, preset, unit string) record.Setup {
	w.t.Helper()
	u := must(s.UnitByCode(preset, unit))(w.t)
	setup := must(s.Propose(preset, u.ID))(w.t)
	setup.OfficerName, setup.Protection = "Cán bộ "+unit, string(trust.Demo)
	return setup
}

// enrolled is an office on the roster that has compared the province's digits.
func (w *landscape) enrolled(unit string) *App {
	w.t.Helper()
	a := w.office("2025-commune", unit)
	w.enrol(a)
	return a
}

func (w *landscape) enrol(a *App) {
	w.t.Helper()
	bag := w.bag()
	if _, _, err := a.AskEnrolment(ctx, bag); err != nil {
		w.t.Fatal(err)
	}
	w.takeIn(w.province, bag)
	if err := w.province.ApproveMachine(ctx, a.keys.ID()); err != nil {
		w.t.Fatal(err)
	}
	back := w.bag()
	must(w.province.WriteRoster(ctx, back))(w.t)
	w.takeIn(a, back)
	if err := a.ConfirmProvince(ctx, strings.Repeat("12345 ", 6)); !strings.Contains(record.SentenceOf(err, "vi"), "gọi cấp trên") {
		w.t.Fatalf("digits of another key: %v", err)
	}
	if err := a.ConfirmProvince(ctx, a.peers.known.Fingerprint()); err != nil {
		w.t.Fatal(err)
	}
}

// bag is an empty folder to carry things in.
func (w *landscape) bag() string {
	w.t.Helper()
	bag, err := os.MkdirTemp(w.t.TempDir(), "túi ")
	if err != nil {
		w.t.Fatal(err)
	}
	return bag
}

// takeIn takes a folder in; nothing in it may be refused.
func (w *landscape) takeIn(a *App, folder string) record.TakenIn {
	w.t.Helper()
	got := must(a.TakeIn(ctx, []string{folder}, nil))(w.t)
	for _, f := range got.Files {
		if f.State == record.TakenRefused || f.State == record.TakenParked {
			w.t.Errorf("%s is %s (%s): %s", f.File, f.State, f.Code, f.Words.VI)
		}
	}
	return got
}

// handOver takes everything of an office to the province and the answers back.
func (w *landscape) handOver(a *App) {
	w.t.Helper()
	there, back := w.bag(), w.bag()
	if got := must(a.HandOver(ctx, there, record.HandOverOptions{}))(w.t); !got.Safe {
		w.t.Errorf("handed over: %+v", got)
	}
	w.takeIn(w.province, there)
	must(w.province.HandOver(ctx, back, record.HandOverOptions{}))(w.t)
	w.takeIn(a, back)
}

func states(t testing.TB, a *App, kind string) []record.HandOverState {
	t.Helper()
	var out []record.HandOverState
	for _, f := range must(a.Sent(ctx))(t) {
		if f.Kind == kind {
			out = append(out, f.State)
		}
	}
	return out
}

// TestAHandOverGoesThereAndTheReceiptComesBack walks the five honest states.
func TestAHandOverGoesThereAndTheReceiptComesBack(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	act := newTraining(t, a, "Tập huấn Bộ luật Lao động")
	x := must(a.Exchange(ctx))(t)
	if !x.Enrolled || !x.Confirmed || x.Practice || x.Unsent == 0 || x.Unaccepted != x.Unsent || x.Accepted != "" {
		t.Errorf("before: %+v", x)
	}

	there, back := w.bag(), w.bag()
	must(a.HandOver(ctx, there, record.HandOverOptions{}))(t)
	if got := states(t, a, "log"); !slices.Equal(got, []record.HandOverState{record.StateHanded}) {
		t.Errorf("handed over: %v", got)
	}
	if x := must(a.Exchange(ctx))(t); x.Unsent != 0 || x.Unaccepted == 0 {
		t.Errorf("handed over: %+v", x)
	}
	got := w.takeIn(w.province, there)
	if got.Applied != 1 || got.Commits == 0 {
		t.Errorf("taken in: %+v", got)
	}
	if there := must(w.province.Activity(ctx, act.ID))(t); there.Title != act.Title {
		t.Errorf("at the province: %+v", there)
	}
	must(w.province.HandOver(ctx, back, record.HandOverOptions{}))(t)
	w.takeIn(a, back)
	if got := states(t, a, "log"); !slices.Equal(got, []record.HandOverState{record.StateAccepted}) {
		t.Errorf("after the receipt: %v", got)
	}
	upTo := stampOf(w.now)
	if x := must(a.Exchange(ctx))(t); x.Unaccepted != 0 || x.LastReceipt == "" || x.Accepted != upTo {
		t.Errorf("after the receipt: %+v", x)
	}
	w.now = w.now.Add(24 * time.Hour)
	act.Title = "Tập huấn, lần hai"
	must(a.SaveActivity(ctx, act))(t)
	if x := must(a.Exchange(ctx))(t); x.Unaccepted != 1 || x.Accepted != upTo {
		t.Errorf("a day later: %+v", x)
	}
	w.now = w.now.Add(-24 * time.Hour)

	// Again and again: nothing changes anywhere.
	before := must(w.province.db.Digest(ctx))(t)
	for range 3 {
		w.takeIn(w.province, there)
		w.takeIn(a, back)
	}
	if after := must(w.province.db.Digest(ctx))(t); after != before {
		t.Error("the same file changed the register")
	}
	agree(t, a)
	agree(t, w.province)
}

// TestWhatThePersonSaidStaysInTheOffice: not a name, not a note of the office is in a
// file for the province, nor in the province's register.
func TestWhatThePersonSaidStaysInTheOffice(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	act := newTraining(t, a, "Tập huấn")
	act.Note = "ghi chú riêng của phòng"
	must(a.SaveActivity(ctx, act))(t)
	must(a.SaveAttendees(ctx, act.ID, newcomers(1, 20)))(t)
	w.handOver(a)
	if n := must(w.province.Activity(ctx, act.ID))(t); n.Note != "" || n.Heads.Total != 20 {
		t.Errorf("at the province: note %q, %d people", n.Note, n.Heads.Total)
	}
	for _, noun := range []string{"person", "attendance"} {
		if c := must(w.province.db.Counts(ctx))(t)["23500"]; c[noun] != 0 {
			t.Errorf("%d rows of %s at the province", c[noun], noun)
		}
	}
	agree(t, w.province)
}

// TestTheProvinceAnswersAQuestion and the answer comes back into its row.
func TestTheProvinceAnswersAQuestion(t *testing.T) {
	w := newLandscape(t)
	a, other := w.enrolled("23500"), w.enrolled("23284")
	q := must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-10", Text: "Nghỉ Tết có tính lương không?"}))(t)
	w.handOver(a)
	w.handOver(other)
	there := must(store1[record.Question](w.province, q.Ref()))(t)
	there.Answer, there.AnsweredOn, there.AnsweredBy = "Có, theo Điều 112.", "2026-03-19", "Sở Nội vụ"
	must(w.province.SaveQuestion(ctx, there))(t)
	w.handOver(a)
	w.handOver(other)
	if got := must(store1[record.Question](a, q.Ref()))(t); got.Answer != "Có, theo Điều 112." || got.AnsweredBy != "Sở Nội vụ" {
		t.Errorf("the answer did not come back: %+v", got)
	}
	if rows := must(other.db.Counts(ctx))(t)[""]; rows["question"] != 0 {
		t.Errorf("another office got %d questions", rows["question"])
	}
	agree(t, a)
}

func store1[T record.Noun](a *App, ref record.Ref) (T, error) {
	n, err := a.Record(ctx, ref)
	if err != nil {
		var zero T
		return zero, err
	}
	return n.(T), nil
}

// TestASecondPC has the whole register, with names, and both say things to one another
// and to the province.
func TestASecondPC(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	act := newTraining(t, a, "Tập huấn")
	must(a.SaveAttendees(ctx, act.ID, newcomers(1, 5)))(t)

	s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: w.options()}
	bag := w.bag()
	asked := must(s.JoinAsk(ctx, w.setup(s, "2025-commune", "23500"), bag))(t)
	wrong := string('0'+(asked.Fingerprint[0]-'0'+1)%10) + asked.Fingerprint[1:]
	if _, err := a.AddMachine(ctx, asked.Path, wrong, bag); err == nil {
		t.Error("a wrong digit was taken")
	}
	must(a.AddMachine(ctx, asked.Path, asked.Fingerprint, bag))(t)
	if last := must(a.Status(ctx))(t).LastHandOver; last != "" {
		t.Errorf("the province was given something at %s: only the second PC was", last)
	}
	if _, err := s.Join(ctx, []string{bag}, asked.Fingerprint); err == nil {
		t.Error("joined by the digits of another machine")
	}
	b := must(s.Join(ctx, []string{bag}, a.Fingerprint()))(t)
	t.Cleanup(func() { closeApp(t, b) })
	if got, want := must(b.db.Digest(ctx))(t), must(a.db.Digest(ctx))(t); got != want {
		t.Error("the second PC has another register")
	}
	w.enrol(b)
	w.handOver(a)

	newTraining(t, b, "Buổi của máy hai")
	act.Title = "Tập huấn (máy một)"
	must(a.SaveActivity(ctx, act))(t)
	act.Title = "Tập huấn (máy hai)"
	must(b.SaveActivity(ctx, act))(t)
	exchange(w, a, b)
	c := must(a.Conflicts(ctx))(t)
	if len(c) != 1 || c[0].Field != "title" || len(c[0].Versions) != 2 || c[0].Before == nil || c[0].Before.Shown != "“Tập huấn”" {
		t.Fatalf("conflicts: %+v", c)
	}
	if n := must(a.Status(ctx))(t).Conflicts; n != 1 {
		t.Errorf("the status counts %d conflicts", n)
	}
	must(a.Keep(ctx, c[0].Ref, "title", c[0].Versions[0].Value))(t)
	exchange(w, a, b)
	w.handOver(a)
	w.handOver(b)
	want := must(a.db.Digest(ctx))(t)
	if got := must(b.db.Digest(ctx))(t); got != want {
		t.Error("the two PCs have other registers")
	}
	for _, x := range []*App{a, b, w.province} {
		if n := len(must(x.Conflicts(ctx))(t)); n != 0 {
			t.Errorf("%d conflicts are left", n)
		}
		agree(t, x)
	}
}

// TestWhatTheProvinceSaidIsHandedOn: the answers reach a PC of the office that heard none of
// them itself, whether it has the register already or gets it then; the province need not
// say them again.
func TestWhatTheProvinceSaidIsHandedOn(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	join := func() *App {
		s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: w.options()}
		bag := w.bag()
		asked := must(s.JoinAsk(ctx, w.setup(s, "2025-commune", "23500"), bag))(t)
		must(a.AddMachine(ctx, asked.Path, asked.Fingerprint, bag))(t)
		x := must(s.Join(ctx, []string{bag}, a.Fingerprint()))(t)
		t.Cleanup(func() { closeApp(t, x) })
		return x
	}
	wants := func(who string, x *App, q record.Question, answer string) {
		t.Helper()
		if got := must(store1[record.Question](x, q.Ref()))(t); got.Answer != answer {
			t.Errorf("%s shows the answer %q, not %q", who, got.Answer, answer)
		}
		if n := must(x.Exchange(ctx))(t).Waiting; n != 0 {
			t.Errorf("at %s %d entries wait", who, n)
		}
		agree(t, x)
	}
	b := join()
	w.enrol(b)
	w.handOver(b)
	q := must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-10", Text: "Nghỉ Tết có tính lương không?"}))(t)
	w.handOver(a)
	there := must(store1[record.Question](w.province, q.Ref()))(t)
	there.Answer, there.AnsweredOn, there.AnsweredBy = "Có, theo Điều 112.", "2026-03-19", "Sở Nội vụ"
	must(w.province.SaveQuestion(ctx, there))(t)
	w.handOver(a) // hears it
	bag := w.bag()
	got := must(a.HandOver(ctx, bag, record.HandOverOptions{SkipProvince: true, SkipCarried: true}))(t)
	if in := must(b.TakeIn(ctx, []string{bag}, nil))(t); in.Applied == 0 || in.Refused != 0 {
		t.Errorf("%+v", in.Files)
	}
	wants("the second PC", b, q, "Có, theo Điều 112.")
	for _, f := range got.Written {
		rep := must(VerifyFile(b.Folder(), "", f.Places[0]))(t)
		if !rep.Opened || rep.Commits == 0 || rep.Unproven != 0 {
			t.Errorf("looked at by itself: %+v", rep)
		}
	}
	c := join()
	wants("a third PC", c, q, "Có, theo Điều 112.")

	// A certificate of a machine that is not the province's waits for a roster that says so.
	before := len(must(c.db.Members(ctx))(t))
	if err := c.learnHandedOn(ctx, [][]byte{must(trust.StreamCert(b.keys, "23500"))(t)}); err != nil {
		t.Fatal(err)
	}
	if n := len(must(c.db.Members(ctx))(t)); n != before {
		t.Errorf("%d machines are believed, not %d", n, before)
	}
	for i, d := range c.peers.known.Roster.Devices {
		if d.ID == b.keys.ID() {
			c.peers.known.Roster.Devices[i].Role = record.RoleProvince
		}
	}
	if err := c.syncMembers(ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(must(c.db.Members(ctx))(t)); n != before+1 {
		t.Errorf("with the later roster %d machines are believed, not %d", n, before+1)
	}
}

// TestASecondPCHasItsOwnOfficer, and is known for a month only while the roster does not
// name it.
func TestASecondPCHasItsOwnOfficer(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: w.options()}
	setup, bag := w.setup(s, "2025-commune", "23500"), w.bag()
	setup.OfficerName = "Y Thu"
	asked := must(s.JoinAsk(ctx, setup, bag))(t)
	must(a.AddMachine(ctx, asked.Path, asked.Fingerprint, bag))(t)
	b := must(s.Join(ctx, []string{bag}, a.Fingerprint()))(t)
	t.Cleanup(func() { closeApp(t, b) })
	if o := must(b.AtDesk(ctx))(t); o.Name != "Y Thu" {
		t.Errorf("at the desk: %+v", o)
	}
	newTraining(t, b, "Buổi của Y Thu")
	exchange(w, a, b)
	if n := len(must(a.Office(ctx))(t).Officers); n != 2 {
		t.Errorf("%d officers at the first PC", n)
	}
	newTraining(t, b, "Sau một tháng")
	w.now = w.now.Add(31 * 24 * time.Hour)
	if err := a.loadPeers(ctx); err != nil {
		t.Fatal(err)
	}
	late := w.bag()
	must(b.HandOver(ctx, late, record.HandOverOptions{}))(t)
	got := must(a.TakeIn(ctx, []string{late}, nil))(t)
	if got.Applied != 0 {
		t.Errorf("taken in from a PC that the roster never named: %+v", got)
	}
	w.enrol(b)
	w.handOver(b)
	w.handOver(a)
	again := must(a.TakeIn(ctx, []string{late}, nil))(t)
	if again.Refused != 0 || must(a.Exchange(ctx))(t).Waiting != 0 {
		t.Errorf("once the roster names it: %+v", again)
	}
	news := func(why string, want ...string) {
		t.Helper()
		got := must(a.Exchange(ctx))(t).RosterNews.VI
		for _, words := range want {
			if !strings.Contains(got, words) {
				t.Errorf("%s: %q, want %q", why, got, words)
			}
		}
		if len(want) == 0 && got != "" {
			t.Errorf("%s: %q", why, got)
		}
	}
	roster := func() {
		t.Helper()
		bag := w.bag()
		must(w.province.WriteRoster(ctx, bag))(t)
		w.takeIn(a, bag)
	}
	news("a PC was put on the roster", "đã đổi ngày "+record.DateOf(w.now).String()+": thêm máy ")
	if err := a.SeenRoster(ctx); err != nil {
		t.Fatal(err)
	}
	news("once it was seen")
	w.enrolled("23284")
	roster()
	news("another office's PC")
	if err := w.province.RevokeMachine(ctx, b.keys.ID()); err != nil {
		t.Fatal(err)
	}
	roster()
	roster()
	news("a PC has ended", ": dừng máy ")
}

// exchange carries everything between two PCs of one office, both ways.
func exchange(w *landscape, a, b *App) {
	w.t.Helper()
	for range 2 {
		for _, pair := range [][2]*App{{a, b}, {b, a}} {
			bag := w.bag()
			must(pair[0].HandOver(ctx, bag, record.HandOverOptions{}))(w.t)
			got := must(pair[1].TakeIn(ctx, []string{bag}, nil))(w.t)
			for _, f := range got.Files {
				if f.State == record.TakenRefused {
					w.t.Errorf("%s: %s (%s)", f.File, f.Words.VI, f.Code)
				}
			}
		}
	}
}

// TestAFolderOfEverything: good files, damaged ones, others' and rubbish; each gets its
// word, the good ones are in.
func TestAFolderOfEverything(t *testing.T) {
	w := newLandscape(t)
	a, other := w.enrolled("23500"), w.enrolled("23284")
	newTraining(t, a, "Buổi một")
	bag := w.bag()
	must(a.HandOver(ctx, bag, record.HandOverOptions{}))(t)
	must(other.HandOver(ctx, bag, record.HandOverOptions{}))(t)
	names := must(filepath.Glob(filepath.Join(bag, "SPB_23284_*.sopb.zip")))(t)
	raw := must(os.ReadFile(names[0]))(t)
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(names[0], raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"ảnh.jpg": "\xff\xd8", "SPB_1.sopb.zip": "không phải", "x.zip": "PK\x03\x04"} {
		if err := os.WriteFile(filepath.Join(bag, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := must(w.province.TakeIn(ctx, []string{bag}, nil))(t)
	if got.Applied != 1 || got.Refused != 2 || got.Ignored != 2 {
		t.Errorf("%+v", got)
	}
	for _, f := range got.Files {
		if f.State == record.TakenRefused && (f.Code == "" || !strings.HasSuffix(f.Words.VI, ".")) {
			t.Errorf("%s is refused without a word: %+v", f.File, f)
		}
	}
	if after := must(os.ReadFile(names[0]))(t); string(after) != string(raw) {
		t.Error("the damaged file was touched")
	}
	if kept := must(os.ReadDir(w.province.dir.Quarantine()))(t); len(kept) != 2 {
		t.Errorf("%d copies in quarantine", len(kept))
	}
}

// TestALongRegisterIsJoined: it is several files, of which only the first has the key.
func TestALongRegisterIsJoined(t *testing.T) {
	w := newLandscape(t)
	a := w.office("2025-commune", "23500")
	act := training("Dài")
	act.Result = strings.Repeat("Kết quả rất dài. ", 2800) // about 60 KB
	for range 140 {
		must(a.SaveActivity(ctx, act))(t)
	}
	s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: w.options()}
	bag := w.bag()
	asked := must(s.JoinAsk(ctx, w.setup(s, "2025-commune", "23500"), bag))(t)
	made := must(a.AddMachine(ctx, asked.Path, asked.Fingerprint, bag))(t)
	if len(made.Written) < 2 {
		t.Fatalf("%d files", len(made.Written))
	}
	b := must(s.Join(ctx, []string{bag}, a.Fingerprint()))(t)
	t.Cleanup(func() { closeApp(t, b) })
	if got, want := must(b.db.Digest(ctx))(t), must(a.db.Digest(ctx))(t); got != want {
		t.Error("the second PC has another register")
	}
}

// TestWrittenOnceMoreIsToldAsItIs: a file that was accepted is not "handed over" because
// it is written again, and one of which nothing is new changes nothing at the other end.
func TestWrittenOnceMoreIsToldAsItIs(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	newTraining(t, a, "Buổi một")
	first := w.bag()
	id := must(a.HandOver(ctx, first, record.HandOverOptions{}))(t).Written[0].ID
	newTraining(t, a, "Buổi hai")
	w.handOver(a) // holds the first file's entries too
	if got := w.takeIn(w.province, first); got.Applied != 0 || got.Files[0].State != record.TakenKnown || got.Files[0].Words.VI == "" {
		t.Errorf("the file all of which was known: %+v", got)
	}
	again := must(a.HandOverAgain(ctx, id, w.bag()))(t)
	if len(again.Written) != 1 || again.Written[0].State != record.StateAccepted {
		t.Errorf("written again: %+v", again.Written)
	}
}

// TestAskingIsRemembered: a PC that asked to be on the roster knows that it did, and its own
// file, met again on the stick, is nothing to carry for others.
func TestAskingIsRemembered(t *testing.T) {
	w := newLandscape(t)
	a := w.office("2025-commune", "23500")
	state := func() string { return must(a.Machines(ctx))(t)[0].State }
	if got := state(); got != "unknown" {
		t.Errorf("before: %s", got)
	}
	bag := w.bag()
	if _, _, err := a.AskEnrolment(ctx, bag); err != nil {
		t.Fatal(err)
	}
	if got := state(); got != "asked" {
		t.Errorf("after: %s", got)
	}
	in := must(a.TakeIn(ctx, []string{bag}, nil))(t)
	if len(in.Files) != 1 || in.Files[0].State != record.TakenKnown {
		t.Errorf("its own file: %+v", in.Files)
	}
	if e := must(a.Exchange(ctx))(t); e.Carried != 0 {
		t.Errorf("%d files to carry", e.Carried)
	}
}

// reopened is an office whose folder is now a copy of another.
func (w *landscape) reopened(folder string) *App {
	w.t.Helper()
	to := filepath.Join(w.t.TempDir(), "so")
	if err := os.CopyFS(to, os.DirFS(folder)); err != nil {
		w.t.Fatal(err)
	}
	a := must(Open(to, w.options()))(w.t)
	w.t.Cleanup(func() { closeApp(w.t, a) })
	return a
}

// TestAnOlderCopyGetsItsOwnBack: the next receipt tells that entries are missing here, the
// PC goes on under another key and what the province has comes back.
func TestAnOlderCopyGetsItsOwnBack(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	newTraining(t, a, "Buổi một")
	w.handOver(a)
	closeApp(t, a)
	old := w.reopened(a.Folder()) // somebody's copy, to be put back later
	a = w.reopened(a.Folder())
	later := newTraining(t, a, "Buổi hai")
	w.handOver(a)
	before := old.keys.ID()
	w.handOver(old) // has nothing to say, and hears of what it has lost
	if old.keys.ID() == before {
		t.Error("the PC goes on in a stream of which it has lost the end")
	}
	if x := must(old.Exchange(ctx))(t); x.Alarm.VI == "" || x.Enrolled {
		t.Errorf("after the receipt: %+v", x)
	}
	w.enrol(old)
	w.handOver(old)
	if got := must(old.Activity(ctx, later.ID))(t); got.Title != "Buổi hai" {
		t.Errorf("not brought back: %+v", got)
	}
	if x := must(old.Exchange(ctx))(t); x.Unaccepted != 0 || x.Waiting != 0 {
		t.Errorf("in the end: %+v", x)
	}
	agree(t, old)
}

// TestACopiedPCIsToldAtBothEnds: two PCs that write under one key get keys of their own,
// everything of both is kept, and what one wrote before it knew is let in by a person.
func TestACopiedPCIsToldAtBothEnds(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	newTraining(t, a, "Chung")
	w.handOver(a)
	closeApp(t, a)
	twins := []*App{w.reopened(a.Folder()), w.reopened(a.Folder()), w.reopened(a.Folder())}
	key, late := a.keys.ID(), twins[2]
	for i, p := range twins {
		newTraining(t, p, []string{"Của máy một", "Của máy hai", "Của máy ba, trước khi biết"}[i])
	}
	w.handOver(twins[0])
	w.handOver(twins[1])
	w.handOver(twins[0])
	told := false
	for _, m := range must(w.province.Machines(ctx))(t) {
		told = told || m.Device == key && m.Alarm.VI != ""
	}
	if !told {
		t.Error("the province does not tell of the fork")
	}
	for i, p := range twins[:2] {
		if x := must(p.Exchange(ctx))(t); x.Alarm.VI == "" || p.keys.ID() == key {
			t.Errorf("twin %d is not told: %+v", i+1, x)
		}
		w.enrol(p)
	}
	bag := w.bag() // the key has ended by now, and the third does not know
	must(late.HandOver(ctx, bag, record.HandOverOptions{}))(t)
	if got := w.takeIn(w.province, bag); got.Commits != 0 {
		t.Errorf("taken in under a key that has ended: %+v", got)
	}
	held := must(w.province.Held(ctx))(t)
	if len(held) != 1 || held[0].Device != key || held[0].Why != "revoked" || held[0].Entries == 0 || held[0].From > held[0].To || held[0].UnitName == "" {
		t.Errorf("held: %+v", held)
	} else if words := held[0].Lines[0].Words.VI; !strings.HasPrefix(words, "Ghi mới hoạt động “Của máy ba, trước khi biết”") {
		t.Errorf("held: %q", words)
	}
	if err := w.province.ReleaseMachine(ctx, key); err != nil {
		t.Fatal(err)
	}
	if held := must(w.province.Held(ctx))(t); len(held) != 0 {
		t.Errorf("let in, and held: %+v", held)
	}
	roster := w.bag()
	must(w.province.WriteRoster(ctx, roster))(t)
	w.takeIn(late, roster)
	if x := must(late.Exchange(ctx))(t); x.Alarm.VI == "" || late.keys.ID() == key {
		t.Errorf("the third goes on under a key that has ended: %+v", x)
	}
	w.enrol(late)
	for range 2 {
		for _, p := range twins {
			w.handOver(p)
		}
	}
	want := must(w.province.db.OpenDigest(ctx, "23500"))(t)
	for i, p := range twins {
		if got := must(p.db.OpenDigest(ctx, ""))(t); got != want {
			t.Errorf("twin %d shows another register than the province", i+1)
		}
		if x := must(p.Exchange(ctx))(t); x.Unaccepted != 0 {
			t.Errorf("twin %d: %+v", i+1, x)
		}
	}
	if err := w.province.ReleaseMachine(ctx, strings.Repeat("0", 32)); err == nil {
		t.Error("a machine nobody knows was let in")
	}
}
