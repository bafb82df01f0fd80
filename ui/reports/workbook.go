package reports

import (
	"context"
	"strconv"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// AskWhere asks for the folder and the name of the workbook, both filled in.
func (s *Screen) AskWhere() *kit.Dialog {
	name := "Bao-cao-PBPL-" + strconv.Itoa(s.year)
	if s.part != "" {
		name += "-" + s.part
	}
	name += ".xlsx"
	return kit.AskFile(s.desk, kit.T("Xuất sổ Excel"), s.DefaultFolder, name, s.write)
}

func (s *Screen) write(path string, ended func(error)) {
	period := s.figures.Period
	kit.Do(s.desk.Runner, func(ctx context.Context) (string, error) {
		return path, s.office.WriteWorkbook(ctx, period, path)
	}, func(path string, err error) {
		ended(err)
		if err == nil {
			kit.SayWritten(s.desk, path, record.Words{})
		}
	})
}
