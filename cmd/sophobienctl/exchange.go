package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// This file gives and takes the sealed files of the exchange.

// handedFile is a file that was written, as it is printed.
type handedFile struct {
	ID       string               `json:"id"`
	Path     string               `json:"path"`
	No       int64                `json:"no"`
	Kind     string               `json:"kind"`
	To       string               `json:"to"`               // unit code
	Device   string               `json:"device,omitempty"` // of the office's own PC it is for
	State    record.HandOverState `json:"state"`
	Commits  int64                `json:"commits"`
	Size     int64                `json:"size"`
	Practice bool                 `json:"practice"`
}

// handed is what one hand-over wrote, as it is printed.
type handed struct {
	Files       []handedFile `json:"files"`
	Carried     []string     `json:"carried"`
	Safe        bool         `json:"safe"`
	PublicKey   string       `json:"public_key,omitempty"`  // file with the key that proves this PC's signatures
	Fingerprint string       `json:"fingerprint,omitempty"` // of this PC, for the one that joins
}

func handedOf(h record.HandedOver) handed {
	out := handed{Files: []handedFile{}, Carried: append([]string{}, h.Carried...), Safe: h.Safe}
	for _, f := range h.Written {
		out.Files = append(out.Files, handedFile{f.ID, place(f), f.No, f.Kind, f.Unit, f.Device, f.State, f.Commits, f.Size, f.Practice})
	}
	return out
}

// place is where a file was written last.
func place(f record.Sent) string {
	if len(f.Places) == 0 {
		return f.Name
	}
	return f.Places[0]
}

// wroteAll tells of a hand-over: each file, those of others, and whether the stick may go.
func (c *ctl) wroteAll(h record.HandedOver, out handed) error {
	var text strings.Builder
	practice := false
	for _, f := range h.Written {
		fmt.Fprintf(&text, "%s (%s cho %s, %d mục ghi, %d byte)\n", place(f), record.WordIn(record.SealedKinds, f.Kind, c.lang), receiver(f), f.Commits, f.Size)
		practice = practice || f.Practice
	}
	if len(h.Written) == 0 {
		text.WriteString("Không có gì mới để giao.\n")
	}
	if len(h.Carried) > 0 {
		fmt.Fprintf(&text, "Mang hộ %d tệp của đơn vị khác.\n", len(h.Carried))
	}
	if out.PublicKey != "" {
		text.WriteString("Khóa kiểm tra chữ ký: " + out.PublicKey + "\n")
	}
	if out.Fingerprint != "" {
		text.WriteString("30 số của máy này, để gõ ở máy kia: " + out.Fingerprint + "\n")
	}
	if h.Safe {
		text.WriteString("Đã ghi và đọc lại; có thể rút USB.\n")
	}
	if practice {
		fmt.Fprintln(c.err, "Chưa có khóa của tỉnh: gói đóng bằng khóa tập dượt, tỉnh chưa mở được. Nhận khóa của tỉnh rồi đóng lại.")
	}
	return c.print(out, strings.TrimSuffix(text.String(), "\n"))
}

// receiver is who a file is for, in words.
func receiver(f record.Sent) string {
	switch {
	case f.Device != "":
		return "máy " + f.Device[:min(4, len(f.Device))] + " của cơ quan"
	case f.Unit == seal.OfficePublic:
		return "mọi đơn vị"
	case f.UnitName != "":
		return f.UnitName
	}
	return f.Unit
}

func (c *ctl) sealCmd() *cobra.Command {
	var out string
	var evidence, mail bool
	cmd := &cobra.Command{
		Use: "seal", Short: "đóng gói để giao cho tỉnh và cho máy khác của cơ quan", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				hand := func(ctx context.Context, where string) (record.HandedOver, error) {
					return a.HandOver(ctx, where, record.HandOverOptions{Evidence: evidence})
				}
				if mail {
					hand = a.WriteMail
				}
				made, err := hand(cmd.Context(), out)
				if err != nil {
					return err
				}
				shown := handedOf(made)
				if shown.PublicKey, err = a.WritePublicKey(out); err != nil {
					return err
				}
				return c.wroteAll(made, shown)
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận gói, ví dụ USB")
	cmd.Flags().BoolVar(&evidence, "evidence", false, "kèm cả ảnh và bản quét minh chứng")
	cmd.Flags().BoolVar(&mail, "mail", false, "ghi một thư nháp (.eml) có gói đính kèm, để gửi bằng hộp thư của cơ quan")
	cmd.MarkFlagRequired("out")
	cmd.MarkFlagsMutuallyExclusive("evidence", "mail")
	return cmd
}

func (c *ctl) ackCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "ack", Short: "cấp tỉnh: ghi biên nhận, trả lời và danh bạ cho mọi đơn vị", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				made, err := a.Receipts(cmd.Context(), out)
				if err != nil {
					return err
				}
				return c.wroteAll(made, handedOf(made))
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận biên nhận, ví dụ USB")
	cmd.MarkFlagRequired("out")
	return cmd
}

func (c *ctl) receiveCmd() *cobra.Command {
	return &cobra.Command{
		Use: "receive FILE|FOLDER...", Short: "nhận các tệp đã đóng gói, từng tệp hoặc cả thư mục", Args: cobra.MinimumNArgs(1),
		Long: "Nhận các tệp đã đóng gói. Mỗi tệp được nhận trọn hoặc không nhận gì; tệp nào cũng có một câu nói rõ.\n" +
			"Có tệp bị từ chối thì thoát 1, sau khi đã nhận mọi tệp khác.",
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				in, err := a.TakeIn(cmd.Context(), args, nil)
				if len(in.Files) == 0 && err != nil {
					return err
				}
				if shown := c.printTaken(in); shown != nil {
					return shown
				}
				if err != nil {
					return err
				}
				return takenRefusal(in)
			})
		}),
	}
}

// printTaken says of each file what became of it.
func (c *ctl) printTaken(in record.TakenIn) error {
	in.Files = append([]record.Taken{}, in.Files...)
	var text strings.Builder
	for _, f := range in.Files {
		fmt.Fprintf(&text, "%s  %s  %s\n", record.WordIn(record.TakenStates, string(f.State), c.lang), f.File, f.Words.In(c.lang))
	}
	switch {
	case len(in.Files) == 0:
		text.WriteString("Không có tệp nào của chương trình ở đó.")
	default:
		fmt.Fprintf(&text, "Đã nhận %d tệp, %d mục mới.", in.Applied, in.Commits)
	}
	return c.print(in, text.String())
}

// takenRefusal is the one sentence for a folder in which not everything was good.
func takenRefusal(in record.TakenIn) error {
	switch {
	case in.Stopped != (record.Words{}):
		return record.Refuse(record.ErrPlace, in.Stopped.VI, in.Stopped.EN)
	case in.Refused > 0:
		return record.Refuse(record.ErrNotTrusted,
			fmt.Sprintf("Có %d tệp bị từ chối; các tệp khác đã nhận. Xem từng dòng để biết lý do.", in.Refused),
			fmt.Sprintf("%d files were refused; the others were taken in. Each line says why.", in.Refused))
	}
	return nil
}

func (c *ctl) outboxCmd() *cobra.Command {
	var again, out string
	cmd := &cobra.Command{
		Use: "outbox", Short: "các tệp đã đóng gói và đã đi đến đâu; ghi lại một tệp", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				if again == "" {
					return c.printSent(cmd.Context(), a)
				}
				made, err := a.HandOverAgain(cmd.Context(), again, out)
				if err != nil {
					return err
				}
				return c.wroteAll(made, handedOf(made))
			})
		}),
	}
	cmd.Flags().StringVar(&again, "again", "", "mã của tệp cần ghi lại y nguyên")
	cmd.Flags().StringVar(&out, "out", "", "thư mục ghi lại tệp")
	cmd.MarkFlagsRequiredTogether("again", "out")
	return cmd
}

func (c *ctl) printSent(ctx context.Context, a *app.App) error {
	list, err := a.Sent(ctx)
	if err != nil {
		return err
	}
	now, err := a.Exchange(ctx)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, f := range list {
		fmt.Fprintf(&text, "%s  %d  %s  %s cho %s  %s", f.ID, f.No, f.Created[:min(10, len(f.Created))],
			record.WordIn(record.SealedKinds, f.Kind, c.lang), receiver(f), f.Says(f.State).In(c.lang))
		if why := f.Reason.In(c.lang); why != "" {
			text.WriteString(": " + why)
		}
		text.WriteByte('\n')
	}
	if len(list) == 0 {
		text.WriteString("Chưa đóng gói tệp nào.\n")
	}
	if until, err := time.Parse(time.RFC3339, now.Accepted); err == nil {
		fmt.Fprintf(&text, "Cấp trên đã ghi nhận đến ngày %s.\n", record.DateOf(until.Local()))
	}
	if now.Unaccepted > 0 {
		fmt.Fprintf(&text, "%d mục ghi chưa được cấp trên ghi nhận.\n", now.Unaccepted)
	}
	return c.print(map[string]any{"files": append([]record.Sent{}, list...), "accepted": now.Accepted, "unaccepted": now.Unaccepted}, strings.TrimSuffix(text.String(), "\n"))
}
