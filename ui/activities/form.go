package activities

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// Form is one activity on one screen: the six fields used most, the rest under
// "Thêm". It shows a value, gives one back and shows what is wrong with it; it
// stores nothing.
type Form struct {
	widget.BaseWidget

	// OnChanged tells every change a person makes, letter by letter.
	OnChanged func()
	// OnLeft tells that a field was left with something new in it.
	OnLeft func()
	// Holiday is the name of a day off, or ""; nil: none is known.
	Holiday func(record.Date) string
	// OnSurveys goes to the register of surveys; nil: there is no way.
	OnSurveys func()

	runner  *kit.Runner
	date    func(string) (record.Date, error)
	topics  []record.Term
	units   *units
	fields  kit.Fields
	base    record.Activity // what was typed over
	reason  string          // why it was changed last after it had been closed: passed on
	told    []byte          // what stood in the fields when OnLeft was told last
	called  *placeTitle     // how the title follows the place; nil: it does not
	showing bool            // values are being shown: no change of a person's
	direct  bool            // the person has decided whether it counts as direct
	status  bool            // and in which state it is

	texts      map[string]*kit.Entry
	codes      map[string]*kit.Picker
	lists      map[string]*kit.MultiPicker
	host       *kit.Picker
	directly   *kit.Check
	listed     *kit.Check
	materials  *kit.Grid
	costs      *kit.Grid
	cites      *ledger.Cites
	parts      map[string][]fyne.CanvasObject // what stands and falls with a field, beside the field itself
	below      *kit.Note                      // says that something under "Thêm" looks wrong
	elsewhere  *fyne.Container                // says that this kind has a register of its own
	pointer    *kit.Note
	surveys    *kit.PushButton
	hint       record.Warning // of the day
	hinted     record.Date    // which day that was
	wrongBelow bool           // something under "Thêm" looks wrong

	problem *kit.Note
	more    *fyne.Container
	foot    *fyne.Container // below all fields
	toggle  *kit.PushButton
	scroll  *kit.FormScroll
}

// NewForm makes an empty form.
func NewForm(r *kit.Runner, office Office) *Form {
	f := &Form{
		runner: r, date: office.ParseDate, topics: office.Topics(),
		units: &units{runner: r, office: office, names: map[record.ID]string{}},
		texts: map[string]*kit.Entry{}, codes: map[string]*kit.Picker{}, lists: map[string]*kit.MultiPicker{}, parts: map[string][]fyne.CanvasObject{},
		problem: kit.NewNote(kit.Wrong, ""),
	}
	f.problem.Hide()
	f.host = kit.NewPicker(r, f.units.find)
	f.host.OnChosen, f.host.OnTyped = func(kit.Choice) { f.nameAfterPlace(); f.changed() }, f.changed
	f.host.Entry().OnLeft = f.follow
	kit.Recent(f.host, "unit")
	f.cites = ledger.NewCites(r, office, 3)
	f.build()
	if materials, ok := office.(registered); ok {
		f.offerMaterials(materials)
	}
	f.ExtendBaseWidget(f)
	return f
}

// Edit shows an activity.
func (f *Form) Edit(a record.Activity) {
	f.base = a
	f.show(paperOf(a))
}

// Value reads the fields. What cannot be read or breaks a rule comes back as
// record.Problems.
func (f *Form) Value() (record.Activity, error) {
	p := f.paper()
	a, err := p.activity(f.date)
	var problems record.Problems
	if err != nil && !errors.As(err, &problems) {
		return a, err
	}
	for _, name := range slices.Sorted(maps.Keys(p.Loose)) {
		r := record.Refuse(record.ErrInvalid, "Hãy chọn một dòng trong danh sách gợi ý, hoặc để trống.", "Choose one of the lines offered, or leave it empty.")
		r.Field = name
		problems = append(problems, r)
	}
	if len(problems) > 0 {
		return a, problems
	}
	return a, nil
}

// Holds reports whether the form shows just this activity.
func (f *Form) Holds(a record.Activity) bool {
	shown, err := f.Value()
	return err == nil && bytes.Equal(paperOf(shown).bytes(), paperOf(a).bytes())
}

// Commit takes what is being typed in the small tables, and for the title in the place.
func (f *Form) Commit() {
	f.nameAfterPlace()
	f.materials.Commit()
	f.costs.Commit()
	f.cites.Grid().Commit()
}

// Typing reports whether somebody is in the middle of a cell.
func (f *Form) Typing() bool {
	_, material := f.materials.Editing()
	_, cost := f.costs.Editing()
	_, cited := f.cites.Grid().Editing()
	return material || cost || cited
}

// Base is the activity that was typed over.
func (f *Form) Base() record.Activity { return f.base }

// Rebase says which activity the fields are typed over from now on.
func (f *Form) Rebase(a record.Activity) { f.base, f.reason = a, a.Reason }

// ShowProblem shows an error under the fields it names, the rest of it above the
// form, and puts the keyboard on the first field; nil takes all of it away.
func (f *Form) ShowProblem(err error) {
	if f.concernsMore(err) {
		f.openMore(true)
	}
	f.reveal(err)
	rest := f.fields.Show(err)
	f.problem.SetText(rest)
	kit.SetVisible(f.problem, rest != "")
	f.Refresh()
}

func (f *Form) concernsMore(err error) bool {
	var problems record.Problems
	if !errors.As(err, &problems) {
		return false
	}
	return slices.ContainsFunc(problems, func(p *record.Refusal) bool { return !slices.Contains(firstFields, p.Field) })
}

// FocusTarget is the first field.
func (f *Form) FocusTarget() fyne.Focusable { return f.codes["kind"].FocusTarget() }

func (f *Form) changed() {
	if f.showing {
		return
	}
	f.fields.Mend(func() error { _, err := f.Value(); return err })
	if f.OnChanged != nil {
		f.OnChanged()
	}
}

// show puts everything on the paper into the fields.
func (f *Form) show(p paper) {
	f.showing = true
	defer func() { f.showing = false }()
	f.reason = p.Reason
	f.told, f.called = nil, nil
	f.direct, f.status = !f.base.ID.IsZero(), !f.base.ID.IsZero()
	for name, entry := range f.texts {
		entry.SetText(p.Texts[name])
	}
	for name, picker := range f.codes {
		picker.SetChosen(kit.TermChoice(codeLists[name], p.Codes[name]))
	}
	f.lists["topics"].Set(kit.TermChoices(f.topics, p.Topics))
	f.lists["audience"].Set(kit.TermChoices(record.Audiences, p.Audience))
	f.lists["languages"].Set(kit.TermChoices(ledger.Languages, p.Languages))
	for name, ids := range map[string][]record.ID{"co_organisers": p.Helpers, "units_reached": p.Reached} {
		f.lists[name].Set(f.units.choices(ids, f.lists[name].Rename))
	}
	f.showHost(p.Host)
	for name, field := range f.pickers() {
		if text := p.Loose[name]; text != "" {
			field.Restore(kit.Choice{Text: text})
		}
	}
	for name, field := range f.lists {
		if text := p.Loose[name]; text != "" {
			field.Restore(append(field.Chosen(), kit.Choice{Text: text}))
		}
	}
	f.directly.SetChecked(p.Direct)
	f.listed.SetChecked(p.Listed)
	f.lockHeads(p.Listed)
	f.materials.SetRows(kit.GridRows(p.Materials))
	f.costs.SetRows(kit.GridRows(p.Costs))
	f.cites.Show(p.Citations)
	f.fields.Clear()
	f.ShowWarnings(nil)
	f.ask()
	f.problem.Hide()
	f.scroll.ToTop()
}

func (f *Form) showHost(ids []record.ID) {
	f.host.SetChosen(kit.Choice{})
	for _, c := range f.units.choices(ids, f.nameHost) {
		f.host.SetChosen(c)
	}
}

// pickers are the fields that hold one thing of several.
func (f *Form) pickers() map[string]*kit.Picker {
	out := maps.Clone(f.codes)
	out["host_unit_id"] = f.host
	return out
}

// loose is what was typed where something is to be chosen.
func (f *Form) loose() map[string]string {
	var out map[string]string
	note := func(name string, c kit.Choice) {
		if text := strings.TrimSpace(c.Text); c.Key == "" && text != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[name] = text
		}
	}
	for name, field := range f.pickers() {
		note(name, field.Draft())
	}
	for name, field := range f.lists {
		if kept := field.Draft(); len(kept) > 0 {
			note(name, kept[len(kept)-1])
		}
	}
	return out
}

func (f *Form) nameHost(key, name string) {
	if f.host.Chosen().Key == key {
		f.host.SetChosen(kit.Choice{Key: key, Text: name})
	}
}

// paper writes down what stands in the fields.
func (f *Form) paper() paper {
	p := paper{
		ID: f.base.ID, Reason: f.reason, Texts: map[string]string{}, Codes: map[string]string{}, Loose: f.loose(),
		Topics: f.lists["topics"].Keys(), Audience: f.lists["audience"].Keys(), Languages: f.lists["languages"].Keys(),
		Helpers: idsOf(f.lists["co_organisers"].Keys()), Reached: idsOf(f.lists["units_reached"].Keys()),
		Direct: f.directly.Checked, Listed: f.listed.Checked,
		Materials: gridCells(f.materials), Costs: gridCells(f.costs), Citations: f.cites.Value(),
	}
	if key := f.host.Chosen().Key; key != "" {
		p.Host = idsOf([]string{key})
	}
	for name, entry := range f.texts {
		p.Texts[name] = strings.TrimSpace(entry.Text)
	}
	for name, picker := range f.codes {
		p.Codes[name] = picker.Chosen().Key
	}
	return p
}

// left says at once what is wrong with the field just left.
func (f *Form) left(name string) {
	_, err := f.Value()
	sentence := ""
	var problems record.Problems
	if errors.As(err, &problems) {
		sentence = problems.For(name, kit.Language())
	}
	f.fields.Field(name).SetProblem(sentence)
	if name == "when.place" {
		f.nameAfterPlace()
	}
	f.proposeStatus()
	f.hintDates()
	f.follow()
}

// tellLeft tells that a field was left, where that left something new.
func (f *Form) tellLeft() {
	if f.OnLeft == nil || f.showing {
		return
	}
	now := f.paper().bytes()
	if !bytes.Equal(now, f.told) {
		f.told = now
		f.OnLeft()
	}
}

// kindChosen proposes whether the kind counts as direct dissemination, until the
// person has decided.
func (f *Form) kindChosen(c kit.Choice) {
	if c.Key != "" && (!f.direct || !record.ActivityAsks(c.Key, "direct")) {
		f.showing = true
		f.directly.SetChecked(slices.Contains(directKinds, c.Key))
		f.showing = false
		f.direct = f.direct && record.ActivityAsks(c.Key, "direct")
	}
	f.ask()
	f.changed()
}

// proposeStatus makes what lies ahead a plan and what does not an event held,
// until the person has decided.
func (f *Form) proposeStatus() {
	d, err := f.date(strings.TrimSpace(f.texts["when.date"].Text))
	if f.status || err != nil || f.today() == "" {
		return
	}
	code := "held"
	if d > f.today() {
		code = "planned"
	}
	if f.codes["status"].Chosen().Key != code {
		f.codes["status"].SetChosen(kit.TermChoice(record.Statuses, code))
		f.changed()
	}
}

func (f *Form) today() record.Date {
	today, _ := f.date(todayWords)
	return today
}

// todayWords are read as today by whoever reads dates.
const todayWords = "hôm nay"

// directKinds are held before listeners.
var directKinds = []string{"training", "direct", "dialogue", "roundtable", "workshop", "forum", "woven"}

// lockHeads leaves the counts to the list of people.
func (f *Form) lockHeads(listed bool) {
	for _, h := range headFields {
		if listed {
			f.texts[h.name].Disable()
		} else {
			f.texts[h.name].Enable()
		}
	}
}

// ShowHeads shows counts that the list of people gave.
func (f *Form) ShowHeads(h record.HeadCount) {
	f.showing = true
	defer func() { f.showing = false }()
	f.base.Heads = h
	for _, field := range headFields {
		f.texts[field.name].SetText(writeCount(*field.of(&h)))
	}
	f.listed.SetChecked(h.Listed)
	f.lockHeads(h.Listed)
}

func (f *Form) openMore(open bool) {
	kit.SetVisible(f.more, open)
	kit.SetVisible(f.below, !open && f.wrongBelow)
	f.toggle.SetText(kit.T("Thêm"))
	if open {
		f.toggle.SetText(kit.T("Bớt"))
	}
	f.scroll.Refresh()
}

// Foot puts something below all fields.
func (f *Form) Foot(o fyne.CanvasObject) { f.foot.Add(o) }

// follow keeps the field that has the keyboard in sight.
func (f *Form) follow() {
	f.scroll.FollowFocus()
	f.tellLeft()
}

// CreateRenderer shows the form in a scroll, so that large text is never cut.
func (f *Form) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(f.scroll)
}

func gridCells(g *kit.Grid) [][]string {
	var out [][]string
	for _, r := range g.Rows() {
		out = append(out, r.Cells)
	}
	return out
}

// weekday says which day of the week a date is, so that a slip shows at once.
func weekday(d record.Date) string {
	if d == "" {
		return ""
	}
	return kit.T([]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}[d.Time().Weekday()])
}

// hintDates says under each date how it was understood.
func (f *Form) hintDates() {
	for _, name := range []string{"when.date", "when.end_date"} {
		hint := ""
		if text := strings.TrimSpace(f.texts[name].Text); text != "" {
			if d, err := f.date(text); err == nil {
				hint = weekday(d)
				if text != d.String() {
					hint = strings.TrimSpace(hint + " " + d.String())
				}
				if name == "when.date" && f.codes["status"].Chosen().Key == "planned" {
					hint += ", " + kit.T("ghi là dự kiến")
				}
				if name == "when.date" && f.hint.Field == name && f.hinted == d {
					hint += ", " + kit.In(f.hint.Words)
				}
			}
		}
		f.fields.Field(name).Hint(hint)
	}
}

// termFinder finds in a closed list by bare letters.
func termFinder(terms []record.Term) kit.Find {
	return func(_ context.Context, query string) ([]kit.Choice, error) { return kit.MatchTerms(terms, query), nil }
}
