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

// maxHeldLines is how much of what one machine's entries say is told.
const maxHeldLines = 500

// Held is what is kept apart until a person has looked at it: entries of a machine that has
// ended, written after its end, and those of machines nobody knows.
func (a *App) Held(ctx context.Context) ([]record.Held, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	steps, err := a.db.HeldSteps(ctx)
	if err != nil {
		return nil, explain(err)
	}
	spell := a.speller(ctx)
	var out []record.Held
	last := store.HeldStep{}
	for _, st := range steps {
		if len(out) == 0 || st.Device != last.Device {
			out = append(out, s.heldOf(st))
		}
		h := &out[len(out)-1]
		at := time.UnixMilli(st.Step.At).UTC().Format(time.RFC3339)
		if st.Device != last.Device || st.N != last.N {
			h.Entries++
		}
		if h.From == "" || at < h.From {
			h.From = at
		}
		h.To = max(h.To, at)
		if len(h.Lines) < maxHeldLines {
			h.Lines = append(h.Lines, record.HeldLine{At: at, Words: a.heldWords(ctx, spell, st)})
		}
		last = st
	}
	slices.SortStableFunc(out, func(x, y record.Held) int { return cmp.Compare(x.UnitName, y.UnitName) })
	return out, nil
}

func (s *footing) heldOf(st store.HeldStep) record.Held {
	h := record.Held{Device: st.Device.String(), Why: "revoked"}
	d, listed := s.known.Device(h.Device)
	if st.Why == store.HeldUnknown || !listed {
		h.Why = "unknown"
	}
	if listed {
		h.Name, h.Unit, h.UnitName, h.Fingerprint = d.Name, d.Unit, s.unitName(d.Unit), seal.Fingerprint30(d.Key)
	}
	return h
}

func (a *App) heldWords(ctx context.Context, spell record.Speller, st store.HeldStep) record.Words {
	d, ok := record.Describe(st.Ref.Noun)
	if !ok {
		return record.Words{VI: "Một thay đổi mà bản chương trình này chưa đọc được.", EN: "A change this version cannot read."}
	}
	return spell.Foreseen(d, st.Step, a.title(ctx, st.Ref))
}

// ReleaseMachine lets in what is held of a machine that has ended, as the registrar decided
// who has asked the office about it: it was written before the office knew. The roster
// says so, so that it counts everywhere.
func (a *App) ReleaseMachine(ctx context.Context, device string) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	r := s.known.Roster
	r.Devices = slices.Clone(r.Devices)
	i := slices.IndexFunc(r.Devices, func(d trust.RosterDevice) bool { return d.ID == device })
	if s.authority == nil {
		return noAuthority()
	}
	if i < 0 || r.Devices[i].Cut == nil {
		return record.Refuse(record.ErrNotFound, "Không có máy đã thu hồi nào như vậy trong danh bạ.", "There is no revoked machine of this name on the roster.")
	}
	d := &r.Devices[i]
	got, err := a.db.ReleaseHeld(ctx, oplog.DeviceOf(d.Key))
	if err != nil || got.Applied == 0 {
		return a.explainWrite(err)
	}
	here, err := a.cutHere(ctx, d.Key)
	if err != nil {
		return err
	}
	d.Cut = here.With(d.Cut.N, d.Cut.Head)
	return a.publishRoster(ctx, r)
}
