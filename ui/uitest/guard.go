package uitest

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// Guard is what keeps an office in memory safe: its lock, its trial restores, its
// officers and its days off.
type Guard struct {
	Fail map[string]error // a method's name: its error

	Lock       record.LockState
	Passphrase string
	Tries      []string // passphrases that were tried

	Keeper record.Office // its officers
	Here   record.ID     // who is at the desk

	Drilled record.DrillResult
	Trial   record.DrillResult // how the next trial goes
	Trials  int

	Shipped  []record.DayOff
	Holidays []record.Holiday
	gone     map[string]record.Holiday
}

// LockState tells how the window is locked.
func (g *Guard) LockState(context.Context) (record.LockState, error) {
	return g.Lock, g.Fail["LockState"]
}

// SetLockAfter keeps the minutes.
func (g *Guard) SetLockAfter(_ context.Context, minutes int) error {
	if err := g.Fail["SetLockAfter"]; err != nil {
		return err
	}
	g.Lock.Minutes = minutes
	return nil
}

// SetLockPassphrase keeps a passphrase.
func (g *Guard) SetLockPassphrase(ctx context.Context, current, next string) error {
	if g.Lock.Own {
		if err := g.Unlock(ctx, current); err != nil {
			return err
		}
	}
	g.Passphrase = next
	g.Lock.Set, g.Lock.Own = next != "", next != ""
	return nil
}

// Unlock opens with the passphrase.
func (g *Guard) Unlock(_ context.Context, passphrase string) error {
	g.Tries = append(g.Tries, passphrase)
	if passphrase != g.Passphrase {
		return record.Refuse(record.ErrPassphrase, "Mật khẩu không đúng.", "The passphrase is wrong.")
	}
	return nil
}

// AtDesk is who writes.
func (g *Guard) AtDesk(context.Context) (record.Officer, error) {
	f, _ := g.Keeper.Officer(g.Here)
	return f, g.Fail["AtDesk"]
}

// TakeDesk lets another write.
func (g *Guard) TakeDesk(_ context.Context, id record.ID) error {
	if err := g.Fail["TakeDesk"]; err != nil {
		return err
	}
	g.Here = id
	return nil
}

// Drill is how the last trial went.
func (g *Guard) Drill(context.Context) (record.DrillResult, error) {
	return g.Drilled, g.Fail["Drill"]
}

// RestoreDrill tries.
func (g *Guard) RestoreDrill(_ context.Context, progress func(done, total int64)) (record.DrillResult, error) {
	g.Trials++
	progress(1, 2)
	if err := g.Fail["RestoreDrill"]; err != nil {
		return record.DrillResult{}, err
	}
	g.Drilled = g.Trial
	return g.Trial, nil
}

// DaysOff are the shipped days with the office's own over them.
func (g *Guard) DaysOff(_ context.Context, year int) ([]record.DayOff, error) {
	var out []record.DayOff
	for _, d := range g.Shipped {
		if d.Day.Year() == year {
			out = append(out, d)
		}
	}
	for _, h := range g.Holidays {
		if h.Day.Year() == year {
			out = put(out, h)
		}
	}
	slices.SortFunc(out, func(a, b record.DayOff) int { return cmp.Compare(a.Day, b.Day) })
	return out, g.Fail["DaysOff"]
}

func put(days []record.DayOff, h record.Holiday) []record.DayOff {
	own := record.DayOff{Day: h.Day, Name: record.Words{VI: h.Name, EN: h.Name}, Work: h.Work, Holiday: h.ID}
	for i, d := range days {
		if d.Day == h.Day {
			name := d.Name
			own.Instead = &name
			days[i] = own
			return days
		}
	}
	return append(days, own)
}

// SaveRecord keeps a day off.
func (g *Guard) SaveRecord(_ context.Context, n record.Noun) (record.Noun, error) {
	h, ok := n.(record.Holiday)
	if !ok {
		return n, record.ErrInvalid
	}
	if err := h.Validate(); err != nil {
		return h, err
	}
	if i := slices.IndexFunc(g.Holidays, func(x record.Holiday) bool { return x.ID == h.ID }); i >= 0 && !h.ID.IsZero() {
		g.Holidays[i] = h
		return h, nil
	}
	h.ID = record.ID{15: byte(len(g.Holidays) + 1)}
	g.Holidays = append(g.Holidays, h)
	return h, nil
}

// DeleteRecord takes a day off away.
func (g *Guard) DeleteRecord(_ context.Context, ref record.Ref) (record.Change, error) {
	i := slices.IndexFunc(g.Holidays, func(h record.Holiday) bool { return h.ID == ref.ID })
	if i < 0 {
		return record.Change{}, record.ErrNotFound
	}
	if g.gone == nil {
		g.gone = map[string]record.Holiday{}
	}
	batch := strconv.Itoa(len(g.gone) + 1)
	g.gone[batch] = g.Holidays[i]
	g.Holidays = slices.Delete(g.Holidays, i, i+1)
	return record.Change{Nouns: []string{"holiday"}, Batch: batch}, nil
}

// Undo brings a day off back.
func (g *Guard) Undo(_ context.Context, batch string) (record.Change, error) {
	g.Holidays = append(g.Holidays, g.gone[batch])
	return record.Change{Nouns: []string{"holiday"}}, nil
}

// ParseDate reads a day as the program does.
func (g *Guard) ParseDate(text string) (record.Date, error) {
	d, err := viet.ParseDate(text, viet.Date{Year: Now.Year(), Month: int(Now.Month()), Day: Now.Day()})
	if err != nil {
		return "", record.Refuse(record.ErrInvalid, "Không hiểu ngày “"+text+"”.", "Not a date.").Because(err)
	}
	date, _ := record.NewDate(d.Year, d.Month, d.Day)
	return date, nil
}
