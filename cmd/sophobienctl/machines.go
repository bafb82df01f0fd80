package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// This file puts PCs on the roster and shows whose keys are believed.

func (c *ctl) enrollCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "enroll", Short: "xin đăng ký máy này với cấp trên; duyệt, thu hồi, thêm máy", Args: cobra.NoArgs,
		Long: "Ghi tệp xin đăng ký máy này với cấp trên và in 30 số để đọc đối chiếu qua điện thoại.\n" +
			"Cấp tỉnh: enroll list, approve, revoke, held, release. Máy thứ hai của cơ quan: enroll join-ask ở máy mới, enroll machine ở máy cũ, rồi enroll join ở máy mới.",
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				path, digits, err := a.AskEnrolment(cmd.Context(), out)
				if err != nil {
					return err
				}
				return c.printAsked(path, digits, "Hãy giao tệp này cho cấp trên và đọc 30 số ấy khi họ gọi điện.")
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận tệp xin đăng ký")
	cmd.MarkFlagRequired("out")
	cmd.AddCommand(c.enrollListCmd(), c.enrollApproveCmd(), c.enrollRevokeCmd(), c.enrollHeldCmd(), c.enrollReleaseCmd(), c.enrollMachineCmd(), c.joinAskCmd(), c.joinCmd())
	return cmd
}

func (c *ctl) printAsked(path, digits, next string) error {
	return c.print(map[string]any{"path": path, "fingerprint": digits}, "Đã ghi "+path+"\n30 số của máy này: "+digits+"\n"+next)
}

func (c *ctl) printMachines(list []record.Machine, none string) error {
	var text strings.Builder
	for _, m := range list {
		fmt.Fprintf(&text, "%s  %s  %s  %s  %s", m.Device, record.WordIn(record.MachineStates, m.State, c.lang), m.UnitName, m.Name, m.Fingerprint)
		if m.This {
			text.WriteString("  (máy này)")
		}
		if m.Continues != "" {
			text.WriteString("  thay máy " + m.Continues)
		}
		if alarm := m.Alarm.In(c.lang); alarm != "" {
			text.WriteString("\n  " + alarm)
		}
		text.WriteByte('\n')
	}
	if len(list) == 0 {
		text.WriteString(none)
	}
	return c.print(map[string]any{"machines": append([]record.Machine{}, list...)}, strings.TrimSuffix(text.String(), "\n"))
}

func (c *ctl) enrollListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "cấp tỉnh: các máy đang xin đăng ký", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				list, err := a.Enrolments(cmd.Context())
				if err != nil {
					return err
				}
				return c.printMachines(list, "Không có máy nào xin đăng ký.")
			})
		}),
	}
}

func (c *ctl) enrollApproveCmd() *cobra.Command {
	var digits string
	cmd := &cobra.Command{
		Use: "approve DEVICE", Short: "cấp tỉnh: duyệt một máy, sau khi đã đối chiếu 30 số qua điện thoại", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				list, err := a.Enrolments(cmd.Context())
				if err != nil {
					return err
				}
				for _, m := range list {
					if m.Device == args[0] && digitsOf(m.Fingerprint) != digitsOf(digits) {
						return record.Refuse(record.ErrNotTrusted,
							"30 số vừa nhập khác 30 số của máy xin đăng ký; chưa duyệt. Hãy gọi điện đọc lại từng nhóm.",
							"These 30 digits are not those of the machine that asks; nothing was approved. Read them again over the telephone.")
					}
				}
				if err := a.ApproveMachine(cmd.Context(), args[0]); err != nil {
					return err
				}
				return c.printRoster(cmd, a, "Đã duyệt máy %s; danh bạ nay là bản %d. Ghi danh bạ cho các đơn vị bằng lệnh ack hoặc keys roster.", args[0])
			})
		}),
	}
	digitsFlag(cmd, &digits, "30 số đọc qua điện thoại từ máy xin đăng ký")
	return cmd
}

func (c *ctl) enrollRevokeCmd() *cobra.Command {
	return &cobra.Command{
		Use: "revoke DEVICE", Short: "cấp tỉnh: thu hồi một máy bị mất hoặc không dùng nữa", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				if err := a.RevokeMachine(cmd.Context(), args[0]); err != nil {
					return err
				}
				return c.printRoster(cmd, a, "Đã thu hồi máy %s; danh bạ nay là bản %d. Những gì máy ấy ghi sau phần đã nhận sẽ được giữ riêng, không tính.", args[0])
			})
		}),
	}
}

func (c *ctl) enrollReleaseCmd() *cobra.Command {
	return &cobra.Command{
		Use: "release DEVICE", Short: "cấp tỉnh: cho tính phần đang giữ riêng của một máy đã thu hồi, sau khi đã hỏi đơn vị", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				if err := a.ReleaseMachine(cmd.Context(), args[0]); err != nil {
					return err
				}
				return c.printRoster(cmd, a, "Phần đang giữ riêng của máy %s nay được tính; danh bạ là bản %d.", args[0])
			})
		}),
	}
}

func (c *ctl) enrollHeldCmd() *cobra.Command {
	return &cobra.Command{
		Use: "held", Short: "cấp tỉnh: những gì đang giữ riêng của máy đã thu hồi hoặc chưa có trong danh bạ", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				list, err := a.Held(cmd.Context())
				if err != nil {
					return err
				}
				var text strings.Builder
				for _, h := range list {
					fmt.Fprintf(&text, "%s  %s  %s  %s  %d mục, %s – %s\n", h.Device, record.WordIn(record.HeldReasons, h.Why, c.lang), h.UnitName, h.Name, h.Entries, h.From[:10], h.To[:10])
					for _, l := range h.Lines {
						text.WriteString("  " + l.At[:10] + "  " + l.Words.In(c.lang) + "\n")
					}
				}
				if len(list) == 0 {
					text.WriteString("Không có gì đang giữ riêng.")
				}
				return c.print(map[string]any{"held": append([]record.Held{}, list...)}, strings.TrimSuffix(text.String(), "\n"))
			})
		}),
	}
}

// printRoster tells what was done to a machine, and the roster that says so.
func (c *ctl) printRoster(cmd *cobra.Command, a *app.App, said, device string) error {
	k, err := a.KeyState(cmd.Context())
	if err != nil {
		return err
	}
	return c.print(map[string]any{"device": device, "roster_version": k.RosterVersion}, fmt.Sprintf(said, device, k.RosterVersion))
}

func (c *ctl) enrollMachineCmd() *cobra.Command {
	var digits, out string
	cmd := &cobra.Command{
		Use: "machine FILE", Short: "thêm máy thứ hai của cơ quan: ghi cả sổ cho máy ấy", Args: cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return c.withOffice(func(a *app.App) error {
				made, err := a.AddMachine(cmd.Context(), args[0], digits, out)
				if err != nil {
					return err
				}
				shown := handedOf(made)
				shown.Fingerprint = a.Fingerprint()
				return c.wroteAll(made, shown)
			})
		}),
	}
	digitsFlag(cmd, &digits, "30 số hiện trên máy mới")
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận sổ cho máy mới, ví dụ USB")
	cmd.MarkFlagRequired("out")
	return cmd
}

// starter begins an office in the folder that was named.
func (c *ctl) starter() (app.Starter, error) {
	folder, err := c.folder()
	if err != nil {
		return app.Starter{}, err
	}
	o, err := c.options()
	return app.Starter{Folder: folder, Options: o}, err
}

func (c *ctl) joinAskCmd() *cobra.Command {
	var preset, unit, officer, out string
	cmd := &cobra.Command{
		Use: "join-ask", Short: "máy mới: xin sổ của cơ quan từ máy đang có", Args: cobra.NoArgs,
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
			asked, err := s.JoinAsk(cmd.Context(), setup, out)
			if err != nil {
				return err
			}
			return c.printAsked(asked.Path, asked.Fingerprint, "Ở máy đang có sổ: enroll machine với tệp này và 30 số ấy.")
		}),
	}
	setupFlags(cmd, &preset, &unit, &officer)
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận tệp xin")
	cmd.MarkFlagRequired("out")
	return cmd
}

// proposed is a setup with what offices of the preset usually write, and how the keys are
// to be kept: under a passphrase where one was given.
func proposed(s app.Starter, preset, unit string) (record.Setup, error) {
	choice, err := s.UnitByCode(preset, unit)
	if err != nil {
		return record.Setup{}, err
	}
	setup, err := s.Propose(preset, choice.ID)
	if s.Options.Passphrase != "" {
		setup.Protection, setup.Passphrase = string(trust.Passphrase), s.Options.Passphrase
	}
	return setup, err
}

func (c *ctl) joinCmd() *cobra.Command {
	var digits string
	cmd := &cobra.Command{
		Use: "join FOLDER...", Short: "máy mới: nhận sổ mà máy đang có đã ghi", Args: cobra.MinimumNArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			s, err := c.starter()
			if err != nil {
				return err
			}
			a, err := s.Join(cmd.Context(), args, digits)
			if err != nil {
				return err
			}
			office, err := a.Office(cmd.Context())
			if err := errors.Join(err, a.Close()); err != nil {
				return err
			}
			return c.print(map[string]any{"data": s.Folder, "office": office.Name},
				fmt.Sprintf("Máy này nay có sổ của %s tại %s.", office.Name, s.Folder))
		}),
	}
	digitsFlag(cmd, &digits, "30 số hiện trên máy đang có sổ")
	return cmd
}

func (c *ctl) keysCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "keys", Short: "khóa của máy này và của cấp trên", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				k, err := a.KeyState(cmd.Context())
				if err != nil {
					return err
				}
				return c.print(k, c.keyWords(k))
			})
		}),
	}
	cmd.AddCommand(c.keysConfirmCmd(), c.keysProvinceCmd(), c.keysReplaceCmd(), c.keysRebuildCmd(), c.keysRosterCmd(), c.keysMachinesCmd())
	return cmd
}

func (c *ctl) keyWords(k record.KeyState) string {
	text := fmt.Sprintf("Máy này: %s (%s)\nKhóa giữ bằng: %s\n", k.Fingerprint, record.WordIn(record.MachineStates, k.State, c.lang), record.WordIn(record.Protections, k.Protection, c.lang))
	if k.ProvinceFingerprint == "" {
		return text + "Chưa có danh bạ của cấp trên: gói đóng bằng khóa tập dượt."
	}
	text += fmt.Sprintf("Cấp trên: %s, danh bạ bản %d\n30 số của cấp trên: %s", k.Province, k.RosterVersion, k.ProvinceFingerprint)
	if k.Confirmed {
		return text + " (đã đối chiếu với công văn)"
	}
	return text + "\nChưa đối chiếu: hãy so 30 số này với công văn rồi gõ lại bằng keys confirm --digits."
}

func (c *ctl) keysConfirmCmd() *cobra.Command {
	var digits string
	cmd := &cobra.Command{
		Use: "confirm", Short: "xác nhận 30 số của cấp trên, gõ từ công văn", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				if err := a.ConfirmProvince(cmd.Context(), digits); err != nil {
					return err
				}
				k, err := a.KeyState(cmd.Context())
				if err != nil {
					return err
				}
				return c.print(k, c.keyWords(k))
			})
		}),
	}
	digitsFlag(cmd, &digits, "30 số của cấp trên ghi trong công văn")
	return cmd
}

func (c *ctl) keysProvinceCmd() *cobra.Command {
	var sticks []string
	var file string
	cmd := &cobra.Command{
		Use: "province", Short: "cấp tỉnh: lập bộ khóa, ba khóa gốc ghi ra ba USB", Args: cobra.NoArgs,
		Long: "Lập bộ khóa của cấp tỉnh và danh bạ đầu tiên. --stick ba lần, mỗi USB do một người giữ;\n" +
			"--passphrases là tệp ba dòng, mỗi dòng mật khẩu của một USB theo thứ tự ấy. In 30 số để ghi vào công văn.",
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			if len(sticks) != 3 {
				return usageError{"Cần đúng ba --stick, mỗi khóa gốc một USB.", "exactly three --stick are needed, one for each root key"}
			}
			words, err := threeLines(file)
			if err != nil {
				return err
			}
			return c.withOffice(func(a *app.App) error {
				made, err := a.MakeProvince(cmd.Context(), [3]string(sticks), words)
				if err != nil {
					return err
				}
				return c.print(made, fmt.Sprintf("Đã lập bộ khóa. 30 số để ghi vào công văn gửi các đơn vị:\n%s\nKhóa gốc, mỗi tệp do một người cất giữ:\n%s\nDanh bạ đầu tiên: %s",
					made.RootFingerprint, strings.Join(made.RootKeys, "\n"), made.Roster))
			})
		}),
	}
	cmd.Flags().StringArrayVar(&sticks, "stick", nil, "thư mục của một USB; ba lần")
	cmd.Flags().StringVar(&file, "passphrases", "", "tệp ba dòng, mỗi dòng mật khẩu của một khóa gốc")
	cmd.MarkFlagRequired("stick")
	cmd.MarkFlagRequired("passphrases")
	return cmd
}

func (c *ctl) keysReplaceCmd() *cobra.Command {
	var roots rootFlags
	cmd := &cobra.Command{
		Use: "replace registrar|ack|content|working", Short: "cấp tỉnh: thay một khóa đã lộ, do hai khóa gốc ký", Args: cobra.ExactArgs(1),
		Long: "Thay khóa lập danh bạ (registrar), khóa biên nhận (ack), khóa tài liệu (content) hoặc khóa nhận gói (working) bằng khóa mới.\n" +
			"--root hai lần: USB của hai người giữ khóa gốc; --root-passphrase-file hai lần, theo thứ tự ấy. Khóa nhận gói không cần khóa gốc.",
		RunE: work(func(cmd *cobra.Command, args []string) error {
			if args[0] != record.KeyWorking && !roots.count(2, 2) {
				return usageError{"Cần đúng hai --root và hai --root-passphrase-file.", "exactly two --root and two --root-passphrase-file are needed"}
			}
			sticks, err := roots.sticks()
			if err != nil {
				return err
			}
			return c.withOffice(func(a *app.App) error {
				if err := a.ReplaceKey(cmd.Context(), args[0], sticks); err != nil {
					return err
				}
				return c.printRoster(cmd, a, "Đã thay: %s. Danh bạ bản %d mang khóa mới đến các đơn vị cùng lần giao biên nhận tới.", record.WordIn(record.ProvinceKeys, args[0], "vi"))
			})
		}),
	}
	roots.add(cmd, "hai lần")
	return cmd
}

func (c *ctl) keysRebuildCmd() *cobra.Command {
	var roots rootFlags
	var roster string
	cmd := &cobra.Command{
		Use: "rebuild", Short: "cấp tỉnh: máy cũ đã mất, dựng lại bộ khóa trên máy này từ hai USB khóa gốc", Args: cobra.NoArgs,
		Long: "Dựng lại cấp tỉnh trên máy mới: trước hết init, hoặc restore nếu còn bản sao lưu, rồi lệnh này.\n" +
			"--root hai hoặc ba lần: USB của người giữ khóa gốc; --root-passphrase-file theo thứ tự ấy. USB thứ ba có khóa phục hồi, mở được các gói đóng bằng khóa cũ.\n" +
			"--roster: danh bạ mới nhất lấy từ một đơn vị (keys roster). Các đơn vị không phải đăng ký lại: danh bạ và biên nhận tới mang khóa mới đến.",
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			if !roots.count(2, 3) {
				return usageError{"Cần hai hoặc ba --root, mỗi --root một --root-passphrase-file.", "two or three --root are needed, each with a --root-passphrase-file"}
			}
			sticks, err := roots.sticks()
			if err != nil {
				return err
			}
			return c.withOffice(func(a *app.App) error {
				made, err := a.RebuildProvince(cmd.Context(), record.Rebuild{Sticks: sticks, Roster: roster})
				if err != nil {
					return err
				}
				return c.print(made, rebuiltWords(made))
			})
		}),
	}
	roots.add(cmd, "hai hoặc ba lần")
	cmd.Flags().StringVar(&roster, "roster", "", "tệp hoặc thư mục có danh bạ mới nhất của một đơn vị")
	return cmd
}

func rebuiltWords(made record.Rebuilt) string {
	words := fmt.Sprintf("Máy này nay là cấp tỉnh, danh bạ bản %d với %d máy. 30 số vẫn như trong công văn:\n%s\n", made.RosterVersion, made.Machines, made.RootFingerprint)
	if made.Opens {
		words += "Gói các đơn vị đã đóng bằng khóa cũ vẫn mở được. Khóa phục hồi mới: " + made.Recovery + "\n"
	} else {
		words += "Không có khóa phục hồi trên các USB này: gói đóng bằng khóa cũ không mở được, các đơn vị sẽ đóng lại.\n"
	}
	return words + "Bây giờ giao biên nhận cho các đơn vị (ack): họ giao lại những gì máy này chưa có."
}

// rootFlags name the sticks of those who keep root keys.
type rootFlags struct{ places, words []string }

func (f *rootFlags) add(cmd *cobra.Command, often string) {
	cmd.Flags().StringArrayVar(&f.places, "root", nil, "USB của người giữ, hoặc tệp khóa gốc trên đó; "+often)
	cmd.Flags().StringArrayVar(&f.words, "root-passphrase-file", nil, "tệp mật khẩu của khóa gốc ấy; "+often)
}

func (f *rootFlags) count(from, to int) bool {
	return len(f.places) == len(f.words) && len(f.places) >= from && len(f.places) <= to
}

func (f *rootFlags) sticks() ([]record.RootStick, error) {
	var out []record.RootStick
	for i, place := range f.places {
		word, err := firstLine(f.words[i])
		if err != nil {
			return nil, err
		}
		out = append(out, record.RootStick{Place: place, Passphrase: word})
	}
	return out, nil
}

// threeLines reads the passphrases of the root keys, one a line.
func threeLines(file string) (out [3]string, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return out, record.Refuse(record.ErrPassphrase, "Không đọc được tệp mật khẩu "+file+".", "The passphrase file "+file+" cannot be read.").Because(err)
	}
	lines := strings.Split(strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff")), "\n")
	if len(lines) != 3 {
		return out, record.Refuse(record.ErrPassphrase,
			fmt.Sprintf("Tệp %s phải có đúng ba dòng, mỗi dòng một mật khẩu; đang có %d.", file, len(lines)),
			fmt.Sprintf("The file %s needs exactly three lines, one passphrase each; it has %d.", file, len(lines)))
	}
	for i, l := range lines {
		out[i] = strings.TrimSpace(l)
	}
	return out, nil
}

func (c *ctl) keysRosterCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "roster", Short: "cấp tỉnh: ghi danh bạ đang dùng để giao cho đơn vị mới", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				made, err := a.WriteRoster(cmd.Context(), out)
				if err != nil {
					return err
				}
				return c.wroteAll(made, handedOf(made))
			})
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "thư mục nhận danh bạ")
	cmd.MarkFlagRequired("out")
	return cmd
}

func (c *ctl) keysMachinesCmd() *cobra.Command {
	return &cobra.Command{
		Use: "machines", Short: "các máy của cơ quan; ở cấp tỉnh là máy của mọi đơn vị", Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return c.withOffice(func(a *app.App) error {
				list, err := a.Machines(cmd.Context())
				if err != nil {
					return err
				}
				return c.printMachines(list, "Chưa có máy nào.")
			})
		}),
	}
}

// digitsFlag is --digits: what somebody read over the telephone or in a letter. Without
// it nobody has compared anything.
func digitsFlag(cmd *cobra.Command, digits *string, usage string) {
	cmd.Flags().StringVar(digits, "digits", "", usage)
	cmd.MarkFlagRequired("digits")
}

// digitsOf leaves only the digits: people group them as they like.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
