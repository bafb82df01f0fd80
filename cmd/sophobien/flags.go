package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// flags are what the command line says.
type flags struct {
	data       string
	passphrase string
	screens    string
	variant    theme.Variant
	scale      float64
}

func parseFlags(args []string) (flags, error) {
	set := flag.NewFlagSet("sophobien", flag.ContinueOnError)
	data := set.String("data", "", "the office's `folder` (default: the user's data folder)")
	passphraseFile := set.String("passphrase-file", os.Getenv("SOPHOBIEN_PASSPHRASE_FILE"), "`file` whose first line is the passphrase")
	screens := set.String("screens", "", "write a picture of every screen into this `folder` and end")
	variant := set.String("screens-theme", "light", "light or dark, for --screens")
	scale := set.Float64("screens-scale", 1, "text scale from 1.0 to 1.5, for --screens")
	if err := set.Parse(args); err != nil {
		return flags{}, flag.ErrHelp
	}
	f := flags{data: *data, screens: *screens, variant: theme.Variant(*variant), scale: *scale}
	if set.NArg() > 0 || (f.variant != theme.Light && f.variant != theme.Dark) {
		set.Usage()
		return flags{}, flag.ErrHelp
	}
	if err := f.complete(*passphraseFile); err != nil {
		return flags{}, err
	}
	return f, nil
}

func (f *flags) complete(passphraseFile string) (err error) {
	if f.data == "" {
		if f.data, err = datadir.DefaultPath(); err != nil {
			return record.Refuse(record.ErrPlace, "Không tìm được thư mục dữ liệu của người dùng. Hãy chỉ rõ bằng --data.",
				"The user's data folder was not found. Name one with --data.").Because(err)
		}
	}
	if passphraseFile == "" {
		return nil
	}
	text, err := os.ReadFile(passphraseFile)
	if err != nil {
		return record.Refuse(record.ErrPassphrase, fmt.Sprintf("Không đọc được tệp mật khẩu %s. Hãy kiểm tra đường dẫn.", passphraseFile),
			fmt.Sprintf("The passphrase file %s cannot be read. Check its path.", passphraseFile)).Because(err)
	}
	f.passphrase, _, _ = strings.Cut(string(text), "\n")
	f.passphrase = strings.TrimSuffix(f.passphrase, "\r")
	return nil
}
