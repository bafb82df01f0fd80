package uitest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// Now is the instant at which the tests of screens play.
var Now = time.Date(2026, 3, 10, 14, 5, 0, 0, time.UTC)

// Office is an office in memory. It outlives the screens that use it, so that a
// test can throw a screen away as a killed program would, and open another.
type Office struct {
	// Fail answers a method's name with an error instead of doing it.
	Fail map[string]error
	// Calls are the names of the methods that were called.
	Calls []string
	// DraftsAt is when the drafts were kept.
	DraftsAt time.Time

	Settings  record.Office
	Units     []record.Unit
	People    []record.Person
	Terms     []record.Term
	Files     map[string][]byte // of lists, by path
	Imported  []record.ListImport
	Written   []string        // "form PATH", "people PATH" or "sign PATH"
	Sent      record.Activity // the last activity that was handed in to be stored
	acts      map[record.ID]record.Activity
	lists     map[record.ID][]record.Attendee
	drafts    map[string][]byte
	deleted   map[string]record.Activity // what stood before a batch
	revived   map[string]record.ID       // what a batch brought back
	imports   []record.Import
	takenBack map[string]takenList // by the batch that took it back
	before    []record.Attendee    // of the list that was imported into last
	instances int64

	DaysOff  []record.Holiday
	Warnings []record.Warning // what looks wrong with any activity
	steps    map[record.ID][]record.HistoryLine
}

// NewOffice makes an empty office.
func NewOffice() *Office {
	return &Office{
		Fail: map[string]error{}, DraftsAt: Now, acts: map[record.ID]record.Activity{}, lists: map[record.ID][]record.Attendee{},
		drafts: map[string][]byte{}, deleted: map[string]record.Activity{}, revived: map[string]record.ID{}, takenBack: map[string]takenList{},
		Terms: []record.Term{
			{Code: "LD02", Words: record.Words{VI: "Hợp đồng lao động", EN: "Employment contract"}},
			{Code: "LD07", Words: record.Words{VI: "Tiền lương", EN: "Wages"}},
			{Code: "BH01", Words: record.Words{VI: "Bảo hiểm xã hội bắt buộc", EN: "Compulsory social insurance"}},
		},
	}
}

// ID makes the next id of this office.
func (o *Office) ID() record.ID {
	o.instances++
	return record.NewID(Now.UnixMilli(), [10]byte{9: byte(o.instances), 8: byte(o.instances >> 8)})
}

// Add puts activities into the office and gives those without id one.
func (o *Office) Add(list ...record.Activity) []record.ID {
	var ids []record.ID
	for _, a := range list {
		if a.ID.IsZero() {
			a.ID = o.ID()
		}
		o.acts[a.ID] = a
		ids = append(ids, a.ID)
	}
	return ids
}

// Stored is an activity as it is stored.
func (o *Office) Stored(id record.ID) record.Activity { return o.acts[id] }

// StoredList is a list of people as it is stored.
func (o *Office) StoredList(activity record.ID) []record.Attendee { return o.lists[activity] }

// StoredDraft is a draft as it is kept, nil for none.
func (o *Office) StoredDraft(scope string) []byte { return o.drafts[scope] }

// Count is how often a method was called.
func (o *Office) Count(method string) int {
	n := 0
	for _, c := range o.Calls {
		if c == method {
			n++
		}
	}
	return n
}

func (o *Office) called(method string) error {
	o.Calls = append(o.Calls, method)
	return o.Fail[method]
}

// Office tells who keeps the register.
func (o *Office) Office(context.Context) (record.Office, error) {
	return o.Settings, o.called("Office")
}

// Activities reads a page, newest first.
func (o *Office) Activities(_ context.Context, f record.ActivityFilter) (record.ActivityPage, error) {
	if err := o.called("Activities"); err != nil {
		return record.ActivityPage{}, err
	}
	page := record.ActivityPage{ByKind: map[string]int{}, By: map[string]int{}}
	var lines []record.ActivityLine
	for _, a := range o.acts {
		if !f.ID.IsZero() && a.ID != f.ID || !o.inPeriod(f, a) || !strings.Contains(bare(a.Title+" "+a.When.Place), bare(f.Text)) {
			continue
		}
		kind, status := f.Kind == "" || f.Kind == a.Kind, f.Status == "" || f.Status == a.Status
		if status {
			page.ByKind[a.Kind]++
		}
		if kind {
			page.By[a.Status]++
		}
		if kind && status {
			page.Total++
			page.People += a.Heads.Total
			lines = append(lines, record.ActivityLine{
				ID: a.ID, Date: a.When.Date, EndDate: a.When.EndDate, Start: a.When.Start, End: a.When.End, Kind: a.Kind, Title: a.Title, Place: a.When.Place,
				Status: a.Status, Total: a.Heads.Total, Women: a.Heads.Women,
			})
		}
	}
	slices.SortFunc(lines, activityOrder(f.Sort))
	from := min(f.Offset, len(lines))
	page.Lines = lines[from:min(from+cmp.Or(f.Limit, 100), len(lines))]
	return page, nil
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'đ' || r == 'Đ':
			return 'd'
		case r >= 0x300 && r < 0x370:
			return -1
		}
		return r
	}, strings.ToLower(norm.NFD.String(s)))
}

// Activity reads one.
func (o *Office) Activity(_ context.Context, id record.ID) (record.Activity, error) {
	a, there := o.acts[id]
	if err := o.called("Activity"); err != nil || there {
		return a, err
	}
	return a, record.Refuse(record.ErrNotFound, "Không còn hoạt động này.", "This activity is gone.")
}

// SaveActivity stores one.
func (o *Office) SaveActivity(_ context.Context, a record.Activity) (record.Activity, error) {
	o.Sent = a
	if err := o.called("SaveActivity"); err != nil {
		return record.Activity{}, err
	}
	if err := a.Validate(); err != nil {
		return record.Activity{}, err
	}
	if err := o.reasoned(&a); err != nil {
		return record.Activity{}, err
	}
	if a.ID.IsZero() {
		a.ID = o.ID()
	}
	o.noteStep(a)
	o.acts[a.ID] = a
	return a, nil
}

// DeleteActivity takes one away.
func (o *Office) DeleteActivity(_ context.Context, id record.ID) (record.Change, error) {
	if err := o.called("DeleteActivity"); err != nil {
		return record.Change{}, err
	}
	batch := fmt.Sprintf("%x", len(o.Calls))
	o.deleted[batch] = o.acts[id]
	delete(o.acts, id)
	return record.Change{Nouns: []string{"activity"}, Batch: batch}, nil
}

// Undo brings back what stood before a batch; what that did is a batch, too.
func (o *Office) Undo(ctx context.Context, batch string) (record.Change, error) {
	if err := o.called("Undo"); err != nil {
		return record.Change{}, err
	}
	if l, ok := o.takenBack[batch]; ok {
		o.imports = append(o.imports, l.im)
		return o.SaveAttendees(ctx, l.im.Target, l.list)
	}
	back := record.Change{Nouns: []string{"activity"}, Batch: "back " + batch}
	if id, ok := o.revived[batch]; ok {
		o.deleted[back.Batch] = o.acts[id]
		delete(o.acts, id)
		return back, nil
	}
	a := o.deleted[batch]
	if before, there := o.acts[a.ID]; there {
		o.deleted[back.Batch] = before
	} else {
		o.revived[back.Batch] = a.ID
	}
	o.acts[a.ID] = a
	return back, nil
}

// Attendees reads a list.
func (o *Office) Attendees(_ context.Context, activity record.ID) ([]record.Attendee, error) {
	return slices.Clone(o.lists[activity]), o.called("Attendees")
}

// SaveAttendees stores a whole list and counts it.
func (o *Office) SaveAttendees(_ context.Context, activity record.ID, list []record.Attendee) (record.Change, error) {
	if err := o.called("SaveAttendees"); err != nil {
		return record.Change{}, err
	}
	list = slices.Clone(list)
	a := o.acts[activity]
	a.Heads = record.HeadCount{Listed: true}
	for i := range list {
		if list[i].Person.ID.IsZero() {
			list[i].Person.ID = o.ID()
		}
		if list[i].Attendance.ID.IsZero() {
			list[i].Attendance.ID = o.ID()
		}
		list[i].Attendance.PersonID = list[i].Person.ID
		a.Heads.Total++
		if list[i].Person.Sex == "nữ" {
			a.Heads.Women++
		}
	}
	o.lists[activity], o.acts[activity] = list, a
	return record.Change{Nouns: []string{"attendance", "person", "activity"}}, nil
}

// ProposeList reads a list as the program does; a known person is one with the same
// name and birth.
func (o *Office) ProposeList(ctx context.Context, src record.ListSource, want record.ListOptions) (record.Proposal, error) {
	if err := o.called("ProposeList"); err != nil {
		return record.Proposal{}, err
	}
	p, err := readList(ctx, src, want)
	if err != nil || p.Unclear != nil {
		return p, err
	}
	return p, intake.Hold(ctx, &p, intake.Register{People: o.like})
}

func readList(ctx context.Context, src record.ListSource, want record.ListOptions) (record.Proposal, error) {
	o := intake.Options{Fields: want.Fields, Header: want.Header, Ask: want.Ask, UsualCase: want.UsualCase}
	if src.Data != nil {
		return intake.ReadFile(ctx, src.Data, sheet.Options{Name: src.Name, Sheet: src.Sheet}, want.Of, o)
	}
	grid, err := sheet.FromClipboard(src.Text)
	if err != nil {
		return record.Proposal{}, err
	}
	return intake.Read(ctx, grid, want.Of, o)
}

func (o *Office) like(p record.Person) ([]record.Person, error) {
	var out []record.Person
	for _, known := range o.People {
		if viet.Key(known.FullName) == viet.Key(p.FullName) {
			out = append(out, known)
		}
	}
	return out, nil
}

// ReadListFile reads one of the files the test has put down.
func (o *Office) ReadListFile(_ context.Context, path string) (record.ListSource, error) {
	data, there := o.Files[path]
	if err := o.called("ReadListFile"); err != nil || there {
		return record.ListSource{Name: path, Data: data}, err
	}
	return record.ListSource{}, record.Refuse(record.ErrNotFound, "Không mở được tệp "+path+".", "The file "+path+" cannot be opened.")
}

// WriteForm notes where an empty form was to be written.
func (o *Office) WriteForm(_ context.Context, _ record.ID, path string) error {
	o.Written = append(o.Written, "form "+path)
	return o.called("WriteForm")
}

// WriteAttendees notes where a list was to be written.
func (o *Office) WriteAttendees(_ context.Context, _ record.ID, path string) error {
	o.Written = append(o.Written, "people "+path)
	return o.called("WriteAttendees")
}

// WriteSignSheet notes where a sheet to sign was to be written.
func (o *Office) WriteSignSheet(_ context.Context, _ record.ID, path string) error {
	o.Written = append(o.Written, "sign "+path)
	return o.called("WriteSignSheet")
}

// CheckRow checks as the program does.
func (o *Office) CheckRow(of string, fields record.Fields) error { return intake.Check(of, fields) }

// ImportList stores the rows of a list of people behind those that are there; lists
// of others are only kept in Imported.
func (o *Office) ImportList(ctx context.Context, in record.ListImport) (record.Import, record.Change, error) {
	if err := o.called("ImportList"); err != nil {
		return record.Import{}, record.Change{}, err
	}
	o.Imported = append(o.Imported, in)
	im := record.Import{
		ID: o.ID(), Of: in.Proposal.Of, Target: in.Activity, Source: in.Source, Day: record.DateOf(Now),
		Rows: int64(len(in.Proposal.Rows)), Parked: int64(len(in.Proposal.Parked)),
	}
	if im.Of == "person" {
		o.before = slices.Clone(o.lists[in.Activity])
		list := slices.Clone(o.before)
		for _, r := range in.Proposal.Rows {
			p := o.Settings.Kept(record.PersonOf(r.Fields))
			if r.Known != nil {
				p.ID = r.Known.ID
			}
			list = append(list, record.Attendee{Person: p, Attendance: record.Attendance{ActivityID: in.Activity, Signed: true, Line: int64(len(list) + 1)}})
		}
		if _, err := o.SaveAttendees(ctx, in.Activity, list); err != nil {
			return record.Import{}, record.Change{}, err
		}
	}
	o.imports = append(o.imports, im)
	return im, record.Change{Nouns: []string{"attendance", "person", "activity", "import"}}, nil
}

// Imports are the lists that were taken in, the newest first.
func (o *Office) Imports(_ context.Context, activity record.ID) ([]record.Import, error) {
	var out []record.Import
	for _, im := range slices.Backward(o.imports) {
		if activity.IsZero() || im.Target == activity {
			out = append(out, im)
		}
	}
	return out, o.called("Imports")
}

// takenList is a list that was taken back, with who stood there by then.
type takenList struct {
	im   record.Import
	list []record.Attendee
}

// UndoImport takes the last list back.
func (o *Office) UndoImport(ctx context.Context, id record.ID) (record.Change, error) {
	if err := o.called("UndoImport"); err != nil {
		return record.Change{}, err
	}
	for i, im := range o.imports {
		if im.ID == id {
			o.imports = slices.Delete(o.imports, i, i+1)
			back := "import " + id.String()
			o.takenBack[back] = takenList{im, o.lists[im.Target]}
			ch, err := o.SaveAttendees(ctx, im.Target, o.before)
			ch.Batch = back
			return ch, err
		}
	}
	return record.Change{}, record.Refuse(record.ErrNotFound, "Lần nhập này đã được hoàn tác.", "This import has been taken back already.")
}

// FindPeople offers people by the beginning of their name.
func (o *Office) FindPeople(_ context.Context, query string, limit int) ([]record.PersonChoice, error) {
	var out []record.PersonChoice
	for _, p := range o.People {
		if strings.HasPrefix(bare(p.FullName), bare(query)) && len(out) < limit {
			out = append(out, record.PersonChoice{ID: p.ID, Name: p.FullName, Detail: p.Birth.String() + ", " + p.UnitText})
		}
	}
	return out, o.called("FindPeople")
}

// Person reads a person.
func (o *Office) Person(_ context.Context, id record.ID) (record.Person, error) {
	for _, p := range o.People {
		if p.ID == id {
			return p, o.called("Person")
		}
	}
	return record.Person{}, record.Refuse(record.ErrNotFound, "Không còn người này.", "This person is gone.")
}

// FindUnits offers units in whose name the query stands.
func (o *Office) FindUnits(_ context.Context, query string, limit int) ([]record.UnitChoice, error) {
	var out []record.UnitChoice
	for _, u := range o.Units {
		if strings.Contains(bare(u.FullName()), bare(query)) && len(out) < limit {
			out = append(out, record.UnitChoice{ID: u.ID, Name: u.FullName(), Code: u.Code})
		}
	}
	return out, o.called("FindUnits")
}

// Unit reads a unit.
func (o *Office) Unit(_ context.Context, id record.ID) (record.Unit, error) {
	for _, u := range o.Units {
		if u.ID == id {
			return u, o.called("Unit")
		}
	}
	return record.Unit{}, record.Refuse(record.ErrNotFound, "Không còn đơn vị này.", "This unit is gone.")
}

// Topics are the topics of the catalogue.
func (o *Office) Topics() []record.Term { return o.Terms }

// ParseDate reads a day as the program does.
func (o *Office) ParseDate(text string) (record.Date, error) {
	d, err := viet.ParseDate(text, viet.Date{Year: Now.Year(), Month: int(Now.Month()), Day: Now.Day()})
	if err != nil {
		return "", record.Refuse(record.ErrInvalid, "Không hiểu ngày “"+text+"”. Hãy ghi như 05/03/2026 hoặc 5/3.", "Not a date.").Because(err)
	}
	date, _ := record.NewDate(d.Year, d.Month, d.Day)
	return date, nil
}

// Draft reads a draft.
func (o *Office) Draft(_ context.Context, scope string) ([]byte, time.Time, error) {
	return o.drafts[scope], o.DraftsAt, o.called("Draft")
}

// Drafts lists the drafts whose scopes begin alike.
func (o *Office) Drafts(_ context.Context, prefix string) ([]record.Draft, error) {
	var out []record.Draft
	for _, scope := range slices.Sorted(maps.Keys(o.drafts)) {
		if strings.HasPrefix(scope, prefix) {
			out = append(out, record.Draft{Scope: scope, At: o.DraftsAt, Text: o.drafts[scope]})
		}
	}
	return out, o.called("Drafts")
}

// DraftOf is the first draft whose scope begins so; "" for none.
func (o *Office) DraftOf(prefix string) string {
	for _, scope := range slices.Sorted(maps.Keys(o.drafts)) {
		if strings.HasPrefix(scope, prefix) {
			return string(o.drafts[scope])
		}
	}
	return ""
}

// SaveDraft keeps a draft.
func (o *Office) SaveDraft(_ context.Context, scope string, text []byte) (time.Time, error) {
	if err := o.called("SaveDraft"); err != nil {
		return time.Time{}, err
	}
	o.drafts[scope] = slices.Clone(text)
	return Now, nil
}

// DropDraft forgets a draft.
func (o *Office) DropDraft(_ context.Context, scope string) error {
	delete(o.drafts, scope)
	return o.called("DropDraft")
}

// SaveActivityFrom stores what was changed since base was read.
func (o *Office) SaveActivityFrom(ctx context.Context, base, a record.Activity) (record.Activity, error) {
	if now, ok := o.acts[a.ID]; ok {
		if err := record.Fill(&now, record.Changed(base, a)); err != nil {
			return a, err
		}
		a = now
	}
	return o.SaveActivity(ctx, a)
}
