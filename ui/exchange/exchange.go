// Package exchange is the area Trao đổi: it writes the office's record as one
// signed, sealed file into a folder, says in plain words what is in it, and lists
// the files written so far with the state each has honestly reached.
//
// It refuses to call a bundle handed over because it was written: nobody has
// received it yet.
package exchange

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Office is what this area asks of the running office.
type Office interface {
	// Seal writes what is in no bundle yet; none when there is nothing.
	Seal(ctx context.Context, folder string) ([]record.BundleInfo, error)
	Bundles(ctx context.Context) ([]record.BundleInfo, error)
	Status(ctx context.Context) (record.Status, error)
}

// KeyWriter is an office that can put the key which proves its signatures beside what
// it sealed, so that the receiving side can check who wrote it.
type KeyWriter interface {
	WritePublicKey(folder string) (string, error)
}

// Screen is the area.
type Screen struct {
	widget.BaseWidget

	// DefaultFolder is offered until a person has given another.
	DefaultFolder string

	desk   kit.Desk
	office Office
	asks   *kit.Latest

	folder   *kit.PathEntry
	field    *kit.Field
	write    *kit.PushButton
	unsent   *kit.Text
	practice *kit.Note
	problem  *kit.Note
	table    *kit.Table
	empty    fyne.CanvasObject
}

// folderKey remembers the folder between runs.
const folderKey = "exchange.folder"

// New makes the area.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{
		desk: desk, office: office, asks: kit.NewLatest(desk.Runner),
		folder: kit.NewFolderEntry(desk),
		unsent: kit.Line(""), practice: kit.NewNote(kit.Attention, ""), problem: kit.NewNote(kit.Wrong, ""),
	}
	s.unsent.Whole = true
	s.practice.Hide()
	s.problem.Hide()
	s.field = kit.NewField(kit.T("Ghi vào thư mục"), s.folder.Object())
	s.write = kit.Primary(kit.T("Ghi gói"), theme.IconExchange, s.seal)
	s.table = kit.NewTable(
		kit.Column{Heading: kit.T("Số"), Ems: 3, Number: true},
		kit.Column{Heading: kit.T("Ngày"), Ems: 9},
		kit.Column{Heading: kit.T("Tệp")},
		kit.Column{Heading: kit.T("Thay đổi"), Ems: 6, Number: true},
		kit.Column{Heading: kit.T("Dung lượng"), Ems: 6, Number: true},
		kit.Column{Heading: kit.T("Tình trạng"), Ems: 11},
	)
	s.empty = kit.EmptyState(kit.T("Chưa có gói nào được ghi."), nil)
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer puts what can be done above what was done.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	content := kit.NewNote(kit.Fine, kit.T("Gói được ký và mã hóa. Trong gói có hoạt động, đơn vị và số lượt người; không có dữ liệu cá nhân: không họ tên, ngày sinh, số điện thoại của người tham dự."))
	form := kit.Wide(kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Giao gói cho cấp trên")),
		s.practice,
		s.field,
		kit.HStack(theme.SizeGroup, s.write, s.unsent),
		content, s.problem,
	))
	head := kit.VStack(theme.SizeGroup, form, kit.Section(kit.T("Các gói đã ghi")))
	return widget.NewSimpleRenderer(kit.Border(
		kit.InsetXY(theme.SizeEdge, theme.SizeGap, head), nil, nil, nil,
		kit.InsetXY(theme.SizeGroup, theme.SizeNone, container.NewStack(s.table, s.empty))))
}

// Shows is true for every change: each is one more that is in no bundle.
func (s *Screen) Shows(record.Change) bool { return true }

// news is what Reload reads.
type news struct {
	bundles []record.BundleInfo
	status  record.Status
}

// Reload reads the bundles and what is in none of them.
func (s *Screen) Reload() {
	if s.folder.Text == "" {
		s.folder.SetText(fyne.CurrentApp().Preferences().StringWithFallback(folderKey, s.DefaultFolder))
	}
	kit.Ask(s.asks, func(ctx context.Context) (news, error) {
		bundles, err := s.office.Bundles(ctx)
		if err != nil {
			return news{}, err
		}
		status, err := s.office.Status(ctx)
		return news{bundles, status}, err
	}, s.show)
}

func (s *Screen) show(n news, err error) {
	if err != nil {
		s.showProblem(kit.Sentence(err))
		return
	}
	s.showProblem("")
	s.practice.SetText(kit.T("Chưa có khóa của cấp trên: gói ghi ra bây giờ chỉ để tập, cấp trên không mở được. Khi có tệp khóa, thêm ở Thiết lập; dữ liệu vẫn giữ đủ."))
	visible(s.practice, n.status.Practice)
	s.unsent.SetText(unsentWords(n.status.Unsent))
	rows := make([][]string, len(n.bundles))
	for i, b := range n.bundles {
		rows[i] = s.row(b)
	}
	s.table.SetRows(rows)
	visible(s.empty, len(rows) == 0)
	visible(s.table, len(rows) > 0)
	s.Refresh()
}

func unsentWords(n int64) string {
	if n == 0 {
		return kit.T("Mọi thay đổi đã có trong một gói.")
	}
	return kit.T("{{.N}} thay đổi chưa có trong gói nào.", map[string]any{"N": kit.Number(n)})
}

func (s *Screen) row(b record.BundleInfo) []string {
	state := kit.T("đã đóng gói")
	if b.Practice {
		state = kit.T("đã đóng gói (tập)")
	}
	return []string{
		kit.Number(b.No), kit.When(b.Created, s.desk.Now()), b.Name,
		kit.Number(int64(b.Commits)), kit.Size(b.Size), state,
	}
}

func (s *Screen) showProblem(sentence string) {
	s.problem.SetText(sentence)
	visible(s.problem, sentence != "")
}

func (s *Screen) seal() {
	s.field.SetProblem("")
	folder := strings.TrimSpace(s.folder.Text)
	if folder == "" {
		s.field.SetProblem(kit.T("Hãy chọn thư mục, ví dụ thẻ nhớ hoặc thư mục Tài liệu."))
		s.field.Focus()
		return
	}
	s.write.Disable()
	kit.Do(s.desk.Runner, func(ctx context.Context) ([]record.BundleInfo, error) {
		return s.sealWithKey(ctx, folder)
	}, func(made []record.BundleInfo, err error) { s.sealed(folder, made, err) })
}

// sealWithKey writes the bundles and, beside the first of them, the key they are
// checked with. What was written is told even when the key could not be.
func (s *Screen) sealWithKey(ctx context.Context, folder string) ([]record.BundleInfo, error) {
	made, err := s.office.Seal(ctx, folder)
	if w, can := s.office.(KeyWriter); can && err == nil && len(made) > 0 {
		_, err = w.WritePublicKey(folder)
	}
	return made, err
}

func (s *Screen) sealed(folder string, made []record.BundleInfo, err error) {
	s.write.Enable()
	if err != nil {
		s.field.SetProblem(kit.Sentence(err))
	}
	if err != nil && len(made) == 0 {
		return
	}
	fyne.CurrentApp().Preferences().SetString(folderKey, folder)
	s.desk.Say(madeWords(made), nil)
	s.desk.Restate()
	s.Reload()
}

func madeWords(made []record.BundleInfo) string {
	switch len(made) {
	case 0:
		return kit.T("Không có thay đổi mới để ghi.")
	case 1:
		return kit.T("Đã ghi {{.Path}}", map[string]any{"Path": made[0].Path})
	}
	return kit.T("Đã ghi {{.N}} gói, gói đầu là {{.Path}}", map[string]any{"N": len(made), "Path": made[0].Path})
}

func visible(o fyne.CanvasObject, want bool) {
	if want {
		o.Show()
		return
	}
	o.Hide()
}
