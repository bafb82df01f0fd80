package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/proof"
	"sophobien/internal/report/xlsx"
)

// signed is an office of two years with the report of 2026 signed, and its two files.
func signed(t *testing.T) (a *App, r record.Report, workbook, document string) {
	t.Helper()
	a, p := aReportingOffice(t)
	draft := must(a.ReportFor(ctx, p))(t)
	if !draft.ID.IsZero() || draft.Revision != 1 || draft.Status != "draft" {
		t.Fatalf("%+v", draft)
	}
	draft.Basis, draft.Difficulties, draft.Number = "Kế hoạch của cơ quan cấp trên", "Đường xa.\nMùa mưa.", "45"
	draft = must(a.SaveReport(ctx, draft))(t)
	r = must(a.SignReport(ctx, draft))(t)
	workbook, document = writeReport(t, a, r)
	return a, r, workbook, document
}

func writeReport(t *testing.T, a *App, r record.Report) (workbook, document string) {
	t.Helper()
	folder := t.TempDir()
	workbook, document = filepath.Join(folder, "bc.xlsx"), filepath.Join(folder, "bc.docx")
	if err := errors.Join(a.WriteReportFile(ctx, r.ID, "workbook", workbook), a.WriteReportFile(ctx, r.ID, "document", document)); err != nil {
		t.Fatal(err)
	}
	return workbook, document
}

// TestASignedReportIsFrozen: its files stay, are drawn again bit for bit, and nothing
// changes it any more.
func TestASignedReportIsFrozen(t *testing.T) {
	a, r, workbook, document := signed(t)
	for _, path := range []string{workbook, document} {
		c := must(a.VerifyReport(ctx, path))(t)
		if !c.Whole() || !c.Known || !c.Kept || len(c.Since) > 0 || c.Report != r.ID || c.SignedOn != "2026-11-20" {
			t.Errorf("%s: %+v", path, c)
		}
		if alone := must(CheckReport(path))(t); !alone.Whole() || alone.Key != c.Key || alone.Known || alone.Kept {
			t.Errorf("without a register: %+v", alone)
		}
	}
	if !must(a.RedrawReport(ctx, r.ID))(t) {
		t.Error("drawn again it is another file")
	}
	pages := filepath.Join(t.TempDir(), "bc.pdf")
	if err := a.WriteReportFile(ctx, r.ID, "pages", pages); err != nil || !bytes.HasPrefix(must(os.ReadFile(pages))(t), []byte("%PDF-")) {
		t.Errorf("the pages: %v", err)
	}
	s := must(a.Snapshot(ctx, r.ID))(t)
	values := must(xlsx.Values(must(os.ReadFile(workbook))(t)))(t)
	for _, f := range s.Yearly.Figures.Indicators {
		name := report.FigureName(f)
		for prefix, want := range map[string]*record.Figures{"CT_": &s.Yearly.Figures, "NT_": s.Yearly.Before, "LK_": s.Yearly.Since} {
			v, _ := want.Value(f.Code, f.SplitKey())
			if got, named := values[prefix+name]; !named || got != strconv.FormatInt(v, 10) {
				t.Errorf("%s%s is %q in the workbook, %d in the snapshot", prefix, name, got, v)
			}
		}
		for _, id := range f.Records {
			if !slices.ContainsFunc(s.Records, func(x report.Stamp) bool { return x.Ref.ID == id }) {
				t.Fatalf("%s counts a record of which there is no fingerprint", f.Code)
			}
		}
	}

	changed := r
	changed.Difficulties = "Không có."
	for _, status := range []string{"draft", "signed"} {
		changed.Status = status
		if _, err := a.SaveReport(ctx, changed); !errors.Is(err, record.ErrConflict) {
			t.Errorf("a signed report was changed: %v", err)
		}
	}
	if _, err := a.SignReport(ctx, r); !errors.Is(err, record.ErrConflict) {
		t.Errorf("signed twice: %v", err)
	}
	if _, err := a.DeleteRecord(ctx, r.Ref()); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a signed report was deleted: %v", err)
	}
	for _, e := range must(a.EvidenceOf(ctx, r.Ref()))(t) {
		if _, err := a.RemoveEvidence(ctx, e.ID); !errors.Is(err, record.ErrConflict) {
			t.Errorf("%s was removed: %v", e.Kind, err)
		}
	}
	for _, line := range must(a.History(ctx, r.Ref()))(t) {
		if line.Batch == "" {
			continue
		}
		if ch, err := a.Undo(ctx, line.Batch); !errors.Is(err, record.ErrConflict) && (err != nil || ch.Batch != "") {
			t.Errorf("“%s” was taken back: %+v, %v", line.Words.VI, ch, err)
		}
	}
	if diff := cmp.Diff(r, must(a.ReportFor(ctx, r.Period))(t)); diff != "" {
		t.Error(diff)
	}
	if rep := must(a.Verify(ctx, true, nil))(t); !rep.OK {
		t.Errorf("%+v", rep)
	}
}

// signedWith is signed with one more activity of a typed head count.
func signedWith(t *testing.T, title string) (*App, record.Report, record.Activity, string) {
	t.Helper()
	a, p := aReportingOffice(t)
	act := training(title)
	act.Heads.Total = 20
	act = must(a.SaveActivity(ctx, act))(t)
	draft := must(a.ReportFor(ctx, p))(t)
	draft.Difficulties = "Đường xa.\nMùa mưa."
	r := must(a.SignReport(ctx, draft))(t)
	workbook, _ := writeReport(t, a, r)
	return a, r, act, workbook
}

// TestAChangedRecordIsNamed, and a revision says each difference in a sentence.
func TestAChangedRecordIsNamed(t *testing.T) {
	a, r, act, workbook := signedWith(t, "Tập huấn thêm")
	s := must(a.Snapshot(ctx, r.ID))(t)
	was, _ := s.Yearly.Figures.Value("I5", "")
	act.Heads.Total += 7
	must(a.SaveActivity(ctx, act))(t)
	c := must(a.VerifyReport(ctx, workbook))(t)
	wants := []string{
		fmt.Sprintf("Lượt người tham dự phổ biến trực tiếp (I5): %s → %s lượt.", report.Grouped(strconv.FormatInt(was, 10), "vi"), report.Grouped(strconv.FormatInt(was+7, 10), "vi")),
		"Sửa hoạt động “Tập huấn thêm” (05/03/2026).",
	}
	says := func(list []record.Words, want string) bool {
		return slices.ContainsFunc(list, func(w record.Words) bool { return w.VI == want && w.EN != "" })
	}
	for _, want := range wants {
		if !c.Whole() || !says(c.Since, want) {
			t.Errorf("not said: %s\n%v", want, c.Since)
		}
	}

	f := must(a.SignedStanding(ctx, r.ID))(t).Figures
	if got, _ := f.Value("I5", ""); got != was {
		t.Errorf("I5 was signed as %d and is shown as %d", was, got)
	}
	at := slices.IndexFunc(f.Indicators, func(f record.Figure) bool { return f.Code == "I5" && len(f.Split) == 0 })
	behind := must(a.SignedBehind(ctx, r.ID, f.Indicators[at].Records))(t)
	var people int64
	for _, b := range behind {
		people += b.People
		if (b.Since == "changed") != (b.Ref.ID == act.ID) {
			t.Errorf("%s of %s: %q", b.Title, b.Day, b.Since)
		}
	}
	if people != was || len(behind) != len(f.Indicators[at].Records) {
		t.Errorf("%d rows with %d people behind a figure of %d", len(behind), people, was)
	}

	if _, err := a.ReviseReport(ctx, r.ID, "  "); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("revised without a reason: %v", err)
	}
	second := must(a.ReviseReport(ctx, r.ID, "Bổ sung số người"))(t)
	if second.Revision != 2 || second.Replaces != r.ID || second.Difficulties != r.Difficulties || second.Signed() || second.Number != "" {
		t.Fatalf("%+v", second)
	}
	if _, err := a.ReviseReport(ctx, r.ID, "lần nữa"); !errors.Is(err, record.ErrConflict) {
		t.Errorf("revised twice: %v", err)
	}
	second.Difficulties = "Đường xa."
	second = must(a.SaveReport(ctx, second))(t)
	before := must(a.ReportChanges(ctx, second.ID))(t)
	second = must(a.SignReport(ctx, second))(t)
	if len(second.Changes) != len(before) || !slices.Contains(second.Changes, wants[0]) || !slices.Contains(second.Changes, wants[1]) ||
		!slices.Contains(second.Changes, "Lời văn phần “Khó khăn, vướng mắc” đã sửa.") {
		t.Errorf("%q\n%v", second.Changes, before)
	}
	for _, x := range []record.Report{r, second} {
		if !must(a.RedrawReport(ctx, x.ID))(t) {
			t.Errorf("revision %d, drawn again, is another file", x.Revision)
		}
	}
	if got := must(a.ReportFor(ctx, r.Period))(t); got.ID != second.ID {
		t.Errorf("the latest is revision %d", got.Revision)
	}
	if c := must(a.VerifyReport(ctx, workbook))(t); !c.Whole() || c.Revision != 1 {
		t.Errorf("the first file: %+v", c)
	}
}

// TestAnAlteredCellIsNamed: a figure by its name and words, any other cell by its place.
func TestAnAlteredCellIsNamed(t *testing.T) {
	a, _, workbook, document := signed(t)
	f := must(excelize.OpenFile(workbook))(t)
	defer f.Close()
	var sheet, at string
	for _, d := range f.GetDefinedName() {
		if d.Name == "CT_I4_total" {
			sheet, at, _ = strings.Cut(strings.ReplaceAll(strings.ReplaceAll(d.RefersTo, "$", ""), "'", ""), "!")
		}
	}
	if err := errors.Join(f.SetCellInt(sheet, at, 999), f.SetCellStr(sheet, "A1", "Cơ quan khác"), f.Save()); err != nil {
		t.Fatal(err)
	}
	c := must(a.VerifyReport(ctx, workbook))(t)
	if len(c.Faults) < 3 || c.Faults[0].Figure != "CT_I4_total" || c.Faults[0].Found != "999" || !strings.HasPrefix(c.Faults[0].Words.VI, "I4 Cuộc phổ biến") {
		t.Errorf("%+v", c.Faults)
	}
	place := "Trang “" + sheet + "”, ô "
	for _, cell := range []string{at, "A1"} {
		if !slices.ContainsFunc(c.Faults, func(f record.ReportFault) bool { return f.Figure == "" && f.Words.VI == place+cell }) {
			t.Errorf("cell %s is not named: %+v", cell, c.Faults)
		}
	}

	rewrite(t, document, "word/document.xml", func(text []byte) []byte {
		return bytes.Replace(text, []byte("Đường xa."), []byte("Đường gần."), 1)
	})
	c = must(a.VerifyReport(ctx, document))(t)
	if len(c.Faults) != 1 || c.Faults[0].Signed != "Đường xa." || c.Faults[0].Found != "Đường gần." {
		t.Errorf("%+v", c.Faults)
	}
}

// rewrite changes a part of a file that is an archive.
func rewrite(t *testing.T, path, part string, change func([]byte) []byte) {
	t.Helper()
	z := must(zip.OpenReader(path))(t)
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		text := must(io.ReadAll(must(f.Open())(t)))(t)
		if f.Name == part {
			changed := change(text)
			if bytes.Equal(text, changed) {
				t.Fatalf("nothing was changed in %s", part)
			}
			text = changed
		}
		must(must(w.Create(f.Name))(t).Write(text))(t)
	}
	if err := errors.Join(w.Close(), os.WriteFile(path, out.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// TestAnAlteredProofIsRefused, and so is a file that has none or is none.
func TestAnAlteredProofIsRefused(t *testing.T) {
	a, r, workbook, _ := signed(t)
	sealed := must(proof.Read(must(os.ReadFile(workbook))(t)))(t)
	plain := filepath.Join(t.TempDir(), "khac.xlsx")
	if err := a.WriteWorkbook(ctx, r.Period, plain); err != nil {
		t.Fatal(err)
	}
	write := func(s proof.Sealed) string {
		path := filepath.Join(t.TempDir(), "x.xlsx")
		if err := os.WriteFile(path, must(proof.Attach(must(os.ReadFile(plain))(t), s))(t), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	forged := sealed
	forged.Body = bytes.Replace(sealed.Body, []byte(`"revision":1`), []byte(`"revision":2`), 1)
	other := newApp(t)
	p := must(proof.Decode(sealed.Body))(t)
	p.Format = 99
	newer := sealed
	newer.Body = must(p.Encode())(t)
	for name, tt := range map[string]struct {
		path string
		want error
	}{
		"another body":     {write(forged), record.ErrDamaged},
		"a newer form":     {write(newer), record.ErrDamaged}, // its signature is not
		"no proof":         {plain, record.ErrInvalid},
		"no file":          {filepath.Join(t.TempDir(), "none"), record.ErrNotFound},
		"a folder":         {t.TempDir(), record.ErrNotFound},
		"no workbook":      {filepath.Join(a.Folder(), "lock"), nil},
		"the proof of one": {write(sealed), nil},
	} {
		c, err := other.VerifyReport(ctx, tt.path)
		switch {
		case name == "no workbook":
			if err == nil {
				t.Error("a file that is none was taken")
			}
		case name == "the proof of one":
			// A workbook drawn anew says the same but for what the signing added.
			if err != nil || c.Known || c.Kept {
				t.Errorf("by another office: %+v, %v", c, err)
			}
		case !errors.Is(err, tt.want) || record.SentenceOf(err, "vi") == "":
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAProofSurvivesLibreOffice: saved again there, a report says what was signed.
func TestAProofSurvivesLibreOffice(t *testing.T) {
	a, _, workbook, document := signed(t)
	for _, path := range []string{workbook, document} {
		saved := saveInLibreOffice(t, path)
		c := must(a.VerifyReport(ctx, saved))(t)
		if !c.Known || !c.Kept {
			t.Errorf("%+v", c)
		}
		for _, f := range c.Faults {
			t.Errorf("%s: %s: %q → %q", filepath.Base(path), f.Words.VI, f.Signed, f.Found)
		}
	}
}

func saveInLibreOffice(t *testing.T, path string) string {
	t.Helper()
	folder := t.TempDir()
	profile := url.URL{Scheme: "file", Path: filepath.Join(t.TempDir(), "profile")}
	limited, stop := context.WithTimeout(ctx, 3*time.Minute)
	defer stop()
	cmd := exec.CommandContext(limited, "soffice", "-env:UserInstallation="+profile.String(), "--headless", "--norestore",
		"--convert-to", strings.TrimPrefix(filepath.Ext(path), "."), "--outdir", folder, path)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice (installed by make test): %v\n%s", err, said)
	}
	return filepath.Join(folder, filepath.Base(path))
}

// TestACutOffMovesTheYearAfter: no day is left out and none counts twice.
func TestACutOffMovesTheYearAfter(t *testing.T) {
	a, p := aReportingOffice(t)
	for _, to := range []record.Date{"2026-10-31", "2026-12-15"} {
		draft := must(a.ReportFor(ctx, p))(t)
		draft.Period.To = to
		if _, err := a.SaveReport(ctx, draft); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("cut off on %s: %v", to, err)
		}
	}
	draft := must(a.ReportFor(ctx, p))(t)
	draft.Period.To = "2026-11-15"
	draft = must(a.SaveReport(ctx, draft))(t)
	if got := must(a.Period(ctx, 2026, ""))(t); got.To != "2026-11-15" {
		t.Errorf("the draft's year ends on %s", got.To)
	}
	if got := must(a.Period(ctx, 2027, ""))(t); got.From != "2026-12-01" {
		t.Errorf("before it is signed the year after begins on %s", got.From)
	}
	r := must(a.SignReport(ctx, draft))(t)
	var parts []record.FigurePeriod
	for _, year := range []int{2026, 2027} {
		for _, part := range []string{"q1", "q2", "q3", "q4"} {
			parts = append(parts, must(a.PartOfYear(ctx, year, "", part))(t))
		}
	}
	for i := 1; i < len(parts); i++ {
		if parts[i].From != parts[i-1].To.AddDays(1) {
			t.Errorf("%s %d begins on %s, after %s", parts[i].Part, parts[i].Year, parts[i].From, parts[i-1].To)
		}
	}
	second := must(a.ReviseReport(ctx, r.ID, "Sửa số"))(t)
	second.Period.To = "2026-11-20"
	if _, err := a.SaveReport(ctx, second); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a revision was cut off on another day: %v", err)
	}
	second.Period.To = r.Period.To
	must(a.SaveReport(ctx, second))(t)

	// The year before is signed only now, cut off on another day: the revision keeps its days.
	early := must(a.ReportFor(ctx, must(a.Period(ctx, 2025, ""))(t)))(t)
	early.Period.To = "2025-11-20"
	must(a.SignReport(ctx, early))(t)
	if got := must(a.SignReport(ctx, must(a.ReportFor(ctx, r.Period))(t)))(t); got.Period != r.Period || got.Revision != 2 {
		t.Errorf("revised: %+v", got)
	}
	if got := must(a.PartOfYear(ctx, 2026, "", "q1"))(t); got.From != "2025-11-21" {
		t.Errorf("the first quarter begins on %s", got.From)
	}
	third := must(a.ReportFor(ctx, must(a.Period(ctx, 2027, ""))(t)))(t)
	if third.ID == r.ID || third.Revision != 1 {
		t.Errorf("the year after: %+v", third)
	}
}

// TestADayOfSigningCanBe: not in the future, not before the period.
func TestADayOfSigningCanBe(t *testing.T) {
	a, p := aReportingOffice(t)
	draft := must(a.SaveReport(ctx, must(a.ReportFor(ctx, p))(t)))(t)
	for _, day := range []record.Date{"2026-11-21", "2025-11-30"} {
		draft.SignedOn = day
		draft = must(a.SaveReport(ctx, draft))(t)
		if _, err := a.SignReport(ctx, draft); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("signed on %s: %v", day, err)
		}
	}
	if _, err := a.SaveReport(ctx, must(a.ReportFor(ctx, record.FigurePeriod{From: p.From, To: p.To, Rule: p.Rule, Year: 2024}))(t)); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("days of another year were taken: %v", err)
	}
	if _, err := a.SaveReport(ctx, record.Report{Period: p, Revision: 1, Status: "draft"}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a second report of one period: %v", err)
	}
}

// TestNoReportFileNamesAnybody: every planted name, phone and number is sought in every
// part of both files, in the proof and in the snapshot.
func TestNoReportFileNamesAnybody(t *testing.T) {
	a, p := aReportingOffice(t)
	planted := []string{"Y Trồng Thử", "0905987654", "062187000321", "A Nói Thử", "ghi chú kín"}
	act := training("Tập huấn thử")
	act.When.Date, act.Speakers, act.Note = "2026-05-05", []string{planted[3]}, planted[4]+" "+planted[0]
	act = must(a.SaveActivity(ctx, act))(t)
	people := newcomers(900, 3)
	for i := range people {
		people[i].Person.FullName, people[i].Person.Phone, people[i].Person.IDNumber = planted[0], planted[1], planted[2]
	}
	must(a.SaveAttendees(ctx, act.ID, people))(t)
	must(a.SaveQuestion(ctx, record.Question{Text: "Thử việc bao lâu?", Channel: record.Channels[0].Code, Received: "2026-05-06", Asker: planted[0], Contact: planted[1], UnitText: "nhà " + planted[0], Note: planted[4]}))(t)
	r := must(a.SignReport(ctx, must(a.ReportFor(ctx, p))(t)))(t)
	workbook, document := writeReport(t, a, r)
	texts := map[string][]byte{}
	for _, path := range []string{workbook, document} {
		z := must(zip.OpenReader(path))(t)
		for _, f := range z.File {
			texts[filepath.Base(path)+": "+f.Name] = must(io.ReadAll(must(f.Open())(t)))(t)
		}
		z.Close()
		texts[filepath.Base(path)+": proof"] = must(proof.Read(must(os.ReadFile(path))(t)))(t).Body
	}
	texts["snapshot"] = must(json.Marshal(must(a.Snapshot(ctx, r.ID))(t)))(t)
	if !bytes.Contains(texts["snapshot"], []byte("Tập huấn thử")) {
		t.Fatal("the activity is not in the snapshot")
	}
	for where, text := range texts {
		for _, word := range planted {
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("%s holds %q", where, word)
			}
		}
	}
}
