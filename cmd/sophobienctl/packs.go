package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// This file builds law packs, shows what one would bring, takes it in and says what is here.

func (c *ctl) packCmd() *cobra.Command {
	cmd := group("pack", "gói pháp luật: lập, xem trước, nhập, liệt kê")
	cmd.AddCommand(c.packBuildCmd(), c.packInstallCmd(), c.packShowCmd(), c.packListCmd(), c.packBackCmd())
	return cmd
}

func (c *ctl) packBuildCmd() *cobra.Command {
	var s app.PackSources
	var fresh string
	cmd := &cobra.Command{
		Use: "build FOLDER", Short: "cấp tỉnh: lập một gói từ thư mục nguồn và ký", Args: cobra.ExactArgs(1),
		Long: "Thư mục nguồn có items.csv, relations.csv, wordings.csv, toàn văn MÃ.txt|html|docx (bản đọc từ ngày khác: MÃ@2026-02-12.txt)\n" +
			"và files/MÃ/. Gói được ký bằng khóa phát hành của Sở và nhập luôn vào thư viện của máy này.",
		RunE: work(func(cmd *cobra.Command, args []string) error {
			s.Folder, s.FreshUntil = args[0], record.Date(fresh)
			return c.withOffice(func(a *app.App) error {
				built, err := a.BuildPack(cmd.Context(), s)
				if err != nil {
					return err
				}
				var text strings.Builder
				for _, w := range built.Warnings {
					fmt.Fprintf(&text, "%s, dòng %d: %s\n", w.File, w.Line, w.Words.VI)
				}
				fmt.Fprintf(&text, "%s: bản %d, %d mục, %d byte", built.Path, built.Version, built.Items, built.Size)
				if built.Delta != "" {
					fmt.Fprintf(&text, "\n%s: cho máy đã có từ bản %d, %d byte", built.Delta, s.Since, built.DeltaSize)
				}
				return c.print(built, text.String())
			})
		}),
	}
	f := cmd.Flags()
	f.StringVar(&s.Out, "out", "", "thư mục nhận gói")
	f.StringVar(&s.Channel, "channel", "", "kênh: chữ thường không dấu, số, gạch nối")
	f.StringVar(&s.Audience, "audience", "", "mã đơn vị nhận gói; bỏ trống: mọi đơn vị của Sở; *: mọi nơi")
	f.Int64Var(&s.Version, "version", 0, "số bản; bỏ trống: tiếp theo bản trước")
	f.Int64Var(&s.Since, "from-version", 0, "lập thêm gói bổ sung nhỏ hơn cho máy đã có từ bản này")
	f.StringVar(&s.Title, "title", "", "bản này có gì mới")
	f.StringVar(&fresh, "fresh-until", "", "còn mới đến ngày (năm-tháng-ngày); bỏ trống: nửa năm")
	f.BoolVar(&s.Important, "important", false, "bản quan trọng")
	f.StringVar(&s.MinApp, "min-app", "", "bản chương trình thấp nhất đọc được gói")
	cmd.MarkFlagRequired("out")
	cmd.MarkFlagRequired("channel")
	return cmd
}

func (c *ctl) packInstallCmd() *cobra.Command {
	var accept bool
	cmd := &cobra.Command{
		Use: "install FILE", Short: "xem một gói sẽ thay đổi gì; --accept: nhập", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				if !accept {
					offer, err := a.OfferPack(cmd.Context(), args[0])
					if err != nil {
						return err
					}
					return c.print(offer, offerText(offer)+"Chưa nhập: thêm --accept để nhập.")
				}
				offer, err := a.InstallPack(cmd.Context(), args[0], nil)
				if err != nil {
					return err
				}
				return c.print(offer, offerText(offer)+"Đã nhập.")
			})
		}),
	}
	cmd.Flags().BoolVar(&accept, "accept", false, "nhập gói")
	return cmd
}

func (c *ctl) packShowCmd() *cobra.Command {
	return &cobra.Command{
		Use: "show FILE", Short: "xem một gói sẽ thay đổi gì", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				offer, err := a.OfferPack(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return c.print(offer, strings.TrimSuffix(offerText(offer), "\n"))
			})
		}),
	}
}

// offerText is an offer in words.
func offerText(o record.PackOffer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s · kênh %s · bản %d: %s\n", o.Publisher, o.Channel, o.Version, o.Title)
	switch {
	case o.Same:
		b.WriteString("Máy đã có đúng bản này.\n")
		return b.String()
	case o.Installed > 0:
		fmt.Fprintf(&b, "Máy đang có bản %d.\n", o.Installed)
	}
	if o.Stale > 0 {
		fmt.Fprintf(&b, "Lưu ý: gói đã quá hạn %d ngày; có thể Sở đã ra bản mới hơn.\n", o.Stale)
	}
	for _, part := range []struct {
		name string
		of   []record.PackItem
	}{{"mới", o.New}, {"sửa đổi", o.Amended}, {"hết hiệu lực", o.Ended}, {"rút", o.Withdrawn}} {
		if len(part.of) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%d %s:\n", len(part.of), part.name)
		for _, i := range part.of {
			fmt.Fprintf(&b, "  %s\n", strings.TrimSpace(strings.Join([]string{i.Number, i.Title, i.Says.VI}, " ")))
		}
	}
	b.WriteString(affectedText(o.Affected))
	return b.String()
}

// affectedText lists what of the office is to be looked at again.
func affectedText(list []record.LawAffected) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d việc của cơ quan cần xem lại:\n", len(list))
	for _, l := range list {
		fmt.Fprintf(&b, "  %s %s: %s – %s\n", l.Ref, l.Title, l.Citation.Says(), l.Why.VI)
	}
	return b.String()
}

func (c *ctl) packListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "các kênh và bản đang có ở máy này", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				list, err := a.Packs(cmd.Context())
				if err != nil {
					return err
				}
				var text strings.Builder
				for _, p := range list {
					fmt.Fprintf(&text, "%s  bản %d", p.Channel, p.Version)
					if p.Shown != p.Version {
						fmt.Fprintf(&text, " (đang xem bản %d)", p.Shown)
					}
					if p.Known > p.Version {
						fmt.Fprintf(&text, " – Sở đã có bản %d", p.Known)
					}
					if p.Stale > 0 {
						fmt.Fprintf(&text, " – quá hạn %d ngày", p.Stale)
					}
					fmt.Fprintf(&text, ", %d mục: %s\n", p.Items, p.Title)
				}
				return c.print(map[string]any{"channels": list}, strings.TrimSuffix(text.String(), "\n"))
			})
		}),
	}
}

func (c *ctl) packBackCmd() *cobra.Command {
	var channel string
	var v int64
	cmd := &cobra.Command{
		Use: "back", Short: "xem lại một bản trước của kênh, hoặc bản mới nhất; gói đã nhập không mất", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				if err := a.ShowPack(cmd.Context(), channel, v); err != nil {
					return err
				}
				return c.print(map[string]any{"channel": channel, "shown": v}, fmt.Sprintf("Đang xem bản %d của kênh %s.", v, channel))
			})
		}),
	}
	cmd.Flags().StringVar(&channel, "channel", "", "kênh")
	cmd.Flags().Int64Var(&v, "version", 0, "bản muốn xem")
	cmd.MarkFlagRequired("channel")
	cmd.MarkFlagRequired("version")
	return cmd
}
