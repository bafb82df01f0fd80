package wizard

import (
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// placesPage asks where copies go and for the key of who receives the bundles.
type placesPage struct {
	backup *kit.PathEntry
	key    *kit.PathEntry
	box    fyne.CanvasObject
}

func newPlacesPage(desk kit.Desk, backupFolder string) *placesPage {
	p := &placesPage{backup: kit.NewFolderEntry(desk.Window), key: kit.NewFileEntry(desk.Window)}
	p.backup.SetText(backupFolder)
	p.box = kit.VStack(theme.SizeGroup,
		kit.NewField(kit.T("Thư mục sao lưu"), p.backup.Object()).
			Hint(kit.T("Tốt nhất là ổ khác hoặc thẻ nhớ. Để trống thì bản sao chỉ nằm cạnh sổ: mất ổ đĩa là mất cả hai.")),
		kit.NewField(kit.T("Tệp khóa của cấp trên (nếu đã có)"), p.key.Object()).
			Hint(kit.T("Chưa có thì để trống: gói ghi ra chỉ để tập, cấp trên không mở được. Thêm khóa sau ở Thiết lập, dữ liệu đã ghi vẫn giao đủ.")))
	return p
}

func (p *placesPage) into(s *record.Setup) {
	s.BackupFolder = strings.TrimSpace(p.backup.Text)
	s.ProvinceKeyFile = strings.TrimSpace(p.key.Text)
}

func (p *placesPage) heading() string            { return kit.T("Sao lưu và khóa của cấp trên") }
func (p *placesPage) content() fyne.CanvasObject { return p.box }
func (p *placesPage) first() *kit.Entry          { return p.backup.Entry }
func (p *placesPage) check() bool                { return true }

// donePage shows the recovery sheet before the register opens.
type donePage struct {
	code *kit.Text
	file *kit.Text
	box  fyne.CanvasObject
}

func newDonePage() *donePage {
	p := &donePage{code: kit.Page(""), file: kit.Paragraph("")}
	p.code.Wrap = true
	p.code.Style.Monospace = true
	p.box = kit.VStack(theme.SizeGroup,
		kit.NewNote(kit.Fine, kit.T("Sổ đã lập xong.")),
		kit.Paragraph(kit.T("Đây là mã khôi phục. Ai có mã này và bản sao của sổ thì mở được sổ; không có mã này thì quên mật khẩu hoặc hỏng máy là mất dữ liệu cá nhân.")),
		p.code, p.file,
		kit.Paragraph(kit.T("Hãy in tờ khôi phục, cất vào két hoặc tủ có khóa, rồi xóa tệp. In lại được ở Thiết lập.")))
	return p
}

func (p *donePage) set(c created) {
	p.code.SetText(c.code)
	if c.pdf != "" {
		p.file.SetText(kit.T("Tờ khôi phục để in: {{.Path}}", map[string]any{"Path": c.pdf}))
	}
}

func (p *donePage) heading() string            { return kit.T("Tờ khôi phục") }
func (p *donePage) content() fyne.CanvasObject { return p.box }
func (p *donePage) first() *kit.Entry          { return nil }
func (p *donePage) check() bool                { return true }
