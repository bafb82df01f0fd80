package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

// machineName is what this PC is called until somebody names it otherwise.
func machineName() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "máy tính"
	}
	return name[:min(len(name), 40)]
}

// AskEnrolment writes the file with which this PC asks the province to be put on the
// roster, and gives the 30 digits to be read over the telephone.
func (a *App) AskEnrolment(ctx context.Context, where string) (path, fingerprint string, err error) {
	if path, fingerprint, err = a.writeThisMachine(ctx, where); err != nil {
		return "", "", err
	}
	if err = a.db.SetMeta(ctx, metaAsked, a.keys.ID()); err == nil {
		a.announce(record.Change{Nouns: []string{"bundle"}})
	}
	return path, fingerprint, explain(err)
}

// writeThisMachine writes who this PC is.
func (a *App) writeThisMachine(ctx context.Context, where string) (path, fingerprint string, err error) {
	if err := a.checkFolder(where); err != nil {
		return "", "", err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return "", "", err
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return "", "", explain(err)
	}
	e := trust.Enrolment{
		Unit: s.home(), UnitName: s.unit.FullName(), Office: office.Name, Officer: cmp.Or(a.officerName(ctx, office), office.Officers[0].Name),
		Machine: machineName(), Created: a.stamped(),
	}
	return a.writeEnrolment(where, e)
}

func (a *App) writeEnrolment(where string, e trust.Enrolment) (path, fingerprint string, err error) {
	if e.Continues, err = a.keys.Statement(); err != nil {
		return "", "", explain(err)
	}
	file, name, err := trust.NewEnrolment(a.keys, e)
	if err != nil {
		return "", "", explain(err)
	}
	path, err = folder.Write(where, name, file)
	return path, a.Fingerprint(), a.explainWrite(err)
}

// Fingerprint is this PC's 30 digits, to be compared over the telephone.
func (a *App) Fingerprint() string { return seal.Fingerprint30(publicOf(a.keys.Device)) }

// takeEnrolment keeps a machine's wish to be enrolled: at the province for the registrar,
// elsewhere it is carried on.
func (a *App) takeEnrolment(ctx context.Context, p parcel) (record.Taken, error) {
	e, err := trust.ReadEnrolment(p.raw)
	t := record.Taken{File: p.name, Kind: "enrolment", State: record.TakenRefused}
	if err != nil {
		t.Code = bundle.ReasonOf(err)
		t.Words = reasonWords(t.Code)
		return t, nil
	}
	s, err := a.stand(ctx)
	if err != nil {
		return t, err
	}
	t.From, t.Name = e.Unit, e.UnitName
	if e.Device() == a.keys.ID() {
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Tệp đăng ký của chính máy này; không cần nhận.", EN: "This PC's own enrolment; there is nothing to take in."}
		return t, nil
	}
	if s.role != record.RoleProvince {
		t.State, t.Code = record.TakenCarried, "not-for-us"
		t.Words = record.Words{VI: "Tệp đăng ký máy của " + e.UnitName + ": giữ lại để mang đi hộ.", EN: "An enrolment of " + e.UnitName + ": kept to be carried on."}
		_, err := a.shelf(a.dir.Carried()).Put(p.name, p.raw)
		return t, err
	}
	if d, ok := s.known.Device(e.Device()); ok {
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Máy này của " + e.UnitName + " đã đăng ký rồi.", EN: "This machine of " + e.UnitName + " is enrolled already."}
		if d.Cut != nil {
			t.Words = record.Words{
				VI: "Khóa này của máy " + e.UnitName + " đã bị thu hồi nên không đăng ký lại được; sau khi nhận danh bạ mới, máy đó xin đăng ký bằng khóa mới.",
				EN: "This key of a machine of " + e.UnitName + " is revoked and cannot be enrolled again; once it has the new roster, the machine asks under a new key.",
			}
		}
		return t, nil
	}
	if err := datadir.MakeFolder(a.enrolments()); err != nil {
		return t, err
	}
	if err := datadir.WriteFile(filepath.Join(a.enrolments(), e.Device()+".sope.zip"), p.raw); err != nil {
		return t, err
	}
	t.State = record.TakenApplied
	t.Words = record.Words{
		VI: "Máy “" + e.Machine + "” của " + e.UnitName + " xin đăng ký. Hãy gọi điện đối chiếu 30 số ở Máy và khóa.",
		EN: "The machine “" + e.Machine + "” of " + e.UnitName + " asks to be enrolled. Compare the 30 digits by telephone, in Machines and keys.",
	}
	return t, nil
}

// enrolments is where the wishes wait.
func (a *App) enrolments() string { return filepath.Join(a.dir.Keys(), "enrolments") }

// Enrolments are the machines that ask to be put on the roster.
func (a *App) Enrolments(ctx context.Context) ([]record.Machine, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := a.wishes(&s)
	if err != nil {
		return nil, explain(err)
	}
	var out []record.Machine
	for _, e := range asked {
		m := record.Machine{
			Device: e.Device(), Name: e.Machine, Unit: e.Unit, UnitName: cmp.Or(e.UnitName, s.unitName(e.Unit)), Officer: e.Officer,
			Fingerprint: e.Fingerprint(), State: "asked", Seen: e.Created,
		}
		if e.Continues != nil {
			m.Continues = e.Continues.Old()
		}
		out = append(out, m)
	}
	return out, nil
}

// wishes reads those that wait. One that is damaged is passed over: the office asks
// again when it is not heard of. So is one of a key that is on the roster, in force or not.
func (a *App) wishes(s *footing) ([]trust.Enrolment, error) {
	entries, err := os.ReadDir(a.enrolments())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []trust.Enrolment
	for _, f := range entries {
		raw, err := os.ReadFile(filepath.Join(a.enrolments(), f.Name()))
		if err != nil {
			return nil, err
		}
		e, err := trust.ReadEnrolment(raw)
		if err != nil {
			continue
		}
		if _, listed := s.known.Device(e.Device()); !listed {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(x, y trust.Enrolment) int {
		return cmp.Or(cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Created, y.Created), cmp.Compare(x.Device(), y.Device()))
	})
	return out, nil
}

// ApproveMachine puts a machine on the roster, after somebody has read its 30 digits with
// the office over the telephone. A machine that goes on from another's stream replaces it.
func (a *App) ApproveMachine(ctx context.Context, device string) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	asked, err := a.wishes(&s)
	if err != nil {
		return explain(err)
	}
	i := slices.IndexFunc(asked, func(e trust.Enrolment) bool { return e.Device() == device })
	if i < 0 {
		return record.Refuse(record.ErrNotFound, "Máy này không có trong danh sách chờ duyệt.", "This machine is not among those that ask.")
	}
	e := asked[i]
	if _, ok := s.known.Unit(e.Unit); !ok {
		return record.Refuse(record.ErrNotFound, "Đơn vị mã "+e.Unit+" không có trong danh bạ của tỉnh.", "Unit "+e.Unit+" is not on the roster of the province.")
	}
	r := s.known.Roster
	r.Devices = slices.Clone(r.Devices)
	d := trust.RosterDevice{ID: e.Device(), Key: e.Key, Role: record.RoleOffice, Name: e.Machine, Recipient: e.Recipient}
	d.Unit, d.Since = a.placed(r, e.Unit)
	if e.Continues != nil {
		d.Continues = e.Continues.Old()
		if err := a.endStream(ctx, &r, e.Continues); err != nil {
			return err
		}
	}
	r.Devices = append(r.Devices, d)
	if err := a.publishRoster(ctx, r); err != nil {
		return err
	}
	return a.explainWrite(os.Remove(filepath.Join(a.enrolments(), device+".sope.zip")))
}

// endStream cuts the stream a machine leaves behind at what it says was its last entry,
// or at what is here of it when it does not know.
func (a *App) endStream(ctx context.Context, r *trust.Roster, st *trust.Statement) error {
	i := slices.IndexFunc(r.Devices, func(d trust.RosterDevice) bool { return d.ID == st.Old() })
	if i < 0 || r.Devices[i].Cut != nil {
		return nil
	}
	cut, err := a.cutHere(ctx, st.Continues)
	if err != nil {
		return err
	}
	r.Devices[i].Cut = cut.With(st.N, st.Head)
	return nil
}

// cutHere is the last entry of a machine that is here; of a stream that two machines wrote
// in, those of all branches, since all of them are in the register.
func (a *App) cutHere(ctx context.Context, key ed25519.PublicKey) (*trust.Cut, error) {
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return nil, explain(err)
	}
	cut := &trust.Cut{}
	for _, st := range streams {
		if st.Device == oplog.DeviceOf(key) {
			for _, h := range st.Heads {
				cut = cut.With(h.N, h.Hash.String())
			}
		}
	}
	return cut, nil
}

// RevokeMachine ends a machine, lost or left, at the last of its entries that is here:
// what comes later is kept apart. Time plays no part, since clocks lie.
func (a *App) RevokeMachine(ctx context.Context, device string) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	r := s.known.Roster
	r.Devices = slices.Clone(r.Devices)
	i := slices.IndexFunc(r.Devices, func(d trust.RosterDevice) bool { return d.ID == device })
	switch {
	case i < 0:
		return record.Refuse(record.ErrNotFound, "Máy này không có trong danh bạ.", "This machine is not on the roster.")
	case r.Devices[i].Cut != nil:
		return nil
	case device == a.keys.ID():
		return record.Refuse(record.ErrConflict, "Không thu hồi chính máy đang dùng.", "The PC in use cannot be revoked.")
	}
	if r.Devices[i].Cut, err = a.cutHere(ctx, r.Devices[i].Key); err != nil {
		return err
	}
	return a.publishRoster(ctx, r)
}
