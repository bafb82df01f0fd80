package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

func (c *ctl) sheetCmd() *cobra.Command {
	var name, of string
	cmd := &cobra.Command{
		Use: "sheet FILE", Short: "xem đề xuất từ một danh sách; không lưu gì", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			list, ok := listOf(of)
			if !ok {
				return usageError{"--of là một trong people, instructors, units, questions; không có “" + of + "”.", "--of is one of people, instructors, units, questions, not " + of}
			}
			src, err := app.ReadListFile(args[0])
			if err != nil {
				return err
			}
			src.Sheet = name
			p, err := app.ReadList(cmd.Context(), src, list.of)
			if err != nil {
				return err
			}
			return c.print(p, proposalText(p))
		}),
	}
	cmd.Flags().StringVar(&name, "sheet", "", "tên trang tính")
	cmd.Flags().StringVar(&of, "of", "people", "danh sách gì: people, instructors, units hoặc questions")
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
	if len(p.OtherSheets) > 0 {
		names := make([]string, len(p.OtherSheets))
		for i, s := range p.OtherSheets {
			names[i] = fmt.Sprintf("“%s” (%d dòng)", s.Sheet, s.Rows)
		}
		fmt.Fprintf(&b, "\nMới đọc trang tính “%s”. Tệp còn danh sách ở trang tính khác: %s. Đọc từng trang bằng --sheet TÊN.", p.Sheet, strings.Join(names, ", "))
	}
	return b.String()
}

// list is a kind of list that is taken in.
type list struct {
	command, of, short, many string
	needsActivity            bool
}

var kindsOfList = []list{
	{"people", "person", "nhập người tham dự vào một hoạt động", "người", true},
	{"instructors", "instructor", "nhập mạng lưới báo cáo viên, tuyên truyền viên", "người", false},
	{"units", "unit", "nhập doanh nghiệp, cơ quan, đơn vị", "đơn vị", false},
	{"questions", "question", "nhập câu hỏi đã nhận", "câu hỏi", false},
}

func listOf(command string) (list, bool) {
	for _, l := range kindsOfList {
		if l.command == command {
			return l, true
		}
	}
	return list{}, false
}

func (c *ctl) importCmd() *cobra.Command {
	cmd := group("import", "nhập danh sách")
	for _, l := range kindsOfList {
		cmd.AddCommand((&importer{ctl: c, list: l}).command())
	}
	return cmd
}

// importer is one of the import commands and its flags.
type importer struct {
	*ctl
	list
	activity string
	sheet    string
	accept   bool
	take     bool
}

func (i *importer) command() *cobra.Command {
	cmd := &cobra.Command{Use: i.list.command + " FILE", Short: i.short, Args: cobra.ExactArgs(1), RunE: work(i.run)}
	cmd.Flags().StringVar(&i.sheet, "sheet", "", "tên trang tính")
	cmd.Flags().BoolVar(&i.accept, "accept", false, "lưu các dòng chắc chắn, dù còn dòng để riêng")
	cmd.Flags().BoolVar(&i.take, "take", false, "nơi danh sách khác sổ, lấy theo danh sách")
	if i.needsActivity {
		cmd.Flags().StringVar(&i.activity, "activity", "", "mã hoạt động")
		cmd.MarkFlagRequired("activity")
	} else if i.of == "question" {
		cmd.Flags().StringVar(&i.activity, "activity", "", "mã hoạt động, nơi câu hỏi được nêu")
	}
	return cmd
}

func (i *importer) run(cmd *cobra.Command, args []string) error {
	var id record.ID
	if i.activity != "" || i.needsActivity {
		var err error
		if id, err = activityID(i.activity); err != nil {
			return err
		}
	}
	src, err := app.ReadListFile(args[0])
	if err != nil {
		return err
	}
	src.Sheet = i.sheet
	return i.withOffice(func(a *app.App) error { return i.store(cmd.Context(), a, id, src) })
}

func (i *importer) store(ctx context.Context, a *app.App, id record.ID, src record.ListSource) error {
	if !id.IsZero() {
		if _, err := a.Activity(ctx, id); errors.Is(err, record.ErrNotFound) {
			return record.Refuse(record.ErrNotFound, "Không có hoạt động mã "+id.String()+"; chưa lưu gì. Xem mã bằng activity list.",
				"There is no activity "+id.String()+"; nothing was stored. See activity list.").Because(err)
		} else if err != nil {
			return err
		}
	}
	p, err := a.ProposeList(ctx, src, record.ListOptions{Of: i.of, Activity: id})
	if err != nil {
		return err
	}
	office, err := a.Office(ctx)
	if err != nil {
		return err
	}
	left := record.NotKept(office, p)
	result := map[string]any{
		"batch": "", "stored": 0, "parked": p.Parked, "dropped": p.Dropped, "not_kept": append([]string{}, left...),
		"linked": 0, "offered": offers(p), "differs": differing(p), "other_sheets": append([]record.OtherSheet{}, p.OtherSheets...),
	}
	switch {
	case len(p.Parked) > 0 && !i.accept:
		if err := i.print(result, proposalText(p)); err != nil {
			return err
		}
		return record.Refuse(record.ErrConflict,
			fmt.Sprintf("Còn %d dòng cần người quyết định; chưa lưu gì. Thêm --accept để lưu %d dòng còn lại.", len(p.Parked), len(p.Rows)),
			fmt.Sprintf("%d rows need a decision; nothing was stored. Add --accept to store the other %d.", len(p.Parked), len(p.Rows)))
	case len(p.Rows)+len(p.Parked) == 0:
		return i.print(result, "Không có gì mới: mọi dòng đã có trong sổ. "+proposalText(p))
	}
	for k := range p.Rows {
		p.Rows[k].Take = i.take
	}
	text := proposalText(p) + offersText(p) + i.differsText(p)
	im, ch, err := a.ImportList(ctx, record.ListImport{Proposal: p, Activity: id, Source: src.Name})
	if err != nil {
		return err
	}
	result["batch"], result["stored"], result["linked"], result["import"] = ch.Batch, im.Rows, im.Known, im.ID
	if ch.Batch == "" {
		return i.print(result, "Không có gì mới để lưu: sổ đã có tất cả. "+text+notKeptText(left))
	}
	return i.print(result, fmt.Sprintf("Đã lưu %d %s, trong đó %d đã có trong sổ. %s%s\nMã hoàn tác: %s", im.Rows, i.many, im.Known, text, notKeptText(left), ch.Batch))
}

// offers are the rows that may be somebody known; they are stored as somebody new.
func offers(p record.Proposal) []record.ProposedRow {
	out := []record.ProposedRow{}
	for _, r := range p.Rows {
		if len(r.Offered) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// differing are the rows of which list and register say something else.
func differing(p record.Proposal) []record.ProposedRow {
	out := []record.ProposedRow{}
	for _, r := range p.Rows {
		if r.Known != nil && len(r.Known.Differs) > 0 {
			out = append(out, r)
		}
	}
	return out
}

func (i *importer) differsText(p record.Proposal) string {
	var b strings.Builder
	taken := "giữ theo sổ; thêm --take để lấy theo danh sách"
	if i.take {
		taken = "đã lấy theo danh sách"
	}
	for _, r := range differing(p) {
		for _, d := range r.Known.Differs {
			fmt.Fprintf(&b, "\ndòng %d, “%s”, %s: trong sổ “%s”, danh sách ghi “%s”; %s", r.Line, r.Known.Name, record.WordIn(record.ListFields(p.Of), d.Field, "vi"), d.Register, d.List, taken)
		}
	}
	return b.String()
}

func offersText(p record.Proposal) string {
	var b strings.Builder
	for _, r := range offers(p) {
		fmt.Fprintf(&b, "\ndòng %d có thể là “%s” (%s); đã ghi là người mới", r.Line, r.Offered[0].Name, r.Offered[0].Why)
	}
	return b.String()
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

// listCmd writes lists that go out.
func (c *ctl) listCmd() *cobra.Command {
	cmd := group("list", "ghi danh sách ra tệp: mẫu trống, danh sách của một hoạt động, tờ ký tên, mọi danh sách của sổ")
	cmd.AddCommand(c.exportCmd())
	for _, l := range []struct {
		use, short string
		needs      bool
		write      func(*app.App, context.Context, record.ID, string) error
	}{
		{"form", "mẫu trống để gửi cho thôn, xã, doanh nghiệp ghi", false, (*app.App).WriteForm},
		{"people", "danh sách người tham dự của một hoạt động", true, (*app.App).WriteAttendees},
		{"sign", "tờ ký tên, có mã của hoạt động", true, (*app.App).WriteSignSheet},
	} {
		var activity, out string
		sub := &cobra.Command{Use: l.use, Short: l.short, Args: cobra.NoArgs}
		sub.RunE = work(func(cmd *cobra.Command, _ []string) error {
			var id record.ID
			if activity != "" {
				var err error
				if id, err = activityID(activity); err != nil {
					return err
				}
			}
			return c.withOffice(func(a *app.App) error {
				if err := l.write(a, cmd.Context(), id, out); err != nil {
					return err
				}
				return c.print(map[string]any{"path": out}, "Đã ghi "+out)
			})
		})
		sub.Flags().StringVar(&activity, "activity", "", "mã hoạt động")
		sub.Flags().StringVar(&out, "xlsx", "", "tệp .xlsx sẽ ghi")
		sub.MarkFlagRequired("xlsx")
		if l.needs {
			sub.MarkFlagRequired("activity")
		}
		cmd.AddCommand(sub)
	}
	return cmd
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
				said := "Đã hoàn tác. Làm lại bằng undo --batch " + ch.Batch
				if ch.Batch == "" {
					said = "Không còn gì để hoàn tác: thao tác này đã được hoàn tác, hoặc mọi thứ đã được sửa sau đó."
				}
				return c.print(map[string]any{"batch": ch.Batch}, said)
			})
		}),
	}
	cmd.Flags().StringVar(&batch, "batch", "", "mã hoàn tác")
	cmd.MarkFlagRequired("batch")
	return cmd
}
