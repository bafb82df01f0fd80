package reports

import (
	"context"
	"strconv"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// AskWhere asks for the folder and the name of the workbook, both filled in.
func (s *Screen) AskWhere() *kit.Dialog {
	return s.askWhere(kit.T("Xuất sổ Excel"), ".xlsx", s.office.WriteWorkbook)
}

// AskNarrative asks the same for the report as a document.
func (s *Screen) AskNarrative() *kit.Dialog {
	return s.askWhere(kit.T("Báo cáo Word"), ".docx", s.office.WriteNarrative)
}

func (s *Screen) askWhere(heading, ending string, write func(context.Context, record.FigurePeriod, string) error) *kit.Dialog {
	name := "Bao-cao-PBPL-" + strconv.Itoa(s.year)
	if s.part != "" {
		name += "-" + s.part
	}
	period := s.figures.Period
	return kit.AskFile(s.desk, heading, s.DefaultFolder, name+ending, func(path string, ended func(error)) {
		kit.Do(s.desk.Runner, func(ctx context.Context) (string, error) { return path, write(ctx, period, path) }, func(path string, err error) {
			ended(err)
			if err == nil {
				kit.SayWritten(s.desk, path, record.Words{})
			}
		})
	})
}
