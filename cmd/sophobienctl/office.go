package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/trust"
)

func (c *ctl) initCmd() *cobra.Command {
	var preset, unit, officer string
	cmd := &cobra.Command{
		Use: "init", Short: "lập sổ mới cho một cơ quan", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			s, err := c.starter()
			if err != nil {
				return err
			}
			setup, err := proposed(s, preset, unit)
			if err != nil {
				return err
			}
			setup.OfficerName = officer
			if setup.Protection == string(trust.Passphrase) && setup.Passphrase == "" {
				return record.Refuse(record.ErrPassphrase,
					"Máy này không có kho khóa: hãy đặt mật khẩu bằng --passphrase-file TỆP. Chưa tạo gì.",
					"This PC has no keyring: set a passphrase with --passphrase-file FILE. Nothing was made.")
			}
			made, err := s.Create(cmd.Context(), setup)
			if err != nil {
				return err
			}
			if err := made.App.Close(); err != nil {
				return err
			}
			return c.print(map[string]any{
				"data": s.Folder, "unit": setup.Unit.Code, "unit_name": setup.Unit.Name, "office": setup.OfficeName,
				"recovery_code": made.RecoveryCode, "recovery_sheet": made.RecoveryPDF,
			}, fmt.Sprintf("Đã lập sổ của %s, %s tại %s.\nMã khôi phục (in phiếu %s và cất giữ):\n%s",
				setup.OfficeName, setup.Unit.Name, s.Folder, made.RecoveryPDF, made.RecoveryCode))
		}),
	}
	setupFlags(cmd, &preset, &unit, &officer)
	return cmd
}

// setupFlags name the office of a new folder, and who writes in it.
func setupFlags(cmd *cobra.Command, preset, unit, officer *string) {
	cmd.Flags().StringVar(preset, "preset", "", "2025-commune, 2024-district; cấp tỉnh: 2025-province, 2024-province")
	cmd.Flags().StringVar(unit, "unit", "", "mã đơn vị báo cáo")
	cmd.Flags().StringVar(officer, "officer", "", "họ tên cán bộ ghi sổ")
	for _, name := range []string{"preset", "unit", "officer"} {
		cmd.MarkFlagRequired(name)
	}
}

func (c *ctl) demoCmd() *cobra.Command {
	var d app.DemoOptions
	cmd := &cobra.Command{
		Use: "demo", Short: "lập một sổ mẫu bịa ra, giống nhau với cùng --seed", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			if d.Years > 30 || d.PerYear > 50000 || d.People > 500 {
				return usageError{"Sổ mẫu có nhiều nhất 30 năm, mỗi năm 50000 hoạt động, mỗi hoạt động 500 người.", "a demonstration has at most 30 years, 50000 activities a year and 500 people each"}
			}
			if d.Years < 0 || d.PerYear < 0 || d.People < 0 {
				return usageError{"--years, --activities và --people không được âm.", "--years, --activities and --people are not negative"}
			}
			folder, err := c.folder()
			if err != nil {
				return err
			}
			a, err := app.CreateDemo(cmd.Context(), folder, d, app.Options{Version: version})
			if err != nil {
				return err
			}
			page, err := a.Activities(cmd.Context(), record.ActivityFilter{Limit: 1})
			if err != nil {
				return err
			}
			if err := a.Close(); err != nil {
				return err
			}
			return c.print(map[string]any{"data": folder, "seed": d.Seed, "activities": page.Total, "attendances": page.People},
				fmt.Sprintf("Đã lập sổ mẫu tại %s: %d hoạt động, %d lượt người.", folder, page.Total, page.People))
		}),
	}
	cmd.Flags().Int64Var(&d.Seed, "seed", 1, "hạt giống")
	cmd.Flags().IntVar(&d.Years, "years", 0, "số năm (mặc định 2)")
	cmd.Flags().IntVar(&d.PerYear, "activities", 0, "số hoạt động mỗi năm (mặc định 40)")
	cmd.Flags().IntVar(&d.People, "people", 0, "số người mỗi hoạt động (mặc định 30)")
	return cmd
}

func (c *ctl) activityCmd() *cobra.Command {
	cmd := group("activity", "ghi và liệt kê hoạt động")
	cmd.AddCommand(c.activityAddCmd(), c.activityListCmd())
	return cmd
}

func (c *ctl) activityAddCmd() *cobra.Command {
	var act record.Activity
	var date, form string
	cmd := &cobra.Command{
		Use: "add", Short: "ghi một hoạt động", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				day, err := a.ParseDate(date)
				if err != nil {
					return err
				}
				act.When.Date, act.Form = day, form
				saved, err := a.SaveActivity(cmd.Context(), act)
				if err != nil {
					return err
				}
				return c.print(map[string]any{"id": saved.ID.String()}, saved.ID.String())
			})
		}),
	}
	f := cmd.Flags()
	f.StringVar(&act.Kind, "kind", "direct", "loại: training, direct, dialogue…")
	f.StringVar(&act.Title, "title", "", "tên hoạt động")
	f.StringVar(&date, "date", "", "ngày tổ chức, như 05/03/2026")
	f.StringVar(&act.When.Place, "place", "", "nơi tổ chức")
	f.StringVar(&act.Status, "status", "held", "planned, held, closed hoặc cancelled")
	f.StringVar(&act.Mode, "mode", "", "in_person, online hoặc hybrid")
	f.StringVar(&form, "form", "", "hình thức theo Điều 11 Luật 14/2012/QH13: 1–8")
	f.BoolVar(&act.Direct, "direct", false, "tính là một cuộc phổ biến trực tiếp")
	f.StringSliceVar(&act.Topics, "topic", nil, "mã chủ đề")
	f.Int64Var(&act.Heads.Total, "total", 0, "số người, khi không có danh sách")
	f.Int64Var(&act.Heads.Women, "women", 0, "trong đó nữ")
	for _, name := range []string{"title", "date"} {
		cmd.MarkFlagRequired(name)
	}
	return cmd
}

func (c *ctl) activityListCmd() *cobra.Command {
	var text string
	cmd := &cobra.Command{
		Use: "list", Short: "liệt kê hoạt động, mới nhất trước", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				page, err := a.Activities(cmd.Context(), record.ActivityFilter{Text: text, Limit: 100_000})
				if err != nil {
					return err
				}
				lines, rows := "", []map[string]any{}
				for _, l := range page.Lines {
					lines += l.ID.String() + "  " + l.Date.String() + "  " + strconv.FormatInt(l.Total, 10) + "  " + l.Title + "\n"
					rows = append(rows, map[string]any{"id": l.ID.String(), "date": string(l.Date), "kind": l.Kind, "status": l.Status, "title": l.Title, "total": l.Total})
				}
				return c.print(rows, lines+fmt.Sprintf("%d hoạt động, %d lượt người.", page.Total, page.People))
			})
		}),
	}
	cmd.Flags().StringVar(&text, "find", "", "lọc theo chữ trong tên và nơi tổ chức, có dấu hoặc không")
	return cmd
}
