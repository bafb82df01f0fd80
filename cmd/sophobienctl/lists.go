package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// maxSheet bounds what is read of a list.
const maxSheet = 100 << 20

func readSheet(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, record.Refuse(record.ErrNotFound, "Không mở được tệp "+path+".", "The file "+path+" cannot be opened.").Because(err)
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && st.IsDir() {
		return nil, record.Refuse(record.ErrInvalid, path+" là một thư mục, không phải tệp.", path+" is a folder, not a file.")
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxSheet+1))
	if err == nil && len(raw) > maxSheet {
		err = record.Refuse(record.ErrInvalid, "Tệp "+path+" lớn hơn 100 MB.", "The file "+path+" is larger than 100 MB.")
	}
	return raw, err
}

func (c *ctl) propose(cmd *cobra.Command, path, sheetName string) (record.Proposal, error) {
	raw, err := readSheet(path)
	if err != nil {
		return record.Proposal{}, err
	}
	return app.ProposeFile(cmd.Context(), filepath.Base(path), sheetName, raw)
}

func (c *ctl) sheetCmd() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "sheet FILE", Short: "xem đề xuất từ một danh sách; không lưu gì", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			p, err := c.propose(cmd, args[0], name)
			if err != nil {
				return err
			}
			return c.print(p, proposalText(p))
		}),
	}
	cmd.Flags().StringVar(&name, "sheet", "", "tên trang tính")
	return cmd
}

func proposalText(p record.Proposal) string {
	var b strings.Builder
	repairs := 0
	for _, r := range p.Rows {
		repairs += len(r.Repairs)
	}
	fmt.Fprintf(&b, "%d dòng nhận được, %d chỗ đã sửa, %d dòng để riêng, %d dòng bỏ qua.", len(p.Rows), repairs, len(p.Parked), len(p.Dropped))
	for _, r := range p.Parked {
		fmt.Fprintf(&b, "\ndòng %d: %s", r.Line, r.Question)
	}
	return b.String()
}

func (c *ctl) importCmd() *cobra.Command {
	cmd := group("import", "nhập danh sách")
	var activity string
	var accept bool
	people := &cobra.Command{
		Use: "people FILE", Short: "nhập người tham dự vào một hoạt động", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			id, err := record.ParseID(activity)
			if err != nil {
				return record.Refuse(record.ErrInvalid, "Mã hoạt động “"+activity+"” không đúng dạng.", "“"+activity+"” is no activity id.").Because(err)
			}
			p, err := c.propose(cmd, args[0], "")
			if err != nil {
				return err
			}
			return c.withOffice(func(a *app.App) error { return c.importPeople(cmd, a, id, p, accept) })
		}),
	}
	people.Flags().StringVar(&activity, "activity", "", "mã hoạt động")
	people.Flags().BoolVar(&accept, "accept", false, "lưu các dòng chắc chắn, dù còn dòng để riêng")
	people.MarkFlagRequired("activity")
	cmd.AddCommand(people)
	return cmd
}

func (c *ctl) importPeople(cmd *cobra.Command, a *app.App, id record.ID, p record.Proposal, accept bool) error {
	if _, err := a.Activity(cmd.Context(), id); errors.Is(err, record.ErrNotFound) {
		return record.Refuse(record.ErrNotFound, "Không có hoạt động mã "+id.String()+"; chưa lưu gì. Xem mã bằng activity list.",
			"There is no activity "+id.String()+"; nothing was stored. See activity list.").Because(err)
	} else if err != nil {
		return err
	}
	office, err := a.Office(cmd.Context())
	if err != nil {
		return err
	}
	left := record.NotKept(office, p)
	result := map[string]any{"batch": "", "stored": 0, "parked": p.Parked, "dropped": p.Dropped, "not_kept": append([]string{}, left...)}
	if len(p.Parked) > 0 && !accept {
		if err := c.print(result, proposalText(p)); err != nil {
			return err
		}
		return record.Refuse(record.ErrConflict,
			fmt.Sprintf("Còn %d dòng cần người quyết định; chưa lưu gì. Thêm --accept để lưu %d dòng còn lại.", len(p.Parked), len(p.Rows)),
			fmt.Sprintf("%d rows need a decision; nothing was stored. Add --accept to store the other %d.", len(p.Parked), len(p.Rows)))
	}
	ch, err := a.ImportPeople(cmd.Context(), id, p)
	if err != nil {
		return err
	}
	result["batch"], result["stored"] = ch.Batch, len(p.Rows)
	return c.print(result, fmt.Sprintf("Đã lưu %d người. %s%s\nMã hoàn tác: %s", len(p.Rows), proposalText(p), notKeptText(left), ch.Batch))
}

// notKeptText says which columns were left out, and why.
func notKeptText(fields []string) string {
	if len(fields) == 0 {
		return ""
	}
	words := make([]string, len(fields))
	for i, f := range fields {
		words[i] = record.WordIn(record.OptionalFields, f, "vi")
	}
	return "\nKhông lưu " + strings.Join(words, ", ") + ": cơ quan chưa bật ở Thiết lập › Dữ liệu cá nhân."
}

func (c *ctl) undoCmd() *cobra.Command {
	var batch string
	cmd := &cobra.Command{
		Use: "undo", Short: "hoàn tác một lần nhập hoặc sửa", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				ch, err := a.Undo(cmd.Context(), batch)
				if err != nil {
					return err
				}
				return c.print(map[string]any{"batch": ch.Batch}, "Đã hoàn tác. Làm lại bằng undo --batch "+ch.Batch)
			})
		}),
	}
	cmd.Flags().StringVar(&batch, "batch", "", "mã hoàn tác")
	cmd.MarkFlagRequired("batch")
	return cmd
}
