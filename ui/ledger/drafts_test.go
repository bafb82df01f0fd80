package ledger

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/uitest"
)

// slowDrafts keeps drafts and notes the order in which they came.
type slowDrafts struct{ wrote []string }

func (d *slowDrafts) Draft(context.Context, string) ([]byte, time.Time, error) {
	return nil, time.Time{}, nil
}

func (d *slowDrafts) SaveDraft(_ context.Context, scope string, text []byte) (time.Time, error) {
	d.wrote = append(d.wrote, scope+"="+string(text))
	return uitest.Now, nil
}

func (d *slowDrafts) DropDraft(_ context.Context, scope string) error {
	d.wrote = append(d.wrote, scope+" dropped")
	return nil
}

func (d *slowDrafts) Drafts(context.Context, string) ([]record.Draft, error) { return nil, nil }

// However fast someone types, writes come one at a time, in order, and only the
// newest of what waited.
func TestDraftsAreWrittenInOrderAndOvertakenOnesDropped(t *testing.T) {
	var held uitest.Held
	office := &slowDrafts{}
	var told []string
	d := NewDrafts(held.Runner(), office)
	d.Kept = func(scope string, _ time.Time, _ error) { told = append(told, scope) }
	for i := range 5 {
		d.Save("a", fmt.Append(nil, i))
	}
	d.Save("b", []byte("x"))
	if held.Waiting() != 1 {
		t.Fatalf("%d writes are under way", held.Waiting())
	}
	if text, waits := d.Unwritten("a"); !waits || string(text) != "4" {
		t.Errorf("unwritten %q", text)
	}
	held.ReleaseAll()
	d.Drop("a")
	held.ReleaseAll()
	want := []string{"a=0", "a=4", "b=x", "a dropped"}
	if diff := cmp.Diff(want, office.wrote); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	if got := strings.Join(told, " "); got != "a a b" {
		t.Errorf("told of %s", got)
	}
}
