package faults

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// TestSimulatedYears lets offices, a province and couriers work on real registers while
// everything goes wrong that can, and looks at what is left after one good exchange.
// SEED runs one seed and tells every step.
func TestSimulatedYears(t *testing.T) {
	seeds, steps := make([]uint64, 0), 90
	if text := os.Getenv("SEED"); text != "" {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, seed)
	} else {
		for seed := range uint64(recordtest.Count(t, 3, 300)) {
			seeds = append(seeds, seed+1)
		}
	}
	if text := os.Getenv("STEPS"); text != "" {
		steps, _ = strconv.Atoi(text)
	}
	all := map[string]int{}
	for _, seed := range seeds {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			w := newWorld(t, seed, 0, 1, 2, 3)
			w.mixVersions()
			for range steps {
				w.step()
			}
			w.exchangeAll()
			for _, p := range w.all() {
				p.restartAs("", nil)
			}
			w.check()
			for k, n := range w.counts {
				all[k] += n
			}
		})
	}
	t.Logf("%v", all)
	for _, k := range []string{"saved", "lost", "damaged", "cuts", "refused", "applied", "known", "carried", "upgrades", "revoked", "reports"} {
		if all[k] == 0 && os.Getenv("SEED") == "" {
			t.Errorf("nothing was %s", k)
		}
	}
}

// mixVersions puts the version before on some of the PCs.
func (w *world) mixVersions() {
	for _, p := range w.all() {
		if w.chance(50) {
			p.restartAs("1.0", older)
			w.tell("%s has the version before.", p.name)
		}
	}
}

// exchangeAll carries everything to everybody, nothing lost, until nobody has anything new.
func (w *world) exchangeAll() {
	w.t.Helper()
	for _, p := range w.all() {
		p.skew = 0
	}
	for round := range 8 {
		before := w.digests()
		for _, p := range w.pcs {
			folder := w.newBag()
			x, err := p.office.Exchange(ctx)
			if err == nil && !x.Enrolled {
				_, _, err = p.office.AskEnrolment(ctx, folder)
			}
			if err == nil {
				_, err = p.office.HandOver(ctx, folder, record.HandOverOptions{SkipCarried: true})
			}
			if err != nil {
				w.fatal("%s: %v", p.name, err)
			}
			b := &bag{folder, p.name}
			w.takeIn(w.province, b)
			w.approve()
			for _, q := range w.pcs {
				if q != p && q.unit == p.unit {
					w.takeIn(q, b)
				}
			}
		}
		if round%3 == 1 {
			w.checkHeld()
			w.release()
		}
		folder := w.newBag()
		if _, err := w.province.office.HandOver(ctx, folder, record.HandOverOptions{SkipCarried: true}); err != nil {
			w.fatal("the province: %v", err)
		}
		for _, p := range w.pcs { // each finds its own by its code; what lies beside is for all
			w.takeIn(p, &bag{folder, "the province"}, filepath.Join(folder, p.unit), filepath.Join(folder, "SPB_*"))
		}
		if after := w.digests(); round > 1 && slices.Equal(before, after) {
			return
		}
	}
}

// checkHeld wants what the offices have in the log of the province or kept apart there,
// and each machine of which something is kept apart on its list.
func (w *world) checkHeld() {
	w.province.close()
	db := w.province.register()
	here := held(w.t.(*testing.T), db)
	apart := map[string]int{}
	for _, st := range must(db.Streams(ctx))(w.t) {
		for _, n := range st.Held {
			apart[st.Device.String()] += n
			w.counts["held"] += n
		}
	}
	rows := must(db.Reader().QueryContext(ctx, "SELECT hex(hash) FROM held UNION SELECT hex(hash) FROM parked"))(w.t)
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			w.t.Fatal(err)
		}
		here[strings.ToLower(hash)] = true
	}
	if err := errors.Join(rows.Err(), rows.Close(), db.Close()); err != nil {
		w.t.Fatal(err)
	}
	w.province.open()
	listed := map[string]string{}
	for _, m := range must(w.province.office.Machines(ctx))(w.t) {
		listed[m.Device] = m.State
	}
	for device, n := range apart {
		if s := listed[device]; s != "revoked" && s != "unknown" {
			w.t.Errorf("%d entries of machine %s are kept apart, and the list calls it %q", n, device, s)
		}
	}
	for _, e := range w.events {
		if e.batch != "" && e.at != w.province && !e.at_risk && !here[e.batch] {
			w.t.Errorf("what %s saved (“%s”) is not at the province, nor kept apart there", e.at.name, e.value)
		}
	}
}

// digests tell whether anything changed anywhere.
func (w *world) digests() (out []string) {
	for _, p := range w.all() {
		x, err := p.office.Exchange(ctx)
		if err != nil {
			w.fatal("%s: %v", p.name, err)
		}
		machines, err := p.office.Machines(ctx)
		if err != nil {
			w.fatal("%s: %v", p.name, err)
		}
		out = append(out, fmt.Sprint(x, machines))
	}
	return out
}

// check holds what is left against what was promised.
func (w *world) check() {
	w.t.Helper()
	states := map[*pc][]record.Sent{}
	alarms := map[*pc]record.Words{}
	forked := map[string]bool{}
	for _, p := range w.pcs {
		states[p] = must(p.office.Sent(ctx))(w.t)
		x := must(p.office.Exchange(ctx))(w.t)
		alarms[p] = x.Alarm
		if strings.Contains(x.Alarm.EN, "other figures") {
			w.t.Errorf("%s: %s", p.name, x.Alarm.EN)
		}
		if x.Unaccepted != 0 || x.Unsent != 0 || x.Waiting != 0 {
			w.t.Errorf("%s: %d not accepted, %d not sent, %d waiting after a good exchange", p.name, x.Unaccepted, x.Unsent, x.Waiting)
		}
	}
	for _, m := range must(w.province.office.Machines(ctx))(w.t) {
		if m.Alarm.EN != "" {
			forked[m.Device] = true
		}
	}
	w.checkEvents()
	w.checkReports()
	for _, p := range w.all() {
		p.close()
	}
	registers := map[*pc]*store.DB{}
	logs := map[*pc]map[string]bool{}
	for _, p := range w.all() {
		db := p.register()
		defer db.Close()
		registers[p], logs[p] = db, held(w.t.(*testing.T), db)
		if rep, err := db.Verify(ctx, true, w.t.TempDir(), nil); err != nil || !rep.OK {
			w.t.Errorf("%s: %v %v", p.name, rep.Faults, err)
		}
	}
	w.checkEqual(registers)
	w.checkAccepted(states, registers, logs)
	w.checkLogs(logs)
	w.checkForks(registers, forked, alarms)
	w.checkPersonal()
}

// checkEqual wants one register in each office, and the province's idea of it.
func (w *world) checkEqual(registers map[*pc]*store.DB) {
	digests := map[string]string{}
	for _, p := range w.pcs {
		// Of a stream that forked, the twin's personal values came by no file: compare openly.
		open := must(registers[p].OpenDigest(ctx, ""))(w.t)
		if have, ok := digests[p.unit]; ok && have != open {
			w.t.Errorf("%s shows another register than the other PC of its office", p.name)
		}
		digests[p.unit] = open
		if there := must(registers[w.province].OpenDigest(ctx, p.unit))(w.t); there != open {
			w.t.Errorf("the province shows another register of %s", p.name)
		}
	}
}

// checkAccepted wants "accepted" only of what the province's log holds.
func (w *world) checkAccepted(states map[*pc][]record.Sent, registers map[*pc]*store.DB, logs map[*pc]map[string]bool) {
	for p, list := range states {
		covers := map[string]store.Sent{}
		for _, s := range must(registers[p].SentList(ctx))(w.t) {
			covers[s.ID] = s
		}
		for _, s := range list {
			if s.State != record.StateAccepted || s.Device != "" || s.Kind == seal.KindBlob { // files are no entries
				continue
			}
			for _, at := range covers[s.ID].Covers {
				if !logs[w.province][at.Hash.String()] {
					w.t.Errorf("%s calls %s accepted, and the province does not hold it", p.name, s.Name)
				}
			}
		}
	}
}

// checkLogs wants every acknowledged entry everywhere it belongs. What a restore has cut
// off may be lost with the disk, but not when anybody has it.
func (w *world) checkLogs(logs map[*pc]map[string]bool) {
	for _, e := range w.events {
		if e.batch == "" || e.at == w.province {
			continue
		}
		somewhere := logs[w.province][e.batch]
		for _, p := range w.pcs {
			somewhere = somewhere || p.unit == e.at.unit && logs[p][e.batch]
		}
		if !somewhere && e.at_risk {
			continue
		}
		for _, p := range w.all() {
			if (p == w.province || p.unit == e.at.unit) && !logs[p][e.batch] {
				w.t.Errorf("what %s saved (“%s”) is not at %s", e.at.name, e.value, p.name)
			}
		}
	}
}

// checkEvents wants every text that was saved shown, in a difference, or replaced by one
// that had seen it.
func (w *world) checkEvents() {
	replaced := map[string]bool{}
	for _, e := range w.events {
		for _, v := range e.seen {
			if v != e.value {
				replaced[e.ref.String()+e.field+v] = true
			}
		}
	}
	for _, e := range w.events {
		if e.at_risk || replaced[e.ref.String()+e.field+e.value] {
			continue
		}
		for _, p := range w.all() {
			if p != w.province && p.unit != e.at.unit && e.at != w.province || p != w.province && e.at == w.province {
				continue
			}
			if have, gone := p.shown(e.ref, e.field); !gone && !slices.Contains(have, e.value) {
				w.t.Errorf("“%s”, saved at %s, is lost at %s, which shows %q", e.value, e.at.name, p.name, have)
			}
		}
	}
}

// checkReports wants every signed report signed, with what it was signed with, where it was
// signed and at the province.
func (w *world) checkReports() {
	for _, e := range w.events {
		if e.ref.Noun != "report" || e.field != "results" || e.at_risk {
			continue
		}
		for _, p := range []*pc{e.at, w.province} {
			n, err := p.office.Record(ctx, e.ref)
			if err != nil || !n.(record.Report).Signed() {
				w.t.Errorf("the report “%s” of %s is not signed at %s: %v", e.value, e.at.name, p.name, err)
				continue
			}
			if _, err := p.office.Snapshot(ctx, e.ref.ID); err != nil {
				w.t.Errorf("what the report “%s” of %s was signed with is not at %s: %v", e.value, e.at.name, p.name, err)
			}
		}
	}
}

// checkForks wants every stream in which two machines wrote to be told at both ends.
func (w *world) checkForks(registers map[*pc]*store.DB, flagged map[string]bool, alarms map[*pc]record.Words) {
	for _, st := range must(registers[w.province].Streams(ctx))(w.t) {
		if len(st.Heads) < 2 {
			continue
		}
		w.counts["forks"]++
		id := st.Device.String()
		if !flagged[id] {
			w.t.Errorf("the stream %s is forked and the province does not say so", id)
		}
		for _, p := range w.pcs {
			for _, own := range must(registers[p].Streams(ctx))(w.t) {
				if own.Device == st.Device && len(own.Heads) != len(st.Heads) {
					w.t.Errorf("%s holds %d branches of %s, the province %d", p.name, len(own.Heads), id, len(st.Heads))
				}
				if own.Device == st.Device && alarms[p].EN == "" {
					w.t.Errorf("%s does not tell of the fork of %s", p.name, id)
				}
			}
		}
	}
}

// checkPersonal looks for planted names in everything the province has.
func (w *world) checkPersonal() {
	err := filepath.WalkDir(w.province.folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || filepath.Base(path) == "reserve.bin" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err == nil && bytes.Contains(raw, []byte(plantedName)) {
			w.t.Errorf("a planted name is in %s of the province", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
