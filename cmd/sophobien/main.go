// Command sophobien is the register's window: it finds the office's folder, opens
// the record or makes a new one, and shows it.
//
//	sophobien [--data DIR] [--passphrase-file F]
//	sophobien --screens DIR [--screens-theme light|dark] [--screens-scale 1.0|1.5]
//
// With --screens it walks through every screen on the given record, writes a
// picture of each, and ends.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"

	"sophobien/internal/record"
)

// version is set when the program is built.
var version = "dev"

func main() {
	if err := run(os.Args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			os.Exit(2)
		}
		slog.Error("the program ends", "error", err)
		fmt.Fprintln(os.Stderr, record.SentenceOf(err, "vi"))
		os.Exit(1)
	}
}

func run(args []string) (err error) {
	f, err := parseFlags(args)
	if err != nil {
		return err
	}
	stop := logTo(f.data)
	defer func() { err = errors.Join(err, stop()) }()
	slog.Info("started", "version", version, "folder", f.data)
	p, err := newProgram(f)
	if err != nil {
		return err
	}
	return p.run()
}
