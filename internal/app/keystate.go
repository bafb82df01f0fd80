package app

import (
	"context"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// KeyState is how this PC's keys are kept, how it stands on the roster, and whom it
// believes.
func (a *App) KeyState(ctx context.Context) (record.KeyState, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return record.KeyState{}, err
	}
	protection, err := trust.ProtectionOf(a.dir)
	if err != nil {
		return record.KeyState{}, explain(err)
	}
	recipient, err := a.recipient()
	if err != nil {
		return record.KeyState{}, explain(err)
	}
	return record.KeyState{
		Device: a.keys.ID(), Fingerprint: a.Fingerprint(), Protection: string(protection), State: s.machineState(a.keys.ID()),
		Practice: recipient.Practice, Province: s.unitName(s.province(a.catalog())), ProvinceFingerprint: s.known.Fingerprint(),
		Confirmed: s.known.IsConfirmed(), RosterVersion: s.known.Roster.Version,
	}, nil
}

// machineState is how a PC of this office stands on the roster, one of
// record.MachineStates.
func (s *footing) machineState(id string) string {
	switch d, ok := s.known.Device(id); {
	case !ok:
		return "unknown"
	case d.Cut != nil:
		return "revoked"
	}
	return "enrolled"
}
