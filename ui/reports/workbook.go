package reports

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// AskWhere asks for the folder and the name of the workbook, both filled in.
func (s *Screen) AskWhere() *kit.Dialog {
	folder := kit.NewFolderEntry(s.desk.Window)
	folder.SetText(s.DefaultFolder)
	name := kit.NewEntry()
	name.SetText("Bao-cao-PBPL-" + strconv.Itoa(s.year) + ".xlsx")
	folderField := kit.NewField(kit.T("Thư mục"), folder.Object())
	nameField := kit.NewField(kit.T("Tên tệp"), name)
	body := kit.VStack(theme.SizeGap, folderField, nameField)
	return kit.AskFields(s.desk.Window, kit.T("Xuất sổ Excel"), body, kit.T("Xuất"), func(done func()) {
		nameField.SetProblem("")
		if strings.TrimSpace(name.Text) == "" {
			nameField.SetProblem(kit.T("Hãy ghi tên tệp."))
			return
		}
		s.write(workbookPath(folder.Text, name.Text), folderField, done)
	})
}

func workbookPath(folder, name string) string {
	name = strings.TrimSpace(name)
	if !strings.EqualFold(filepath.Ext(name), ".xlsx") {
		name += ".xlsx"
	}
	return filepath.Join(strings.TrimSpace(folder), name)
}

func (s *Screen) write(path string, under *kit.Field, done func()) {
	period := s.figures.Period
	kit.Do(s.desk.Runner, func(ctx context.Context) (string, error) {
		return path, s.office.WriteWorkbook(ctx, period, path)
	}, func(path string, err error) {
		if err != nil {
			under.SetProblem(kit.Sentence(err))
			return
		}
		done()
		s.desk.Say(kit.T("Đã ghi {{.Path}}", map[string]any{"Path": path}), nil)
	})
}
