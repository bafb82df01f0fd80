package exchange

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Keys is the tab Máy và khóa: PCs that ask to be taken up, those of all units, and the
// roster that says so to everybody. While there are no keys yet it makes them.
type Keys struct {
	widget.BaseWidget

	desk kit.Desk
	p    Province
	asks *kit.Latest

	// OnShown is told when what there is has been read.
	OnShown func()

	machines []record.Machine       // those that ask first
	held     map[string]record.Held // by device
	state    record.Exchange
	filter   string // a state of record.MachineStates; "" for all
	shown    []int
	device   string // looked at
	arriving bool   // from the making of the keys, whose page goes

	roster    *kit.Text
	writing   *kit.PushButton
	replacer  *kit.PushButton
	anew      *kit.PushButton
	elsewhere *kit.Note // that the keys are on no PC, or on another
	find      *kit.KeyEntry
	problem   *kit.Note
	changed   *kit.Note // that the roster has to be handed out again
	chips     *kit.ChipRow
	table     *kit.Table
	machine   *machineDetail
	nobody    fyne.CanvasObject
	both      *container.Split
	kept      fyne.CanvasObject // all of the above
	ceremony  *ceremony
	rebuild   *rebuild
	replacing *replacing
}

// filterHeld shows the machines of which something is held.
const filterHeld = "held"

// NewKeys makes the tab.
func NewKeys(desk kit.Desk, p Province) *Keys {
	k := &Keys{desk: desk, p: p, asks: kit.NewLatest(desk.Runner), roster: kit.Line(""), problem: kit.NewNote(kit.Wrong, ""), changed: kit.NewNote(kit.Attention, ""),
		OnShown: func() {}, elsewhere: kit.NewNote(kit.Attention, "")}
	k.problem.Hide()
	k.changed.Hide()
	k.roster.Whole = true
	k.writing = kit.Button(kit.T("Ghi danh bạ…"), theme.IconExchange, k.AskRoster)
	k.replacer = kit.Button(kit.T("Thay khóa…"), theme.IconKey, k.AskReplace)
	k.anew = kit.Button(kit.T("Dựng lại cấp tỉnh trên máy này…"), theme.IconKey, k.AskRebuild)
	k.elsewhere.SetText(kit.T("Khóa của tỉnh không ở máy này: danh sách chỉ để xem. Nếu máy giữ khóa đã hỏng hay mất, dựng lại từ USB của hai người giữ khóa gốc."))
	k.find = kit.NewKeyEntry()
	k.find.SetPlaceHolder(kit.T("Gõ tên đơn vị, tên máy hay người dùng, không cần dấu"))
	k.find.Icon = theme.Icon(fynetheme.IconNameSearch)
	k.find.OnChanged = func(string) { k.narrow() }
	k.find.OnKey = k.findKey
	k.chips = kit.NewChipRow(func(c kit.GroupChip) {
		k.filter = c.Key
		if c.On {
			k.filter = ""
		}
		k.narrow()
	})
	k.table = kit.NewTable(
		kit.Column{Heading: kit.T("Tình trạng"), Ems: 9},
		kit.Column{Heading: kit.T("Đơn vị")},
		kit.Column{Heading: kit.T("Máy"), Ems: 9},
		kit.Column{Heading: kit.T("Dữ liệu gần nhất"), Ems: 8},
	)
	k.table.Row = k.row
	k.table.OnCursor = k.look
	k.table.OnOpen = func(i int) {
		k.look(i)
		if first := k.machine.first(); first != nil {
			desk.Window.Canvas().Focus(first)
		}
	}
	k.table.OnSearch = func(r rune) {
		desk.Window.Canvas().Focus(k.find)
		k.find.SetText(string(r))
		k.find.CursorColumn = 1
	}
	k.machine = newMachineDetail(k)
	k.nobody = kit.EmptyState(kit.T("Chưa có máy nào. Đơn vị gửi tệp đăng ký máy; nhận tệp ấy ở Nhận và trả."), nil)
	k.ceremony = newCeremony(k)
	k.rebuild, k.replacing = newRebuild(k), newReplacing(k)
	k.lay()
	k.ExtendBaseWidget(k)
	return k
}

func (k *Keys) lay() {
	line := kit.Border(nil, nil, nil, kit.HStack(theme.SizeGap, k.roster, k.writing, k.replacer, k.anew), kit.Border(nil, nil, nil, kit.Caption("  "), k.find))
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, line, k.elsewhere, k.problem, k.changed, k.chips))
	k.both = container.NewHSplit(container.NewPadded(container.NewStack(k.table, k.nobody)), k.machine.page)
	k.both.SetOffset(0.58)
	k.kept = kit.OverRows(head, k.chips, kit.InsetXY(theme.SizeGap, theme.SizeNone, k.both))
	k.kept.Hide()
}

// CreateRenderer shows the machines, or how the keys are made.
func (k *Keys) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(k.kept, k.ceremony.page, k.rebuild.page, k.replacing.page))
}

// HelpPage is the page of the help that speaks of this tab.
func (k *Keys) HelpPage() string { return "tinh-may-khoa" }

// Panes are the list, the machine, the search and the roster, or what is asked of the
// keepers of the root keys. The work is in the list.
func (k *Keys) Panes() []kit.Pane {
	switch {
	case k.rebuild.page.Visible():
		return []kit.Pane{{Object: k.rebuild.page, Page: k.rebuild.page, Target: k.rebuild.first}}
	case k.replacing.page.Visible():
		return []kit.Pane{{Object: k.replacing.page, Page: k.replacing.page, Target: k.replacing.first}}
	case k.ceremony.page.Visible():
		return []kit.Pane{{Object: k.ceremony.page, Page: k.ceremony.page, Target: k.ceremony.first}}
	case !k.kept.Visible(): // nothing was read yet
		return nil
	}
	return []kit.Pane{{Object: k.table}, {Object: k.machine.page, Page: k.machine.page, Target: k.machine.first}, {Object: k.find}, {Object: k.writing}}
}

// Shows is true for every change: whatever was taken in came from a machine.
func (k *Keys) Shows(record.Change) bool { return true }

// known is what Reload reads.
type known struct {
	state    record.Exchange
	machines []record.Machine
	held     []record.Held
}

// Reload reads the machines again.
func (k *Keys) Reload() { kit.Ask(k.asks, k.read, k.show) }

// read puts those that ask before those that are known; the same one is listed once. Of
// what is held the machine may be known to nobody: it is listed all the same.
func (k *Keys) read(ctx context.Context) (n known, err error) {
	if n.state, err = k.p.Exchange(ctx); err != nil || n.state.RosterVersion == 0 {
		return n, err
	}
	if n.machines, err = k.p.Enrolments(ctx); err != nil {
		return n, err
	}
	all, err := k.p.Machines(ctx)
	if err != nil {
		return n, err
	}
	n.held, err = k.p.Held(ctx)
	for _, h := range n.held {
		all = append(all, record.Machine{Device: h.Device, Name: h.Name, Unit: h.Unit, UnitName: h.UnitName, Fingerprint: h.Fingerprint, State: "unknown", Seen: h.To})
	}
	for _, m := range all {
		if !slices.ContainsFunc(n.machines, func(a record.Machine) bool { return a.Device == m.Device }) {
			n.machines = append(n.machines, m)
		}
	}
	return n, err
}

func (k *Keys) show(n known, err error) {
	k.fail(err)
	if err != nil {
		return
	}
	k.state, k.machines, k.held = n.state, n.machines, map[string]record.Held{}
	for _, h := range n.held {
		k.held[h.Device] = h
	}
	slices.SortStableFunc(k.machines, k.compare)
	k.narrow()
	k.stages()
	k.roster.SetText(kit.T("Danh bạ bản {{.N}}", map[string]any{"N": kit.Number(k.state.RosterVersion)}))
	if k.arriving {
		k.arriving = false
		k.table.Focus()
	}
	k.OnShown()
}

// stages shows the machines, how keys are made, or how they are replaced or made anew.
func (k *Keys) stages() {
	made := k.state.RosterVersion > 0 && !k.ceremony.holds()
	if !k.state.Signs {
		k.replacing.page.Hide() // another folder was restored
	}
	anew := k.rebuild.page.Visible() || k.replacing.page.Visible()
	kit.SetVisible(k.kept, made && !anew)
	kit.SetVisible(k.ceremony.page, !made && !anew)
	for _, o := range []fyne.CanvasObject{k.writing, k.replacer} {
		kit.SetVisible(o, k.state.Signs)
	}
	for _, o := range []fyne.CanvasObject{k.anew, k.elsewhere} {
		kit.SetVisible(o, !k.state.Signs)
	}
	k.Refresh()
}

// AskRebuild asks for what makes this PC the province again.
func (k *Keys) AskRebuild() { k.rebuild.ask() }

// compare puts those that wait for a person first, then those with an alarm.
func (k *Keys) compare(a, b record.Machine) int {
	rank := func(m record.Machine) int {
		_, waits := k.held[m.Device]
		switch {
		case m.State == "asked":
			return 0
		case kit.In(m.Alarm) != "" || waits:
			return 1
		case m.State == "revoked":
			return 3
		}
		return 2
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(kit.Bare(a.UnitName), kit.Bare(b.UnitName)), cmp.Compare(a.Device, b.Device))
}

func (k *Keys) fail(err error) {
	if err != nil {
		k.problem.SetText(kit.Sentence(err))
		if k.state.RosterVersion == 0 {
			k.ceremony.fail(err)
		}
	}
	kit.SetVisible(k.problem, err != nil)
	k.Refresh()
}

func (k *Keys) narrow() {
	k.shown = k.shown[:0]
	count := map[string]int{}
	for i, m := range k.machines {
		if !foundMachine(m, k.find.Text) {
			continue
		}
		_, waits := k.held[m.Device]
		count[m.State]++
		if waits {
			count[filterHeld]++
		}
		if k.filter == "" || m.State == k.filter || waits && k.filter == filterHeld {
			k.shown = append(k.shown, i)
		}
	}
	k.table.SetTotal(len(k.shown)) // before anything else is laid out: it draws its rows again
	var chips []kit.GroupChip
	for _, t := range record.MachineStates {
		if count[t.Code] > 0 || t.Code == k.filter {
			chips = append(chips, kit.GroupChip{Chip: kit.Chip{Key: t.Code, Label: kit.In(t.Words), Count: count[t.Code]}, Group: "state", On: k.filter == t.Code})
		}
	}
	if count[filterHeld] > 0 || k.filter == filterHeld {
		chips = append(chips, kit.GroupChip{Chip: kit.Chip{Key: filterHeld, Label: kit.T("Có phần đang giữ"), Count: count[filterHeld]}, Group: "state", On: k.filter == filterHeld})
	}
	k.chips.Set(chips)
	kit.SetVisible(k.nobody, len(k.machines) == 0)
	kit.SetVisible(k.table, len(k.machines) > 0)
	k.look(max(0, slices.IndexFunc(k.shown, func(i int) bool { return k.machines[i].Device == k.device })))
	k.Refresh()
}

func foundMachine(m record.Machine, typed string) bool {
	words := strings.Fields(kit.Bare(strings.Join([]string{m.UnitName, m.Unit, m.Name, m.Officer, m.Device}, " ")))
	for _, want := range strings.Fields(kit.Bare(typed)) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, want) }) {
			return false
		}
	}
	return true
}

func machineState(m record.Machine) kit.State {
	switch {
	case kit.In(m.Alarm) != "":
		return kit.Wrong
	case m.State == "asked", m.State == "provisional":
		return kit.Attention
	case m.State == "enrolled":
		return kit.Fine
	}
	return kit.Plain
}

func (k *Keys) row(i int) (kit.TableRow, bool) {
	m := k.machines[k.shown[i]]
	state := kit.Term(record.MachineStates, m.State)
	if kit.In(m.Alarm) != "" {
		state = kit.T("Có cảnh báo")
	}
	mark := machineState(m)
	if h, waits := k.held[m.Device]; waits && mark != kit.Wrong {
		state, mark = kit.T("Giữ {{.N}} mục", map[string]any{"N": kit.Number(int64(h.Entries))}), kit.Attention
	}
	return kit.TableRow{Key: m.Device, Cells: []string{state, capital(cmp.Or(m.UnitName, kit.T("không rõ"))), m.Name, dayWords(k.desk, m.Seen)},
		Marks: []kit.State{mark}}, true
}

func (k *Keys) look(i int) {
	there := i >= 0 && i < len(k.shown)
	kit.SetVisible(k.machine.page, there)
	if !there {
		return
	}
	m := k.machines[k.shown[i]]
	k.device = m.Device
	k.table.MoveTo(i)
	k.machine.show(m)
}

func (k *Keys) findKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		k.table.Focus()
		return true
	case fyne.KeyEscape:
		if k.find.Text != "" {
			k.find.SetText("")
			return true
		}
	}
	return false
}

// do asks something about a machine, and reads again how all of them stand.
func (k *Keys) do(ask func(context.Context, string) error, device, said string) {
	k.machine.rest(true)
	kit.Do(k.desk.Runner, func(ctx context.Context) (struct{}, error) { return struct{}{}, ask(ctx, device) }, func(_ struct{}, err error) {
		k.machine.rest(false)
		if err != nil {
			k.fail(err)
			return
		}
		k.changed.SetText(kit.T("Danh bạ đã đổi. Các đơn vị biết khi nhận danh bạ mới: ghi danh bạ, hoặc ghi biên nhận cho tất cả."))
		k.changed.Show()
		k.desk.Say(said, nil)
		k.table.Focus() // the button that was pushed may go
		k.Reload()
	})
}

// AskRoster asks where the roster goes, and writes it.
func (k *Keys) AskRoster() {
	askFolder(k.desk, rosterFolderKey, kit.T("Ghi danh bạ"),
		kit.T("Danh bạ cho mọi đơn vị biết máy nào được nhận, máy nào đã thu hồi. Trong danh bạ không có dữ liệu cá nhân; đưa cho ai cũng được."),
		func(folder string, ended func(error)) {
			kit.Do(k.desk.Runner, func(ctx context.Context) (record.HandedOver, error) { return k.p.WriteRoster(ctx, folder) },
				func(out record.HandedOver, err error) {
					ended(err)
					if err != nil {
						return
					}
					k.changed.Hide()
					k.Refresh()
					offerFolder(k.desk, kit.T("Đã ghi danh bạ vào {{.Folder}}.", map[string]any{"Folder": out.Folder})+" "+safeWords(out.Safe), out.Folder)
				})
		})
}

// machineDetail is one machine: whose it is, the digits to read out, and what can be done.
type machineDetail struct {
	k *Keys
	m record.Machine

	unit    *kit.Text
	about   *kit.Text
	alarm   *kit.Note
	digits  *digits
	call    *kit.Text
	state   *kit.Note
	approve *kit.PushButton
	revoke  *kit.PushButton
	held    *heldDetail
	number  fyne.CanvasObject // the digits, where they are known
	root    *digits           // those of the letter, at the province's own machine
	letter  fyne.CanvasObject
	page    *kit.FormScroll
}

func newMachineDetail(k *Keys) *machineDetail {
	d := &machineDetail{k: k, unit: kit.Section(""), about: kit.Caption(""), alarm: kit.NewNote(kit.Wrong, ""),
		digits: newDigits(), call: kit.Paragraph(""), state: kit.NewNote(kit.Plain, "")}
	d.unit.Wrap, d.about.Wrap = true, true
	d.approve = kit.Primary(kit.T("Đã đối chiếu, duyệt"), fynetheme.IconNameConfirm, func() {
		k.do(k.p.ApproveMachine, d.m.Device, kit.T("Đã duyệt máy {{.Name}} của {{.Unit}}.", d.names()))
	})
	d.revoke = kit.Button(kit.T("Thu hồi máy…"), "", d.askRevoke)
	d.held = newHeldDetail(d)
	d.number = kit.VStack(theme.SizeGap, kit.Caption(kit.T("Dãy số của máy")), d.digits, d.call)
	d.root = newDigits()
	copying := copyButton(kit.T("Chép dãy số"), func() {
		copyText(k.desk, k.state.Root, kit.T("Đã chép dãy số của khóa gốc."))
	})
	d.letter = kit.VStack(theme.SizeGap, kit.Caption(kit.T("Dãy số in trong công văn gửi các đơn vị")), d.root, kit.HStack(theme.SizeGap, copying))
	d.page = kit.NewFormScroll(k.desk.Runner, kit.VStack(theme.SizeGroup,
		kit.VStack(theme.SizeTight, d.unit, d.about),
		kit.VStack(theme.SizeGap, d.state, d.alarm),
		d.held.box, d.letter, d.number,
		kit.Flow(d.approve, d.revoke)))
	return d
}

func (d *machineDetail) names() map[string]any {
	return map[string]any{"Name": d.m.Name, "Unit": d.m.UnitName, "N": kit.Number(d.m.Commits)}
}

func (d *machineDetail) first() fyne.Focusable {
	for _, b := range []*kit.PushButton{d.approve, d.held.letIn, d.revoke} {
		if b.Visible() && !b.Disabled() && (b != d.held.letIn || d.held.box.Visible()) {
			return b
		}
	}
	return nil
}

func (d *machineDetail) rest(on bool) {
	for _, b := range []*kit.PushButton{d.approve, d.held.letIn, d.revoke} {
		if on {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

func (d *machineDetail) show(m record.Machine) {
	if m.Device != d.m.Device {
		d.page.ToTop()
	}
	d.m = m
	d.unit.SetText(capital(cmp.Or(m.UnitName, kit.T("không rõ"))))
	d.about.SetText(d.aboutWords())
	d.digits.set(m.Fingerprint)
	d.alarm.SetText(kit.In(m.Alarm))
	kit.SetVisible(d.alarm, kit.In(m.Alarm) != "")
	d.state.Set(machineState(record.Machine{State: m.State}), d.stateWords())
	d.call.SetText(kit.T("Gọi {{.Unit}} theo số điện thoại trong danh bạ cơ quan, không theo số ghi trong tệp hay thư. Hai bên cùng đọc sáu nhóm số; khớp cả sáu mới duyệt.", d.names()))
	kit.SetVisible(d.number, m.Fingerprint != "")
	d.root.set(d.k.state.Root)
	kit.SetVisible(d.letter, m.This && d.k.state.Root != "")
	d.held.show(d.k.held[m.Device])
	signs := d.k.state.Signs
	kit.SetVisible(d.call, m.State == "asked" || m.State == "provisional")
	kit.SetVisible(d.approve, signs && (m.State == "asked" || m.State == "provisional"))
	kit.SetVisible(d.revoke, signs && (m.State == "enrolled" || m.State == "provisional") && !m.This)
	d.page.Refresh()
}

func (d *machineDetail) aboutWords() string {
	parts := []string{kit.T("Máy {{.Name}}", map[string]any{"Name": cmp.Or(d.m.Name, d.m.Device)})}
	if d.m.Officer != "" {
		parts = append(parts, d.m.Officer)
	}
	if d.m.Unit != "" {
		parts = append(parts, kit.T("Mã {{.Code}}", map[string]any{"Code": d.m.Unit}))
	}
	if d.m.Continues != "" {
		parts = append(parts, kit.T("tiếp nối máy trước"))
	}
	return strings.Join(parts, " · ")
}

func (d *machineDetail) stateWords() string {
	switch d.m.State {
	case "asked":
		return kit.T("Máy này xin được nhận. Chưa duyệt thì tệp của máy chưa vào sổ.")
	case "provisional":
		return kit.T("Đơn vị đã tạm nhận máy này cho mình. Hãy đối chiếu và duyệt trước khi hết hạn tạm nhận.")
	case "enrolled":
		if d.m.This {
			return kit.T("Máy đang dùng, có trong danh bạ.")
		}
		return kit.T("Máy có trong danh bạ; {{.N}} thay đổi của máy đã vào sổ.", d.names())
	case "revoked":
		return kit.T("Đã thu hồi. Thay đổi sau chỗ cắt bị giữ lại để người xem xét; thay đổi trước đó vẫn tính.")
	}
	return kit.T("Máy không có trong danh bạ. Đề nghị đơn vị gửi tệp đăng ký máy.")
}

// askRevoke says what revoking means before it is done: by how far the machine's work had
// come, not by the clock, which a thief can set.
func (d *machineDetail) askRevoke() {
	kit.Confirm(d.k.desk.Window, kit.Confirmation{
		Heading: kit.T("Thu hồi máy {{.Name}} của {{.Unit}}?", d.names()),
		Loss:    kit.T("{{.N}} thay đổi của máy đã vào sổ vẫn giữ và vẫn tính. Mọi thay đổi sau đó, dù đề ngày nào, bị giữ lại chờ người xem xét và không vào số liệu. Máy muốn dùng lại phải đăng ký như máy mới.", d.names()),
		Do:      kit.T("Thu hồi"), Keep: kit.T("Thôi"),
	}, func() {
		d.k.do(d.k.p.RevokeMachine, d.m.Device, kit.T("Đã thu hồi máy {{.Name}} của {{.Unit}}.", d.names()))
	})
}

// digits shows the thirty digits of a fingerprint in large groups, to be read out over the
// telephone, three in a line.
type digits struct {
	widget.BaseWidget
	groups []*kit.Text
	box    *fyne.Container
}

func newDigits() *digits {
	d := &digits{box: container.New(digitLayout{})}
	for range 6 {
		t := kit.Page("")
		t.Whole = true
		d.groups = append(d.groups, t)
		d.box.Add(t)
	}
	d.ExtendBaseWidget(d)
	return d
}

func (d *digits) set(fingerprint string) {
	groups := strings.Fields(fingerprint)
	for i, t := range d.groups {
		words := ""
		if i < len(groups) {
			words = groups[i]
		}
		t.SetText(words)
	}
	d.Refresh()
}

// CreateRenderer shows the groups.
func (d *digits) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.box) }

// digitLayout puts three groups in a line, all of one width.
type digitLayout struct{}

func (digitLayout) cell() fyne.Size {
	m := fyne.MeasureText("00000", fynetheme.Size(theme.SizePage), fyne.TextStyle{Bold: true})
	return m.AddWidthHeight(fynetheme.Size(theme.SizeEdge), fynetheme.Size(theme.SizeTight))
}

func (l digitLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	c := l.cell()
	return fyne.NewSize(3*c.Width, 2*c.Height)
}

func (l digitLayout) Layout(o []fyne.CanvasObject, _ fyne.Size) {
	c := l.cell()
	for i, t := range o {
		t.Move(fyne.NewPos(float32(i%3)*c.Width, float32(i/3)*c.Height))
		t.Resize(c)
	}
}
