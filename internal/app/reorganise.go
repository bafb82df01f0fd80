package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// This file takes in what the province says of units that begin, end or change, and keeps
// the register in step with it. What came is kept as it came, and the catalogue of units is the
// shipped one with all of it laid over in the order of versions: so a register comes to the
// same units in whatever order the files reach it.

// unitPack is a reorganisation that is in force here.
type unitPack struct {
	bundle.Units
	id   string // of its file
	name string
	raw  []byte
}

// metaUnits is the local list of reorganisations that were proven when they came.
const metaUnits = "units"

// packFact is a line of it. The key stays: the registrar's may be replaced later, and what
// it signed before holds.
type packFact struct {
	Version int64             `json:"version"`
	SHA256  string            `json:"sha256"`
	Key     ed25519.PublicKey `json:"key"`
}

// catalog is the units as they are known here, with what else ships.
func (a *App) catalog() *catalog { return a.catalogs.Load() }

func (a *App) packPath(version int64) string {
	return filepath.Join(a.dir.Units(), fmt.Sprintf("%09d.sopb.zip", version))
}

func (a *App) packFacts(ctx context.Context) ([]packFact, error) {
	text, err := a.db.Meta(ctx, metaUnits)
	if err != nil || text == "" {
		return nil, explain(err)
	}
	var facts []packFact
	if err := json.Unmarshal([]byte(text), &facts); err != nil {
		return nil, fmt.Errorf("%w: list of reorganisations: %v", record.ErrDamaged, err)
	}
	return facts, nil
}

// loadPacks reads the reorganisations in force and lays them over the catalogue. One whose
// file is gone or altered is passed over: the next stick of the province brings it again.
func (a *App) loadPacks(ctx context.Context) error {
	facts, err := a.packFacts(ctx)
	if err != nil {
		return err
	}
	var packs []unitPack
	for _, f := range facts {
		raw, err := os.ReadFile(a.packPath(f.Version))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return explain(err)
		}
		if p, err := readPack(raw, f.Key); err == nil && shaOf(raw) == f.SHA256 {
			packs = append(packs, p)
		}
	}
	return a.usePacks(packs)
}

func readPack(raw []byte, key ed25519.PublicKey) (unitPack, error) {
	outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) { return key, id == seal.DeviceID(key) })
	if err != nil {
		return unitPack{}, err
	}
	plain, err := outer.Open(nil)
	if err != nil {
		return unitPack{}, err
	}
	units, err := bundle.ReadUnits(outer.Envelope, plain)
	return unitPack{units, outer.Envelope.ID, "", raw}, err
}

// usePacks makes reorganisations the ones in force.
func (a *App) usePacks(packs []unitPack) error {
	shipped, err := a.baseCatalog()
	if err != nil {
		return err
	}
	slices.SortFunc(packs, func(x, y unitPack) int { return cmp.Compare(x.Version, y.Version) })
	a.peers.mu.Lock()
	a.peers.packs = packs
	a.peers.mu.Unlock()
	a.catalogs.Store(shipped.with(packs))
	return nil
}

// packs are the reorganisations in force, the oldest first.
func (a *App) packs() []unitPack {
	a.peers.mu.Lock()
	defer a.peers.mu.Unlock()
	return slices.Clone(a.peers.packs)
}

// packsHere is what bundles and receipts say of the packs in force.
func (a *App) packsHere() map[string]int64 {
	out := a.channelsHere()
	for _, p := range a.packs() {
		out[seal.KindUnits] = p.Version
	}
	return out
}

// takeUnits takes a reorganisation in. Its version alone says where it belongs: an older
// one that was missed is laid under the newer, one that is here changes nothing.
func (a *App) takeUnits(ctx context.Context, s *footing, p parcel, plain []byte) (record.Taken, error) {
	units, err := bundle.ReadUnits(p.outer.Envelope, plain)
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	t := p.taken(record.TakenApplied)
	t.Name = s.unitName(t.From)
	title := fmt.Sprintf("“%s” (bản %d)", units.Title, units.Version)
	packs := a.packs()
	i := slices.IndexFunc(packs, func(x unitPack) bool { return x.Version == units.Version })
	if i >= 0 && s.signs(packs[i]) {
		t.State = record.TakenKnown
		t.Words = record.Words{
			VI: "Lần sắp xếp đơn vị " + title + " đã có; sổ không đổi.",
			EN: fmt.Sprintf("The reorganisation “%s” (%d) is here already; nothing changed.", units.Title, units.Version),
		}
		return t, a.noteTaken(ctx, p, t, "")
	}
	key, ok := s.known.Signer(seal.KindUnits, p.outer.Envelope.From)
	if !ok {
		return a.refuse(ctx, p, bundle.WithReason("not-trusted", record.ErrNotTrusted))
	}
	if err := a.installUnits(ctx, unitPack{units, p.outer.Envelope.ID, p.name, p.raw}, key); err != nil {
		return record.Taken{}, err
	}
	if err := a.passOn(ctx, s, p); err != nil {
		return t, err
	}
	t.Words = record.Words{
		VI: fmt.Sprintf("Đã nhận lần sắp xếp đơn vị %s, từ ngày %s: %d đơn vị. Hoạt động đã ghi giữ nguyên.", title, units.On, len(units.Changes)),
		EN: fmt.Sprintf("Took in the reorganisation “%s” (%d) of %s: %d units. The activities stay as they are.", units.Title, units.Version, units.On, len(units.Changes)),
	}
	return t, a.noteTaken(ctx, p, t, "")
}

// installUnits keeps a reorganisation and brings the register in step: all of it, or
// nothing. A cut in between is made good at the next start.
func (a *App) installUnits(ctx context.Context, p unitPack, key ed25519.PublicKey) error {
	before, fact := a.packs(), packFact{p.Version, shaOf(p.raw), key}
	facts, err := a.packFacts(ctx)
	if err != nil {
		return err
	}
	if err := datadir.MakeFolder(a.dir.Units()); err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(before), func(x unitPack) bool { return x.Version == p.Version })
	if len(others) < len(before) { // cut in between, the file is still one that was proven
		if err := a.setPackFacts(ctx, append(slices.Clone(facts), fact)); err != nil {
			return err
		}
	}
	if err := datadir.WriteFileVerified(a.packPath(p.Version), p.raw); err != nil {
		return err
	}
	if err := a.usePacks(append(others, p)); err != nil {
		return err
	}
	if err := a.keepUnits(ctx); err != nil {
		return errors.Join(err, a.usePacks(before))
	}
	facts = slices.DeleteFunc(facts, func(f packFact) bool { return f.Version == p.Version })
	return a.setPackFacts(ctx, append(facts, fact))
}

func (a *App) setPackFacts(ctx context.Context, facts []packFact) error {
	text, err := json.Marshal(facts)
	if err != nil {
		return err
	}
	return a.db.SetMeta(ctx, metaUnits, string(text))
}

// signs reports whether the key under which a reorganisation came is still the registrar's.
func (s *footing) signs(p unitPack) bool {
	env, err := seal.PeekEnvelope(p.raw)
	_, ok := s.known.Signer(seal.KindUnits, env.From)
	return err == nil && ok
}

// governed are the fields of a unit that a reorganisation decides. The others are the
// register's own.
var governed = []string{"kind", "type", "name", "code", "parent_id", "valid"}

// keepUnits brings the register's rows of reorganised units in step with the catalogue:
// what they are, what they came from and what they went into. Every PC writes the same
// values, so that none of them is ever in question; where an older bundle brought back what was
// before, it is settled again. With nothing to do nothing is written.
func (a *App) keepUnits(ctx context.Context) error {
	changed := a.reorganised()
	if len(changed) == 0 {
		return nil
	}
	open, err := a.openUnitFields(ctx)
	if err != nil {
		return err
	}
	_, err = a.commitQuietly(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		rows, err := store.AllIn[record.Unit](tx)
		if err != nil {
			return nil, err
		}
		here := map[record.ID]record.Unit{}
		for _, u := range rows {
			here[u.ID] = u
		}
		var edits []record.Edit
		var use []record.ID
		for _, id := range changed {
			want, _ := a.catalog().unit(id)
			if have, ok := here[id]; ok {
				use = append(use, id)
				edits = append(edits, inStep(have, want, open[id])...)
			} else if slices.ContainsFunc(want.Predecessors, func(p record.ID) bool { _, ok := here[p]; return ok }) {
				use = append(use, id)
			}
		}
		news, err := a.useUnits(tx, use...)
		return append(edits, news...), err
	})
	return err
}

// reorganised are the units that reorganisations speak of, by id.
func (a *App) reorganised() []record.ID {
	ids := map[record.ID]bool{}
	for _, p := range a.packs() {
		for _, c := range p.Changes {
			ids[c.Unit.ID] = true
		}
	}
	return slices.SortedFunc(maps.Keys(ids), func(x, y record.ID) int { return bytes.Compare(x[:], y[:]) })
}

// openUnitFields are the governed fields of units of which several versions stand.
func (a *App) openUnitFields(ctx context.Context) (map[record.ID][]string, error) {
	list, err := a.db.Conflicts(ctx)
	out := map[record.ID][]string{}
	for _, c := range list {
		if c.Ref.Noun == "unit" && slices.Contains(governed, c.Field) {
			out[c.Ref.ID] = append(out[c.Ref.ID], c.Field)
		}
	}
	return out, err
}

// inStep is the edit that makes a row what the catalogue says it is, with every version
// of the fields that stood open replaced.
func inStep(have, want record.Unit, open []string) []record.Edit {
	after := have
	after.Kind, after.Type, after.Name, after.Code, after.ParentID, after.Valid = want.Kind, want.Type, want.Name, want.Code, want.ParentID, want.Valid
	joinSets(&after, want)
	e, changed := record.Update(have, after)
	values := record.Values(after)
	for _, field := range open {
		e.Set[field] = cmp.Or(values[field], record.Null)
	}
	if !changed && len(open) == 0 {
		return nil
	}
	return []record.Edit{e}
}

// UnitEnd says whether this office's unit has been reorganised away by today, and for which
// the office may report instead.
func (a *App) UnitEnd(ctx context.Context) (record.UnitEnd, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return record.UnitEnd{}, err
	}
	return a.unitEnd(ctx, &s)
}

func (a *App) unitEnd(ctx context.Context, s *footing) (record.UnitEnd, error) {
	today, err := a.today(ctx)
	u, ok := a.catalog().unit(s.unit.ID)
	if err != nil || !ok || u.Valid.To == "" || today <= u.Valid.To || !slices.Contains(a.reorganised(), u.ID) {
		return record.UnitEnd{}, explain(err)
	}
	out := record.UnitEnd{Unit: u.FullName(), From: u.Valid.To.AddDays(1), Into: a.heirNames(u)}
	d, listed := s.known.Device(s.device)
	for _, heir := range a.heirsOf(u) {
		choice := a.catalog().choice(heir)
		if listed && of(d, heir.Code) {
			out.Heirs = []record.UnitChoice{choice}
			break
		}
		out.Heirs = append(out.Heirs, choice)
	}
	return out, nil
}

// unitEnded says that this office's unit has been reorganised away, and what to do.
func (a *App) unitEnded(ctx context.Context, s *footing) (record.Words, error) {
	end, err := a.unitEnd(ctx, s)
	if err != nil || end.Unit == "" {
		return record.Words{}, err
	}
	return endWords(end), nil
}

func endWords(end record.UnitEnd) record.Words {
	from := end.From.String()
	if end.Into == "" {
		return record.Words{
			VI: "Đơn vị " + end.Unit + " đã kết thúc từ ngày " + from + " và không có đơn vị nhận. Hãy giao hết phần còn lại cho cấp trên.",
			EN: end.Unit + " ended on " + from + " and nothing takes its place. Hand what is left over to the province.",
		}
	}
	return record.Words{
		VI: "Đơn vị " + end.Unit + " đã sắp xếp vào " + end.Into + " từ ngày " + from + ": hãy đổi đơn vị báo cáo trong Thiết lập. Những gì đã ghi giữ nguyên.",
		EN: end.Unit + " went into " + end.Into + " on " + from + ": change the reporting unit in Settings. What was entered stays as it is.",
	}
}

func (a *App) heirNames(u record.Unit) string {
	var names []string
	for _, id := range u.Successors {
		if heir, ok := a.catalog().unit(id); ok {
			names = append(names, heir.FullName())
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// Heirs are the units that a reorganisation put in the place of this office's, for the
// choice in Settings; none while it stands.
func (a *App) Heirs(ctx context.Context) ([]record.UnitChoice, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	var out []record.UnitChoice
	for _, u := range a.heirsOf(s.unit) {
		out = append(out, a.catalog().choice(u))
	}
	return out, nil
}

// heirsOf are the units standing at the ends of what a unit went into.
func (a *App) heirsOf(u record.Unit) []record.Unit {
	var out []record.Unit
	seen := map[record.ID]bool{u.ID: true}
	for next := []record.ID(u.Successors); len(next) > 0; next = next[1:] {
		heir, ok := a.catalog().unit(next[0])
		if !ok || seen[heir.ID] {
			continue
		}
		seen[heir.ID] = true
		if heir.Valid.To == "" {
			out = append(out, heir)
		}
		next = append(next, heir.Successors...)
	}
	return out
}

// MoveOffice lets this register report for the unit that its own went into. What was
// entered and sealed before stays under the unit of its day.
func (a *App) MoveOffice(ctx context.Context, unit record.ID) (record.Change, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return record.Change{}, err
	}
	heirs := a.heirsOf(s.unit)
	i := slices.IndexFunc(heirs, func(u record.Unit) bool { return u.ID == unit })
	if i < 0 {
		return record.Change{}, record.Refuse(record.ErrInvalid,
			"Chỉ đổi được sang đơn vị nhận "+s.unit.FullName()+" theo lần sắp xếp cấp trên đã gửi. Hãy nhận tệp sắp xếp đơn vị trước.",
			"The unit can only become one that "+s.unit.FullName()+" went into by a reorganisation of the province. Take in its file first.")
	}
	if d, ok := s.known.Device(s.device); ok && !of(d, heirs[i].Code) {
		return record.Change{}, record.Refuse(record.ErrConflict,
			"Danh bạ của cấp trên xếp máy này vào "+s.unitName(d.Unit)+". Hãy chọn đơn vị ấy, hoặc gọi cấp trên để đổi.",
			"The province's roster has this PC with "+s.unitName(d.Unit)+". Choose that unit, or call the province.")
	}
	ch, err := a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		news, err := a.useUnits(tx, unit)
		if err != nil {
			return nil, err
		}
		list, err := store.AllIn[record.Office](tx)
		if err != nil || len(list) == 0 {
			return nil, errors.Join(err, record.ErrNotFound)
		}
		after := list[0]
		after.UnitID = unit
		e, _ := record.Update(list[0], after)
		return append(news, e), nil
	})
	if err != nil {
		return ch, err
	}
	return ch, a.syncMembers(ctx)
}
