package reports

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// AskWhere asks for the folder and the name of the workbook, both filled in.
func (s *Screen) AskWhere() *kit.Dialog {
	return s.askWhere(kit.T("Xuất sổ Excel"), ".xlsx", s.office.WriteWorkbook, kit.SayWritten)
}

// AskNarrative asks the same for the report as a document.
func (s *Screen) AskNarrative() *kit.Dialog {
	return s.askWhere(kit.T("Báo cáo Word"), ".docx", s.office.WriteNarrative, kit.SayWritten)
}

// written is what follows when a file is there.
type written func(desk kit.Desk, path string, warning record.Words)

func (s *Screen) askWhere(heading, ending string, write func(context.Context, record.FigurePeriod, string) error, then written) *kit.Dialog {
	period := s.figures.Period
	return s.askFor(heading, s.fileName()+ending, func(ctx context.Context, path string) error { return write(ctx, period, path) }, then)
}

// askFor asks for the folder and the name of a file, and writes it away from the window.
func (s *Screen) askFor(heading, name string, write func(ctx context.Context, path string) error, then written) *kit.Dialog {
	return kit.AskFile(s.desk, heading, s.DefaultFolder, name, func(path string, ended func(error)) {
		kit.Do(s.desk.Runner, func(ctx context.Context) (string, error) { return path, write(ctx, path) }, func(path string, err error) {
			ended(err)
			if err == nil {
				then(s.desk, path, record.Words{})
			}
		})
	})
}
