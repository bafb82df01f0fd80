package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// This file publishes reorganisations of units and lists them, and moves an office to the
// unit its own went into.

func (c *ctl) unitsCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "units", Short: "sắp xếp đơn vị: công bố, xem, đổi đơn vị báo cáo"}
	cmd.AddCommand(c.unitsPublishCmd(), c.unitsListCmd(), c.unitsMoveCmd())
	return cmd
}

func (c *ctl) unitsPublishCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "publish FILE.json", Short: "cấp tỉnh: ký một lần sắp xếp đơn vị và danh bạ kèm theo", Args: cobra.ExactArgs(1),
		Long: "Tệp JSON: {\"title\":\"Nghị quyết …\",\"on\":\"2027-01-01\",\"units\":[…]}, mỗi đơn vị với các trường\n" +
			"id kind type name code parent_id sector address workers focus aliases valid predecessors successors closed machines.\n" +
			"Nhập, tách: chỉ cần ghi đơn vị mới với predecessors (mã cũ); đơn vị cũ tự kết thúc hôm trước. Đơn vị còn tồn tại thì không ghi vào predecessors.\n" +
			"Đổi tên, đổi cấp trên: ghi code với name hoặc parent_id mới. Thôi hoạt động: \"closed\":true. Đơn vị bị tách: \"machines\" là mã đơn vị giữ máy.",
		RunE: work(func(cmd *cobra.Command, args []string) error {
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return record.Refuse(record.ErrNotFound, "Không đọc được tệp "+args[0]+".", "The file "+args[0]+" cannot be read.").Because(err)
			}
			return c.withOffice(func(a *app.App) error {
				title, on, changes, err := a.ReadUnitFile(raw)
				if err != nil {
					return err
				}
				made, err := a.PublishUnits(cmd.Context(), title, on, changes, out)
				if err != nil {
					return err
				}
				return c.wroteAll(made, handedOf(made))
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận tệp sắp xếp và danh bạ, ví dụ USB")
	cmd.MarkFlagRequired("out")
	return cmd
}

// reorganisation is one as it is printed.
type reorganisation struct {
	Version int64         `json:"version"`
	On      record.Date   `json:"on"`
	Title   string        `json:"title"`
	Units   []changedUnit `json:"units"`
}

type changedUnit struct {
	ID   record.ID   `json:"id"`
	Code string      `json:"code"`
	Name string      `json:"name"`
	From record.Date `json:"from"`
	To   record.Date `json:"to"`
}

func (c *ctl) unitsListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "các lần sắp xếp đơn vị đã có ở máy này", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				list := []reorganisation{}
				var text strings.Builder
				for _, r := range a.Reorganisations() {
					shown := reorganisation{Version: r.Version, On: r.On, Title: r.Title}
					fmt.Fprintf(&text, "%d  từ ngày %s  %s\n", r.Version, r.On, r.Title)
					for _, u := range r.Units {
						shown.Units = append(shown.Units, changedUnit{u.ID, u.Code, u.FullName(), u.Valid.From, u.Valid.To})
						fmt.Fprintf(&text, "  %s  %s", u.Code, u.FullName())
						if u.Valid.To != "" {
							fmt.Fprintf(&text, "  đến ngày %s", u.Valid.To)
						}
						text.WriteByte('\n')
					}
					list = append(list, shown)
				}
				if len(list) == 0 {
					text.WriteString("Chưa có lần sắp xếp đơn vị nào.")
				}
				return c.print(map[string]any{"reorganisations": list}, strings.TrimSuffix(text.String(), "\n"))
			})
		}),
	}
}

func (c *ctl) unitsMoveCmd() *cobra.Command {
	var code string
	cmd := &cobra.Command{
		Use: "move", Short: "đổi đơn vị báo cáo sang đơn vị đã nhận đơn vị mình", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				heirs, err := a.Heirs(cmd.Context())
				if err != nil {
					return err
				}
				var to record.UnitChoice
				for _, u := range heirs {
					if u.Code == code || code == "" && len(heirs) == 1 {
						to = u
					}
				}
				if _, err := a.MoveOffice(cmd.Context(), to.ID); err != nil {
					return err
				}
				return c.print(map[string]any{"unit": to.Code, "name": to.Name}, "Từ nay báo cáo cho "+to.Name+". Những gì đã ghi giữ nguyên.")
			})
		}),
	}
	cmd.Flags().StringVar(&code, "unit", "", "mã đơn vị nhận; bỏ trống khi chỉ có một")
	return cmd
}
