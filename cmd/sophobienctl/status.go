package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

func (c *ctl) statusCmd() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "năm báo cáo đến nay: việc nên làm, chỉ tiêu, việc đến hạn", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				o, err := a.Overview(cmd.Context())
				if err != nil {
					return err
				}
				return c.print(c.statusOf(o), c.statusWords(o))
			})
		}),
	}
}

// status is the JSON of the command: its names are stable.
type status struct {
	Today    record.Date         `json:"today"`
	Year     int                 `json:"year"`
	Period   record.FigurePeriod `json:"period"`
	Report   reportDue           `json:"report"`
	Next     string              `json:"next"`
	Targets  []targetStatus      `json:"targets"`
	Due      []dueStatus         `json:"due"`
	Sessions int64               `json:"sessions"`
	People   int64               `json:"people"`
	Backup   string              `json:"last_backup,omitempty"`
	HandOver string              `json:"last_hand_over,omitempty"`
	Unsent   int64               `json:"unsent"`
	Differ   int                 `json:"conflicts"`
}

type reportDue struct {
	On       record.Date `json:"on"`
	Days     int         `json:"days"`
	WorkDays int         `json:"working_days"`
}

type targetStatus struct {
	Code        string `json:"code"`
	Numerator   int64  `json:"numerator"`
	Denominator int64  `json:"denominator"`
	State       string `json:"state"`
}

type dueStatus struct {
	Noun  string      `json:"noun"`
	ID    string      `json:"id"`
	On    record.Date `json:"on"`
	State string      `json:"state"`
	Words string      `json:"words"`
}

func (c *ctl) statusOf(o record.Overview) status {
	s := status{
		Today: o.Today, Year: o.Year, Period: o.Period, Report: reportDue{o.Report.On, o.Report.Days, o.Report.WorkDays},
		Next: o.Next.Words.In(c.lang), Targets: []targetStatus{}, Due: []dueStatus{}, Sessions: o.Sessions.Now, People: o.People.Now,
		Backup: o.Status.LastBackup, HandOver: o.Status.LastHandOver, Unsent: o.Status.Unsent, Differ: o.Status.Conflicts,
	}
	for _, t := range o.Targets {
		s.Targets = append(s.Targets, targetStatus{t.Code, t.Numerator, t.Denominator, t.State})
	}
	for _, d := range o.Due {
		s.Due = append(s.Due, dueStatus{d.Ref.Noun, d.Ref.ID.String(), d.On, d.State, d.Words.In(c.lang)})
	}
	return s
}

func (c *ctl) statusWords(o record.Overview) string {
	var b strings.Builder
	fmt.Fprintln(&b, o.Next.Words.In(c.lang))
	for _, t := range o.Targets {
		figure := fmt.Sprintf("%d/%d", t.Numerator, t.Denominator)
		if unit := t.Unit.In(c.lang); unit != "" {
			figure = fmt.Sprintf("%d %s", t.Numerator, unit)
		}
		fmt.Fprintf(&b, "%s: %s. %s\n", t.Name.In(c.lang), figure, t.Rule.In(c.lang))
	}
	for _, d := range o.Due {
		fmt.Fprintf(&b, "%s  %s (%s)\n", d.On, d.Words.In(c.lang), d.When.In(c.lang))
	}
	return strings.TrimSuffix(b.String(), "\n")
}
