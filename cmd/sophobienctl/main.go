// Command sophobienctl does everything the window does, without one: for
// scripts, for the province's server and for rescue. It is pure Go.
//
// Its words, flags and JSON are stable. --json prints one JSON document on stdout and
// nothing else; sentences for people go to stderr. It exits 0 when done, 1 when
// refused (one sentence on stderr), 2 on wrong usage.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
)

// version is set by the build.
var version = "dev"

// memoryGoal is where the collector begins to work harder: a list of a hundred
// thousand is taken in on a PC with little memory.
const memoryGoal = 140 << 20

// provinceGoal is the same for counting the year of a whole province, whose rows alone
// take more than that: the collector would run all the time.
const provinceGoal = 340 << 20

// aimFor sets the goal, unless the environment has one.
func aimFor(memory int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
}

func main() {
	aimFor(memoryGoal)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

// refused marks an error of the work itself, apart from wrong usage.
type refused struct{ error }

func (r refused) Unwrap() error { return r.error }

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := &ctl{out: stdout, err: stderr}
	root := c.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var r refused
	if errors.As(err, &r) {
		fmt.Fprintln(stderr, oneLine(record.SentenceOf(r.error, c.lang)))
		if c.verbose {
			fmt.Fprintln(stderr, r.error)
		}
		return exitRefused
	}
	fmt.Fprintln(stderr, "sophobienctl:", usageSentence(err, c.lang))
	return exitUsage
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ctl is the command line with its common flags.
type ctl struct {
	out, err       io.Writer
	data           string
	passphraseFile string
	asJSON         bool
	lang           string
	verbose        bool
}

func (c *ctl) root() *cobra.Command {
	root := group("sophobienctl", "Sổ Phổ Biến trên dòng lệnh / the register without a window")
	root.Long = "Sổ Phổ Biến trên dòng lệnh: mọi việc của cửa sổ, cho tập lệnh, máy chủ và cứu hộ.\n" +
		"Thoát 0: xong; 1: bị từ chối, một câu trên stderr; 2: dùng sai."
	root.Version, root.SilenceUsage, root.SilenceErrors = version, true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	speakVietnamese(root)
	flags := root.PersistentFlags()
	flags.StringVar(&c.data, "data", "", "thư mục sổ của cơ quan (mặc định: thư mục dữ liệu của người dùng)")
	flags.StringVar(&c.passphraseFile, "passphrase-file", os.Getenv("SOPHOBIEN_PASSPHRASE_FILE"), "tệp chứa mật khẩu")
	flags.BoolVar(&c.asJSON, "json", false, "in một tài liệu JSON ra stdout")
	flags.StringVar(&c.lang, "lang", "vi", "ngôn ngữ của câu thông báo: vi hoặc en")
	flags.BoolVar(&c.verbose, "verbose", false, "in thêm nguyên nhân kỹ thuật")
	root.AddCommand(c.initCmd(), c.drillCmd(), c.demoCmd(), c.sheetCmd(), c.importCmd(), c.listCmd(), c.printCmd(), c.evidenceCmd(), c.undoCmd(), c.activityCmd(),
		c.statusCmd(), c.reportCmd(), c.recountCmd(), c.verifyCmd(), c.backupCmd(), c.restoreCmd(),
		c.sealCmd(), c.receiveCmd(), c.ackCmd(), c.outboxCmd(), c.enrollCmd(), c.keysCmd(), c.unitsCmd(), c.conflictsCmd(), c.packCmd(), c.lawCmd())
	return root
}

// work turns a function into a command's RunE whose errors are refusals.
func work(fn func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := fn(cmd, args); err != nil {
			if errors.As(err, new(usageError)) {
				return err
			}
			return refused{err}
		}
		return nil
	}
}

// group is a command that only leads to others: alone it is wrong usage.
func group(use, short string) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return usageError{"Hãy chọn một lệnh của " + cmd.CommandPath() + "; xem --help.", "name one of the commands of " + cmd.CommandPath() + "; see --help"}
	}}
}

// folder is the office's folder.
func (c *ctl) folder() (string, error) {
	if c.data != "" {
		return c.data, nil
	}
	return datadir.DefaultPath()
}

// passphrase reads the first line of the passphrase file, "" without one.
func (c *ctl) passphrase() (string, error) {
	if c.passphraseFile == "" {
		return "", nil
	}
	return firstLine(c.passphraseFile)
}

// firstLine is the passphrase in a file, which is not empty.
func firstLine(file string) (string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", record.Refuse(record.ErrPassphrase,
			"Không đọc được tệp mật khẩu "+file+".", "The passphrase file "+file+" cannot be read.").Because(err)
	}
	line, _, _ := strings.Cut(string(raw), "\n")
	if line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")); line == "" {
		return "", record.Refuse(record.ErrPassphrase,
			"Tệp mật khẩu "+file+" trống.", "The passphrase file "+file+" is empty.")
	}
	return line, nil
}

func (c *ctl) options() (app.Options, error) {
	pass, err := c.passphrase()
	return app.Options{Passphrase: pass, Version: version}, err
}

// withOffice opens the office, does the work and closes it; the error of closing
// counts, since a write may have been in it.
func (c *ctl) withOffice(fn func(a *app.App) error) error {
	folder, err := c.folder()
	if err != nil {
		return err
	}
	if _, err := os.Stat(folder); err != nil {
		return record.Refuse(record.ErrNotFound,
			"Không có thư mục "+folder+". Hãy kiểm tra --data, hoặc tạo sổ bằng lệnh init.",
			"There is no folder "+folder+". Check --data, or set up an office with init.").Because(err)
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	a, err := app.Open(folder, o)
	if err != nil {
		return err
	}
	return errors.Join(fn(a), a.Close())
}

// print writes v as JSON with --json, else text.
func (c *ctl) print(v any, text string) error {
	if !c.asJSON {
		_, err := fmt.Fprintln(c.out, text)
		return err
	}
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
