package exchange

import (
	"context"
	"errors"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// addMachine asks for what lets another PC of the office in: the file it wrote, and the
// digits on its screen, read by a person who stands before it.
func (m *machines) addMachine() {
	file, typed, folder := kit.NewFileEntry(m.s.desk, ".zip"), kit.NewEntry(), kit.NewFolderEntry(m.s.desk)
	folder.SetText(m.folder.Text)
	fileField := kit.NewField(kit.T("Tệp đăng ký của máy kia"), file.Object())
	digitsField := kit.NewField(kit.T("30 số đang hiện trên màn hình máy kia"), typed)
	folderField := kit.NewField(kit.T("Ghi tệp cho máy kia vào USB"), folder.Object())
	about := kit.Paragraph(kit.T("Máy kia đọc được toàn bộ sổ của cơ quan, cả dữ liệu cá nhân. Chỉ thêm máy đang ở trước mặt, sau khi tự đọc 30 số trên màn hình của nó."))
	body := kit.VStack(theme.SizeGroup, about, fileField, digitsField, folderField)
	kit.AskFields(m.s.desk.Window, kit.T("Thêm máy của cơ quan"), body, kit.T("Cho vào"), func(done func()) {
		fileField.SetProblem("")
		folderField.SetProblem("")
		digitsField.SetProblem(kit.DigitsProblem(typed.Text))
		if strings.TrimSpace(file.Text) == "" {
			fileField.SetProblem(kit.T("Hãy chọn tệp đăng ký máy kia đã ghi."))
		}
		if strings.TrimSpace(folder.Text) == "" {
			folderField.SetProblem(kit.T("Hãy chọn thư mục, ví dụ USB hoặc thư mục Tài liệu."))
		}
		for _, f := range []*kit.Field{fileField, digitsField, folderField} {
			if f.Problem() != "" {
				f.Focus()
				return
			}
		}
		m.letIn(strings.TrimSpace(file.Text), kit.OnlyDigits(typed.Text), strings.TrimSpace(folder.Text), fileField, digitsField, done)
	})
}

func (m *machines) letIn(file, digits, folder string, fileField, digitsField *kit.Field, done func()) {
	kit.Do(m.s.desk.Runner, func(ctx context.Context) (record.HandedOver, error) {
		return m.office.AddMachine(ctx, file, digits, folder)
	}, func(handed record.HandedOver, err error) {
		switch {
		case errors.Is(err, record.ErrNotFound):
			fileField.SetProblem(kit.Sentence(err))
			fileField.Focus()
			return
		case err != nil:
			digitsField.SetProblem(kit.Sentence(err))
			return
		}
		done()
		state, words := handedWords(folder, handed)
		kit.ShowSentence(m.s.desk.Window, state, kit.T("Đã cho máy kia vào"), words+" "+kit.T("Cắm vào máy kia, chọn tệp vừa ghi và gõ 30 số của máy này: {{.Digits}}. Trong 30 ngày cấp trên cần đưa máy kia vào danh bạ.", map[string]any{"Digits": m.print.Text}))
		m.s.changed()
	})
}
