package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

func (c *ctl) sealCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "seal", Short: "đóng gói để giao cho tỉnh", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				made, err := a.Seal(cmd.Context(), out)
				if err != nil {
					return err
				}
				key, err := a.WritePublicKey(out)
				if err != nil {
					return err
				}
				var text strings.Builder
				files := []map[string]any{}
				for _, b := range made {
					fmt.Fprintf(&text, "%s (%d mục ghi, %d byte)\n", b.Path, b.Commits, b.Size)
					files = append(files, map[string]any{"path": b.Path, "no": b.No, "commits": b.Commits, "size": b.Size, "practice": b.Practice})
				}
				if len(made) > 0 && made[0].Practice {
					fmt.Fprintln(c.err, "Chưa có khóa của tỉnh: gói đóng bằng khóa tập dượt, tỉnh chưa mở được. Nhận khóa của tỉnh rồi đóng lại.")
				}
				return c.print(map[string]any{"files": files, "public_key": key}, text.String()+"Khóa kiểm tra chữ ký: "+key)
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận gói, ví dụ USB")
	cmd.MarkFlagRequired("out")
	return cmd
}

func (c *ctl) verifyCmd() *cobra.Command {
	var rebuild bool
	cmd := &cobra.Command{
		Use: "verify [FILE]", Short: "kiểm tra một gói, hoặc toàn bộ sổ", Args: cobra.MaximumNArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if rebuild {
					return usageError{"--rebuild dùng cho sổ của cơ quan, không dùng cho một tệp.", "--rebuild is for an office, not for a file"}
				}
				return c.verifyFile(args[0])
			}
			return c.withOffice(func(a *app.App) error { return c.verifyOffice(cmd, a, rebuild) })
		}),
	}
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "dựng lại mọi bảng từ nhật ký và so sánh từng byte")
	return cmd
}

func (c *ctl) verifyFile(path string) error {
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	folder, err := c.folder()
	if err != nil {
		return err
	}
	rep, err := app.VerifyFile(folder, pass, path)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s: đúng chữ ký của máy %s, đơn vị %s, số %d; nội dung không bị đổi.", rep.Name, rep.Envelope.From[:4], rep.Envelope.Unit, rep.Envelope.No)
	if !rep.Known {
		text += "\nMáy này chưa có trong danh sách: hãy đối chiếu dấu vân tay " + rep.Signer + " với cơ quan gửi."
	}
	if rep.Opened {
		text += fmt.Sprintf("\nĐã mở: %d mục ghi, mọi chữ ký đúng, %d giá trị cá nhân hoặc nội bộ.", rep.Commits, rep.Values)
	}
	return c.print(rep, text)
}

func (c *ctl) verifyOffice(cmd *cobra.Command, a *app.App, rebuild bool) error {
	rep, err := a.Verify(cmd.Context(), rebuild, nil)
	if err != nil {
		return err
	}
	shown, err := a.VerifyEvidence(cmd.Context())
	if err != nil {
		return err
	}
	if rep.Faults == nil {
		rep.Faults = []string{}
	}
	text := fmt.Sprintf("Sổ nguyên vẹn: %d mục ghi, %d thao tác, %d dòng.", rep.Commits, rep.Ops, rep.Rows)
	if rep.OK && rebuild {
		text += " Các bảng dựng lại từ nhật ký giống hệt."
	}
	if !rep.OK {
		text = "Sổ có lỗi:\n" + strings.Join(rep.Faults, "\n")
	}
	all := struct {
		record.VerifyReport
		Evidence evidenceCheck `json:"evidence"`
	}{rep, c.checked(shown)}
	if err := c.print(all, text+"\n"+evidenceText(shown)); err != nil {
		return err
	}
	if !rep.OK {
		return record.Refuse(record.ErrDamaged,
			"Sổ không khớp với nhật ký: "+rep.Faults[0], "The record does not match its log: "+rep.Faults[0])
	}
	return refuseShown(shown)
}

func (c *ctl) backupCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "backup", Short: "sao lưu sổ, có kiểm tra", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				b, err := a.Backup(cmd.Context(), out)
				if err != nil {
					return err
				}
				text := "Đã sao lưu và kiểm tra: " + b.Path
				if b.Evidence > 0 {
					text += fmt.Sprintf("\nThêm %d tệp minh chứng vào thư mục evidence bên cạnh.", b.Evidence)
				}
				if b.EvidenceMissing > 0 {
					fmt.Fprintf(c.err, "%d tệp minh chứng bị thiếu hoặc hỏng nên không sao lưu được; xem evidence verify.\n", b.EvidenceMissing)
				}
				return c.print(map[string]any{"path": b.Path, "size": b.Size, "checked": b.Checked, "evidence": b.Evidence, "evidence_missing": b.EvidenceMissing}, text)
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "tệp sao lưu (mặc định: thư mục sao lưu, có xoay vòng)")
	return cmd
}

func (c *ctl) restoreCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "khôi phục sổ từ bản sao lưu", Args: cobra.ExactArgs(1),
		Long: "Khôi phục sổ từ bản sao lưu. Sổ đang có được giữ lại cạnh bản sao lưu.\n" +
			"--passphrase-file: mật khẩu của sổ, hoặc mã trên phiếu khôi phục khi thư mục chưa có khóa.",
		RunE: work(func(cmd *cobra.Command, args []string) error {
			folder, err := c.folder()
			if err != nil {
				return err
			}
			o, err := c.options()
			if err != nil {
				return err
			}
			got, err := app.Restore(cmd.Context(), args[0], folder, o.Passphrase, o)
			if err != nil {
				return err
			}
			text := fmt.Sprintf("Đã khôi phục %d mục ghi vào %s. Máy này ghi tiếp với dòng ghi mới %s.", got.Commits, folder, got.Stream[:4])
			if got.Evidence > 0 {
				text += fmt.Sprintf("\nĐã chép lại %d tệp minh chứng.", got.Evidence)
			}
			if got.EvidenceDamaged > 0 {
				text += fmt.Sprintf("\n%d tệp minh chứng cạnh bản sao lưu bị hỏng, không chép; xem evidence verify.", got.EvidenceDamaged)
			}
			if got.CodeIsPassphrase {
				text += "\nTừ nay mật khẩu của sổ trên máy này là mã trên phiếu khôi phục; hãy giữ phiếu."
			}
			return c.print(got, text)
		}),
	}
	return cmd
}
