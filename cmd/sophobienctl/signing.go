package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// reportKeptCmds are the commands below "report" that sign reports, hand them out as they
// were signed, and hold files against them.
func (c *ctl) reportKeptCmds() []*cobra.Command {
	return []*cobra.Command{c.reportSignCmd(), c.reportReviseCmd(), c.reportListCmd(), c.reportFilesCmd(), c.reportVerifyCmd(), c.reportTemplateCmd()}
}

// keptReport is a report as it is printed.
type keptReport struct {
	ID       string              `json:"id"`
	Period   record.FigurePeriod `json:"period"`
	Revision int64               `json:"revision"`
	Status   string              `json:"status"`
	Number   string              `json:"number,omitempty"`
	SignedOn string              `json:"signed_on,omitempty"`
	Reason   string              `json:"reason,omitempty"`
	Snapshot string              `json:"snapshot,omitempty"`
	Changes  []string            `json:"changes"`
}

func keptOf(r record.Report) keptReport {
	return keptReport{r.ID.String(), r.Period, r.Revision, r.Status, r.Number, string(r.SignedOn), r.Reason, r.Snapshot, append([]string{}, r.Changes...)}
}

func (c *ctl) reportLine(r record.Report) string {
	text := fmt.Sprintf("%s  %s – %s  bản %d  %s", r.ID, r.Period.From, r.Period.To, r.Revision, record.WordIn(record.ReportStatuses, r.Status, c.lang))
	if r.Signed() {
		text += " ngày " + r.SignedOn.String()
	}
	return text
}

func (c *ctl) printReport(r record.Report) error {
	text := c.reportLine(r)
	for _, change := range r.Changes {
		text += "\n  " + change
	}
	return c.print(keptOf(r), text)
}

func (c *ctl) reportSignCmd() *cobra.Command {
	var s span
	var number, on, cutOff, template string
	texts := map[string]string{}
	cmd := &cobra.Command{
		Use: "sign", Short: "ký và chốt báo cáo của một kỳ; sau đó không sửa được nữa", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				r, err := s.report(cmd, a)
				if err != nil {
					return err
				}
				if number != "" {
					r.Number = number
				}
				if template != "" {
					r.Template = template
				}
				for _, day := range []struct {
					text string
					into *record.Date
				}{{on, &r.SignedOn}, {cutOff, &r.Period.To}} {
					if day.text == "" {
						continue
					}
					if *day.into, err = a.ParseDate(day.text); err != nil {
						return err
					}
				}
				for section, text := range texts {
					if !r.SetText(section, text) {
						return record.Refuse(record.ErrInvalid, "Báo cáo không có phần “"+section+"”.", "A report has no section “"+section+"”.")
					}
				}
				if r, err = a.SignReport(cmd.Context(), r); err != nil {
					return err
				}
				return c.printReport(r)
			})
		}),
	}
	s.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&number, "number", "", "số văn bản, không kèm ký hiệu")
	f.StringVar(&on, "on", "", "ngày ký (mặc định: hôm nay)")
	f.StringVar(&cutOff, "cut-off", "", "ngày chốt số liệu của cả năm, khi khác ngày cuối kỳ")
	f.StringVar(&template, "template", "", "mã mẫu của sổ báo cáo")
	f.StringToStringVar(&texts, "text", nil, "lời văn của một phần: basis, leading, results, difficulties, causes, next, proposals")
	return cmd
}

// report is the latest report of the period.
func (s *span) report(cmd *cobra.Command, a *app.App) (record.Report, error) {
	p, err := s.period(cmd, a)
	if err != nil {
		return record.Report{}, err
	}
	return a.ReportFor(cmd.Context(), p)
}

func (c *ctl) reportReviseCmd() *cobra.Command {
	var s span
	var reason string
	cmd := &cobra.Command{
		Use: "revise", Short: "lập bản mới thay cho báo cáo đã ký", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				r, err := s.report(cmd, a)
				if err != nil {
					return err
				}
				if r, err = a.ReviseReport(cmd.Context(), r.ID, reason); err != nil {
					return err
				}
				changes, err := a.ReportChanges(cmd.Context(), r.ID)
				if err != nil {
					return err
				}
				for _, change := range changes {
					r.Changes = append(r.Changes, change.In(c.lang))
				}
				return c.printReport(r)
			})
		}),
	}
	s.flags(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "lý do lập lại")
	cmd.MarkFlagRequired("reason")
	return cmd
}

func (c *ctl) reportListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "các báo cáo đã soạn, đã ký", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				list, err := a.Reports(cmd.Context())
				if err != nil {
					return err
				}
				out, lines := []keptReport{}, []string{}
				for _, r := range list {
					out, lines = append(out, keptOf(r)), append(lines, c.reportLine(r))
				}
				if len(lines) == 0 {
					lines = []string{"Chưa có báo cáo nào."}
				}
				return c.print(map[string]any{"reports": out}, strings.Join(lines, "\n"))
			})
		}),
	}
}

func (c *ctl) reportFilesCmd() *cobra.Command {
	var book, document, pages string
	cmd := &cobra.Command{
		Use: "files ID", Short: "lấy lại tệp của báo cáo đã ký, và vẽ lại để so", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			id, err := record.ParseID(args[0])
			if err != nil {
				return record.Refuse(record.ErrInvalid, "Mã báo cáo “"+args[0]+"” không đúng dạng.", "“"+args[0]+"” is no report id.").Because(err)
			}
			return c.withOffice(func(a *app.App) error {
				for kind, path := range map[string]string{"workbook": book, "document": document, "pages": pages} {
					if path == "" {
						continue
					}
					if err := a.WriteReportFile(cmd.Context(), id, kind, path); err != nil {
						return err
					}
				}
				same, err := a.RedrawReport(cmd.Context(), id)
				if err != nil {
					return err
				}
				text := "Vẽ lại từ bản chốt: giống từng byte."
				if !same {
					text = "Vẽ lại từ bản chốt: khác tệp đã ký (bản chương trình khác); tệp đã ký vẫn giữ nguyên."
				}
				return c.print(map[string]any{"redrawn_same": same}, text)
			})
		}),
	}
	cmd.Flags().StringVar(&book, "xlsx", "", "ghi sổ báo cáo đã ký vào tệp này")
	cmd.Flags().StringVar(&document, "docx", "", "ghi báo cáo Word đã ký vào tệp này")
	cmd.Flags().StringVar(&pages, "pdf", "", "ghi bản in của báo cáo đã ký vào tệp này")
	return cmd
}

func (c *ctl) reportTemplateCmd() *cobra.Command {
	return &cobra.Command{
		Use: "template [FILE]", Short: "các mẫu sổ báo cáo; có FILE: đưa mẫu riêng của cơ quan vào", Args: cobra.MaximumNArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				if len(args) == 1 {
					if _, err := a.SaveTemplate(cmd.Context(), args[0]); err != nil {
						return err
					}
				}
				list, err := a.Templates(cmd.Context())
				if err != nil {
					return err
				}
				out, lines := []map[string]any{}, []string{}
				for _, t := range list {
					out = append(out, map[string]any{"code": t.Code, "name": t.Name.In(c.lang), "version": t.Version, "from": string(t.Valid.From), "own": t.Own, "note": t.Note.In(c.lang)})
					lines = append(lines, fmt.Sprintf("%s  %s  từ %s  %s", t.Code, t.Name.In(c.lang), t.Valid.From, t.Note.In(c.lang)))
				}
				return c.print(map[string]any{"templates": out}, strings.Join(lines, "\n"))
			})
		}),
	}
}

// reportFault is an alteration, as it is printed.
type reportFault struct {
	Figure string `json:"figure,omitempty"`
	What   string `json:"what"`
	Signed string `json:"signed"`
	Found  string `json:"found"`
}

func (c *ctl) reportVerifyCmd() *cobra.Command {
	var alone bool
	cmd := &cobra.Command{
		Use: "verify FILE", Short: "so tệp Excel, Word của báo cáo với những gì đã ký", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			if alone {
				check, err := app.CheckReport(args[0])
				if err != nil {
					return err
				}
				return c.printCheck(check)
			}
			return c.withOffice(func(a *app.App) error {
				check, err := a.VerifyReport(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return c.printCheck(check)
			})
		}),
	}
	cmd.Flags().BoolVar(&alone, "alone", false, "chỉ kiểm tra tệp, không cần sổ của cơ quan")
	return cmd
}

func (c *ctl) printCheck(k record.ReportCheck) error {
	faults, since := []reportFault{}, []string{}
	var text strings.Builder
	fmt.Fprintf(&text, "%s\nCơ quan: %s; bản %d; ký ngày %s\nKhóa ký: %s", k.Subject, k.Office, k.Revision, k.SignedOn, k.Key)
	switch {
	case k.Known:
		text.WriteString(" (khóa của sổ này)")
	default:
		text.WriteString(" (hãy đọc đối chiếu qua điện thoại với cơ quan gửi)")
	}
	for _, f := range k.Faults {
		faults = append(faults, reportFault{f.Figure, f.Words.In(c.lang), f.Signed, f.Found})
		fmt.Fprintf(&text, "\n%s: đã ký “%s”, trong tệp “%s”", f.Words.In(c.lang), f.Signed, f.Found)
	}
	if k.Whole() {
		text.WriteString("\nTệp đúng như đã ký.")
	}
	for _, s := range k.Since {
		since = append(since, s.In(c.lang))
		fmt.Fprintf(&text, "\nSổ nay khác: %s", s.In(c.lang))
	}
	err := c.print(map[string]any{
		"report": k.Report.String(), "revision": k.Revision, "kind": k.Kind, "office": k.Office, "subject": k.Subject, "signed_on": string(k.SignedOn),
		"key": k.Key, "known": k.Known, "kept": k.Kept, "faults": faults, "since": since,
	}, text.String())
	if err == nil && !k.Whole() {
		err = record.Refuse(record.ErrDamaged, fmt.Sprintf("Tệp đã bị sửa sau khi ký: %d chỗ.", len(k.Faults)), fmt.Sprintf("The file was altered after it was signed: %d places.", len(k.Faults)))
	}
	return err
}
