package reports

import (
	"context"
	"path/filepath"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// AskCheck asks for a workbook or document and says what in it is not as it was signed.
func (g *signing) AskCheck() *kit.Dialog {
	return kit.ChooseFile(g.s.desk, kit.FileQuestion{Endings: []string{".xlsx", ".docx"}, From: g.s.DefaultFolder}, g.Check)
}

// Check holds a file against what was signed.
func (g *signing) Check(path string) {
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.ReportCheck, error) { return g.s.office.VerifyReport(ctx, path) }, func(c record.ReportCheck, err error) {
		if err != nil {
			kit.ShowError(g.s.desk.Window, kit.T("Đối chiếu {{.File}}", map[string]any{"File": filepath.Base(path)}), err)
			return
		}
		showCheck(g.s.desk, path, c)
	})
}

// mostFaults is how many alterations are listed; one tells enough to send a file back.
const mostFaults = 12

func showCheck(desk kit.Desk, path string, c record.ReportCheck) {
	state, heading := kit.Fine, kit.T("Tệp đúng như đã ký")
	if !c.Whole() {
		state, heading = kit.Wrong, kit.T("Tệp đã bị sửa sau khi ký: {{.Count}} chỗ", map[string]any{"Count": len(c.Faults)})
	}
	whose := kit.T("Ký bằng khóa của sổ này.")
	if !c.Known {
		whose = kit.T("Khóa ký {{.Key}}: hãy đọc đối chiếu qua điện thoại với cơ quan gửi.", map[string]any{"Key": c.Key})
	}
	body := kit.VStack(theme.SizeTight,
		kit.Paragraph(filepath.Base(path)),
		kit.Paragraph(kit.T("{{.Office}}: {{.Subject}}; bản {{.Revision}}, ký ngày {{.Day}}.", map[string]any{
			"Office": c.Office, "Subject": lowerFirst(c.Subject), "Revision": c.Revision, "Day": c.SignedOn.String()})),
		kit.Paragraph(whose))
	for i, f := range c.Faults {
		if i == mostFaults {
			body.Add(kit.Paragraph(kit.T("… và {{.Count}} chỗ nữa.", map[string]any{"Count": len(c.Faults) - i})))
			break
		}
		body.Add(kit.Paragraph("• " + kit.T("{{.What}}: đã ký “{{.Signed}}”, trong tệp “{{.Found}}”", map[string]any{"What": kit.In(f.Words), "Signed": short(f.Signed), "Found": short(f.Found)})))
	}
	kit.ShowBody(desk.Window, state, heading, body)
}

// short is a text of which a line shows enough.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
