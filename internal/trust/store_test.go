package trust

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/zalando/go-keyring"
	"golang.org/x/text/unicode/norm"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
)

var sameKeys = cmpopts.IgnoreUnexported(Keys{})

func TestRoundTripOfEveryProtection(t *testing.T) {
	for _, p := range protectionsHere {
		t.Run(string(p), func(t *testing.T) {
			dir := openDir(t)
			if _, err := Open(dir, testPassphrase); !errors.Is(err, ErrNoKeys) || !errors.Is(err, record.ErrNotFound) {
				t.Errorf("Open of an empty folder = %v, want ErrNoKeys", err)
			}
			made, err := Create(dir, p, testPassphrase)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Create(dir, p, testPassphrase); !errors.Is(err, ErrKeysExist) {
				t.Errorf("second Create = %v, want ErrKeysExist", err)
			}
			for _, k := range []*Keys{made, reopen(t, dir)} {
				if diff := cmp.Diff(made, k, sameKeys); diff != "" {
					t.Errorf("(-made +opened):\n%s", diff)
				}
				if k.Protection() != p || k.ID() != made.ID() || !strings.HasPrefix(k.Recipient(), "age1pq1") {
					t.Errorf("protection %q, id %s, recipient %.10s", k.Protection(), k.ID(), k.Recipient())
				}
			}
		})
	}
}

func reopen(t *testing.T, dir *datadir.Dir) *Keys {
	t.Helper()
	k, err := Open(dir, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// The work of a passphrase takes a while, so one file serves all questions.
func TestPassphrase(t *testing.T) {
	k := newKeys(t, Passphrase)
	for typed, want := range map[string]error{
		"":                              ErrPassphraseNeeded,
		" \r\n":                         ErrPassphraseNeeded,
		"sáu từ dễ nhớ khó đoá":         ErrWrongPassphrase,
		norm.NFD.String(testPassphrase): nil,
	} {
		_, err := Open(k.place.dir, typed+"\n")
		if !errors.Is(err, want) || want != nil && !errors.Is(err, record.ErrPassphrase) {
			t.Errorf("Open with %q = %v, want %v", typed, err, want)
		}
	}
	if _, err := Create(openDir(t), Passphrase, " "); !errors.Is(err, ErrPassphraseNeeded) {
		t.Errorf("Create without a passphrase = %v", err)
	}
	file, err := os.Open(fileOf(k.place.dir, Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if want, _ := k.encode(); !bytes.Equal(stockDecrypt(t, file), want) {
		t.Error("the stock reader reads something else than was kept")
	}
}

// stockDecrypt is what "age -d" does with a passphrase.
func stockDecrypt(t *testing.T, file io.Reader) []byte {
	t.Helper()
	id, err := age.NewScryptIdentity(testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(file, id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestDamagedKeys(t *testing.T) {
	k := newKeys(t, Demo)
	path := fileOf(k.place.dir, Demo)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string][]byte{
		"empty":         nil,
		"cut":           whole[:len(whole)-1],
		"twice":         bytes.Repeat(whole, 2),
		"unknown field": bytes.Replace(whole, []byte(`"office"`), []byte(`"offices"`), 1),
		"short key":     bytes.Replace(whole, []byte(`"device":"`), []byte(`"device":"AAAA`), 1),
		"no identity":   bytes.Replace(whole, []byte(`PQ-1`), []byte(`PQ-2`), 1),
		"no version":    bytes.Replace(whole, []byte(`"v":1`), []byte(`"v":0`), 1),
		"huge":          append(whole, bytes.Repeat([]byte(" "), maxFile)...),
	}
	for name, data := range tests {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(k.place.dir, ""); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("%s: Open = %v, want damaged", name, err)
		}
	}
	newer := bytes.Replace(whole, []byte(`"v":1`), []byte(`"v":3,"more":[]`), 1)
	if err := os.WriteFile(path, newer, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(k.place.dir, ""); !errors.Is(err, record.ErrNewer) {
		t.Errorf("newer: Open = %v", err)
	}
}

func TestEveryFlippedBitOfAnAgeFileIsRefused(t *testing.T) {
	whole, err := sealScrypt([]byte("the keys"), "secret", 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(whole) * 8 {
		file := bytes.Clone(whole)
		file[i/8] ^= 1 << (i % 8)
		_, err := openScrypt(file, "secret", 4)
		if !errors.Is(err, record.ErrDamaged) && !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("bit %d: %v", i, err)
		}
	}
	for i := range whole {
		if _, err := openScrypt(whole[:i], "secret", 4); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
	costly, err := sealScrypt([]byte("the keys"), "secret", 5)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openScrypt(costly, "secret", 4); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("a file that asks for more work = %v", err)
	}
}

func TestKeysDoNotPrintThemselves(t *testing.T) {
	k := newKeys(t, Demo)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		for _, v := range []any{k, *k} {
			if got := fmt.Sprintf(verb, v); got != "keys of device "+k.ID() {
				t.Errorf("%s prints %.60q", verb, got)
			}
		}
	}
}

func TestOnlyTheKeyFileHoldsSecrets(t *testing.T) {
	for _, p := range []Protection{Passphrase, Keyring} {
		k := newKeys(t, p)
		code, err := NewRecoveryCode()
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteRecovery(k, code); err != nil {
			t.Fatal(err)
		}
		text, _ := k.encode()
		secrets := append(bytes.Split(text, []byte(`"`)), k.Office[:], k.Device.Seed(), []byte(code))
		root := k.place.dir.Path()
		files, err := filepath.Glob(filepath.Join(root, "*", "*"))
		if err != nil || len(files) < 4 {
			t.Fatal(files, err)
		}
		for _, path := range files {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range secrets {
				if len(s) >= 32 && bytes.Contains(data, s) {
					t.Errorf("%s: %s holds a secret in plain", p, path)
				}
			}
		}
	}
}

func TestNewStream(t *testing.T) {
	for _, p := range protectionsHere {
		t.Run(string(p), func(t *testing.T) {
			first := newKeys(t, p)
			second, err := first.NewStream(0, "")
			if err != nil {
				t.Fatal(err)
			}
			if second.ID() == first.ID() {
				t.Error("the stream is the old one")
			}
			if second.Office != first.Office || second.Identity != first.Identity {
				t.Error("the office key or the identity changed")
			}
			if diff := cmp.Diff(second, reopen(t, first.place.dir), sameKeys); diff != "" {
				t.Errorf("(-made +opened):\n%s", diff)
			}
			list, err := LoadDevices(first.place.dir)
			if err != nil || len(list) != 2 {
				t.Fatalf("devices = %v, %v", list, err)
			}
			for _, k := range []*Keys{first, second} {
				if key, ok := list.Lookup(k.ID()); !ok || !key.Equal(k.public()) {
					t.Errorf("device %s is not on the list", k.ID())
				}
			}
		})
	}
}

func TestManyStreamsFitAKeyring(t *testing.T) {
	k := newKeys(t, Keyring)
	for range maxRetired + 5 {
		next, err := k.NewStream(0, "")
		if err != nil {
			t.Fatal(err)
		}
		k = next
	}
	text, err := k.encode()
	if err != nil || len(text) > maxKeyringItem {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	if list, err := LoadDevices(k.place.dir); err != nil || len(list) != maxRetired+6 {
		t.Errorf("%d devices, %v; want all", len(list), err)
	}
}

func TestKilledDuringNewStream(t *testing.T) {
	k := newKeys(t, Demo)
	path := k.place.dir.Path()
	var streams int
	within := 4 * time.Millisecond // of which a kill comes
	for i := range 40 {
		if streams == 0 && i%8 == 7 {
			within *= 4 // a machine so busy that no stream was made in that time
		}
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), roleVariable+"=stream", "TRUST_TEST_PATH="+path)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		lines.ReadString('\n')
		time.Sleep(time.Duration(rand.Int64N(int64(within))))
		c.Process.Kill()
		rest, _ := io.ReadAll(lines)
		c.Wait()
		k = reopen(t, k.place.dir)
		promised := strings.Fields(string(rest))
		streams += len(promised)
		list, err := LoadDevices(k.place.dir)
		if err != nil {
			t.Fatalf("kill %d: %v", i, err)
		}
		for _, id := range append(promised, k.ID()) {
			if _, ok := list.Lookup(id); !ok {
				t.Fatalf("kill %d: stream %s is not on the list", i, id)
			}
		}
	}
	if streams == 0 {
		t.Error("no kill came while streams were made")
	}
}

func TestProtect(t *testing.T) {
	k := newKeys(t, Keyring)
	dir := k.place.dir
	want := *k
	for _, p := range []Protection{Keyring, Passphrase, Keyring} {
		if err := k.Protect(p, testPassphrase); err != nil {
			t.Fatal(err)
		}
		var files []Protection
		for _, s := range stored {
			if _, err := os.Stat(fileOf(dir, s.protection)); err == nil {
				files = append(files, s.protection)
			}
		}
		if diff := cmp.Diff([]Protection{p}, files); diff != "" {
			t.Errorf("kept under (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(&want, reopen(t, dir), sameKeys); diff != "" {
			t.Errorf("%s (-want +got):\n%s", p, diff)
		}
	}
	if err := k.Protect(Demo, ""); !errors.Is(err, ErrDemoKeys) {
		t.Errorf("Protect(Demo) = %v", err)
	}
	if err := newKeys(t, Demo).Protect(Keyring, ""); !errors.Is(err, ErrDemoKeys) {
		t.Errorf("Protect of demonstration keys = %v", err)
	}
	if err := k.Protect("locker", ""); !errors.Is(err, ErrNotHere) {
		t.Errorf("Protect of an unknown kind = %v", err)
	}
	if runtime.GOOS != "windows" {
		if err := k.Protect(DPAPI, ""); !errors.Is(err, ErrNotHere) {
			t.Errorf("Protect(DPAPI) = %v", err)
		}
	}
	if diff := cmp.Diff(&want, reopen(t, dir), sameKeys); diff != "" {
		t.Errorf("after refusals (-want +got):\n%s", diff)
	}
}

func TestKeyringForgotTheItem(t *testing.T) {
	k := newKeys(t, Keyring)
	data, err := os.ReadFile(fileOf(k.place.dir, Keyring))
	if err != nil {
		t.Fatal(err)
	}
	item, err := parseItem(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := keyring.Delete(keyringService, item.Item); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(k.place.dir, ""); !errors.Is(err, ErrNoKeys) {
		t.Errorf("Open = %v, want ErrNoKeys", err)
	}
}

func TestOpenCompletesTheFolder(t *testing.T) {
	first := newKeys(t, Demo)
	k, err := first.NewStream(0, "")
	if err != nil {
		t.Fatal(err)
	}
	dir := k.place.dir
	if err := os.Remove(practiceFile(dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(devicesFile(dir), []byte(`{"v":1,"devices":[{"id":"00","key":"AA=="}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadDevices(dir); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("LoadDevices = %v, want damaged", err)
	}
	reopen(t, dir)
	list, err := LoadDevices(dir)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{list[0].ID, list[1].ID}
	if !slices.Equal(ids, []string{first.ID(), k.ID()}) {
		t.Errorf("devices %v", list)
	}
	if _, err := Province(dir); err != nil {
		t.Errorf("Province = %v", err)
	}
}
