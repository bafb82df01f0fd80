package faults

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
)

// step lets one thing happen.
func (w *world) step() {
	w.steps++
	w.now = w.now.Add(time.Duration(1+w.random.IntN(180)) * time.Minute)
	p := w.pcs[w.random.IntN(len(w.pcs))]
	steps := []struct {
		weight int
		do     func(*pc)
	}{
		{40, w.write}, {14, w.handOver}, {16, w.takeSomething}, {6, w.provinceSpeaks}, {4, w.clockJumps},
		{7, w.powerCut}, {3, w.keepCopy}, {2, w.restoreCopy}, {1, w.clone}, {1, w.otherDatabase}, {2, w.enrol}, {3, w.settle}, {3, w.restart},
		{5, w.upgrade}, {3, w.revoke}, {3, w.report},
	}
	all := 0
	for _, s := range steps {
		all += s.weight
	}
	n := w.random.IntN(all)
	for _, s := range steps {
		if n -= s.weight; n < 0 {
			s.do(p)
			return
		}
	}
}

// refused reports whether an error is a sentence for a person, as what became of a row in
// the meantime calls for.
func (w *world) refused(err error) bool {
	var r *record.Refusal
	var list record.Problems
	if err != nil && !errors.As(err, &r) && !errors.As(err, &list) {
		w.t.Helper()
		w.fatal("no sentence for %v", err)
	}
	return err != nil
}

// shown are the versions of a field that a person at a PC can see.
func (p *pc) shown(ref record.Ref, field string) (out []string, gone bool) {
	n, err := p.office.Record(ctx, ref)
	if errors.Is(err, record.ErrNotFound) {
		return nil, true
	}
	if err != nil {
		p.w.fatal("%s cannot read %s: %v", p.name, ref, err)
	}
	out = append(out, unquoted(record.Values(n)[field]))
	conflicts, err := p.office.ConflictsOf(ctx, ref)
	if err != nil {
		p.w.fatal("conflicts of %s: %v", ref, err)
	}
	for _, c := range conflicts {
		for _, v := range c.Versions {
			if c.Field == field {
				out = append(out, unquoted(v.Value))
			}
		}
	}
	return out, false
}

func unquoted(v record.Value) string { return strings.Trim(string(v), `"`) }

// acknowledge notes what a save said: it must never be lost from now on.
func (p *pc) acknowledge(ref record.Ref, field, value string, seen []string, save func() error) bool {
	var batch string
	stop := p.office.Subscribe(func(ch record.Change) {
		if ch.Batch != "" {
			batch = ch.Batch
		}
	})
	err := save()
	stop()
	if p.w.refused(err) || batch == "" {
		return false
	}
	p.w.events = append(p.w.events, &event{no: len(p.w.events), at: p, ref: ref, field: field, value: value, batch: batch, seen: seen})
	p.w.counts["saved"]++
	return true
}

// happened notes a new row that was saved.
func (w *world) happened(p *pc, ref record.Ref, field, value string) {
	w.events = append(w.events, &event{no: len(w.events), at: p, ref: ref, field: field, value: value})
	w.counts["saved"]++
}

func (p *pc) activities() []record.Activity {
	page, err := p.office.Activities(ctx, record.ActivityFilter{Limit: 200})
	if err != nil {
		p.w.fatal("%s cannot list: %v", p.name, err)
	}
	out := make([]record.Activity, len(page.Lines))
	for i, line := range page.Lines {
		out[i].ID, out[i].Title = line.ID, line.Title
	}
	return out
}

func (w *world) write(p *pc) {
	acts := p.activities()
	kind := w.random.IntN(10)
	if len(acts) == 0 || kind < 3 {
		title := w.text("Buổi")
		act := record.Activity{Kind: "training", Title: title, Status: "held", Direct: true, When: record.Occasion{Date: "2026-03-05"}, Note: plantedName + " ghi chú"}
		if p.nouns == nil {
			act.Result = w.text("Kết quả")
		}
		made, err := p.office.SaveActivity(ctx, act)
		if !w.refused(err) {
			w.happened(p, made.Ref(), "title", title)
			if act.Result != "" {
				w.happened(p, made.Ref(), "result", act.Result)
			}
			w.tell("%s notes “%s”.", p.name, title)
		}
		return
	}
	act, err := p.office.Activity(ctx, acts[w.random.IntN(len(acts))].ID)
	if err != nil {
		w.fatal("%s cannot read what it lists: %v", p.name, err)
	}
	switch {
	case kind == 3 && p.nouns == nil:
		seen, _ := p.shown(act.Ref(), "result")
		act.Result = w.text("Kết quả")
		p.acknowledge(act.Ref(), "result", act.Result, seen, func() error {
			_, err := p.office.SaveActivity(ctx, act)
			return err
		})
		w.tell("%s says what came of “%s”: “%s”.", p.name, act.Title, act.Result)
	case kind < 6:
		seen, _ := p.shown(act.Ref(), "title")
		before := act.Title
		act.Title = w.text("Sửa")
		p.acknowledge(act.Ref(), "title", act.Title, seen, func() error {
			_, err := p.office.SaveActivity(ctx, act)
			return err
		})
		w.tell("%s changes “%s” to “%s”.", p.name, before, act.Title)
	case kind < 7:
		w.values++
		people := w.people(1 + w.random.Int64N(3))
		for i := range people {
			if p.nouns == nil {
				people[i].Person.Position = plantedName + " chức vụ"
			}
		}
		_, err := p.office.SaveAttendees(ctx, act.ID, people)
		w.refused(err)
		w.tell("%s writes the list of “%s”.", p.name, act.Title)
	case kind < 8:
		text := w.text("Hỏi")
		q, err := p.office.SaveQuestion(ctx, record.Question{Received: "2026-03-10", Text: text, Asker: plantedName + " hỏi"})
		if !w.refused(err) {
			w.happened(p, q.Ref(), "text", text)
			w.tell("%s notes the question “%s”.", p.name, text)
		}
	case kind < 9:
		if w.chance(30) {
			_, err := p.office.DeleteActivity(ctx, act.ID)
			w.refused(err)
			w.tell("%s deletes “%s”.", p.name, act.Title)
			return
		}
		w.undo(p)
	default:
		w.undo(p)
	}
}

// undo takes the last action of this run of the program back. What it replaces was seen.
func (w *world) undo(p *pc) {
	type cell struct {
		ref   record.Ref
		field string
	}
	before := map[cell][]string{}
	for _, act := range p.activities() {
		for _, field := range []string{"title", "result"} {
			before[cell{act.Ref(), field}], _ = p.shown(act.Ref(), field)
		}
	}
	ch, err := p.office.UndoLast(ctx)
	if w.refused(err) {
		return
	}
	for c, seen := range before {
		after, gone := p.shown(c.ref, c.field)
		if !gone && !slices.Equal(after, seen) {
			w.events = append(w.events, &event{no: len(w.events), at: p, ref: c.ref, field: c.field, value: after[0], batch: ch.Batch, seen: seen})
		}
	}
	w.tell("%s takes back: %s.", p.name, ch.Words.EN)
}

// settle lets a person choose between two versions.
func (w *world) settle(p *pc) {
	list, err := p.office.Conflicts(ctx)
	if err != nil {
		w.fatal("conflicts: %v", err)
	}
	if len(list) == 0 {
		return
	}
	c := list[w.random.IntN(len(list))]
	w.counts["settled"]++
	if c.Field == "" {
		_, err := p.office.KeepDeleted(ctx, c.Ref, w.chance(50))
		w.refused(err)
		w.tell("%s decides whether “%s” is gone.", p.name, c.Title)
		return
	}
	v := c.Versions[w.random.IntN(len(c.Versions))].Value
	seen, _ := p.shown(c.Ref, c.Field)
	p.acknowledge(c.Ref, c.Field, unquoted(v), seen, func() error {
		_, err := p.office.Keep(ctx, c.Ref, c.Field, v)
		return err
	})
	w.tell("%s keeps %s of “%s”.", p.name, v, c.Title)
}

func (w *world) handOver(p *pc) {
	folder := w.newBag()
	got, err := p.office.HandOver(ctx, folder, record.HandOverOptions{})
	if err != nil || !got.Safe {
		w.fatal("%s cannot hand over: %v", p.name, err)
	}
	w.send(p, folder)
}

// send puts a written folder on its way: files are lost, damaged and come twice.
func (w *world) send(p *pc, folder string) {
	lost, damaged, whole := 0, 0, 0
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		switch n := w.random.IntN(100); {
		case n < 30:
			lost++
			return os.Remove(path)
		case n < 40:
			damaged++
			return w.spoil(path)
		}
		whole++
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.counts["files"] += lost + damaged + whole
	w.counts["lost"] += lost
	w.counts["damaged"] += damaged
	w.bags = append(w.bags, &bag{folder, p.name})
	w.tell("%s hands over: %d files arrive, %d are damaged on the way, %d are lost.", p.name, whole, damaged, lost)
}

func (w *world) spoil(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if w.chance(50) {
		raw[w.random.IntN(len(raw))] ^= byte(1 << w.random.IntN(8))
	} else {
		raw = raw[:w.random.IntN(len(raw))]
	}
	sum := sha256.Sum256(raw)
	w.spoiled[hex.EncodeToString(sum[:])] = true
	return os.WriteFile(path, raw, 0o600)
}

// takeSomething lets somebody take in a bag, often not the one it is for.
func (w *world) takeSomething(p *pc) {
	if len(w.bags) == 0 {
		return
	}
	if w.chance(50) {
		p = w.province
	}
	i := w.random.IntN(len(w.bags))
	b := w.bags[i]
	w.takeIn(p, b)
	if !w.chance(20) { // else it comes once more
		w.bags = slices.Delete(w.bags, i, i+1)
	}
}

// takeIn takes in a bag, or what of it some patterns name.
func (w *world) takeIn(p *pc, b *bag, some ...string) record.TakenIn {
	paths := []string{b.folder}
	if len(some) > 0 {
		paths = nil
		for _, pattern := range some {
			paths = append(paths, must(filepath.Glob(pattern))(w.t)...)
		}
	}
	got, err := p.office.TakeIn(ctx, paths, nil)
	if err != nil {
		w.fatal("%s cannot take in: %v", p.name, err)
	}
	var told []string
	for _, f := range got.Files {
		told = append(told, string(f.State)+" "+f.Kind+" "+f.Code)
		w.counts[string(f.State)]++
		if f.State == record.TakenRefused {
			w.refusedFile(p, b, f)
		}
	}
	w.tell("%s takes in the bag of %s: %s.", p.name, b.from, strings.Join(told, ", "))
	return got
}

// refusedFile allows a refusal of what was damaged only, and of what is sealed to a
// machine that is no more.
func (w *world) refusedFile(p *pc, b *bag, f record.Taken) {
	if f.Code == "wrong-recipient" {
		return
	}
	whole := true // one file may lie in several folders of a bag, whole and damaged
	filepath.WalkDir(b.folder, func(path string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Base(path) == f.File {
			raw, _ := os.ReadFile(path)
			sum := sha256.Sum256(raw)
			whole = whole && !w.spoiled[hex.EncodeToString(sum[:])]
		}
		return nil
	})
	if whole {
		w.fatal("%s refuses %s of %s, which is whole: %s (%s)", p.name, f.File, b.from, f.Code, f.Words.EN)
	}
}

// provinceSpeaks lets the province answer a question, or write receipts and answers.
func (w *world) provinceSpeaks(*pc) {
	p := w.province
	if w.chance(40) {
		page, err := p.office.Rows(ctx, record.ListFilter{Noun: "question", Limit: 100})
		if err != nil {
			w.fatal("questions of the province: %v", err)
		}
		if len(page.Rows) == 0 {
			return
		}
		ref := record.Ref{Noun: "question", ID: page.Rows[w.random.IntN(len(page.Rows))].ID}
		n, err := p.office.Record(ctx, ref)
		if w.refused(err) {
			return
		}
		q := n.(record.Question)
		seen, _ := p.shown(ref, "answer")
		q.Answer, q.AnsweredOn, q.AnsweredBy = w.text("Đáp"), "2026-03-19", "Sở Nội vụ"
		p.acknowledge(ref, "answer", q.Answer, seen, func() error {
			_, err := p.office.SaveQuestion(ctx, q)
			return err
		})
		w.tell("The province answers “%s” with “%s”.", q.Text, q.Answer)
		return
	}
	folder := w.newBag()
	if _, err := p.office.HandOver(ctx, folder, record.HandOverOptions{}); err != nil {
		w.fatal("the province cannot hand over: %v", err)
	}
	w.send(p, folder)
}

func (w *world) clockJumps(p *pc) {
	if w.chance(10) {
		p = w.province
	}
	year := func(y int) time.Duration { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Sub(w.now) }
	p.skew = []time.Duration{year(1980), year(2001), year(2090), -time.Hour, 0, 0}[w.random.IntN(6)]
	w.tell("The clock of %s now says %s.", p.name, w.now.Add(p.skew).Format(time.DateOnly))
}

// restart closes a program and opens it again.
func (w *world) restart(p *pc) {
	p.close()
	p.open()
	w.tell("%s is closed and opened.", p.name)
}

// powerCut ends a program in the middle of a hand-over or of taking in: what is there at
// one of the moments at which it looks at the clock is all that is left.
func (w *world) powerCut(p *pc) {
	if w.chance(30) {
		p = w.province
	}
	left, at := filepath.Join(w.root, fmt.Sprintf("left %d", w.steps)), 1+w.random.IntN(12)
	folder, calls := w.newBag(), 0
	stick := folder + " (cut)"
	p.hook = func() {
		if calls++; calls == at {
			if err := errors.Join(copyFolder(p.folder, left), os.MkdirAll(stick, 0o700), os.CopyFS(stick, os.DirFS(folder))); err != nil {
				w.t.Error(err)
			}
		}
	}
	what := "handing over"
	var err error
	switch {
	case len(w.bags) > 0 && w.chance(50):
		what = "taking in"
		_, err = p.office.TakeIn(ctx, []string{w.bags[w.random.IntN(len(w.bags))].folder}, nil)
	default:
		_, err = p.office.HandOver(ctx, folder, record.HandOverOptions{})
	}
	p.hook = nil
	if err != nil {
		w.fatal("%s, %s: %v", p.name, what, err)
	}
	if calls < at { // it was done by then
		w.send(p, folder)
		return
	}
	p.close()
	if err := errors.Join(os.RemoveAll(p.folder), os.Rename(left, p.folder), os.RemoveAll(folder)); err != nil {
		w.t.Fatal(err)
	}
	w.counts["cuts"]++
	p.open()
	w.send(p, stick)
	w.tell("The power of %s goes while %s.", p.name, what)
}

// keepCopy copies a PC's folder by hand.
func (w *world) keepCopy(p *pc) {
	p.close()
	c := copied{filepath.Join(w.root, fmt.Sprintf("copy %d", w.steps)), len(w.events)}
	if err := copyFolder(p.folder, c.folder); err != nil {
		w.t.Fatal(err)
	}
	p.open()
	p.copies = append(p.copies, c)
	w.tell("Somebody copies the folder of %s.", p.name)
}

// restoreCopy puts an older copy in the place of a PC's folder, and tells nobody.
func (w *world) restoreCopy(p *pc) {
	if len(p.copies) == 0 {
		return
	}
	c := p.copies[w.random.IntN(len(p.copies))]
	p.close()
	if err := errors.Join(os.RemoveAll(p.folder), copyFolder(c.folder, p.folder)); err != nil {
		w.t.Fatal(err)
	}
	w.risk(p, c)
	p.open()
	w.counts["restores"]++
	w.tell("An older copy is put in the place of the folder of %s.", p.name)
}

// otherDatabase puts only the database of an older copy in place.
func (w *world) otherDatabase(p *pc) {
	if len(p.copies) == 0 {
		return
	}
	c := p.copies[len(p.copies)-1]
	p.close()
	raw, err := os.ReadFile(filepath.Join(c.folder, "sophobien.db"))
	if err == nil {
		err = os.WriteFile(filepath.Join(p.folder, "sophobien.db"), raw, 0o600)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.risk(p, c)
	p.open()
	w.counts["restores"]++
	w.tell("An older database is put in the folder of %s.", p.name)
}

// risk marks what was acknowledged since a copy: whoever has it elsewhere brings it back.
func (w *world) risk(p *pc, c copied) {
	for _, e := range w.events[c.events:] {
		if e.at == p {
			e.at_risk = true
		}
	}
}

// clone copies a PC's folder to another computer, and both go on.
func (w *world) clone(p *pc) {
	if len(w.clones) >= 2 {
		return
	}
	p.close()
	twin := &pc{w: w, name: p.name + " (twin)", unit: p.unit, folder: filepath.Join(w.root, fmt.Sprintf("twin %d", w.steps)), version: p.version, nouns: p.nouns}
	if err := copyFolder(p.folder, twin.folder); err != nil {
		w.t.Fatal(err)
	}
	p.open()
	twin.open()
	w.pcs = append(w.pcs, twin)
	w.clones = append(w.clones, [2]*pc{p, twin})
	w.cloned[p.device] = true
	w.counts["clones"]++
	w.tell("The folder of %s is copied to another computer; both go on.", p.name)
}

// upgrade starts a PC with the version of now.
func (w *world) upgrade(p *pc) {
	if w.province.nouns != nil && w.chance(40) {
		p = w.province
	}
	if p.nouns == nil {
		return
	}
	p.restartAs("", nil)
	w.counts["upgrades"]++
	w.tell("%s is upgraded.", p.name)
}

// revoke ends a machine at the last of its entries that the province has.
func (w *world) revoke(*pc) {
	machines, err := w.province.office.Machines(ctx)
	if err != nil {
		w.fatal("machines: %v", err)
	}
	machines = slices.DeleteFunc(machines, func(m record.Machine) bool {
		return m.This || m.State != "enrolled" || m.Unit == w.province.unit
	})
	if len(machines) == 0 {
		return
	}
	m := machines[w.random.IntN(len(machines))]
	if err := w.province.office.RevokeMachine(ctx, m.Device); err != nil {
		w.fatal("revoke %s: %v", m.Device, err)
	}
	w.counts["revoked"]++
	w.tell("The province revokes a PC of %s after %d entries.", m.Unit, m.Commits)
}

// report signs the report of the year at a PC, or the next revision of the signed one.
func (w *world) report(p *pc) {
	period, err := p.office.Period(ctx, 2026, "")
	if err != nil {
		w.fatal("period: %v", err)
	}
	r, err := p.office.ReportFor(ctx, period)
	if err == nil && r.Signed() {
		r, err = p.office.ReviseReport(ctx, r.ID, w.text("Lý do"))
	}
	if err == nil {
		r.Results, r.Number = w.text("Đánh giá"), fmt.Sprint(w.values)
		r, err = p.office.SignReport(ctx, r)
	}
	if w.refused(err) {
		return
	}
	w.happened(p, r.Ref(), "results", r.Results)
	w.counts["reports"]++
	w.tell("%s signs its report, revision %d.", p.name, r.Revision)
}

// enrol lets a PC that is not on the roster ask, and the registrar approve who has asked.
func (w *world) enrol(p *pc) {
	x, err := p.office.Exchange(ctx)
	if err != nil {
		w.fatal("%s: %v", p.name, err)
	}
	if !x.Enrolled {
		folder := w.newBag()
		if _, _, err := p.office.AskEnrolment(ctx, folder); err != nil {
			w.fatal("%s cannot ask: %v", p.name, err)
		}
		w.send(p, folder)
	}
	w.approve()
}

// release lets in what a PC wrote under a key that had ended, before it knew.
func (w *world) release() {
	db := w.province
	machines, err := db.office.Machines(ctx)
	if err != nil {
		w.fatal("machines: %v", err)
	}
	for _, m := range machines {
		if m.State == "revoked" {
			if err := db.office.ReleaseMachine(ctx, m.Device); err != nil {
				w.fatal("release %s: %v", m.Device, err)
			}
		}
	}
}

func (w *world) approve() {
	asked, err := w.province.office.Enrolments(ctx)
	if err != nil {
		w.fatal("enrolments: %v", err)
	}
	for _, m := range asked {
		if err := w.province.office.ApproveMachine(ctx, m.Device); err != nil {
			w.fatal("approve %s: %v", m.Device, err)
		}
		w.tell("The province approves a PC of %s.", m.Unit)
	}
}
