package report_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

var writeGolden = flag.Bool("write-golden", false, "write the snapshot that is kept for ever, of a new form only")

func frozen(in report.Input) report.Snapshot {
	y := report.Yearly{Office: in.Office, Printed: "2026-12-03", Number: "45", Basis: "Kế hoạch", Figures: report.Compute(in), Outlooks: report.Outlooks(in, "2026-12-03"),
		UnitNames: map[record.ID]string{}, Texts: map[string]string{"difficulties": "Đường xa."}}
	for id, u := range in.Units {
		y.UnitNames[id] = u.FullName()
	}
	y.Tables(in)
	before := y.Figures
	y.Before, y.Since = &before, nil
	return report.Freeze(in, y, record.Report{ID: id(200), Revision: 1}, strings.Repeat("ab", 32))
}

func mustEncode(t *testing.T, s report.Snapshot) []byte {
	t.Helper()
	b, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestASnapshotIsReadAsItWasWritten, and equal ones are equal bytes.
func TestASnapshotIsReadAsItWasWritten(t *testing.T) {
	s := frozen(desk())
	b := mustEncode(t, s)
	got, err := report.DecodeSnapshot(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b, mustEncode(t, got)) || !bytes.Equal(b, mustEncode(t, frozen(desk()))) {
		t.Error("written again it is other bytes")
	}
	if d := report.Differences(s, got); len(d) > 0 {
		t.Errorf("%v", d)
	}
	for _, f := range s.Yearly.Figures.Indicators {
		for _, id := range f.Records {
			if !slices.ContainsFunc(s.Records, func(x report.Stamp) bool { return x.Ref.ID == id && len(x.Print) == 64 }) {
				t.Fatalf("%s %s: a record without its fingerprint", f.Code, f.SplitKey())
			}
		}
	}
	if len(s.Yearly.Before.Indicators[1].Records) > 0 || len(s.Yearly.Figures.Indicators) == 0 {
		t.Error("the year before keeps its rows")
	}
}

// TestSnapshotsOfEveryFormAreReadForEver holds the one of form 1 against what was in it.
func TestSnapshotsOfEveryFormAreReadForEver(t *testing.T) {
	const path = "testdata/snapshot-1.json.gz"
	if *writeGolden {
		if _, err := os.Stat(path); err == nil {
			t.Fatal("the snapshot of this form is kept for ever")
		}
		if err := os.WriteFile(path, mustEncode(t, frozen(desk())), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := report.DecodeSnapshot(b)
	if err != nil {
		t.Fatal(err)
	}
	value := func(code, split string) int64 { v, _ := s.Yearly.Figures.Value(code, split); return v }
	got := []any{s.Report, s.Revision, s.Template, len(s.Records), s.Records[0].Ref, s.Records[0].Print, value("I2", ""), value("I11", ""), len(s.Yearly.Activities),
		len(s.Yearly.Outlooks), s.Yearly.Texts["difficulties"], s.Yearly.Number, s.Yearly.Basis, s.Yearly.Printed}
	want := []any{id(200), int64(1), strings.Repeat("ab", 32), 19, record.Ref{Noun: "activity", ID: id(31)}, "7adb1b0fca7123e084e15228e2de6e62946bd356a804f177eacba89f0f7e8042",
		int64(1), int64(3), 5, 5, "Đường xa.", "45", "Kế hoạch", record.Date("2026-12-03")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-was signed +is read):\n%s", diff)
	}
}

func TestBadSnapshotsAreRefused(t *testing.T) {
	whole := mustEncode(t, frozen(desk()))
	newer := frozen(desk())
	newer.Format = 2
	for name, tt := range map[string]struct {
		bytes []byte
		want  error
	}{
		"nothing": {nil, record.ErrDamaged}, "text": {[]byte("{}"), record.ErrDamaged}, "cut off": {whole[:len(whole)/2], record.ErrDamaged},
		"newer": {mustEncode(t, newer), record.ErrNewer},
	} {
		if _, err := report.DecodeSnapshot(tt.bytes); !errors.Is(err, tt.want) || record.SentenceOf(err, "vi") == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDifferencesSayWhatChanged: a record that came, went and was changed, with every
// figure that moved with it.
func TestDifferencesSayWhatChanged(t *testing.T) {
	was := frozen(desk())
	in := desk()
	in.Questions = slices.Clone(in.Questions)
	gone := in.Questions[0]
	in.Questions = in.Questions[1:]
	in.Activities[0].Title, in.Activities[0].Heads.Total = "Tên mới", in.Activities[0].Heads.Total+3
	said := report.Differences(was, frozen(in))
	var vi []string
	for _, w := range said {
		vi = append(vi, w.VI)
		if w.EN == "" || w.EN == w.VI {
			t.Errorf("no English for %q", w.VI)
		}
	}
	text := strings.Join(vi, "\n")
	for _, want := range []string{"Câu hỏi, vướng mắc tiếp nhận (I11): 3 → 2 câu.", "Sửa hoạt động “Tên mới”", "Không còn tính câu hỏi “" + gone.Text, "Chỉ tiêu (d)"} {
		if !strings.Contains(text, want) {
			t.Errorf("not said: %s\n%s", want, text)
		}
	}
	back := report.Differences(frozen(in), was)
	if len(back) != len(said) || !slices.ContainsFunc(back, func(w record.Words) bool { return strings.HasPrefix(w.VI, "Thêm câu hỏi") }) {
		t.Errorf("the other way: %v", back)
	}
}

// TestAFingerprintIsOfWhatTheProvinceSees: inner notes do not change it, all else does.
func TestAFingerprintIsOfWhatTheProvinceSees(t *testing.T) {
	a := desk().Activities[0]
	print := record.Fingerprint(a)
	inner := a
	inner.Note = "ghi chú nội bộ"
	if record.Fingerprint(inner) != print {
		t.Error("an inner note changes it")
	}
	outer := a
	outer.Title += "."
	if record.Fingerprint(outer) == print || len(print) != 64 {
		t.Error("a title does not change it")
	}
}
