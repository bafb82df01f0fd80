package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

func (c *ctl) evidenceCmd() *cobra.Command {
	cmd := group("evidence", "ảnh, bản quét, PDF làm minh chứng")
	cmd.AddCommand(c.evidenceAddCmd(), c.evidenceListCmd(), c.evidenceSaveCmd(), c.evidenceCaptionCmd(), c.evidenceRemoveCmd(), c.evidenceVerifyCmd())
	return cmd
}

// ownerFlags say whose evidence is meant.
type ownerFlags struct{ of, id string }

func (o *ownerFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.of, "of", "activity", "loại hồ sơ: activity, publication, material, survey, model, directive, question, budget, unit…")
	cmd.Flags().StringVar(&o.id, "id", "", "mã hồ sơ")
	cmd.MarkFlagRequired("id")
}

func (o *ownerFlags) ref() (record.Ref, error) {
	id, err := rowID(o.id)
	return record.Ref{Noun: o.of, ID: id}, err
}

func rowID(text string) (record.ID, error) {
	id, err := record.ParseID(text)
	if err != nil {
		return id, record.Refuse(record.ErrInvalid, "Mã “"+text+"” không đúng dạng.", "“"+text+"” is no id.").Because(err)
	}
	return id, nil
}

// evidenceLine is a file of evidence in JSON.
type evidenceLine struct {
	ID      record.ID   `json:"id"`
	Kind    string      `json:"kind"`
	Name    string      `json:"name"`
	Caption string      `json:"caption,omitempty"`
	Day     record.Date `json:"day,omitempty"`
	SHA256  string      `json:"sha256"`
	Size    int64       `json:"size"`
	Width   int64       `json:"width,omitempty"`
	Height  int64       `json:"height,omitempty"`
}

func lineOf(e record.Evidence) evidenceLine {
	return evidenceLine{e.ID, e.Kind, e.Name, e.Caption, e.Day, e.SHA256, e.Size, e.Width, e.Height}
}

func (c *ctl) evidenceAddCmd() *cobra.Command {
	var owner ownerFlags
	var caption string
	cmd := &cobra.Command{Use: "add FILE", Short: "thêm một tệp vào minh chứng của một hồ sơ", Args: cobra.ExactArgs(1)}
	cmd.RunE = work(func(cmd *cobra.Command, args []string) error {
		ref, err := owner.ref()
		if err != nil {
			return err
		}
		return c.withOffice(func(a *app.App) error {
			e, err := a.AddEvidence(cmd.Context(), ref, args[0])
			if err == nil && caption != "" {
				e, err = a.CaptionEvidence(cmd.Context(), e.ID, caption)
			}
			if err != nil {
				return err
			}
			return c.print(lineOf(e), e.ID.String())
		})
	})
	owner.add(cmd)
	cmd.Flags().StringVar(&caption, "caption", "", "chú thích")
	return cmd
}

func (c *ctl) evidenceListCmd() *cobra.Command {
	var owner ownerFlags
	cmd := &cobra.Command{Use: "list", Short: "minh chứng của một hồ sơ", Args: cobra.NoArgs}
	cmd.RunE = work(func(cmd *cobra.Command, _ []string) error {
		ref, err := owner.ref()
		if err != nil {
			return err
		}
		return c.withOffice(func(a *app.App) error {
			list, err := a.EvidenceOf(cmd.Context(), ref)
			if err != nil {
				return err
			}
			lines := []evidenceLine{}
			var text strings.Builder
			for _, e := range list {
				lines = append(lines, lineOf(e))
				fmt.Fprintf(&text, "%s  %s  %s  %s\n", e.ID, record.WordIn(record.EvidenceKinds, e.Kind, c.lang), e.Name, e.Caption)
			}
			return c.print(lines, text.String()+fmt.Sprintf("%d tệp minh chứng", len(list)))
		})
	})
	owner.add(cmd)
	return cmd
}

// oneEvidence is a command about one file, named by the id of its row.
func (c *ctl) oneEvidence(use, short string, do func(cmd *cobra.Command, a *app.App, id record.ID) error) *cobra.Command {
	var text string
	cmd := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs}
	cmd.RunE = work(func(cmd *cobra.Command, _ []string) error {
		id, err := rowID(text)
		if err != nil {
			return err
		}
		return c.withOffice(func(a *app.App) error { return do(cmd, a, id) })
	})
	cmd.Flags().StringVar(&text, "id", "", "mã của tệp, xem evidence list")
	cmd.MarkFlagRequired("id")
	return cmd
}

func (c *ctl) evidenceSaveCmd() *cobra.Command {
	var out string
	cmd := c.oneEvidence("save", "ghi một tệp minh chứng ra ngoài sổ", func(cmd *cobra.Command, a *app.App, id record.ID) error {
		if err := a.SaveEvidenceAs(cmd.Context(), id, out); err != nil {
			return err
		}
		return c.print(map[string]any{"path": out}, "Đã ghi "+out)
	})
	cmd.Flags().StringVar(&out, "out", "", "tệp sẽ ghi")
	cmd.MarkFlagRequired("out")
	return cmd
}

func (c *ctl) evidenceCaptionCmd() *cobra.Command {
	var caption string
	cmd := c.oneEvidence("caption", "ghi chú thích của một tệp minh chứng", func(cmd *cobra.Command, a *app.App, id record.ID) error {
		e, err := a.CaptionEvidence(cmd.Context(), id, caption)
		if err != nil {
			return err
		}
		return c.print(lineOf(e), "Đã ghi chú thích.")
	})
	cmd.Flags().StringVar(&caption, "caption", "", "chú thích; để trống là bỏ")
	cmd.MarkFlagRequired("caption")
	return cmd
}

func (c *ctl) evidenceRemoveCmd() *cobra.Command {
	return c.oneEvidence("remove", "gỡ một tệp khỏi minh chứng; hoàn tác được", func(cmd *cobra.Command, a *app.App, id record.ID) error {
		ch, err := a.RemoveEvidence(cmd.Context(), id)
		if err != nil {
			return err
		}
		return c.print(map[string]any{"batch": ch.Batch}, "Đã gỡ. Mã hoàn tác: "+ch.Batch)
	})
}

func (c *ctl) evidenceVerifyCmd() *cobra.Command {
	return &cobra.Command{Use: "verify", Short: "đọc lại mọi tệp minh chứng, tìm tệp thiếu hoặc hỏng", Args: cobra.NoArgs, RunE: work(func(cmd *cobra.Command, _ []string) error {
		return c.withOffice(func(a *app.App) error {
			rep, err := a.VerifyEvidence(cmd.Context())
			if err != nil {
				return err
			}
			if err := c.print(c.checked(rep), evidenceText(rep)); err != nil {
				return err
			}
			return refuseShown(rep)
		})
	})}
}

// evidenceCheck is a check of the files of evidence in JSON.
type evidenceCheck struct {
	Files  int      `json:"files"`
	Bytes  int64    `json:"bytes"`
	Faults []string `json:"faults"`
	OK     bool     `json:"ok"`
}

func (c *ctl) checked(rep record.EvidenceReport) evidenceCheck {
	out := evidenceCheck{rep.Files, rep.Bytes, []string{}, rep.OK()}
	for _, f := range rep.Faults {
		out.Faults = append(out.Faults, f.In(c.lang))
	}
	return out
}

func evidenceText(rep record.EvidenceReport) string {
	text := fmt.Sprintf("Minh chứng: %d tệp nguyên vẹn.", rep.Files)
	for _, f := range rep.Faults {
		text += "\n" + f.VI
	}
	return text
}

// refuseShown ends a check that found something.
func refuseShown(rep record.EvidenceReport) error {
	if rep.OK() {
		return nil
	}
	n := len(rep.Faults)
	return record.Refuse(record.ErrDamaged, fmt.Sprintf("%d tệp minh chứng thiếu hoặc hỏng: %s", n, rep.Faults[0].VI),
		fmt.Sprintf("%d files of evidence are missing or damaged: %s", n, rep.Faults[0].EN))
}
