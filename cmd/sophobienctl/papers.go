package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

func activityID(text string) (record.ID, error) {
	id, err := record.ParseID(text)
	if err != nil {
		return id, record.Refuse(record.ErrInvalid, "Mã hoạt động “"+text+"” không đúng dạng.", "“"+text+"” is no activity id.").Because(err)
	}
	return id, nil
}

// exporter is "list export" and its flags.
type exporter struct {
	*ctl
	of, from, to, text, xlsx, pdf, sort string
	columns                             []string
	only                                map[string]string
	desc                                bool
}

func (c *ctl) exportCmd() *cobra.Command {
	x := &exporter{ctl: c}
	cmd := &cobra.Command{Use: "export", Short: "xuất một danh sách của sổ ra bảng tính hoặc bản in", Args: cobra.NoArgs, RunE: work(x.run)}
	f := cmd.Flags()
	f.StringVar(&x.of, "of", "", "danh sách gì: activity, question, unit, instructor, directive, publication, material, survey, model, budget, holiday, custody")
	f.StringVar(&x.xlsx, "xlsx", "", "tệp .xlsx sẽ ghi")
	f.StringVar(&x.pdf, "pdf", "", "tệp .pdf sẽ ghi")
	f.StringVar(&x.from, "from", "", "từ ngày")
	f.StringVar(&x.to, "to", "", "đến hết ngày")
	f.StringVar(&x.text, "text", "", "chỉ các dòng có chữ này, có dấu hay không")
	f.StringToStringVar(&x.only, "only", nil, "chỉ các dòng có mã này ở cột, ví dụ kind=dialogue")
	f.StringSliceVar(&x.columns, "columns", nil, "các cột, theo thứ tự (mặc định: các cột thường thấy)")
	f.StringVar(&x.sort, "sort", "", "xếp theo cột")
	f.BoolVar(&x.desc, "desc", false, "xếp ngược")
	cmd.MarkFlagRequired("of")
	cmd.MarkFlagsOneRequired("xlsx", "pdf")
	cmd.MarkFlagsMutuallyExclusive("xlsx", "pdf")
	return cmd
}

func (x *exporter) run(cmd *cobra.Command, _ []string) error {
	return x.withOffice(func(a *app.App) error {
		f := record.ListFilter{Noun: x.of, Text: x.text, Only: x.only, Sort: x.sort, Desc: x.desc}
		for _, day := range []struct {
			text string
			into *record.Date
		}{{x.from, &f.Period.From}, {x.to, &f.Period.To}} {
			if day.text == "" {
				continue
			}
			var err error
			if *day.into, err = a.ParseDate(day.text); err != nil {
				return err
			}
		}
		write, out := a.ExportList, x.xlsx
		if x.pdf != "" {
			write, out = a.PrintList, x.pdf
		}
		words, err := write(cmd.Context(), f, x.columns, out)
		if err != nil {
			return err
		}
		return x.wrote(out, words)
	})
}

// wrote tells of a file that was written, and on stderr what is to be watched of it.
func (c *ctl) wrote(path string, warning record.Words) error {
	if warning != (record.Words{}) {
		fmt.Fprintln(c.err, warning.In(c.lang))
	}
	return c.print(map[string]any{"path": path, "warning": warning.In(c.lang)}, "Đã ghi "+path)
}

// printCmd writes the papers an office prints.
func (c *ctl) printCmd() *cobra.Command {
	cmd := group("print", "ghi giấy tờ để in: tờ ký tên, biên bản, giấy xác nhận, thông báo về dữ liệu cá nhân")
	var spare int
	var people []string
	sign := c.paperCmd("sign", "tờ ký tên của một hoạt động", true, func(ctx context.Context, a *app.App, id record.ID, path string) (record.Words, error) {
		return a.WriteSignSheetPDF(ctx, id, spare, path)
	})
	sign.Flags().IntVar(&spare, "spare", 10, "số dòng trống thêm")
	minutes := c.paperCmd("minutes", "biên bản tóm tắt một hoạt động", true, func(ctx context.Context, a *app.App, id record.ID, path string) (record.Words, error) {
		return a.WriteMinutes(ctx, id, path)
	})
	certificates := c.paperCmd("certificates", "giấy xác nhận tham dự, mỗi người một trang", true, func(ctx context.Context, a *app.App, id record.ID, path string) (record.Words, error) {
		var ids []record.ID
		for _, text := range people {
			person, err := record.ParseID(text)
			if err != nil {
				return record.Words{}, record.Refuse(record.ErrInvalid, "Mã người “"+text+"” không đúng dạng.", "“"+text+"” is no person id.").Because(err)
			}
			ids = append(ids, person)
		}
		return a.WriteCertificates(ctx, id, ids, path)
	})
	certificates.Flags().StringSliceVar(&people, "person", nil, "chỉ những người có mã này (mặc định: mọi người đã ký tên hoặc đã đến)")
	notice := c.paperCmd("notice", "thông báo về dữ liệu cá nhân", false, func(ctx context.Context, a *app.App, _ record.ID, path string) (record.Words, error) {
		return a.WriteNotice(ctx, path)
	})
	cmd.AddCommand(sign, minutes, certificates, notice)
	return cmd
}

func (c *ctl) paperCmd(use, short string, needs bool, write func(context.Context, *app.App, record.ID, string) (record.Words, error)) *cobra.Command {
	var activity, out string
	cmd := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs}
	cmd.RunE = work(func(cmd *cobra.Command, _ []string) error {
		var id record.ID
		if needs {
			var err error
			if id, err = activityID(activity); err != nil {
				return err
			}
		}
		return c.withOffice(func(a *app.App) error {
			words, err := write(cmd.Context(), a, id, out)
			if err != nil {
				return err
			}
			return c.wrote(out, words)
		})
	})
	cmd.Flags().StringVar(&out, "pdf", "", "tệp .pdf sẽ ghi")
	cmd.MarkFlagRequired("pdf")
	if needs {
		cmd.Flags().StringVar(&activity, "activity", "", "mã hoạt động")
		cmd.MarkFlagRequired("activity")
	}
	return cmd
}
