package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// UnitGrid is how every unit of the roster stands in a year: what it handed over of each
// month, and its report. Its totals are those of the last month that is due.
//
// A file covers a month when it came from a machine that worked for the unit at the month's
// end and says that the register is complete up to then; no file can say so of days after it
// came, whatever its sender's clock says. What counts is when it came, by this PC's clock.
func (a *App) UnitGrid(ctx context.Context, year int) (record.UnitGrid, error) {
	out := record.UnitGrid{Year: year}
	if year < 2000 || year > 2999 {
		return out, record.Refuse(record.ErrInvalid, "Năm này không hợp lệ.", "This is no year.")
	}
	g, err := a.readGrid(ctx, year)
	if err != nil {
		return out, explain(err)
	}
	out.DueDay = g.dueDay
	for _, u := range g.s.known.Roster.Units {
		if g.stood(u, g.first(1), g.last(12)) {
			row, err := g.row(u)
			if err != nil {
				return out, explain(err)
			}
			out.Rows = append(out.Rows, row)
		}
	}
	slices.SortStableFunc(out.Rows, func(x, y record.UnitRow) int { return cmp.Compare(x.Unit.Code, y.Unit.Code) })
	g.total(&out)
	return out, nil
}

// grid is a year of the province's units being put together.
type grid struct {
	a        *App
	ctx      context.Context
	s        footing
	year     int
	dueDay   int
	today    record.Date
	zone     *time.Location
	report   record.Deadline
	taken    map[string][]came // by unit of the sender, the first that came first
	work     map[string]*[12]int
	streams  map[string]store.Stream
	machines map[string][]trust.RosterDevice // by unit they work for, now or before
	reports  map[string]gridReport
}

// came is a file with the days on which it came and up to which its register is complete.
type came struct {
	store.Taken
	day     record.Date
	through record.Date
}

// gridReport is a unit's newest signed report of the year and when it was signed.
type gridReport struct {
	record.Report
	device  oplog.Device
	signed  time.Time
	verdict record.Verdict
}

func (a *App) readGrid(ctx context.Context, year int) (*grid, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	g := &grid{a: a, ctx: ctx, s: s, year: year, dueDay: cmp.Or(s.known.Roster.DueDay, defaultDueDay), zone: a.opts.Now().Location()}
	for _, read := range []func() error{
		func() (err error) { g.today, err = a.today(ctx); return },
		func() error {
			days, err := a.workdays(ctx)
			if err == nil {
				g.report = deadline(days, g.today, dayOfReport(year))
			}
			return err
		},
		g.readMachines, g.readTaken, g.readWork, g.readReports,
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (g *grid) first(month int) record.Date {
	d, _ := record.NewDate(g.year, month, 1)
	return d
}

func (g *grid) last(month int) record.Date {
	return record.DateOf(g.first(month).Time().AddDate(0, 1, -1))
}

// due is the last day on which a month is on time, the last of a short month where there
// is no such day.
func (g *grid) due(month int) record.Date {
	next := g.last(month).AddDays(1)
	end := record.DateOf(next.Time().AddDate(0, 1, -1))
	return min(next.AddDays(g.dueDay-1), end)
}

// stood reports whether a unit existed on some day of a span.
func (g *grid) stood(u trust.RosterUnit, from, to record.Date) bool {
	return (u.From == "" || u.From <= to) && (u.To == "" || u.To >= from)
}

func (g *grid) day(t time.Time) record.Date { return record.DateOf(t.In(g.zone)) }

func (g *grid) readMachines() error {
	streams, err := g.a.db.Streams(g.ctx)
	if err != nil {
		return err
	}
	g.streams, g.machines = map[string]store.Stream{}, map[string][]trust.RosterDevice{}
	for _, st := range streams {
		g.streams[st.Device.String()] = st
	}
	for _, d := range g.s.known.Roster.Devices {
		units := []string{d.Unit}
		for _, m := range d.Since {
			units = append(units, m.Unit)
		}
		slices.Sort(units)
		for _, u := range slices.Compact(units) {
			g.machines[u] = append(g.machines[u], d)
		}
	}
	return nil
}

// unitOn is the unit a machine worked for on a day: before the first it is known of, the
// first.
func unitOn(d trust.RosterDevice, on record.Date) string {
	if len(d.Since) == 0 {
		return d.Unit
	}
	unit := d.Since[0].Unit
	for _, m := range d.Since {
		if m.From <= on {
			unit = m.Unit
		}
	}
	return unit
}

func (g *grid) readTaken() error {
	list, err := g.a.db.TakenList(g.ctx, "")
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(x, y store.Taken) int { return x.Received.Compare(y.Received) })
	g.taken = map[string][]came{}
	for _, t := range list {
		c := came{Taken: t, day: g.day(t.Received), through: record.Date(t.Through)}
		if c.through == "" {
			c.through = dayOf(t.Created, g.zone)
		}
		c.through = min(c.through, c.day)
		units := []string{t.Unit}
		if d, ok := g.s.known.Device(t.Device); ok {
			for _, m := range d.Since {
				if !slices.Contains(units, m.Unit) {
					units = append(units, m.Unit)
				}
			}
		}
		for _, u := range units {
			g.taken[u] = append(g.taken[u], c)
		}
	}
	return nil
}

// dayOf is the day of an instant as files write it, "" when it is none.
func dayOf(text string, zone *time.Location) record.Date {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return ""
	}
	return record.DateOf(at.In(zone))
}

func (g *grid) readWork() error {
	var moved []oplog.Device
	for _, d := range g.s.known.Roster.Devices {
		if len(d.Since) > 1 {
			moved = append(moved, oplog.DeviceOf(d.Key))
		}
	}
	list, err := g.a.db.WorkOf(g.ctx, record.Period{From: g.first(1), To: g.last(12)}, moved...)
	g.work = map[string]*[12]int{}
	for _, w := range list {
		d, ok := g.s.known.Device(w.Device.String())
		if !ok {
			continue
		}
		u := unitOn(d, w.Day)
		if g.work[u] == nil {
			g.work[u] = new([12]int)
		}
		g.work[u][w.Day.Month()-1] += w.N
	}
	return err
}

// readReports finds the newest signed report of the whole year of each unit.
func (g *grid) readReports() error {
	list, err := store.All[record.Report](g.ctx, g.a.db)
	if err != nil {
		return err
	}
	made, err := g.a.db.MadeBy(g.ctx, "report")
	if err != nil {
		return err
	}
	verdicts, err := g.a.verdicts(g.ctx)
	if err != nil {
		return err
	}
	g.reports = map[string]gridReport{}
	for _, r := range list {
		if !r.Signed() || r.Period.Year != g.year || r.Period.Part != "" {
			continue
		}
		by := made[r.ID]
		d, ok := g.s.known.Device(by.Device.String())
		if !ok {
			continue
		}
		unit := unitOn(d, r.SignedOn)
		if was, known := g.reports[unit]; !known || newerReport(was.Report, r) {
			g.reports[unit] = gridReport{r, by.Device, by.Last, verdicts[r.ID]}
		}
	}
	return nil
}

// newerReport reports whether b replaces a. Two first versions by different rules stand
// side by side: the one signed later counts.
func newerReport(a, b record.Report) bool {
	if a.Period.SameReport(b.Period) {
		return cmp.Or(cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.SignedOn, b.SignedOn), slices.Compare(a.ID[:], b.ID[:])) < 0
	}
	return cmp.Or(cmp.Compare(a.SignedOn, b.SignedOn), slices.Compare(a.ID[:], b.ID[:])) < 0
}

func (g *grid) row(u trust.RosterUnit) (record.UnitRow, error) {
	row := record.UnitRow{Unit: g.unit(u)}
	for i := range row.Months {
		row.Months[i] = g.month(u, i+1)
	}
	row.Report = g.reportOf(u)
	var last int64
	for _, d := range g.machines[u.Code] {
		if st := g.streams[d.ID]; len(st.Heads) > 0 {
			last = max(last, st.Heads[0].Time)
		}
		if d.Unit == u.Code && d.Cut == nil {
			row.Machines++
		}
	}
	if last > 0 {
		row.LastSeen = time.UnixMilli(last).UTC().Format(time.RFC3339)
	}
	var err error
	row.Alarm, err = g.alarm(u, &row)
	row.Message = g.message(u, &row)
	return row, err
}

func (g *grid) unit(u trust.RosterUnit) record.Unit {
	if shipped, ok := g.a.catalog().unit(u.ID); ok {
		return shipped
	}
	return record.Unit{ID: u.ID, Kind: u.Kind, Name: u.Name, Code: u.Code, Valid: record.Validity{From: u.From, To: u.To}}
}

func (g *grid) month(u trust.RosterUnit, month int) record.UnitMonth {
	var m record.UnitMonth
	if w := g.work[u.Code]; w != nil {
		m.Work = w[month-1]
	}
	first, last := g.first(month), g.last(month)
	if !g.stood(u, first, last) { // before it began, too
		m.State = "ended"
		return m
	}
	if u.To != "" {
		last = min(last, u.To)
	}
	due := g.due(month)
	if c, ok := g.covering(u.Code, last); ok {
		m.Received = string(c.day)
		switch {
		case c.day > due:
			m.State = "late"
		case m.Work == 0:
			m.State = "empty"
		default:
			m.State = "ontime"
		}
		return m
	}
	if c, ok := g.damaged(u.Code, last); ok {
		m.State, m.Received = "damaged", string(c.day)
		return m
	}
	if m.State = "never"; g.today <= due {
		m.State = "future"
	}
	return m
}

// covering is the first file that came of a unit whose register is complete up to a day.
func (g *grid) covering(unit string, last record.Date) (came, bool) {
	for _, c := range g.taken[unit] {
		applied := c.State == record.TakenApplied || c.State == record.TakenKnown
		if !applied || c.Kind != seal.KindLog || c.through < last {
			continue
		}
		of := c.Unit
		if d, ok := g.s.known.Device(c.Device); ok {
			of = unitOn(d, last)
		}
		if of == unit {
			return c, true
		}
	}
	return came{}, false
}

// damaged is the last file of a unit that came broken after a day. Its name is all that
// says whose it is.
func (g *grid) damaged(unit string, last record.Date) (came, bool) {
	for _, c := range slices.Backward(g.taken[unit]) {
		if c.State == record.TakenRefused && (c.Reason == "damaged" || c.Reason == "truncated") && c.day > last {
			return c, true
		}
	}
	return came{}, false
}

// reportOf is where the unit's report of the year stands. It came with the first file
// that its unit sealed after it was signed; both are said by the clock of one machine.
func (g *grid) reportOf(u trust.RosterUnit) record.UnitReport {
	r, ok := g.reports[u.Code]
	if !ok {
		return record.UnitReport{State: "none"}
	}
	out := record.UnitReport{Report: r.ID, State: "received", Revision: r.Revision, SignedOn: r.SignedOn, Reason: r.verdict.Reason}
	for _, c := range g.taken[u.Code] {
		at, err := time.Parse(time.RFC3339, c.Created)
		if err == nil && c.Kind == seal.KindLog && (c.State == record.TakenApplied || c.State == record.TakenKnown) &&
			c.Device == r.device.String() && !at.Before(r.signed.Truncate(time.Second)) {
			out.Received = string(c.day)
			break
		}
	}
	switch {
	case r.verdict.Status != "":
		out.State = r.verdict.Status
	case out.Received > string(g.report.On):
		out.State = "late"
	}
	return out
}

func (g *grid) total(out *record.UnitGrid) {
	month := 0
	for m := 1; m <= 12; m++ {
		if g.due(m) < g.today {
			month = m
		}
	}
	t := &out.Totals
	for _, r := range out.Rows {
		if r.Report.State != "none" {
			t.Reports++
		}
		if month == 0 {
			t.Units++
			continue
		}
		switch r.Months[month-1].State {
		case "ended":
			continue
		case "ontime", "empty":
			t.OnTime++
		case "late":
			t.Late++
		case "damaged":
			t.Damaged++
		default:
			t.Never++
		}
		t.Units++
	}
}
