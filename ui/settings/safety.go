package settings

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// safety is where the record is backed up, checked and locked.
type safety struct {
	desk    kit.Desk
	office  Office
	options Options
	content fyne.CanvasObject

	state   *kit.Note
	lock    *kit.Text
	key     *kit.Note
	folder  *kit.PathEntry
	field   *kit.Field
	keyFile *kit.PathEntry
	keyRow  *kit.Field
	list    *fyne.Container
	verdict *kit.Note
	newest  string // backup, "" for none
	drill   *drill
	locks   *lockForm
}

func newSafety(desk kit.Desk, office Office, o Options) *safety {
	s := &safety{
		desk: desk, office: office, options: o,
		state: kit.NewNote(kit.Plain, ""), lock: kit.Paragraph(""), key: kit.NewNote(kit.Plain, ""),
		folder: kit.NewFolderEntry(desk), keyFile: kit.NewFileEntry(desk),
		list: kit.VStack(theme.SizeTight), verdict: kit.NewNote(kit.Plain, ""),
	}
	s.verdict.Hide()
	s.drill, s.locks = newDrill(desk, office), newLockForm(desk, office)
	s.field = kit.NewField(kit.T("Sao lưu thêm vào thư mục (để trống: nơi đã chọn khi lập sổ)"), s.folder.Object())
	s.content = kit.Wide(kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Sao lưu")), s.state, s.field,
		kit.HStack(theme.SizeGap, kit.Primary(kit.T("Sao lưu ngay"), fynetheme.IconNameDocumentSave, s.backup)),
		s.list, s.restore(),
		kit.Section(kit.T("Thử khôi phục hằng tháng")), s.drill.content,
		kit.Section(kit.T("Khóa màn hình")), s.locks.content,
		kit.Section(kit.T("Kiểm tra sổ")),
		kit.Paragraph(kit.T("Đọc lại toàn bộ nhật ký, kiểm tra chữ ký, dựng lại các bảng và so với bảng đang dùng.")),
		kit.HStack(theme.SizeGap, kit.Button(kit.T("Kiểm tra ngay"), theme.IconShield, s.verify)), s.verdict,
		kit.Section(kit.T("Khóa")), s.lock, s.recovery(), s.key, s.provinceKey(),
		hint(s.where())))
	return s
}

func hint(sentence string) *kit.Text {
	t := kit.Caption(sentence)
	t.Wrap = true
	return t
}

func (s *safety) where() string {
	if s.options.DataFolder == "" {
		return ""
	}
	return kit.T("Sổ nằm ở {{.Folder}}", map[string]any{"Folder": s.options.DataFolder})
}

// restore leads to the sheet that puts a backup in the place of the register.
func (s *safety) restore() fyne.CanvasObject {
	ask := kit.Button(kit.T("Khôi phục từ bản sao lưu…"), theme.IconShield, func() { s.options.Restore(s.newest) })
	box := kit.VStack(theme.SizeGap,
		hint(kit.T("Sổ bị hỏng hoặc sai thì đưa một bản sao lưu về thay. Sổ đang dùng được giữ lại bên cạnh, không bị xóa.")),
		kit.HStack(theme.SizeGap, ask))
	if s.options.Restore == nil {
		box.Hide()
	}
	return box
}

func (s *safety) recovery() fyne.CanvasObject {
	b := kit.Button(kit.T("In lại tờ khôi phục"), fynetheme.IconNameDocumentPrint, s.printRecovery)
	if s.options.Recovery == nil {
		b.Hide()
	}
	return kit.HStack(theme.SizeGap, b)
}

func (s *safety) provinceKey() fyne.CanvasObject {
	add := kit.Button(kit.T("Thêm khóa"), theme.IconKey, s.addKey)
	s.keyRow = kit.NewField(kit.T("Tệp khóa của cấp trên"), s.keyFile.Object())
	box := kit.VStack(theme.SizeGap, s.keyRow, kit.HStack(theme.SizeGap, add))
	if s.options.AddKey == nil {
		box.Hide()
	}
	return box
}

func (s *safety) show(st record.Status, backups []record.BackupInfo) {
	if when := kit.When(st.LastBackup, s.desk.Now()); when != "" {
		s.state.Set(kit.Fine, kit.T("Sao lưu gần nhất: {{.When}}", map[string]any{"When": when}))
	} else {
		s.state.Set(kit.Attention, kit.T("Chưa có bản sao lưu nào."))
	}
	s.lock.SetText(protectionWords(st.Protection))
	if st.Practice {
		s.key.Set(kit.Attention, kit.T("Chưa có khóa của cấp trên: gói ghi ra chỉ để tập."))
	} else {
		s.key.Set(kit.Fine, kit.T("Đã có khóa của cấp trên."))
	}
	s.showBackups(backups)
}

func protectionWords(protection string) string {
	switch protection {
	case "passphrase":
		return kit.T("Sổ mở bằng mật khẩu. Quên mật khẩu thì chỉ tờ khôi phục mở lại được.")
	case "keyring", "dpapi":
		return kit.T("Khóa của sổ do hệ điều hành giữ, mở theo tài khoản đăng nhập máy này.")
	case "demo":
		return kit.T("Đây là sổ mẫu: khóa nằm ngay trong thư mục, không dùng cho dữ liệu thật.")
	}
	return ""
}

// listed is how many backups are named; the folder has them all.
const listed = 6

func (s *safety) showBackups(backups []record.BackupInfo) {
	s.list.RemoveAll()
	s.newest = ""
	if len(backups) > 0 {
		s.newest = backups[0].Path
	}
	for _, b := range backups[:min(len(backups), listed)] {
		checked := kit.T("chưa kiểm tra")
		if b.Checked {
			checked = kit.T("đã kiểm tra")
		}
		words := []string{kit.When(b.Created, s.desk.Now()), kit.Size(b.Size), checked, b.Path}
		s.list.Add(kit.Caption(strings.Join(words, " · ")))
	}
}

func (s *safety) backup() {
	s.field.SetProblem("")
	path := copyPath(s.folder.Text, s.desk.Now())
	kit.Do(s.desk.Runner, func(ctx context.Context) (backupResult, error) {
		b, err := s.office.Backup(ctx, path)
		if err != nil {
			return backupResult{}, err
		}
		st, err := s.office.Status(ctx)
		if err != nil {
			return backupResult{}, err
		}
		all, err := s.office.Backups(ctx)
		return backupResult{b, st, all}, err
	}, s.backedUp)
}

// copyPath is the file in a folder; "" leaves the place to the office, where copies
// rotate.
func copyPath(folder string, now time.Time) string {
	folder = strings.TrimSpace(folder)
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "SoPhoBien-"+now.Format("20060102-1504")+".db")
}

type backupResult struct {
	made   record.BackupInfo
	status record.Status
	all    []record.BackupInfo
}

func (s *safety) backedUp(r backupResult, err error) {
	if err != nil {
		s.field.SetProblem(kit.Sentence(err))
		return
	}
	s.show(r.status, r.all)
	s.desk.Restate()
	s.desk.Say(kit.T("Đã sao lưu vào {{.Path}}", map[string]any{"Path": r.made.Path}), nil)
}

func (s *safety) verify() {
	s.verdict.Hide()
	kit.RunWithProgress(s.desk.Runner, s.desk.Window, kit.T("Đang kiểm tra sổ"),
		func(ctx context.Context, report func(done, total int64)) (record.VerifyReport, error) {
			return s.office.Verify(ctx, true, report)
		}, s.verified)
}

func (s *safety) verified(r record.VerifyReport, err error) {
	s.verdict.Show()
	counts := map[string]any{"Commits": kit.Number(r.Commits), "Rows": kit.Number(r.Rows), "Faults": strings.Join(r.Faults, "; ")}
	switch {
	case errors.Is(err, context.Canceled):
		s.verdict.Set(kit.Plain, kit.T("Đã dừng kiểm tra. Sổ không bị thay đổi."))
	case err != nil:
		s.verdict.Set(kit.Wrong, kit.Sentence(err))
	case r.OK:
		s.verdict.Set(kit.Fine, kit.T("Sổ nguyên vẹn: {{.Commits}} lần ghi, {{.Rows}} dòng, bảng dựng lại giống bảng đang dùng.", counts))
	default:
		s.verdict.Set(kit.Wrong, kit.T("Sổ có chỗ sai: {{.Faults}}. Hãy giữ nguyên thư mục sổ và khôi phục từ bản sao lưu vào một thư mục khác.", counts))
	}
}

// sheet is a new recovery code and where its sheet lies.
type sheet struct{ code, path string }

func (s *safety) printRecovery() {
	kit.Do(s.desk.Runner, func(ctx context.Context) (sheet, error) {
		code, path, err := s.options.Recovery(ctx)
		return sheet{code, path}, err
	}, func(made sheet, err error) {
		if err != nil {
			kit.ShowError(s.desk.Window, kit.T("Không in được tờ khôi phục"), err)
			return
		}
		said := kit.NewNote(kit.Wrong, "")
		said.Hide()
		open := kit.Button(kit.T("Mở tờ khôi phục để in"), fynetheme.IconNameDocumentPrint, func() {
			kit.OpenFile(s.desk, made.path, func(sentence string) { said.SetText(sentence); said.Show() })
		})
		kit.ShowBody(s.desk.Window, kit.Plain, kit.T("Tờ khôi phục mới"), kit.VStack(theme.SizeGap,
			kit.Paragraph(kit.T("Mã khôi phục: {{.Code}}\nTờ để in: {{.Path}}\nHãy in, cất vào nơi có khóa, rồi xóa tệp. Tờ cũ chỉ còn mở được các bản sao cũ.",
				map[string]any{"Code": made.code, "Path": made.path})),
			kit.HStack(theme.SizeGap, open), said))
	})
}

func (s *safety) addKey() {
	s.keyRow.SetProblem("")
	file := strings.TrimSpace(s.keyFile.Text)
	if file == "" {
		s.keyRow.SetProblem(kit.T("Hãy chọn tệp khóa mà cấp trên gửi."))
		return
	}
	kit.Do(s.desk.Runner, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.options.AddKey(ctx, file)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.keyRow.SetProblem(kit.Sentence(err))
			return
		}
		s.key.Set(kit.Fine, kit.T("Đã có khóa của cấp trên."))
		s.desk.Restate()
	})
}
