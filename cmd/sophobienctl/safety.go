package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

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
	return c.print(rep, c.fileWords(rep))
}

func (c *ctl) fileWords(rep app.FileReport) string {
	if e := rep.Enrolment; e != nil {
		return fmt.Sprintf("%s: máy “%s” của %s xin đăng ký, cán bộ %s; chữ ký của chính máy ấy đúng.\n30 số để đối chiếu qua điện thoại: %s", rep.Name, e.Machine, e.UnitName, e.Officer, rep.Signer)
	}
	env := rep.Envelope
	text := fmt.Sprintf("%s: %s, đúng chữ ký của máy %s, đơn vị %s, số %d; nội dung không bị đổi.",
		rep.Name, record.WordIn(record.SealedKinds, rep.Kind, c.lang), env.From[:4], env.Unit, env.No)
	switch {
	case rep.Roster != nil && !rep.Known:
		text += "\nSổ này chưa biết cấp trên ấy: hãy đối chiếu 30 số " + rep.Signer + " với công văn."
	case rep.Roster != nil:
		text += "\n30 số của cấp trên: " + rep.Signer
	case !rep.Known:
		text += "\nMáy này chưa có trong danh sách: hãy đối chiếu dấu vân tay " + rep.Signer + " với cơ quan gửi."
	}
	if rep.Opened {
		text += "\n" + insideWords(rep)
	}
	return text
}

// insideWords says what was found in a file that could be read.
func insideWords(rep app.FileReport) string {
	switch {
	case rep.Roster != nil:
		return fmt.Sprintf("Danh bạ bản %d của %s: %d đơn vị, %d máy, trong đó %d đã thu hồi.", rep.Roster.Version, rep.Roster.Name, rep.Roster.Units, rep.Roster.Machines, rep.Roster.Revoked)
	case rep.Receipt != nil:
		return fmt.Sprintf("Biên nhận số %d cho đơn vị %s: %d máy, %d gói.", rep.Receipt.No, rep.Receipt.Unit, len(rep.Receipt.Devices), len(rep.Receipt.Bundles))
	case rep.Units != nil:
		return fmt.Sprintf("%s: %d đơn vị, từ ngày %s.", rep.Units.Title, rep.Units.Units, rep.Units.On)
	case rep.Pieces > 0:
		return fmt.Sprintf("Đã mở: %d mảnh tệp, nguyên vẹn.", rep.Pieces)
	case rep.Unproven > 0:
		return fmt.Sprintf("Đã mở: %d mục ghi, %d của máy chưa có trong danh bạ ở đây, %d giá trị cá nhân hoặc nội bộ.", rep.Commits, rep.Unproven, rep.Values)
	}
	return fmt.Sprintf("Đã mở: %d mục ghi, mọi chữ ký đúng, %d giá trị cá nhân hoặc nội bộ.", rep.Commits, rep.Values)
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
	texts, err := a.VerifyLaw(cmd.Context())
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
		Evidence evidenceCheck   `json:"evidence"`
		Law      record.LawCheck `json:"law"`
	}{rep, c.checked(shown), texts}
	if err := c.print(all, text+"\n"+evidenceText(shown)+lawText(texts)); err != nil {
		return err
	}
	if !rep.OK {
		return record.Refuse(record.ErrDamaged,
			"Sổ không khớp với nhật ký: "+rep.Faults[0], "The record does not match its log: "+rep.Faults[0])
	}
	if err := refuseShown(shown); err != nil {
		return err
	}
	return refuseTexts(texts)
}

func lawText(c record.LawCheck) string {
	if c.Files == 0 {
		return ""
	}
	return fmt.Sprintf("\nThư viện pháp luật: %d tệp, %d hỏng, %d thiếu.", c.Files, c.Damaged, c.Missing)
}

// refuseTexts tells a library that is not whole; the register is.
func refuseTexts(c record.LawCheck) error {
	if c.Damaged+c.Missing == 0 {
		return nil
	}
	return record.Refuse(record.ErrDamaged,
		fmt.Sprintf("Sổ nguyên vẹn; thư viện pháp luật có %d tệp hỏng, %d tệp thiếu. Nhập lại gói mới nhất thì có lại.", c.Damaged, c.Missing),
		fmt.Sprintf("The register is whole; of the law library %d files are damaged and %d missing. Install the newest pack again, and they are back.", c.Damaged, c.Missing))
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
