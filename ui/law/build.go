package law

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// outKey and sourcesKey remember the folders a pack was built from and written to.
const (
	sourcesKey = "law.sources"
	outKey     = "law.out"
)

// askBuild asks a province for the folder of sources and what the pack brings.
func (p *packs) askBuild() {
	fields, kept := &kit.Fields{}, fyne.CurrentApp().Preferences()
	from, out := kit.NewFolderEntry(p.s.desk), kit.NewFolderEntry(p.s.desk)
	from.SetText(kept.String(sourcesKey))
	out.SetText(kept.StringWithFallback(outKey, p.s.DefaultFolder))
	channel, title := kit.NewEntry(), kit.NewEntry()
	channel.SetText("luat")
	important := kit.NewCheck(kit.T("Quan trọng: nói với cơ quan nhận ngay"), nil)
	body := kit.VStack(theme.SizeGap,
		fields.Add("folder", kit.T("Thư mục nguồn (items.csv và các văn bản)"), from.Object()),
		fields.Add("title", kit.T("Gói này mang tới điều gì"), title),
		fields.Add("channel", kit.T("Kênh"), channel),
		fields.Add("out", kit.T("Ghi gói vào thư mục hoặc USB"), out.Object()), important)
	kit.AskFields(p.s.desk.Window, kit.T("Lập gói pháp luật"), body, kit.T("Lập và ký"), func(done func()) {
		fields.Clear()
		s := record.PackSources{
			Folder: strings.TrimSpace(from.Text), Out: strings.TrimSpace(out.Text), Channel: strings.TrimSpace(channel.Text), Title: strings.TrimSpace(title.Text), Important: important.Checked,
		}
		for _, need := range []struct{ name, value, words string }{
			{"folder", s.Folder, kit.T("Hãy chọn thư mục có tệp items.csv.")}, {"title", s.Title, kit.T("Hãy ghi một câu để người nhận biết gói có gì.")},
			{"channel", s.Channel, kit.T("Hãy ghi tên kênh, ví dụ luat.")}, {"out", s.Out, kit.T("Hãy chọn thư mục, ví dụ USB hoặc thư mục Tài liệu.")},
		} {
			if need.value == "" {
				fields.Field(need.name).SetProblem(need.words)
				fields.Field(need.name).Focus()
				return
			}
		}
		kept.SetString(sourcesKey, s.Folder)
		kept.SetString(outKey, s.Out)
		kit.Do(p.s.desk.Runner, func(ctx context.Context) (record.BuiltPack, error) { return p.s.office.BuildPack(ctx, s) },
			func(b record.BuiltPack, err error) {
				if err != nil {
					fields.Field("folder").SetProblem(kit.Sentence(err))
					return
				}
				done()
				p.built(b)
			})
	})
}

// built says what was written, and what is odd in the sources.
func (p *packs) built(b record.BuiltPack) {
	words := kit.T("Đã lập gói bản {{.N}}: {{.Items}} mục, {{.Size}}, tệp {{.File}}.", map[string]any{
		"N": strconv.FormatInt(b.Version, 10), "Items": kit.Number(int64(b.Items)), "Size": kit.Size(b.Size), "File": filepath.Base(b.Path)})
	p.tell(kit.Fine, words)
	if len(b.Warnings) > 0 {
		lines := kit.VStack(theme.SizeGap)
		for _, w := range b.Warnings {
			at := w.File
			if w.Line > 0 {
				at += kit.T(", dòng {{.N}}", map[string]any{"N": strconv.Itoa(w.Line)})
			}
			lines.Add(kit.NewNote(kit.Attention, at+": "+kit.In(w.Words)))
		}
		kit.ShowBody(p.s.desk.Window, kit.Attention, kit.T("Gói đã lập; {{.N}} chỗ trong nguồn nên xem lại", map[string]any{"N": strconv.Itoa(len(b.Warnings))}), kit.NewReader(12, lines))
	}
	p.s.changed()
}
