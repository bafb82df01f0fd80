package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/report"
)

// span holds the flags that say which period.
type span struct {
	year     int
	from, to string
	rule     string
	part     string
	today    bool
}

func (s *span) flags(cmd *cobra.Command) {
	cmd.Flags().IntVar(&s.year, "year", 0, "năm báo cáo")
	cmd.Flags().StringVar(&s.from, "from", "", "ngày đầu, như 2026-01-01 hoặc 01/01/2026")
	cmd.Flags().StringVar(&s.to, "to", "", "ngày cuối")
	cmd.Flags().StringVar(&s.rule, "rule", "", "plan, nd09 hoặc calendar (mặc định: theo cơ quan)")
	cmd.Flags().StringVar(&s.part, "part", "", "phần của năm: h1, h2, 9m, q1–q4, m1–m12")
	cmd.Flags().BoolVar(&s.today, "today-map", false, "tính đơn vị theo địa giới cuối kỳ")
	cmd.MarkFlagsMutuallyExclusive("year", "from")
	cmd.MarkFlagsMutuallyExclusive("year", "to")
	cmd.MarkFlagsMutuallyExclusive("part", "from")
	cmd.MarkFlagsRequiredTogether("from", "to")
	cmd.MarkFlagsOneRequired("year", "from")
}

func (s *span) period(cmd *cobra.Command, a *app.App) (record.FigurePeriod, error) {
	p, err := s.days(cmd, a)
	if s.today {
		p.Map = record.MapToday
	}
	return p, err
}

func (s *span) days(cmd *cobra.Command, a *app.App) (record.FigurePeriod, error) {
	if s.from == "" {
		return a.PartOfYear(cmd.Context(), s.year, s.rule, s.part)
	}
	from, err1 := a.ParseDate(s.from)
	to, err2 := a.ParseDate(s.to)
	if err := errors.Join(err1, err2); err != nil {
		return record.FigurePeriod{}, err
	}
	return a.Between(from, to)
}

func (c *ctl) reportCmd() *cobra.Command {
	var s span
	var book, narrative, pages, template string
	var check bool
	var in inquiry
	cmd := &cobra.Command{
		Use: "report", Short: "số liệu báo cáo của một kỳ", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			aimFor(provinceGoal)
			return c.withOffice(func(a *app.App) error {
				p, err := s.period(cmd, a)
				if err != nil {
					return err
				}
				if check {
					found, err := a.Preflight(cmd.Context(), p)
					if err != nil {
						return err
					}
					return c.print(map[string]any{"concerns": concernsOf(found)}, concernsText(found))
				}
				if in.measure != "" {
					return c.answer(cmd, a, in.of(p), book)
				}
				f, err := a.Figures(cmd.Context(), p)
				if err != nil {
					return err
				}
				if book != "" {
					if err := a.WriteWorkbookFrom(cmd.Context(), p, template, book); err != nil {
						return err
					}
				}
				if narrative != "" {
					if err := a.WriteNarrative(cmd.Context(), p, narrative); err != nil {
						return err
					}
				}
				if pages != "" {
					if err := a.WritePages(cmd.Context(), p, pages); err != nil {
						return err
					}
				}
				return c.print(stable(f), figuresText(f))
			})
		}),
	}
	s.flags(cmd)
	cmd.AddCommand(c.reportKeptCmds()...)
	in.flags(cmd)
	cmd.Flags().BoolVar(&check, "check", false, "chỉ liệt kê những điều cần xem lại trước khi ký")
	cmd.Flags().StringVar(&book, "xlsx", "", "ghi sổ báo cáo năm vào tệp này")
	cmd.Flags().StringVar(&narrative, "docx", "", "ghi báo cáo bằng lời (Word) vào tệp này")
	cmd.Flags().StringVar(&pages, "pdf", "", "ghi bản in của báo cáo bằng lời (PDF) vào tệp này")
	cmd.Flags().StringVar(&template, "template", "", "mẫu của sổ báo cáo: mã hoặc tệp .xlsx (mặc định: mẫu có hiệu lực ngày cuối kỳ)")
	return cmd
}

func (c *ctl) recountCmd() *cobra.Command {
	var s span
	var script bool
	cmd := &cobra.Command{
		Use: "recount", Short: "đếm lại số liệu bằng SQL, độc lập với report", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				p, err := s.period(cmd, a)
				if err != nil {
					return err
				}
				if script {
					text, err := a.RecountScript(p)
					if err != nil {
						return err
					}
					return c.print(map[string]string{"sql": text}, strings.TrimSuffix(text, "\n"))
				}
				f, err := a.Recount(cmd.Context(), p)
				if err != nil {
					return err
				}
				return c.print(stable(f), figuresText(f))
			})
		}),
	}
	s.flags(cmd)
	cmd.Flags().BoolVar(&script, "sql", false, "in các câu lệnh SQL, để chạy bằng sqlite3")
	return cmd
}

// stable sorts and leaves no list null.
func stable(f record.Figures) record.Figures {
	f.Sort()
	if f.Indicators == nil {
		f.Indicators = []record.Figure{}
	}
	if f.Targets == nil {
		f.Targets = []record.TargetFigure{}
	}
	for i := range f.Indicators {
		if f.Indicators[i].Split == nil {
			f.Indicators[i].Split = map[string]string{}
		}
	}
	return f
}

func figuresText(f record.Figures) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Kỳ %s – %s (%s)", f.Period.From, f.Period.To, record.WordIn(record.PeriodRules, f.Period.Rule, "vi"))
	f = stable(f)
	for _, g := range f.Indicators {
		fmt.Fprintf(&b, "\n%-4s %-28s %10d", g.Code, g.SplitKey(), g.Value)
	}
	for _, t := range f.Targets {
		fmt.Fprintf(&b, "\nMục tiêu %-24s %6d /%6d  %s", t.Code, t.Numerator, t.Denominator, report.Percent(t.Rate))
	}
	return b.String()
}

// concern is a thing to look at, as it is printed.
type concern struct {
	Kind   string `json:"kind"`
	Words  string `json:"words"`
	Noun   string `json:"noun,omitempty"`
	ID     string `json:"id,omitempty"`
	Figure string `json:"figure,omitempty"`
}

func concernsOf(found []record.Concern) []concern {
	out := make([]concern, len(found))
	for i, f := range found {
		out[i] = concern{Kind: f.Kind, Words: f.Words.VI, Noun: f.Ref.Noun, Figure: f.Figure}
		if !f.Ref.ID.IsZero() {
			out[i].ID = f.Ref.ID.String()
		}
	}
	return out
}

func concernsText(found []record.Concern) string {
	if len(found) == 0 {
		return "Không có gì cần xem lại."
	}
	var b strings.Builder
	kind := ""
	for _, f := range found {
		if f.Kind != kind {
			kind = f.Kind
			fmt.Fprintf(&b, "%s\n", record.WordIn(record.ConcernKinds, kind, "vi"))
		}
		fmt.Fprintf(&b, "  %s\n", f.Words.VI)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
