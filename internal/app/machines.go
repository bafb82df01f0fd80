package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// Machines lists the PCs of this office; at the province those of all units.
func (a *App) Machines(ctx context.Context) ([]record.Machine, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return nil, explain(err)
	}
	seen := map[string]store.Stream{}
	for _, st := range streams {
		seen[st.Device.String()] = st
	}
	var out []record.Machine
	listed := map[string]bool{}
	for _, d := range s.known.Roster.Devices {
		if s.role == record.RoleOffice && !s.ours(d) {
			continue
		}
		listed[d.ID] = true
		m := record.Machine{
			Device: d.ID, Name: d.Name, Unit: d.Unit, UnitName: s.unitName(d.Unit), Fingerprint: seal.Fingerprint30(d.Key),
			State: "enrolled", Continues: d.Continues,
		}
		if d.Cut != nil {
			m.State = "revoked"
		}
		out = append(out, m)
	}
	for _, d := range s.known.Local {
		if listed[d.ID] || d.Own && d.ID != a.keys.ID() {
			continue
		}
		m := record.Machine{Device: d.ID, Name: cmp.Or(d.Name, machineName()), Unit: s.code, UnitName: s.unit.FullName(), Fingerprint: seal.Fingerprint30(d.Key), State: "provisional"}
		if d.Own {
			m.State = a.enrolmentAsked(ctx)
		} else {
			m.Provisional = stampOf(knownUntil(d))
		}
		out = append(out, m)
	}
	for i := range out {
		m := &out[i]
		m.This = m.Device == a.keys.ID()
		st := seen[m.Device]
		if len(st.Heads) > 0 {
			m.Commits, m.Seen = st.Commits, time.UnixMilli(st.Heads[0].Time).UTC().Format(time.RFC3339)
		}
		m.Alarm = a.alarmOf(st)
	}
	return out, nil
}

// enrolmentAsked is how a PC stands that is on no roster: it asked to be, or nobody was told of it.
func (a *App) enrolmentAsked(ctx context.Context) string {
	if device, err := a.db.Meta(ctx, metaAsked); err == nil && device == a.keys.ID() {
		return "asked"
	}
	return "unknown"
}

// farOff is how far a machine's clock may be from this one's before somebody is told.
const farOff = 48 * time.Hour

// forked reports whether two machines wrote in one stream.
func forked(st store.Stream) bool { return len(st.Heads) > 1 }

var clonedWords = record.Words{
	VI: "Hai máy đang ghi dưới cùng một khóa (sổ bị chép sang máy khác, hoặc khôi phục từ bản chép). Mọi mục của cả hai đều được giữ; hãy đăng ký lại máy này.",
	EN: "Two machines write under one key (the register was copied, or restored from a copy). All entries of both are kept; enrol this machine again.",
}

// alarmOf says in words what is wrong with a stream.
func (a *App) alarmOf(st store.Stream) record.Words {
	switch {
	case forked(st):
		return clonedWords
	case len(st.Heads) > 0 && time.UnixMilli(st.Heads[0].Time).Sub(a.opts.Now()) > farOff:
		return record.Words{
			VI: "Đồng hồ của máy này chạy nhanh hơn hai ngày; hãy chỉnh lại. Số liệu không bị ảnh hưởng.",
			EN: "This machine's clock is more than two days ahead; set it. No figure is affected.",
		}
	}
	return record.Words{}
}

// provisional is how long another PC of the office is believed because somebody here has
// compared its digits, until the roster names it.
const provisional = 30 * 24 * time.Hour

// knownUntil is when a PC that only this office knows is believed no longer; zero for
// this PC's own streams.
func knownUntil(d trust.Device) time.Time {
	at, err := time.Parse(time.RFC3339, d.Since)
	if err != nil {
		return time.Time{}
	}
	return at.Add(provisional)
}

// believed leaves out PCs that the roster has not named in time.
func believed(list trust.Devices, r trust.Roster, now time.Time) trust.Devices {
	return slices.DeleteFunc(slices.Clone(list), func(d trust.Device) bool {
		_, named := r.Device(d.ID)
		until := knownUntil(d)
		return !d.Own && !named && !until.IsZero() && now.After(until)
	})
}

// colleague is another PC of this office to which things can be sealed.
type colleague struct{ ID, Name, Recipient string }

// colleagues are this office's other PCs that are not revoked.
func (a *App) colleagues(_ context.Context, s *footing) ([]colleague, error) {
	out := map[string]colleague{}
	for _, d := range s.known.Local {
		if !d.Own && d.Recipient != "" {
			out[d.ID] = colleague{d.ID, d.Name, d.Recipient}
		}
	}
	own := map[string]bool{}
	for _, d := range s.known.Local {
		own[d.ID] = d.Own
	}
	for _, d := range s.known.Roster.Devices {
		if !s.ours(d) || own[d.ID] || d.ID == a.keys.ID() {
			continue
		}
		out[d.ID] = colleague{d.ID, d.Name, d.Recipient}
		if d.Cut != nil {
			delete(out, d.ID)
		}
	}
	var list []colleague
	for _, c := range out {
		list = append(list, c)
	}
	slices.SortFunc(list, func(x, y colleague) int { return cmp.Compare(x.ID, y.ID) })
	return list, nil
}
