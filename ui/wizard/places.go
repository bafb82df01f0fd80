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
	field  *kit.Field // of the key
	box    fyne.CanvasObject
}

func newPlacesPage(desk kit.Desk, backupFolder string) *placesPage {
	p := &placesPage{backup: kit.NewFolderEntry(desk), key: kit.NewFileEntry(desk)}
	p.backup.SetText(backupFolder)
	p.field = kit.NewField(kit.T("Tệp khóa của cấp trên (nếu đã có)"), p.key.Object()).
		Hint(kit.T("Chưa có thì để trống: gói ghi ra chỉ để tập, cấp trên không mở được. Thêm khóa sau ở Thiết lập, dữ liệu đã ghi vẫn giao đủ."))
	p.box = kit.VStack(theme.SizeGroup,
		kit.NewField(kit.T("Thư mục sao lưu"), p.backup.Object()).
			Hint(kit.T("Tốt nhất là ổ khác hoặc USB. Để trống thì bản sao chỉ nằm cạnh sổ: mất ổ đĩa là mất cả hai.")),
		p.field)
	return p
}

func (p *placesPage) into(s *record.Setup) {
	s.BackupFolder = strings.TrimSpace(p.backup.Text)
	if p.field.Visible() {
		s.ProvinceKeyFile = strings.TrimSpace(p.key.Text)
	}
}

// askKey asks for the key of who receives the bundles, or not: an office that collects
// hands over to nobody.
func (p *placesPage) askKey(on bool) { kit.SetVisible(p.field, on) }

func (p *placesPage) heading() string {
	if !p.field.Visible() {
		return kit.T("Sao lưu")
	}
	return kit.T("Sao lưu và khóa của cấp trên")
}

func (p *placesPage) content() fyne.CanvasObject { return p.box }
func (p *placesPage) first() fyne.Focusable      { return p.backup.Entry }
func (p *placesPage) check() bool                { return true }
