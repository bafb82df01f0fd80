package app

import (
	"context"
	"errors"
	"fmt"

	"sophobien/internal/bundle"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// ConfirmProvince notes that somebody compared the province's digits with its letter.
func (a *App) ConfirmProvince(ctx context.Context, fingerprint string) error {
	known, err := trust.LoadKnown(a.dir)
	if err != nil {
		return explain(err)
	}
	if known, err = known.Confirm(fingerprint); err != nil {
		return explain(err)
	}
	if err := trust.SaveKnown(a.dir, known); err != nil {
		return a.explainWrite(err)
	}
	return a.loadPeers(ctx)
}

// takeRoster believes a newer roster of the province that is known here, and waits for a
// person to compare the first one's fingerprint.
func (a *App) takeRoster(ctx context.Context, s *footing, p parcel) (record.Taken, error) {
	known, err := trust.OpenRoster(s.known, p.raw)
	if err != nil {
		return a.refuseRoster(ctx, s, p, err)
	}
	if p.outer, err = known.ReadOuter(p.raw); err != nil {
		return a.refuse(ctx, p, err)
	}
	t := p.taken(record.TakenApplied)
	t.Name = known.Roster.Name
	if known.Roster.Version == s.known.Roster.Version {
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Danh bạ này đã có.", EN: "This roster is here already."}
		return t, a.noteTaken(ctx, p, t, "")
	}
	if err := a.noteRoster(ctx, s, known); err != nil { // before it is believed: a cut tells it twice, not never
		return t, err
	}
	if err := trust.SaveKnown(a.dir, known); err != nil {
		return t, err
	}
	if err := a.loadPeers(ctx); err != nil {
		return t, err
	}
	if err := a.leaveEnded(ctx); err != nil {
		return t, err
	}
	t.Words = record.Words{
		VI: fmt.Sprintf("Đã nhận danh bạ bản %d của %s.", known.Roster.Version, t.Name),
		EN: fmt.Sprintf("Took in roster %d of %s.", known.Roster.Version, t.Name),
	}
	if !known.IsConfirmed() {
		t.Words.VI += " Hãy đối chiếu 30 số của cấp trên với công văn ở Trao đổi › Máy và khóa."
		t.Words.EN += " Compare the 30 digits with the letter, in the exchange, Machines and keys."
	}
	if err := a.passOn(ctx, s, p); err != nil {
		return t, err
	}
	return t, a.noteTaken(ctx, p, t, "")
}

// refuseRoster tells the rosters that are no matter for alarm from those that are: sticks
// go round with old ones on them.
func (a *App) refuseRoster(ctx context.Context, s *footing, p parcel, why error) (record.Taken, error) {
	switch {
	case errors.Is(why, trust.ErrRosterOld):
		t := record.Taken{File: p.name, State: record.TakenKnown, Kind: seal.KindRoster, From: s.known.Roster.Unit, Name: s.known.Roster.Name}
		t.Words = record.Words{VI: "Danh bạ cũ; máy này đã có bản mới hơn.", EN: "An old roster; this PC has a newer one."}
		return t, nil
	case errors.Is(why, seal.ErrNotTrusted):
		if env, err := seal.PeekEnvelope(p.raw); err == nil && s.known.Former(env.From) {
			return signedBefore(s, p, env), nil
		}
	case errors.Is(why, trust.ErrRosterFork):
		return a.refuse(ctx, p, bundle.WithReason("roster-fork", why))
	}
	t, err := a.refuse(ctx, p, why)
	if errors.Is(why, trust.ErrOtherProvince) {
		t.Words = record.Words{
			VI: "Danh bạ này của một cấp trên khác với cấp trên máy này đã tin; không nhận. Hãy gọi cho cấp trên nếu tệp do họ gửi.",
			EN: "This roster is of another province than the one this PC believes; it was not taken in. Call the province if the file came from them.",
		}
	}
	return t, err
}
