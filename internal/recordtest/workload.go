package recordtest

import (
	"crypto/ed25519"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Said is one commit with the secrets its author gave along.
type Said struct {
	Commit  *oplog.Commit
	Secrets []oplog.Secret
}

// Workload is what some devices said while they now and then listened to each
// other: clocks years apart, a cloned device, deletes, undeletes and erasures.
type Workload struct {
	Keys []ed25519.PrivateKey // of the streams
	Said []Said               // in the order in which it happened

	Rights oplog.Rights // whose machines they are; nil: all of one office
}

// Desk is one device of a simulation: its stream and what it has heard of.
type Desk struct {
	Key    ed25519.PrivateKey
	Author oplog.Author
	State  *oplog.State
	Skew   int64 // milliseconds its clock is off
}

// NewDesk is a device with a key made from a number.
func NewDesk(n byte, skew int64) *Desk {
	key := Key(n)
	return &Desk{
		Key: key, State: oplog.NewState(), Skew: skew,
		Author: oplog.Author{Device: oplog.DeviceOf(key.Public().(ed25519.PublicKey)), Officer: ID(int64(n)).String()},
	}
}

// Key is a signing key made from a number.
func Key(n byte) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed)
}

// Year is a year in milliseconds.
const Year = int64(365 * 24 * 3600 * 1000)

// Commit says something on a desk; nil when there was nothing to say. extra
// operations, such as erasures, go in as they are.
func (d *Desk) Commit(now int64, random io.Reader, edits []record.Edit, extra ...oplog.Op) (Said, bool) {
	c, secrets, err := oplog.Build(d.Author, now+d.Skew, edits, func(r record.Ref) *oplog.Row { return d.State.Rows[r] }, random)
	if err != nil {
		panic(err)
	}
	c.Ops = append(c.Ops, extra...)
	if len(c.Ops) == 0 {
		return Said{}, false
	}
	if err := c.Seal(d.Key); err != nil {
		panic(err)
	}
	d.Author.N, d.Author.Head, d.Author.Time = c.N, c.Hash, c.Time
	d.State.Add(c, secrets)
	return Said{c, secrets}, true
}

// Clone copies a desk with everything it knows, key included: two devices with
// one name.
func (d *Desk) Clone(all []Said) *Desk {
	out := &Desk{Key: d.Key, Author: d.Author, Skew: -d.Skew, State: oplog.NewStateOf(d.State.Rights())}
	for _, s := range all {
		if d.State.Knows(s.Commit.Hash) {
			out.State.Add(s.Commit, s.Secrets)
		}
	}
	return out
}

// NewWorkload makes a workload of 2–5 devices, one of them cloned half-way, with
// clocks at most skew years off.
func NewWorkload(random *rand.Rand, steps int, skew int64) Workload {
	w := Workload{}
	w.play(random, w.desks(random, skew), steps)
	return w
}

// NewExchange is a workload of the machines of several units and of a province, all of
// which speak of each other's rows, with the right to and without.
func NewExchange(random *rand.Rand, steps int, skew int64) Workload {
	w := Workload{Rights: oplog.Rights{}}
	desks := w.desks(random, skew)
	for i, d := range desks {
		of := []oplog.Speaker{{Unit: "24340"}, {Unit: "62", Province: true}, {Unit: []string{"24340", "24341", ""}[random.IntN(3)]}}[min(i, 2)]
		if of.Unit != "" { // whoever is not listed is of this office
			w.Rights[d.Author.Device] = of
		}
	}
	for _, d := range desks {
		d.State = oplog.NewStateOf(w.Rights)
	}
	w.play(random, desks, steps)
	return w
}

func (w *Workload) desks(random *rand.Rand, skew int64) (desks []*Desk) {
	for i := range 2 + random.IntN(4) {
		d := NewDesk(byte(1+i), random.Int64N(2*skew*Year+1)-skew*Year)
		desks, w.Keys = append(desks, d), append(w.Keys, d.Key)
	}
	return desks
}

func (w *Workload) play(random *rand.Rand, desks []*Desk, steps int) {
	salts := rand.NewChaCha8([32]byte{byte(random.Uint32())})
	for step := range steps {
		if step == steps/2 {
			desks = append(desks, desks[random.IntN(len(desks))].Clone(w.Said))
		}
		d := desks[random.IntN(len(desks))]
		w.listen(random, d)
		edits, extra := someEdits(random, d)
		if s, ok := d.Commit(Day0.UnixMilli()+int64(step)*1000, salts, edits, extra...); ok {
			w.Said = append(w.Said, s)
		}
	}
	for i := range w.Said { // some values are never given to anyone
		w.Said[i].Secrets = withhold(w.Said[i].Secrets, func() bool { return random.IntN(8) == 0 })
	}
}

// withhold keeps some values of secrets back.
func withhold(secrets []oplog.Secret, back func() bool) []oplog.Secret {
	out := make([]oplog.Secret, len(secrets))
	for i := range secrets {
		out[i] = secrets[i].Without(func(string) bool { return back() })
	}
	return out
}

// listen takes in a random part of what has been said, duplicates included.
func (w *Workload) listen(random *rand.Rand, d *Desk) {
	if random.IntN(2) == 0 {
		return
	}
	for range 1 + random.IntN(4) {
		if len(w.Said) > 0 {
			s := w.Said[random.IntN(len(w.Said))]
			d.State.Add(s.Commit, s.Secrets)
		}
	}
	if random.IntN(4) == 0 {
		for _, s := range w.Said {
			d.State.Add(s.Commit, s.Secrets)
		}
	}
}

// rows in play: few, so that devices meet on them.
const workloadRows = 4

func someEdits(random *rand.Rand, d *Desk) (edits []record.Edit, extra []oplog.Op) {
	used := map[record.Ref]bool{}
	for range 1 + random.IntN(2) {
		n := random.Int64N(workloadRows)
		ref := Person(n).Ref()
		if random.IntN(2) == 0 {
			ref = Activity(n).Ref()
		}
		if d.State.Rights() != nil && random.IntN(2) == 0 {
			ref = question(n).Ref()
		}
		if used[ref] {
			continue
		}
		used[ref] = true
		row := d.State.Rows[ref]
		switch {
		case ref.Noun == "question" && d.State.Rights()[d.Author.Device].Province && random.IntN(4) > 0: // also of one it has not heard
			edits = append(edits, record.Edit{Ref: ref, Set: someAnswer(random)})
		case row == nil && random.IntN(4) > 0:
			edits = append(edits, create(ref, n))
		case row != nil && random.IntN(8) == 0:
			edits = append(edits, record.Edit{Ref: ref, Delete: true})
		case row != nil && random.IntN(8) == 0:
			edits = append(edits, record.Edit{Ref: ref, Revive: true})
		case row != nil && random.IntN(8) == 0:
			extra = append(extra, erasure(random, ref, row)...)
		default:
			edits = append(edits, record.Edit{Ref: ref, Set: someFields(random, ref.Noun)})
		}
	}
	return edits, extra
}

// question is one that somebody asked.
func question(n int64) record.Question {
	return record.Question{ID: ID(2_000_000 + n), Received: "2026-03-05", Channel: "direct", Text: fmt.Sprintf("Hỏi %d", n), Asker: "Y Hỏi"}
}

// someAnswer fills fields that the province fills.
func someAnswer(random *rand.Rand) map[string]record.Value {
	out := map[string]record.Value{"answer": record.TextValue(fmt.Sprintf("trả lời %d", random.IntN(5)))}
	if random.IntN(2) == 0 {
		out["public"] = "true"
	}
	return out
}

func create(ref record.Ref, n int64) record.Edit {
	if ref.Noun == "question" {
		return record.Create(question(n))
	}
	if ref.Noun == "person" {
		return record.Create(Person(n))
	}
	return record.Create(Activity(n))
}

func erasure(random *rand.Rand, ref record.Ref, row *oplog.Row) []oplog.Op {
	fields := row.Fields()
	if len(fields) == 0 {
		return nil
	}
	heads := row.Cells[fields[random.IntN(len(fields))]]
	return []oplog.Op{oplog.EraseOp(ref, []oplog.Dot{heads[0].Dot})}
}

func someFields(random *rand.Rand, noun string) map[string]record.Value {
	word := func() record.Value { return record.TextValue(fmt.Sprintf("chữ %d", random.IntN(5))) }
	choice := map[string]func() record.Value{
		"title": word, "result": word, "note": word,
		"prizes": func() record.Value { return record.Value(fmt.Sprint(random.IntN(4))) },
		"direct": func() record.Value { return []record.Value{"true", "false", record.Null}[random.IntN(3)] },
		"topics": func() record.Value {
			return record.Value(fmt.Sprintf(`["t%d","t%d"]`, random.IntN(3), 3+random.IntN(3)))
		},
		"when": func() record.Value {
			return record.Value(fmt.Sprintf(`["2026-03-%02d",null,"08:00"]`, 1+random.IntN(28)))
		},
	}
	if noun == "question" {
		choice = map[string]func() record.Value{
			"text": word, "answer": word, "asker": word, "note": word,
			"public": func() record.Value { return []record.Value{"true", "false"}[random.IntN(2)] },
		}
	}
	if noun == "person" {
		choice = map[string]func() record.Value{
			"full_name": word, "position": word, "phone": word, "note": word, "audience": word,
			"sex": func() record.Value { return []record.Value{`"nam"`, `"nữ"`, record.Null}[random.IntN(3)] },
		}
	}
	names := slices.Sorted(maps.Keys(choice))
	out := map[string]record.Value{}
	for range 1 + random.IntN(3) {
		name := names[random.IntN(len(names))]
		out[name] = choice[name]()
	}
	return out
}

// Deal is one order in which a workload may arrive somewhere: every commit at
// least once, some twice, the secrets of each spread over its arrivals.
func (w Workload) Deal(random *rand.Rand) []Said {
	var out []Said
	for _, s := range w.Said {
		whole := Said{s.Commit, s.Secrets}
		switch random.IntN(4) {
		case 0: // late disclosure
			cut := random.IntN(len(s.Secrets) + 1)
			half := withhold(s.Secrets, func() bool { return random.IntN(2) == 0 })
			out = append(out, Said{s.Commit, half}, Said{s.Commit, s.Secrets[:cut]}, Said{s.Commit, s.Secrets[cut:]})
		case 1:
			out = append(out, whole, whole)
		default:
			out = append(out, whole)
		}
	}
	random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}
