package pack

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// The cases of the TUF project's conformance tests, by their names there. A pack is what
// timestamp, snapshot and targets are in TUF, in one signed document: cases that tell those
// three apart become one. What cannot be asked of a pack stands in notOurs.

// signing says who may sign a version of a role, and who did.
type signing struct {
	keys      []byte
	threshold int
	sigs      []byte
	fails     bool
}

// rootRotations are the cases of test_root_rotation. A root here needs two keys at the
// least, so that every version has one more key, one more signature and one more to reach.
var rootRotations = map[string][]signing{
	"1-of-1-key-rotation":                                             {{keys: []byte{1}, threshold: 1, sigs: []byte{1}}, {keys: []byte{2}, threshold: 1, sigs: []byte{2, 1}}, {keys: []byte{2}, threshold: 1, sigs: []byte{2}}},
	"1-of-1-key-rotation-unused-signatures":                           {{keys: []byte{1}, threshold: 1, sigs: []byte{3, 1, 4}}, {keys: []byte{2}, threshold: 1, sigs: []byte{3, 2, 1, 4}}, {keys: []byte{2}, threshold: 1, sigs: []byte{3, 2, 4}}},
	"3-of-5-sign-with-different-keycombos":                            {{keys: five, threshold: 3, sigs: []byte{0, 2, 4}}, {keys: five, threshold: 3, sigs: []byte{0, 4, 1}}, {keys: five, threshold: 3, sigs: []byte{0, 1, 3}}, {keys: five, threshold: 3, sigs: []byte{0, 1, 3}}},
	"3-of-5-one-key-rotated":                                          {{keys: five, threshold: 3, sigs: []byte{0, 2, 4}}, {keys: fiveOthers, threshold: 3, sigs: []byte{0, 4, 1}}},
	"3-of-5-one-key-rotated-with-intermediate-step":                   {{keys: five, threshold: 3, sigs: []byte{0, 2, 4}}, {keys: fiveOthers, threshold: 3, sigs: []byte{0, 2, 4, 5}}, {keys: fiveOthers, threshold: 3, sigs: []byte{0, 4, 5}}},
	"3-of-5-all-keys-rotated-with-intermediate-step":                  {{keys: five, threshold: 3, sigs: []byte{0, 2, 4}}, {keys: []byte{5, 6, 7, 8, 9}, threshold: 3, sigs: []byte{0, 2, 4, 5, 6, 7}}, {keys: []byte{5, 6, 7, 8, 9}, threshold: 3, sigs: []byte{5, 6, 7}}},
	"1-of-3-threshold-increase-to-2-of-3":                             {{keys: []byte{1, 2, 3}, threshold: 1, sigs: []byte{1}}, {keys: []byte{1, 2, 3}, threshold: 2, sigs: []byte{1, 2}}},
	"2-of-3-threshold-decrease-to-1-of-3":                             {{keys: []byte{1, 2, 3}, threshold: 2, sigs: []byte{1, 2}}, {keys: []byte{1, 2, 3}, threshold: 1, sigs: []byte{1, 2}}, {keys: []byte{1, 2, 3}, threshold: 1, sigs: []byte{1}}},
	"1-of-2-threshold-increase-to-2-of-2":                             {{keys: []byte{1}, threshold: 1, sigs: []byte{1}}, {keys: []byte{1, 2}, threshold: 2, sigs: []byte{1, 2}}},
	"1-of-1-key-rotation-fail-not-signed-with-old-key":                {{keys: []byte{1}, threshold: 1, sigs: []byte{1}}, {keys: []byte{2}, threshold: 1, sigs: []byte{2, 3, 4}, fails: true}},
	"1-of-1-key-rotation-fail-not-signed-with-new-key":                {{keys: []byte{1}, threshold: 1, sigs: []byte{1}}, {keys: []byte{2}, threshold: 1, sigs: []byte{1, 3, 4}, fails: true}},
	"3-of-5-one-key-rotate-fails-not-signed-with-3-new-keys":          {{keys: five, threshold: 3, sigs: []byte{0, 2, 4}}, {keys: fiveOthers, threshold: 3, sigs: []byte{0, 2, 4}, fails: true}},
	"3-of-5-one-key-rotate-fails-not-signed-with-3-old-keys":          {{keys: five, threshold: 3, sigs: []byte{0, 2, 4}}, {keys: fiveOthers, threshold: 3, sigs: []byte{0, 4, 5}, fails: true}},
	"1-of-3-threshold-bump-to-2-of-3-fails-new-threshold-not-reached": {{keys: []byte{1, 2, 3}, threshold: 1, sigs: []byte{1}}, {keys: []byte{1, 2, 3}, threshold: 2, sigs: []byte{2}, fails: true}},
	"2-of-3-threshold-decr-to-1-of-3-fails-old-threshold-not-eached":  {{keys: []byte{1, 2, 3}, threshold: 2, sigs: []byte{1, 2}}, {keys: []byte{1, 2, 3}, threshold: 1, sigs: []byte{1}, fails: true}},
}

var five, fiveOthers = []byte{0, 1, 2, 3, 4}, []byte{0, 1, 3, 4, 5}

// contentRotations are those of test_non_root_rotations.
var contentRotations = map[string]signing{
	"1-of-1-key-rotation":                                            {keys: []byte{2}, threshold: 1, sigs: []byte{2}},
	"1-of-1-key-rotation-unused-signatures":                          {keys: []byte{1}, threshold: 1, sigs: []byte{3, 1, 4}},
	"1-of-1-key-rotation-fail-not-signed-with-new-key":               {keys: []byte{2}, threshold: 1, sigs: []byte{1, 3, 4}, fails: true},
	"3-of-5-one-key-signature-wrong-not-signed-with-3-expected-keys": {keys: fiveOthers, threshold: 3, sigs: []byte{0, 2, 4}, fails: true},
	"2-of-5-one-key-signature-mising-threshold-not-reached":          {keys: fiveOthers, threshold: 3, sigs: []byte{0, 4}, fails: true},
	"3-of-5-sign-first-combo":                                        {keys: five, threshold: 3, sigs: []byte{0, 2, 4}},
	"3-of-5-sign-second-combo":                                       {keys: five, threshold: 3, sigs: []byte{0, 4, 1}},
	"3-of-5-sign-third-combo":                                        {keys: five, threshold: 3, sigs: []byte{0, 1, 3}},
	"3-of-5-sign-fourth-combo":                                       {keys: five, threshold: 3, sigs: []byte{1, 2, 3}},
	"3-of-5-sign-fifth-combo":                                        {keys: five, threshold: 3, sigs: []byte{2, 3, 4}},
}

// signer is key n of a case; the first are not those of the province.
func signer(n byte) ed25519.PrivateKey { return key(200 + n) }

func signers(ns []byte, more ...ed25519.PrivateKey) []ed25519.PrivateKey {
	for _, n := range ns {
		more = append(more, signer(n))
	}
	return more
}

// always is the one more key of every root.
var always = key(180)

func TestConformanceRootRotation(t *testing.T) {
	for name, versions := range rootRotations {
		t.Run(name, func(t *testing.T) {
			p, s := &province{root: newProvince(t).root}, shelf{}
			p.root.Version = 0
			for _, v := range versions {
				p.next(t, func(r *trust.Root) {
					setRole(r, trust.RoleRoot, v.threshold+1, signers(v.keys, always)...)
				}, signers(v.sigs, always)...)
			}
			// The writer refuses a chain no reader would take.
			d := p.draft(s, 1, sampleItems(s))
			last := versions[len(versions)-1]
			if _, err := Build(&bytes.Buffer{}, d); (err != nil) != last.fails {
				t.Fatalf("writing: %v", err)
			}
			file := p.rebuilt(t, s, d.Listing, readBack(t, d.Items))
			have := p.reader(t)
			f, err := take(file, have, nil)
			if last.fails {
				if !errors.Is(err, ErrNotTrusted) {
					t.Errorf("took it: %v", err)
				}
				return
			}
			if err != nil || f.Known.Root.Version != len(versions) || !bytes.Equal(f.Known.Chain[len(versions)-1].Raw, p.chain[len(versions)-1].Raw) {
				t.Errorf("root %d: %v", f.Known.Root.Version, err)
			}
		})
	}
}

func TestConformanceContentRotation(t *testing.T) {
	for name, c := range contentRotations {
		t.Run(name, func(t *testing.T) {
			p, s := newProvince(t), shelf{}
			file := build(t, p.draft(s, 1, sampleItems(s)))
			have := after(p.reader(t), mustTake(t, file, p.reader(t), nil))
			p.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, c.threshold, signers(c.keys)...) })
			l := p.draft(s, 2, nil).Listing
			file = resigned(t, p.rebuilt(t, s, l, readBack(t, sampleItems(s))), "", nil, signers(c.sigs)...)
			_, err := take(file, have, nil)
			if c.fails != (err != nil) || c.fails && !errors.Is(err, ErrNotTrusted) {
				t.Errorf("%v", err)
			}
		})
	}
}

// ours are the other cases that apply, in our words.
var ours = map[string]func(*testing.T, *scene){
	"test_basic_init_and_refresh": func(t *testing.T, c *scene) {
		mustTake(t, c.good, c.reader(t), nil)
	},
	"test_timestamp_content_changes": func(t *testing.T, c *scene) {
		refuse(t, c, c.with(t, 7, func(d *Draft) { d.Listing.FreshUntil = "2030-01-01" }), ErrFork)
	},
	"test_timestamp_eq_versions_check": func(t *testing.T, c *scene) {
		refuse(t, c, c.with(t, 7, func(d *Draft) { d.Items[0].Note = "khác" }), ErrFork)
	},
	"test_new_targets_hash_mismatch": func(t *testing.T, c *scene) {
		page := firstPage(t, c.good)
		refuse(t, c, c.entry(t, named(blobsFolder+page.SHA256), func(e *seal.Entry) { e.Data[len(e.Data)-1] ^= 1 }), ErrBlob)
	},
	"test_new_targets_version_mismatch": func(t *testing.T, c *scene) { // the page of another version
		other := firstPage(t, c.with(t, 9, func(d *Draft) { d.Items[0].Title = "Khác" }))
		page := firstPage(t, c.good)
		refuse(t, c, c.again(t, page.SHA256, other.SHA256, newEditor), ErrMissing)
	},
	"test_invalid_initial_root": func(t *testing.T, c *scene) {
		first := c.chain[0]
		first.Raw = bytes.Replace(first.Raw, []byte(`"version":1,`), nil, 1)
		if _, err := trust.FirstRoot(first); err == nil {
			t.Error("a root without version is believed")
		}
		have := c.have
		have.Known = trust.Known{}
		if _, err := take(c.good, have, c.held); !errors.Is(err, ErrNoRoot) {
			t.Error(err)
		}
	},
	"test_unsigned_initial_root": func(t *testing.T, c *scene) {
		first := trust.Signed{Raw: c.chain[0].Raw, Sigs: [][]byte{c.chain[1].Sigs[0], c.chain[1].Sigs[1]}}
		if _, err := trust.FirstRoot(first); !errors.Is(err, trust.ErrSignature) {
			t.Error(err)
		}
	},
	"test_custom_fields": func(t *testing.T, c *scene) { // of a root; TestReadersKeepWhatTheyDoNotKnow has those of a listing
		raw := bytes.Replace(c.chain[1].Raw, []byte(`"version":2`), []byte(`"custom-field":"value","version":2`), 1)
		s := trust.Signed{Raw: raw}
		for _, k := range rootKeys[:2] {
			sig, err := seal.Sign(k, raw, "sopb-root/1 version=2")
			if err != nil {
				t.Fatal(err)
			}
			s.Sigs = append(s.Sigs, sig)
		}
		p := &province{c.root, []trust.Signed{c.chain[0], s}}
		d := c.draft(1)
		d.Chain = p.chain
		mustTake(t, build(t, d), c.reader(t), nil)
	},
	"test_root_has_keys_but_not_snapshot": func(t *testing.T, c *scene) { // keys in the root do not sign by being there
		c.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 4, signers(five)...) })
		l := c.draft(8).Listing
		file := c.rebuilt(t, c.s, l, readBack(t, c.items))
		refuse(t, c, resigned(t, file, "", nil, signers([]byte{0, 1, 2})...), ErrNotTrusted)
		if _, err := take(resigned(t, file, "", nil, signers([]byte{0, 1, 2, 4})...), c.have, c.held); err != nil {
			t.Error(err)
		}
	},
	"test_snapshot_threshold": func(t *testing.T, c *scene) { // a threshold above the keys there are
		r := c.root
		r.Version++
		r.Roles = maps.Clone(r.Roles)
		r.Roles[trust.RoleContent] = trust.RoleKeys{Keys: r.Roles[trust.RoleContent].Keys, Threshold: 2}
		if _, err := trust.SignRoot(r, rootKeys...); err == nil {
			t.Error("a root nobody can satisfy is signed")
		}
		if err := r.Verify(trust.RoleContent, []byte("x"), nil, Format); !errors.Is(err, trust.ErrSignature) {
			t.Error(err)
		}
	},
	"test_duplicate_keys_root": func(t *testing.T, c *scene) { // one key under six names
		r := c.root
		r.Version++
		r.Keys, r.Roles = maps.Clone(r.Keys), maps.Clone(r.Roles)
		k := public(signer(0))
		keys := []string{idOf(signer(0))}
		r.Keys[keys[0]] = k
		for i := range 5 {
			name := strings.Repeat(string(rune('a'+i)), 32)
			keys, r.Keys[name] = append(keys, name), k
		}
		r.Roles[trust.RoleContent] = trust.RoleKeys{Keys: keys, Threshold: 2}
		if _, err := trust.SignRoot(r, rootKeys...); err == nil {
			t.Error("a root with one key under many names is signed")
		}
		// And one signature file under the name of another key.
		c.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 2, signers([]byte{0, 1})...) })
		file := resigned(t, c.rebuilt(t, c.s, c.draft(8).Listing, readBack(t, c.items)), "", nil, signer(0))
		refuse(t, c, file, ErrNotTrusted)
		refuse(t, c, bent(t, file, func(entries []seal.Entry) []seal.Entry {
			i := slices.IndexFunc(entries, isSignature)
			copied := entries[i]
			copied.Name = listingName + "." + idOf(signer(1)) + signatureName
			entries = slices.Insert(entries, i, copied)
			slices.SortFunc(entries[i:i+2], func(a, b seal.Entry) int { return strings.Compare(a.Name, b.Name) })
			return entries
		}), ErrNotTrusted)
	},
	"test_simple_snapshot_rollback": func(t *testing.T, c *scene) {
		refuse(t, c, c.with(t, 6, func(*Draft) {}), ErrRollback)
	},
	"test_new_timestamp_version_rollback": func(t *testing.T, c *scene) { // the listing of 6 said to be 8
		refuse(t, c, resigned(t, c.with(t, 6, func(*Draft) {}), goodKind, nil, newEditor), ErrNotTrusted)
	},
	"test_snapshot_rollback[basic]": func(t *testing.T, c *scene) {
		refuse(t, c, c.with(t, 1, func(*Draft) {}), ErrRollback)
	},
	"test_snapshot_rollback[with hashes]": func(t *testing.T, c *scene) { // what is here is the newer, whatever blobs are held
		held := c.held
		c.held = shelf{}
		refuse(t, c, c.with(t, 6, func(*Draft) {}), ErrRollback)
		c.held = held
	},
	"test_targets_rollback[basic]": func(t *testing.T, c *scene) { // through a new root too
		c.next(t, nil)
		refuse(t, c, c.with(t, 6, func(d *Draft) { d.Chain = c.chain }), ErrRollback)
	},
	"test_targets_rollback[with hashes]": func(t *testing.T, c *scene) { // a new version with an item left behind
		refuse(t, c, c.with(t, 9, func(d *Draft) { d.Items = d.Items[:4] }), ErrRemoved)
	},
	"test_new_snapshot_version_mismatch": func(t *testing.T, c *scene) {
		refuse(t, c, c.signedAs(t, "sopb-pack/1 channel=luat-51 version=7", newEditor), ErrNotTrusted)
	},
	"test_new_targets_fast_forward_recovery":   fastForwardRecovery,
	"test_new_snapshot_fast_forward_recovery":  fastForwardRecovery,
	"test_new_timestamp_fast_forward_recovery": fastForwardRecovery,
	"test_root_expired": func(t *testing.T, c *scene) { // a root has no end here; it goes on though the listing is stale
		c.next(t, nil)
		have := c.have
		have.Now = have.Now.AddDate(3, 0, 0)
		f := mustTake(t, c.with(t, 8, func(d *Draft) { d.Chain = c.chain }), have, c.held)
		if f.Known.Root.Version != 3 || f.Overdue == 0 {
			t.Errorf("root %d, %d days", f.Known.Root.Version, f.Overdue)
		}
	},
	"test_snapshot_expired":  stalePackWarns,
	"test_targets_expired":   stalePackWarns,
	"test_timestamp_expired": stalePackWarns,
	"test_expired_metadata": func(t *testing.T, c *scene) { // what is here went stale, what comes is fresh
		have := c.have
		have.Now = have.Now.AddDate(1, 0, 0)
		f := mustTake(t, c.with(t, 8, func(d *Draft) { d.Listing.FreshUntil = "2028-01-01" }), have, c.held)
		if f.Overdue != 0 {
			t.Errorf("%d days overdue", f.Overdue)
		}
	},
	"test_client_downloads_expected_file": func(t *testing.T, c *scene) {
		held := shelf{}
		mustTake(t, c.good, c.have, held)
		if w := c.items[0].Wordings[0]; !bytes.Equal(held[w.SHA256], c.s[w.SHA256]) {
			t.Error("another text")
		}
	},
	"test_repository_substitutes_target_file": func(t *testing.T, c *scene) {
		w := blobsFolder + c.items[0].Wordings[1].SHA256
		refuse(t, c, c.entry(t, named(w), func(e *seal.Entry) {
			e.Data = append([]byte("malicious"), e.Data...)[:len(e.Data)]
		}), ErrBlob)
	},
	"test_multiple_changes_to_target": func(t *testing.T, c *scene) {
		have := c.have
		for version := int64(8); version < 18; version++ {
			items := slices.Clone(c.items)
			items[1].Wordings = []Wording{c.s.wording("2026-01-01", strings.Repeat("x", int(version)))}
			c.items = items
			if version%5 != 0 { // the reader sees every fifth
				continue
			}
			c.good = build(t, c.draft(version))
			have = after(have, mustTake(t, c.good, have, c.held))
			bad := c.entry(t, named(blobsFolder+items[1].Wordings[0].SHA256), func(e *seal.Entry) { e.Data[0] = 'y' })
			if _, err := take(bad, have, c.held); !errors.Is(err, ErrBlob) {
				t.Error(err)
			}
		}
	},
	"test_unusual_role_name[?]":                roleName("?"),
	"test_unusual_role_name[#]":                roleName("#"),
	"test_unusual_role_name[/delegatedrole]":   roleName("/delegatedrole"),
	"test_unusual_role_name[../delegatedrole]": roleName("../delegatedrole"),
	"test_static_repo": func(t *testing.T, c *scene) { // the kept pack: TestKeptPack
		f := mustTake(t, kept(t, "kept-1.sopp.zip"), keptReader(t), nil)
		if f.Listing.Version == 0 {
			t.Error("no version")
		}
	},
}

// notOurs are the cases that cannot be asked of a pack.
var notOurs = map[string]string{
	"test_implicit_refresh":                          "a file is opened or it is not; nothing is fetched on the way",
	"test_wrong_hashing_algorithm":                   "a key has no hash algorithm to be wrong: its id is computed from it",
	"test_client_downloads_expected_file_in_sub_dir": "blobs have hashes for names, never paths",
	"test_delegated_targets_expired":                 "no role is delegated: content keys sign the whole listing",
	"test_expired_local_delegated_targets":           "no role is delegated",
	"test_expired_local_delegated_targets_updates":   "no role is delegated",
	"test_graph_traversal[12 graphs]":                "no role is delegated, so there is no graph",
	"test_targetfile_search[5 paths]":                "no role is delegated, so no path is searched",
}

func TestConformance(t *testing.T) {
	for name, run := range ours {
		t.Run(name, func(t *testing.T) { run(t, newScene(t)) })
	}
	if n := len(ours) + len(rootRotations) + len(contentRotations); n < 40 {
		t.Errorf("%d cases", n)
	} else {
		t.Logf("%d cases apply, %d do not", n, len(notOurs))
	}
}

// refuse opens a pack that must not open, and the good one after it.
func refuse(t *testing.T, c *scene, file []byte, want error) {
	t.Helper()
	if _, err := take(file, c.have, maps.Clone(c.held)); !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	if f, err := take(c.good, c.have, maps.Clone(c.held)); err != nil || f.Listing.Version != 8 {
		t.Errorf("the good pack after it: %v", err)
	}
}

func firstPage(t testing.TB, file []byte) Page {
	t.Helper()
	entries := entriesOf(t, file)
	var l Listing
	if err := seal.StrictDecode(entries[slices.IndexFunc(entries, named(listingName))].Data, &l); err != nil {
		t.Fatal(err)
	}
	return l.Pages[0]
}

// fastForwardRecovery: where TUF takes a rotated key for the sign that versions may go
// down, a root says so by name. TestResetAfterFastForward has the rest.
func fastForwardRecovery(t *testing.T, c *scene) {
	have := after(c.have, mustTake(t, c.with(t, 100, func(*Draft) {}), c.have, c.held))
	c.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 1, key(8)); r.Reset = []string{"luat-51"} })
	d := c.draft(1)
	d.Keys[0] = key(8)
	if f := mustTake(t, build(t, d), have, c.held); f.Listing.Version != 1 {
		t.Errorf("version %d", f.Listing.Version)
	}
}

// stalePackWarns: TUF refuses what has expired; an office that was offline for months
// takes it and is told.
func stalePackWarns(t *testing.T, c *scene) {
	have := c.have
	have.Now = have.Now.AddDate(0, 6, 0)
	if f := mustTake(t, c.good, have, c.held); f.Overdue != 89 {
		t.Errorf("%d days overdue", f.Overdue)
	}
}

// roleName: the only words of ours that become names are those of a channel and an item.
func roleName(name string) func(*testing.T, *scene) {
	return func(t *testing.T, c *scene) {
		if trust.ValidChannel(name) || ValidID(name) {
			t.Errorf("%q is a name", name)
		}
		refuse(t, c, resigned(t, c.good, Format, func(text string) string {
			return strings.Replace(text, `"luat-51"`, `"`+name+`"`, 1)
		}, newEditor), ErrContent)
	}
}
