package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// This file searches and reads the library.

func (c *ctl) lawCmd() *cobra.Command {
	cmd := group("law", "thư viện pháp luật: tìm, đọc, so sánh, trích dẫn, việc cần xem lại")
	cmd.AddCommand(c.lawSearchCmd(), c.lawShowCmd(), c.lawCompareCmd(), c.lawAffectedCmd(), c.lawCiteCmd(), c.lawReviewCmd(), c.lawMessageCmd())
	return cmd
}

func (c *ctl) lawSearchCmd() *cobra.Command {
	var f record.LawFilter
	var on, kind, status string
	cmd := &cobra.Command{
		Use: "search QUERY", Short: "tìm văn bản và điều khoản, có dấu hoặc không dấu", Args: cobra.MinimumNArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			f.Text, f.On, f.Kind, f.Status = strings.Join(args, " "), record.Date(on), record.LawKind(kind), record.LawStatus(status)
			return c.withOffice(func(a *app.App) error {
				page, err := a.SearchLaw(cmd.Context(), f)
				if err != nil {
					return err
				}
				var text strings.Builder
				for _, h := range page.Hits {
					at := h.Item
					if h.Anchor != "" {
						at += "#" + h.Anchor
					}
					fmt.Fprintf(&text, "%s  %s\n", at, strings.Join(strings.Fields(h.Provision.VI+" "+h.Number+" "+h.Heading+" – "+statusWord(h.Status)), " "))
					if h.Snippet != "" {
						fmt.Fprintf(&text, "    %s\n", oneLine(h.Snippet))
					}
				}
				if len(page.Hits) == 0 {
					text.WriteString("Không tìm thấy.")
				}
				return c.print(page, strings.TrimSuffix(text.String(), "\n"))
			})
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&on, "on", "", "xét hiệu lực vào ngày (năm-tháng-ngày); bỏ trống: hôm nay")
	flags.StringVar(&f.Topic, "topic", "", "mã chủ đề")
	flags.StringVar(&kind, "kind", "", "loại: law, faq, slide, leaflet, form")
	flags.StringVar(&f.Type, "type", "", "thể loại văn bản, ví dụ Nghị định")
	flags.StringVar(&status, "status", "", "hiệu lực: in_force, partly, not_yet, ended, unknown")
	flags.IntVar(&f.Limit, "limit", 20, "nhiều nhất bao nhiêu kết quả")
	return cmd
}

func statusWord(s record.LawStatus) string {
	if t := record.Word(record.LawStatuses, string(s)); t != nil {
		return t.Words.VI
	}
	return string(s)
}

func (c *ctl) lawShowCmd() *cobra.Command {
	var on string
	cmd := &cobra.Command{
		Use: "show ITEM[#ANCHOR]", Short: "đọc một văn bản hoặc một điều khoản như vào một ngày", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			item, anchor := placed(args[0])
			return c.withOffice(func(a *app.App) error {
				if anchor != "" {
					cited, err := a.Cite(cmd.Context(), item, anchor, record.Date(on))
					if err != nil {
						return err
					}
					return c.print(cited, cited.Says()+", ngày "+cited.On.String()+"\n"+cited.Text)
				}
				r, err := a.ReadLaw(cmd.Context(), item, record.Date(on))
				if err != nil {
					return err
				}
				return c.print(r, readingText(r))
			})
		}),
	}
	cmd.Flags().StringVar(&on, "on", "", "như vào ngày (năm-tháng-ngày); bỏ trống: hôm nay")
	return cmd
}

func readingText(r record.LawReading) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s – %s (ngày %s)\n", r.Number, r.Title, statusWord(r.Status), r.On)
	if r.Note != "" {
		b.WriteString(r.Note + "\n")
	}
	for _, n := range r.Notes {
		b.WriteString("Ghi chú của cơ quan: " + n.Text + "\n")
	}
	for _, p := range r.Provisions {
		if label := record.LawLabel(p); label != "" {
			b.WriteString(label + "\n")
		}
		if p.Text != "" {
			b.WriteString(p.Text + "\n")
		}
	}
	for _, f := range r.FAQ {
		b.WriteString("Hỏi: " + f.Question + "\nĐáp: " + f.Answer + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (c *ctl) lawCompareCmd() *cobra.Command {
	var before, after string
	cmd := &cobra.Command{
		Use: "compare ITEM", Short: "so sánh hai bản văn của một văn bản", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				both, err := a.CompareLaw(cmd.Context(), args[0], before, after)
				if err != nil {
					return err
				}
				var text strings.Builder
				for _, p := range both.Pairs {
					if p.Change == record.LawSame {
						continue
					}
					fmt.Fprintf(&text, "%s (%s)\n", p.Label.VI, p.Change)
					if p.Before != "" {
						text.WriteString("- " + p.Before + "\n")
					}
					if p.After != "" {
						text.WriteString("+ " + p.After + "\n")
					}
				}
				fmt.Fprintf(&text, "%d chỗ khác nhau.", both.Changed)
				return c.print(both, text.String())
			})
		}),
	}
	cmd.Flags().StringVar(&before, "before", "", "bản trước (SHA-256); bỏ trống: bản liền trước bản đang đọc")
	cmd.Flags().StringVar(&after, "after", "", "bản sau (SHA-256); bỏ trống: bản đang đọc")
	return cmd
}

func (c *ctl) lawAffectedCmd() *cobra.Command {
	return &cobra.Command{
		Use: "affected", Short: "câu trả lời, buổi, tài liệu trích dẫn quy định đã thay đổi", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				list, err := a.LawAffected(cmd.Context())
				if err != nil {
					return err
				}
				text := cmp.Or(affectedText(list), "Không có việc nào phải xem lại.")
				return c.print(map[string]any{"affected": append([]record.LawAffected{}, list...)}, strings.TrimSuffix(text, "\n"))
			})
		}),
	}
}

// placed takes an address of the library apart: "45-2019-qh14#d98.k1".
func placed(arg string) (item, anchor string) {
	item, anchor, _ = strings.Cut(arg, "#")
	return item, anchor
}

func (c *ctl) lawCiteCmd() *cobra.Command {
	var owner ownerFlags
	var on string
	cmd := &cobra.Command{
		Use: "cite ITEM[#ANCHOR]", Short: "ghi một điều khoản làm căn cứ của câu trả lời, buổi hoặc tài liệu", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			ref, err := owner.ref()
			if err != nil {
				return err
			}
			item, anchor := placed(args[0])
			return c.withOffice(func(a *app.App) error {
				cited, err := a.AddCitation(cmd.Context(), ref, item, anchor, record.Date(on))
				if err != nil {
					return err
				}
				return c.print(cited, cited.Says()+", ngày "+cited.On.String()+"\n"+cited.Text)
			})
		}),
	}
	owner.add(cmd)
	cmd.Flags().StringVar(&on, "on", "", "như vào ngày (năm-tháng-ngày); bỏ trống: ngày của hồ sơ, không có thì hôm nay")
	return cmd
}

// affectedAt is what is told of a row and a provision it cites.
func affectedAt(cmd *cobra.Command, a *app.App, ref record.Ref, arg string) (record.LawAffected, error) {
	item, anchor := placed(arg)
	list, err := a.LawAffected(cmd.Context())
	if err != nil {
		return record.LawAffected{}, err
	}
	for _, l := range list {
		if l.Ref == ref && l.Citation.Item == item && l.Citation.Anchor == anchor {
			return l, nil
		}
	}
	return record.LawAffected{}, record.Refuse(record.ErrNotFound, "Không có việc phải xem lại như vậy; xem law affected.", "There is nothing like that to look at again; see law affected.")
}

func (c *ctl) lawReviewCmd() *cobra.Command {
	var owner ownerFlags
	var outcome, note string
	cmd := &cobra.Command{
		Use: "review ITEM[#ANCHOR]", Short: "ghi đã xem lại một việc trong law affected", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			ref, err := owner.ref()
			if err != nil {
				return err
			}
			return c.withOffice(func(a *app.App) error {
				of, err := affectedAt(cmd, a, ref, args[0])
				if err != nil {
					return err
				}
				r, err := a.ReviewCitation(cmd.Context(), of, outcome, note)
				if err != nil {
					return err
				}
				return c.print(map[string]any{"id": r.ID, "outcome": r.Outcome, "as_of": r.AsOf}, "Đã ghi.")
			})
		}),
	}
	owner.add(cmd)
	cmd.Flags().StringVar(&outcome, "outcome", "stands", "kết quả: stands (vẫn đúng), changed (đã sửa), told (đã báo người hỏi)")
	cmd.Flags().StringVar(&note, "note", "", "ghi chú")
	return cmd
}

func (c *ctl) lawMessageCmd() *cobra.Command {
	var id string
	cmd := &cobra.Command{
		Use: "message ITEM[#ANCHOR]", Short: "soạn thư báo người hỏi rằng quy định đã trả lời nay thay đổi", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			row, err := rowID(id)
			if err != nil {
				return err
			}
			return c.withOffice(func(a *app.App) error {
				of, err := affectedAt(cmd, a, record.Ref{Noun: "question", ID: row}, args[0])
				if err != nil {
					return err
				}
				text, err := a.LawMessage(cmd.Context(), of)
				if err != nil {
					return err
				}
				return c.print(map[string]any{"text": text}, strings.TrimSuffix(text, "\n"))
			})
		}),
	}
	cmd.Flags().StringVar(&id, "question", "", "mã câu hỏi")
	cmd.MarkFlagRequired("question")
	return cmd
}
