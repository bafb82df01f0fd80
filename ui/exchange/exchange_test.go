package exchange_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// office seals one bundle a time.
type office struct {
	bundles []record.BundleInfo
	status  record.Status
	folders []string
	fail    error
}

func (o *office) Seal(_ context.Context, folder string) ([]record.BundleInfo, error) {
	o.folders = append(o.folders, folder)
	if o.fail != nil {
		return nil, o.fail
	}
	b := record.BundleInfo{No: int64(len(o.bundles) + 1), Name: "SPB_00001.sopb.zip", Path: folder + "/SPB_00001.sopb.zip",
		Commits: 12, Size: 40960, Created: "2026-11-23T07:30:00Z", Practice: o.status.Practice}
	o.bundles = append(o.bundles, b)
	o.status.Unsent = 0
	return []record.BundleInfo{b}, nil
}

func (o *office) Bundles(context.Context) ([]record.BundleInfo, error) { return o.bundles, nil }
func (o *office) Status(context.Context) (record.Status, error)        { return o.status, nil }

func screen(t *testing.T, r *kit.Runner, o *office) (s *exchange.Screen, said *string, restated *int) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	said, restated = new(string), new(int)
	s = exchange.New(kit.Desk{
		Runner: r, Window: w, Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
		Say: func(words string, _ func()) { *said = words }, Restate: func() { *restated++ },
	}, o)
	s.DefaultFolder = "/thẻ nhớ"
	w.SetContent(s)
	s.Reload()
	return s, said, restated
}

func TestItSaysWhatIsInABundle(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{status: record.Status{Unsent: 1234, Practice: true}})
	shown := strings.Join(strings.Fields(uitest.Words(s)), " ")
	for _, want := range []string{"không có dữ liệu cá nhân", "1.234 thay đổi chưa có trong gói nào", "chỉ để tập", "Chưa có gói nào được ghi."} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not said in: %s", want, shown)
		}
	}
}

func TestABundleIsWrittenAndListed(t *testing.T) {
	o := &office{status: record.Status{Unsent: 3}}
	s, said, restated := screen(t, uitest.AtOnce(), o)
	uitest.TapButton(t, s, "Ghi gói")
	if diff := cmp.Diff([]string{"/thẻ nhớ"}, o.folders); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
	shown := uitest.Words(s)
	for _, want := range []string{"SPB_00001.sopb.zip", "hôm nay 07:30", "40 KB", "đã đóng gói", "Mọi thay đổi đã có trong một gói."} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
	if !strings.Contains(*said, "SPB_00001.sopb.zip") || *restated == 0 {
		t.Errorf("said %q, restated %d times", *said, *restated)
	}
	if strings.Contains(shown, "đã giao") {
		t.Error("a bundle that was written is not yet handed over")
	}
}

func TestAFailureKeepsTheFolderAndIsSaidUnderIt(t *testing.T) {
	o := &office{fail: record.Refuse(record.ErrPlace, "Thẻ nhớ đã rút ra.", "The stick was pulled out.")}
	s, _, _ := screen(t, uitest.AtOnce(), o)
	uitest.TapButton(t, s, "Ghi gói")
	shown := uitest.Words(s)
	if !strings.Contains(shown, "Thẻ nhớ đã rút ra.") || !strings.Contains(shown, "/thẻ nhớ") {
		t.Errorf("shown:\n%s", shown)
	}
	if uitest.Button(t, s, "Ghi gói").Disabled() {
		t.Error("after a failure one must be able to try again")
	}
}

func TestTheButtonRestsWhileABundleIsWritten(t *testing.T) {
	var held uitest.Held
	o := &office{}
	s, _, _ := screen(t, held.Runner(), o)
	held.ReleaseAll()
	uitest.TapButton(t, s, "Ghi gói")
	uitest.TapButton(t, s, "Ghi gói")
	held.ReleaseAll()
	if len(o.folders) != 1 {
		t.Errorf("sealed %d times, want once", len(o.folders))
	}
}

// signer is an office that can also write its key.
type signer struct {
	*office
	keys []string
	fail error
}

func (s *signer) WritePublicKey(folder string) (string, error) {
	s.keys = append(s.keys, folder)
	return folder + "/SPB_1A2B.pub", s.fail
}

func TestTheKeyThatProvesTheSignatureGoesAlong(t *testing.T) {
	uitest.App(t)
	now := func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name string
		fail error
		want string
	}{
		{"written", nil, "Mọi thay đổi đã có trong một gói."},
		{"refused", record.Refuse(record.ErrSpace, "Hết chỗ cho tệp khóa.", "No room."), "Hết chỗ cho tệp khóa."},
	} {
		o := &signer{office: &office{status: record.Status{Unsent: 3}}, fail: c.fail}
		said := ""
		w := uitest.Window(t, kit.Line(""))
		s := exchange.New(kit.Desk{Runner: uitest.AtOnce(), Window: w, Now: now,
			Say: func(words string, _ func()) { said = words }, Restate: func() {}}, o)
		s.DefaultFolder = "/thẻ nhớ"
		w.SetContent(s)
		s.Reload()
		uitest.TapButton(t, s, "Ghi gói")
		if diff := cmp.Diff([]string{"/thẻ nhớ"}, o.keys); diff != "" {
			t.Errorf("%s: keys (-want +got):\n%s", c.name, diff)
		}
		shown := uitest.Words(s)
		if !strings.Contains(shown, c.want) || !strings.Contains(shown, "SPB_00001.sopb.zip") || said == "" {
			t.Errorf("%s: said %q, shown:\n%s", c.name, said, shown)
		}
	}
}

func TestTheFolderIsRemembered(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{})
	uitest.TapButton(t, s, "Ghi gói")
	if got := fyne.CurrentApp().Preferences().String("exchange.folder"); got != "/thẻ nhớ" {
		t.Errorf("remembered %q", got)
	}
}
