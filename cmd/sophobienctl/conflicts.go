package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// This file shows what two PCs said differently without having seen one another, and
// settles it.

// conflictShown is a difference, as it is printed.
type conflictShown struct {
	Ref      string         `json:"ref"`
	Title    string         `json:"title"`
	Field    string         `json:"field"` // "": one deleted the row and the other edited it
	Name     string         `json:"name"`
	Days     int            `json:"days"`
	Versions []versionShown `json:"versions"`
	Before   *versionShown  `json:"before,omitempty"`
}

type versionShown struct {
	Value   json.RawMessage `json:"value"`
	Shown   string          `json:"shown"`
	Device  string          `json:"device"`
	Machine string          `json:"machine"`
	Officer string          `json:"officer"`
	At      string          `json:"at"`
}

func versionOf(v record.Version) versionShown {
	if v.Value == "" {
		v.Value = record.Null
	}
	return versionShown{json.RawMessage(v.Value), v.Shown, v.Device, v.Machine, v.Officer, v.At}
}

func (c *ctl) conflictOf(x record.Conflict) conflictShown {
	out := conflictShown{Ref: x.Ref.String(), Title: x.Title, Field: x.Field, Name: x.Words.In(c.lang), Days: x.Days, Versions: []versionShown{}}
	for _, v := range x.Versions {
		out.Versions = append(out.Versions, versionOf(v))
	}
	if x.Before != nil {
		before := versionOf(*x.Before)
		out.Before = &before
	}
	return out
}

// deniedShown is something another unit's PC said of a row that is not its own, as it is
// printed.
type deniedShown struct {
	Ref     string `json:"ref"`
	Unit    string `json:"unit"`
	Machine string `json:"machine"`
	Field   string `json:"field"`
	At      string `json:"at"`
}

func (c *ctl) conflictsCmd() *cobra.Command {
	var denied bool
	cmd := &cobra.Command{
		Use: "conflicts", Short: "những chỗ hai máy ghi khác nhau, chờ người chọn", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				if denied {
					return c.printDenied(cmd, a)
				}
				return c.printConflicts(cmd, a)
			})
		}),
	}
	cmd.Flags().BoolVar(&denied, "denied", false, "những gì máy của đơn vị khác ghi lên dòng không phải của mình: được giữ, không tính")
	cmd.AddCommand(c.conflictsKeepCmd())
	return cmd
}

func (c *ctl) printConflicts(cmd *cobra.Command, a *app.App) error {
	list, err := a.Conflicts(cmd.Context())
	if err != nil {
		return err
	}
	out := []conflictShown{}
	var text strings.Builder
	for _, x := range list {
		s := c.conflictOf(x)
		out = append(out, s)
		if s.Field == "" {
			s.Field, s.Name = "–", "một máy xóa, máy kia sửa"
		}
		fmt.Fprintf(&text, "%s  %s\n  %s (%s), đã chờ %d ngày\n", s.Ref, s.Title, s.Field, s.Name, s.Days)
		for i, v := range s.Versions {
			fmt.Fprintf(&text, "  %d. %s  %s, %s, %s\n", i+1, shownVersion(v), v.Machine, v.Officer, stamped(v.At))
		}
		if s.Before != nil {
			fmt.Fprintf(&text, "  trước đó: %s\n", shownVersion(*s.Before))
		}
	}
	if len(list) == 0 {
		text.WriteString("Không có chỗ nào hai máy ghi khác nhau.")
	}
	return c.print(map[string]any{"conflicts": out}, strings.TrimSuffix(text.String(), "\n"))
}

func shownVersion(v versionShown) string {
	if v.Shown == "" {
		return "(để trống)"
	}
	return v.Shown
}

// stamped is an instant as people here write it.
func stamped(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	return t.Local().Format("15:04 02/01/2006")
}

func (c *ctl) printDenied(cmd *cobra.Command, a *app.App) error {
	list, err := a.Denied(cmd.Context())
	if err != nil {
		return err
	}
	out := []deniedShown{}
	var text strings.Builder
	for _, d := range list {
		out = append(out, deniedShown{d.Ref.String(), d.Unit, d.Machine, d.Field, d.At})
		fmt.Fprintf(&text, "%s  %s  %s, %s, %s\n", d.Ref, d.Field, d.Unit, d.Machine, stamped(d.At))
	}
	if len(list) == 0 {
		text.WriteString("Không máy nào ghi lên dòng của đơn vị khác.")
	}
	return c.print(map[string]any{"denied": out}, strings.TrimSuffix(text.String(), "\n"))
}

func (c *ctl) conflictsKeepCmd() *cobra.Command {
	var version int
	var gone, kept bool
	cmd := &cobra.Command{
		Use: "keep REF [FIELD]", Short: "chọn một bản, theo số của nó trong danh sách", Args: cobra.RangeArgs(1, 2),
		Long: "Chọn một bản của một mục, theo số của nó trong danh sách conflicts. Với dòng mà một máy xóa, máy kia sửa,\n" +
			"không ghi FIELD và chọn --delete hoặc --keep. Hoàn tác được bằng undo.",
		RunE: work(func(cmd *cobra.Command, args []string) error {
			field, whole := "", len(args) == 1
			if !whole {
				field = args[1]
			}
			if whole == cmd.Flags().Changed("version") {
				return usageError{"--version đi cùng FIELD; không có FIELD thì dùng --delete hoặc --keep.", "--version goes with FIELD; without FIELD use --delete or --keep"}
			}
			ref, err := parseRef(args[0])
			if err != nil {
				return err
			}
			return c.withOffice(func(a *app.App) error {
				ch, err := settle(cmd, a, ref, field, version, gone)
				if err != nil {
					return err
				}
				return c.print(map[string]any{"batch": ch.Batch}, "Đã chọn. Hoàn tác bằng undo --batch "+ch.Batch)
			})
		}),
	}
	cmd.Flags().IntVar(&version, "version", 0, "số của bản được giữ, từ 1")
	cmd.Flags().BoolVar(&gone, "delete", false, "xóa dòng")
	cmd.Flags().BoolVar(&kept, "keep", false, "giữ dòng")
	cmd.MarkFlagsOneRequired("version", "delete", "keep")
	cmd.MarkFlagsMutuallyExclusive("version", "delete", "keep")
	return cmd
}

// settle settles one difference that is there.
func settle(cmd *cobra.Command, a *app.App, ref record.Ref, field string, version int, gone bool) (record.Change, error) {
	list, err := a.ConflictsOf(cmd.Context(), ref)
	if err != nil {
		return record.Change{}, err
	}
	for _, x := range list {
		switch {
		case x.Field != field:
			continue
		case field == "":
			return a.KeepDeleted(cmd.Context(), ref, gone)
		case version < 1 || version > len(x.Versions):
			return record.Change{}, record.Refuse(record.ErrInvalid,
				fmt.Sprintf("Mục này có bản 1 đến %d; không có bản %d.", len(x.Versions), version),
				fmt.Sprintf("There are versions 1 to %d here; there is no version %d.", len(x.Versions), version))
		}
		return a.Keep(cmd.Context(), ref, field, x.Versions[version-1].Value)
	}
	return record.Change{}, record.Refuse(record.ErrNotFound,
		"Ở đó không có hai bản khác nhau. Xem danh sách bằng lệnh conflicts.",
		"No two versions differ there. See the list with conflicts.")
}

// parseRef reads the name of a row: activity/0192….
func parseRef(text string) (record.Ref, error) {
	noun, id, _ := strings.Cut(text, "/")
	ref := record.Ref{Noun: noun}
	var err error
	if ref.ID, err = record.ParseID(id); err != nil {
		return ref, record.Refuse(record.ErrInvalid, "Mã dòng “"+text+"” không đúng dạng, như activity/….", "“"+text+"” names no row; it looks like activity/….").Because(err)
	}
	return ref, nil
}
