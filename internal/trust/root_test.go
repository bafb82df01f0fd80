package trust

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// TestFiveRootsInOneGo: a machine that was off for three years, and one that has none.
func TestFiveRootsInOneGo(t *testing.T) {
	p := newProvince(t)
	first, registrar := p.Root, p.Registrar
	p.replace(t, RoleRegistrar, p.Registrar)
	p.replace(t, RoleAck, p.Ack)
	p.sticks.Root[2] = p.replace(t, RoleRoot, p.sticks.Root[2])
	p.sticks.Root[0], p.sticks.Root[1], p.sticks.Root[2] = p.sticks.Root[1], p.sticks.Root[2], p.sticks.Root[0]
	p.sticks.Root[2] = p.replace(t, RoleRoot, p.sticks.Root[2])
	p.replace(t, RoleContent, p.Content)
	if len(p.Chain) != 6 {
		t.Fatal(len(p.Chain))
	}
	for name, have := range map[string]*Root{"none": nil, "the first": &first, "the last": &p.Root} {
		got, err := WalkRoots(have, p.Chain)
		if diff := cmp.Diff(p.Root, got); diff != "" || err != nil {
			t.Errorf("from %s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	if _, err := WalkRoots(&first, p.Chain[1:]); err != nil {
		t.Errorf("a chain without what is here = %v", err)
	}
	if _, ok := p.Root.Key(RoleRegistrar, idOf(registrar)); ok {
		t.Error("the replaced registrar is still one")
	}
	if got := RootFingerprint(p.Chain[0]); got != p.Fingerprint() || !regexp.MustCompile(`^([0-9]{5} ){5}[0-9]{5}$`).MatchString(got) {
		t.Errorf("fingerprint %q", got)
	}
}

func TestRootChainRefuses(t *testing.T) {
	p, other := newProvince(t), newProvince(t)
	one := p.Root
	p.replace(t, RoleAck, p.Ack)
	p.replace(t, RoleContent, p.Content)
	chain := p.Chain
	next := func(change func(*Root), keys ...ed25519.PrivateKey) Signed {
		r := one
		r.Version = 2
		r.Keys, r.Roles = maps.Clone(one.Keys), maps.Clone(one.Roles)
		if change != nil {
			change(&r)
		}
		s, err := SignRoot(r, keys...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	root, stranger := p.sticks.Root, newKey(t)
	// strangers replaces two of the three root keys.
	strangers := func(r *Root) {
		a, b := newKey(t), newKey(t)
		r.Keys[idOf(a)], r.Keys[idOf(b)] = publicOf(a), publicOf(b)
		r.Roles[RoleRoot] = RoleKeys{[]string{idOf(root[0]), idOf(a), idOf(b)}, 2}
	}
	twice := next(nil, root[0])
	twice.Sigs = append(twice.Sigs, twice.Sigs[0])
	again, err := seal.Sign(root[0], twice.Raw, rootKind(2)+" again")
	if err != nil {
		t.Fatal(err)
	}
	twice.Sigs = append(twice.Sigs, again)
	altered := next(nil, root[:]...)
	altered.Raw = bytes.Replace(altered.Raw, []byte("Sở Nội vụ"), []byte("Sở Nội vù"), 1)
	many := next(nil, root[:]...)
	many.Sigs = slices.Repeat(many.Sigs, 4)
	asThird := next(nil)
	for _, key := range root {
		sig, err := seal.Sign(key, asThird.Raw, rootKind(3))
		if err != nil {
			t.Fatal(err)
		}
		asThird.Sigs = append(asThird.Sigs, sig)
	}
	asOne := Signed{chain[0].Raw, nil}
	cases := map[string]struct {
		have  *Root
		chain []Signed
		want  error
	}{
		"nothing":                     {nil, nil, record.ErrDamaged},
		"a missing version":           {&one, chain[2:], record.ErrDamaged},
		"no first":                    {nil, chain[1:], record.ErrDamaged},
		"a first nobody signed":       {nil, []Signed{asOne}, ErrSignature},
		"one of two":                  {&one, []Signed{next(nil, root[0])}, ErrSignature},
		"one of two, three times":     {&one, []Signed{twice}, ErrSignature},
		"a stranger and one":          {&one, []Signed{next(nil, root[0], stranger)}, ErrSignature},
		"two who are registrars":      {&one, []Signed{next(nil, other.Registrar, p.Registrar)}, ErrSignature},
		"too many signatures":         {&one, []Signed{many}, ErrSignature},
		"altered":                     {&one, []Signed{altered}, ErrSignature},
		"signed as version 3":         {&one, []Signed{asThird}, ErrSignature},
		"not by enough of its own":    {&one, []Signed{next(strangers, root[0], root[1])}, ErrSignature},
		"the next of another":         {&one, []Signed{next(nil, other.sticks.Root[:]...)}, ErrSignature},
		"another unit":                {&one, []Signed{next(func(r *Root) { r.Unit = "52" }, root[:]...)}, ErrOtherProvince},
		"fast forward":                {&one, []Signed{next(func(r *Root) { r.Version = 999 }, root[:]...)}, record.ErrDamaged},
		"more than a chain can have":  {nil, slices.Repeat(chain[:1], maxRoots+1), record.ErrDamaged},
		"another format":              {&one, []Signed{{Raw: []byte(`{"format":"sopb-pack/1","version":2}`)}}, record.ErrDamaged},
		"a newer format":              {&one, []Signed{{Raw: []byte(`{"format":"sopb-root/2","version":2}`)}}, record.ErrNewer},
		"larger than a root":          {&one, []Signed{{Raw: bytes.Repeat([]byte(" "), maxRoot+1)}}, record.ErrDamaged},
		"a version there is not":      {&one, []Signed{{Raw: []byte(`{"format":"sopb-root/1","version":2,"Version":1}`)}}, record.ErrDamaged},
		"an old one in place of next": {&one, []Signed{chain[0], next(nil, root[0])}, ErrSignature},
	}
	for name, c := range cases {
		if got, err := WalkRoots(c.have, c.chain); !errors.Is(err, c.want) || got.Version != 0 {
			t.Errorf("%s: version %d, %v; want %v", name, got.Version, err, c.want)
		}
	}
	// Rollback: what is behind is passed over and changes nothing.
	if got, err := WalkRoots(&p.Root, chain[:2]); err != nil || got.Version != 3 {
		t.Errorf("rollback: version %d, %v", got.Version, err)
	}
	if _, err := NextRoot(p.Root, chain[1]); !errors.Is(err, ErrSignature) {
		t.Errorf("an old root as the next = %v", err)
	}
	if _, err := FirstRoot(chain[1]); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("a second root as the first = %v", err)
	}
	if _, err := SignNextRoot(one, one, root[:]...); err == nil {
		t.Error("signed a next root that is the one before")
	}
	if _, _, err := p.Replace(RoleAck, idOf(stranger), testTime, root[:]...); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("replacing a stranger = %v", err)
	}
	if _, _, err := p.Replace(RoleAck, idOf(p.Ack), testTime, root[1]); !errors.Is(err, ErrSignature) {
		t.Errorf("replacing with one stick = %v", err)
	}
}

func TestRootRules(t *testing.T) {
	p := newProvince(t)
	ids := p.Root.Roles[RoleRoot].Keys
	set := func(role Role, threshold int, keys ...string) func(*Root) {
		return func(r *Root) { r.Roles[role] = RoleKeys{keys, threshold} }
	}
	for name, bend := range map[string]func(*Root){
		"no version":               func(r *Root) { r.Version = 0 },
		"too high a version":       func(r *Root) { r.Version = maxRoots + 1 },
		"no unit":                  func(r *Root) { r.Unit = "" },
		"every office":             func(r *Root) { r.Unit = seal.OfficePublic },
		"a name of two lines":      func(r *Root) { r.Name = "Sở\nNội vụ" },
		"a name turned round":      func(r *Root) { r.Name = "Sở \u202eNội vụ" },
		"created yesterday":        func(r *Root) { r.Created = "yesterday" },
		"a key under another name": func(r *Root) { r.Keys[ids[0]] = r.Keys[ids[1]] },
		"half a key":               func(r *Root) { r.Keys[ids[0]] = r.Keys[ids[0]][:16] },
		"one may change it":        set(RoleRoot, 1, ids...),
		"more than there are":      set(RoleRoot, 4, ids...),
		"one key listed twice":     set(RoleRoot, 2, ids[0], ids[0]),
		"a key that is not there":  set(RoleRoot, 2, ids[0], "x"),
		"a key with two roles":     set(RoleAck, 1, ids[0]),
		"two registrars needed": func(r *Root) {
			second := newKey(t)
			r.Keys[idOf(second)] = publicOf(second)
			r.Roles[RoleRegistrar] = RoleKeys{[]string{idOf(p.Registrar), idOf(second)}, 2}
		},
		"no registrar":        func(r *Root) { delete(r.Roles, RoleRegistrar) },
		"a role of nobody":    set("press", 1),
		"a reset of a path":   func(r *Root) { r.Reset = []string{"../luat"} },
		"a reset twice":       func(r *Root) { r.Reset = []string{"luat", "luat"} },
		"resets out of order": func(r *Root) { r.Reset = []string{"luat", "co-so"} },
		"a threshold of none": func(r *Root) {
			second := newKey(t)
			r.Keys[idOf(second)] = publicOf(second)
			r.Roles["press"] = RoleKeys{[]string{idOf(second)}, 0}
		},
	} {
		r := p.Root
		r.Keys, r.Roles = maps.Clone(r.Keys), maps.Clone(r.Roles)
		bend(&r)
		if err := r.Validate(); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := SignRoot(r, p.sticks.Root[:]...); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: signed, %v", name, err)
		}
	}
	// Two votes that are one key's stay one, even where the list was not checked.
	r := Root{Keys: p.Root.Keys, Roles: map[Role]RoleKeys{RoleRoot: {[]string{ids[0], ids[0]}, 2}}}
	s, err := SignRoot(p.Root, p.sticks.Root[0], p.sticks.Root[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Verify(RoleRoot, s.Raw, s.Sigs, rootKind(1)); !errors.Is(err, ErrSignature) {
		t.Errorf("one key listed and signing twice = %v", err)
	}
	if err := r.Verify("press", s.Raw, s.Sigs, rootKind(1)); !errors.Is(err, ErrSignature) {
		t.Errorf("a role of nobody = %v", err)
	}
}

// TestReset: a root clears what is stored of a channel, and says so once.
func TestReset(t *testing.T) {
	p := newProvince(t)
	first := Known{Chain: p.Chain, Root: p.Root}
	if _, err := p.Reset(nil, testTime, p.sticks.Root[:]...); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("nothing to reset = %v", err)
	}
	if _, err := p.Reset([]string{"luat"}, testTime, p.sticks.Root[0]); !errors.Is(err, ErrSignature) {
		t.Errorf("with one stick = %v", err)
	}
	next, err := p.Reset([]string{"luat", "bieu-mau", "luat"}, testTime, p.sticks.Root[:]...)
	if err != nil || !slices.Equal(next.Root.Reset, []string{"bieu-mau", "luat"}) {
		t.Fatal(next.Root.Reset, err)
	}
	p.Authority = next
	p.replace(t, RoleContent, p.Content)
	if len(p.Root.Reset) != 0 {
		t.Errorf("the next root resets again: %q", p.Root.Reset)
	}
	k, steps, err := first.WithRoots(p.Chain)
	if err != nil || len(steps) != 2 || k.Root.Version != 3 {
		t.Fatalf("root %d in %d steps, %v", k.Root.Version, len(steps), err)
	}
	if first.ResetOf("luat") != 0 || k.ResetOf("luat") != 2 || k.ResetOf("co-so") != 0 {
		t.Errorf("resets %d, %d, %d", first.ResetOf("luat"), k.ResetOf("luat"), k.ResetOf("co-so"))
	}
	if again, steps, err := k.WithRoots(p.Chain[:1]); err != nil || len(steps) != 0 || again.Root.Version != 3 {
		t.Errorf("an older chain: root %d, %v", again.Root.Version, err)
	}
	if _, _, err := k.WithRoots(newProvince(t).Chain); !errors.Is(err, ErrOtherProvince) {
		t.Errorf("another province's chain = %v", err)
	}
	if _, _, err := (Known{}).WithRoots(p.Chain); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("who believes nobody = %v", err)
	}
}

// TestSignedInAFile: one file for a document and its signatures.
func TestSignedInAFile(t *testing.T) {
	s := newProvince(t).Chain[0]
	file, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeSigned(file)
	if diff := cmp.Diff(s, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for name, b := range map[string][]byte{
		"cut": file[:len(file)-1], "more": append(slices.Clone(file), '\n'), "spaced": bytes.Replace(file, []byte(`{"root":`), []byte(`{ "root":`), 1),
		"another key": bytes.Replace(file, []byte(`{"root":`), []byte(`{"x":1,"root":`), 1), "none": nil, "large": bytes.Repeat([]byte(" "), MaxSigned+1),
	} {
		if _, err := DecodeSigned(b); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
