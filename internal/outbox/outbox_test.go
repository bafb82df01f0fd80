package outbox_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/outbox"
	"sophobien/internal/record"
)

func entry(to string, n int64, said record.HandOverState) outbox.Entry {
	e := outbox.Entry{To: to, Kind: "log", Said: said}
	if n > 0 {
		e.Covers = map[string]outbox.Point{"pc1": {N: n, Hash: fmt.Sprintf("h%d", n)}}
	}
	return e
}

func TestStates(t *testing.T) {
	const packed, handed, received = record.StatePacked, record.StateHanded, record.StateReceived
	tests := []struct {
		name  string
		acked int64 // how far the receiver's vector is
		list  []outbox.Entry
		want  []record.HandOverState
	}{
		{"what the program did", 0, []outbox.Entry{entry("51", 5, packed), entry("52", 5, handed)},
			[]record.HandOverState{packed, handed}},
		{"a later file carries the same", 0, []outbox.Entry{entry("51", 5, handed), entry("51", 7, packed)},
			[]record.HandOverState{record.StateReplaced, packed}},
		{"but not to somebody else", 0, []outbox.Entry{entry("51", 5, handed), entry("52", 7, packed)},
			[]record.HandOverState{handed, packed}},
		{"what the receiver named is not replaced", 0, []outbox.Entry{entry("51", 5, received), entry("51", 6, record.StateRefused), entry("51", 7, handed)},
			[]record.HandOverState{received, record.StateRefused, handed}},
		{"the vector accepts, whatever was said", 6, []outbox.Entry{entry("51", 5, handed), entry("51", 6, record.StateRefused), entry("51", 7, received)},
			[]record.HandOverState{record.StateAccepted, record.StateAccepted, received}},
		{"nothing inside: only the receiver's word", 9, []outbox.Entry{entry("51", 0, record.StateAccepted), entry("51", 0, handed)},
			[]record.HandOverState{record.StateAccepted, handed}},
		{"an empty one is replaced by any later", 0, []outbox.Entry{entry("51", 0, handed), entry("51", 1, handed)},
			[]record.HandOverState{record.StateReplaced, handed}},
	}
	for _, test := range tests {
		got := outbox.States(test.list, func(e outbox.Entry) bool { return e.Covers["pc1"].N <= test.acked })
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestAForkedStreamReplacesNothing(t *testing.T) {
	a, b := entry("51", 5, record.StateHanded), entry("51", 5, record.StateHanded)
	b.Covers["pc1"] = outbox.Point{N: 5, Hash: "other"}
	got := outbox.States([]outbox.Entry{a, b}, func(outbox.Entry) bool { return false })
	if got[0] != record.StateHanded {
		t.Errorf("state %q: the other branch does not carry this one", got[0])
	}
}

// TestOneOfSeveralFilesIsNotReplacedByTheNext: each holds another part, until a later one
// holds all of it.
func TestOneOfSeveralFilesIsNotReplacedByTheNext(t *testing.T) {
	part := func(from, n int64) outbox.Entry {
		e := entry("51", n, record.StateHanded)
		e.From = map[string]int64{"pc1": from}
		return e
	}
	got := outbox.States([]outbox.Entry{part(1, 5), part(6, 9), part(1, 7)}, func(outbox.Entry) bool { return false })
	if diff := cmp.Diff([]record.HandOverState{record.StateReplaced, record.StateHanded, record.StateHanded}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAShelfKeepsFilesOnce(t *testing.T) {
	s := outbox.Shelf{Folder: filepath.Join(t.TempDir(), "shelf"), Files: 3, Bytes: 100}
	data := []byte("gói của xã khác")
	k, err := s.Put(`..\SPB 24340 (1).sopb.zip`, data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Put("another name.zip", data)
	if err != nil || again.Name != k.Name {
		t.Errorf("kept twice: %v, %v", again, err)
	}
	if err := os.WriteFile(filepath.Join(s.Folder, "desktop.ini"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := s.List()
	if err != nil || len(list) != 1 || list[0].Original() != ".._SPB_24340_1_.sopb.zip" {
		t.Fatalf("on the shelf: %v, %v", list, err)
	}
	if got, err := s.Read(list[0]); err != nil || !bytes.Equal(got, data) {
		t.Errorf("read %q, %v", got, err)
	}
	if _, err := s.Put("big.zip", make([]byte, 90)); !errors.Is(err, record.ErrSpace) {
		t.Errorf("too much: %v", err)
	}
	for i := range 2 {
		if _, err := s.Put("n.zip", []byte{byte(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Put("n.zip", []byte{9}); !errors.Is(err, record.ErrSpace) {
		t.Errorf("too many: %v", err)
	}
	if err := os.WriteFile(filepath.Join(s.Folder, list[0].Name), []byte("bị sửa"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Read(list[0]); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("altered on the shelf: %v", err)
	}
	if err := s.Expire(time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if list, _ := s.List(); len(list) != 0 {
		t.Errorf("still there: %v", list)
	}
}
