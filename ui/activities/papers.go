package activities

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Papers write what is printed of an activity. The words they give back warn that the
// paper holds names.
type Papers interface {
	WriteSignSheetPDF(ctx context.Context, activity record.ID, spare int, path string) (record.Words, error)
	WriteMinutes(ctx context.Context, activity record.ID, path string) (record.Words, error)
	WriteCertificates(ctx context.Context, activity record.ID, people []record.ID, path string) (record.Words, error)
}

// spareLines are the empty lines of a sheet to sign, for those nobody expected.
const spareLines = 15

// paperOut is a paper of an activity.
type paperOut struct {
	words string
	name  string // its file begins with it
	write func(p Papers, ctx context.Context, activity record.ID, path string) (record.Words, error)
}

func papersOut() []paperOut {
	return []paperOut{
		{kit.T("Tờ ký tên…"), kit.T("Danh sách ký tên"), func(p Papers, ctx context.Context, activity record.ID, path string) (record.Words, error) {
			return p.WriteSignSheetPDF(ctx, activity, spareLines, path)
		}},
		{kit.T("Biên bản tóm tắt…"), kit.T("Biên bản tóm tắt"), Papers.WriteMinutes},
		{kit.T("Giấy xác nhận tham dự…"), kit.T("Giấy xác nhận tham dự"), func(p Papers, ctx context.Context, activity record.ID, path string) (record.Words, error) {
			return p.WriteCertificates(ctx, activity, nil, path)
		}},
	}
}

// offerPapers shows what can be printed of the activity, under the button.
func (s *Screen) offerPapers(office Papers, under fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, p := range papersOut() {
		items = append(items, fyne.NewMenuItem(p.words, func() { s.askPaper(office, p) }))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under)
	kit.Menu(s.desk.Window, at.AddXY(0, under.Size().Height), items...)
}

// askPaper asks where to write; what is not stored yet would be missing.
func (s *Screen) askPaper(office Papers, p paperOut) {
	if s.row.Dirty() {
		s.desk.Say(kit.T("Hoạt động còn chỗ chưa lưu. Hãy lưu (Ctrl+S) rồi in."), nil)
		return
	}
	activity, stored := s.row.ID(), s.stored
	name := kit.FileName(".pdf", p.name, stored.Title, string(stored.When.Date))
	kit.AskFile(s.desk, strings.TrimSuffix(p.words, "…"), s.people.folder, name, func(path string, ended func(error)) {
		kit.Do(s.desk.Runner, func(ctx context.Context) (record.Words, error) {
			return p.write(office, ctx, activity, path)
		}, func(warning record.Words, err error) {
			ended(err)
			if err == nil {
				kit.SayWritten(s.desk, path, warning)
			}
		})
	})
}

// showFiles shows the evidence of a stored activity under its form.
func (s *Screen) showFiles() {
	if s.files == nil {
		return
	}
	s.files.Hidden = !s.row.Stored()
	s.files.ShowOf(record.Ref{Noun: "activity", ID: s.row.ID()})
	s.form.Refresh()
}

// areEvidence reports whether files are pictures and papers, as far as their names say.
func areEvidence(paths []string) bool {
	return len(paths) > 0 && !slices.ContainsFunc(paths, func(path string) bool {
		switch strings.ToLower(filepath.Ext(path)) {
		case ".jpg", ".jpeg", ".png", ".webp", ".heic", ".pdf":
			return false
		}
		return true
	})
}

// OnSurveys says how to get to the register of surveys, for activities that are one.
func (s *Screen) OnSurveys(open func()) { s.form.OnSurveys = open }
