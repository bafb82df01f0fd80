package kit

import (
	"path/filepath"
	"strings"

	"sophobien/ui/theme"
)

// AskFile asks for the folder and the name of a file to write, both filled in. write
// gets the path, and is to say how it ended: with nil the sheet closes, else it says
// why under the folder and what was typed stays.
func AskFile(desk Desk, heading, folder, name string, write func(path string, ended func(error))) *Dialog {
	where, what := NewFolderEntry(desk), NewEntry()
	where.SetText(folder)
	what.SetText(name)
	folderField, nameField := NewField(T("Thư mục"), where.Object()), NewField(T("Tên tệp"), what)
	sheet := AskFields(desk.Window, heading, VStack(theme.SizeGap, folderField, nameField), T("Xuất"), func(done func()) {
		nameField.SetProblem("")
		folderField.SetProblem("")
		if strings.TrimSpace(what.Text) == "" {
			nameField.SetProblem(T("Hãy ghi tên tệp."))
			return
		}
		write(filePath(where.Text, what.Text, filepath.Ext(name)), func(err error) {
			if err != nil {
				folderField.SetProblem(Sentence(err))
				return
			}
			done()
		})
	})
	where.SelectAll() // typing replaces it
	return sheet
}

// filePath is a file in a folder, with its ending if it was left out.
func filePath(folder, name, ending string) string {
	name = strings.TrimSpace(name)
	if !strings.EqualFold(filepath.Ext(name), ending) {
		name += ending
	}
	return filepath.Join(strings.TrimSpace(folder), name)
}
