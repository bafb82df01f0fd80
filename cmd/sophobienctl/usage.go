package main

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
)

// usageError is a wrong use that cobra cannot see, such as two flags at once.
type usageError struct{ vi, en string }

func (u usageError) Error() string { return u.en }

// usageSentence says in a language what is wrong about a use.
func usageSentence(err error, lang string) string {
	var u usageError
	switch {
	case lang == "en":
		return err.Error()
	case errors.As(err, &u):
		return u.vi
	}
	said := err.Error()
	for _, s := range usageSentences {
		if m := s.en.FindStringSubmatch(said); m != nil {
			return strings.NewReplacer("$1", flagsIn(m, 1), "$2", flagsIn(m, 2)).Replace(s.vi)
		}
	}
	return said
}

// usageSentences are the sentences of cobra that people meet.
var usageSentences = []struct {
	en *regexp.Regexp
	vi string
}{
	{regexp.MustCompile(`^required flag\(s\) (.+) not set`), "Thiếu $1. Xem --help."},
	{regexp.MustCompile(`^at least one of the flags in the group \[(.+)\] is required`), "Thiếu một trong các cờ $1. Xem --help."},
	{regexp.MustCompile(`^if any flags in the group \[(.+)\] are set none of the others can be`), "Chỉ dùng một trong các cờ $1."},
	{regexp.MustCompile(`^if any flags in the group \[(.+)\] are set they must all be set`), "Các cờ $1 phải đi cùng nhau."},
	{regexp.MustCompile(`^unknown flag: (\S+)`), "Không có cờ $1. Xem --help."},
	{regexp.MustCompile(`^unknown shorthand flag: .* in (\S+)`), "Không có cờ $1. Xem --help."},
	{regexp.MustCompile(`^flag needs an argument: (\S+)`), "Cờ $1 cần một giá trị."},
	{regexp.MustCompile(`^invalid argument (".*") for "(?:-\w, )?(--[\w-]+)" flag`), "Giá trị $1 của $2 không đúng."},
	{regexp.MustCompile(`^unknown command (".*?") for`), "Không có lệnh $1. Xem --help."},
	{regexp.MustCompile(`^accepts (\d+) arg\(s\), received (\d+)`), "Cần $1 tệp hoặc tham số, có $2. Xem --help."},
	{regexp.MustCompile(`^accepts between (\d+) and (\d+) arg\(s\)`), "Cần $1 đến $2 tham số. Xem --help."},
	{regexp.MustCompile(`^requires at least (\d+) arg\(s\), only received (\d+)`), "Cần ít nhất $1 tệp hoặc tham số, có $2. Xem --help."},
}

// flagsIn are the names of flags in a part of a sentence: "activity", "xlsx".
func flagsIn(match []string, n int) string {
	if n >= len(match) {
		return ""
	}
	part := match[n]
	if !strings.HasPrefix(match[0], "required flag") && !strings.Contains(match[0], "in the group") {
		return part
	}
	names := strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == ',' || r == '"' })
	return "--" + strings.Join(names, ", --")
}

// helpWords are those the library writes into a help page; what a command does is said in
// Vietnamese, so the page is.
var helpWords = strings.NewReplacer("Usage:", "Cách dùng:", "Available Commands:", "Các lệnh:", "Global Flags:", "Tùy chọn chung:", "Flags:", "Tùy chọn:",
	"[flags]", "[tùy chọn]", "[command]", "[lệnh]", "Help about any command", "giải thích một lệnh", "help for ", "giải thích ", "version for ", "phiên bản của ",
	"(default ", "(mặc định ", "Use \"", "Dùng \"", "\" for more information about a command.", "\" để xem từng lệnh.")

// speakVietnamese makes the help pages of a command and of all below it Vietnamese.
func speakVietnamese(root *cobra.Command) {
	usage := root.UsageFunc()
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		to := cmd.OutOrStderr()
		var page strings.Builder
		cmd.SetOut(&page)
		defer cmd.SetOut(to)
		err := usage(cmd)
		_, failed := io.WriteString(to, helpWords.Replace(page.String()))
		return errors.Join(err, failed)
	})
}
