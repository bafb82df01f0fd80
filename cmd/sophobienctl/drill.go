package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

func (c *ctl) drillCmd() *cobra.Command {
	return &cobra.Command{
		Use: "drill", Short: "thử khôi phục bản sao lưu mới nhất vào chỗ tạm", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				d, err := a.RestoreDrill(cmd.Context(), nil)
				if err != nil {
					return err
				}
				if !d.OK {
					return record.Refuse(record.ErrDamaged, "Thử khôi phục không đạt: "+d.Why.VI, "The trial restore failed: "+d.Why.EN)
				}
				return c.print(d, fmt.Sprintf("Đã thử khôi phục %s: %d bản ghi, khớp.", d.Backup, d.Rows))
			})
		}),
	}
}
