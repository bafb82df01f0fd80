package faults

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Op is one system call that changes a disk, or one line the child said.
type Op struct {
	Call string // write, truncate, sync, create, mkdir, rename, remove, said
	Path string
	To   string // of rename
	At   int64  // of write: where; of truncate: the new length
	Data []byte // of write, and of said
}

// Trace is what a child did, in order.
type Trace struct{ Ops []Op }

// Calls are the system calls to be recorded. Those of the second line write without
// showing what; where one of them touches the folder the trace is refused.
const Calls = "open,openat,pwrite64,write,lseek,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat," +
	"mmap,writev,pwritev,pwritev2,copy_file_range,sendfile,splice,fallocate,truncate,link,linkat,symlink,symlinkat"

// Unseen are the calls a child is told not to have, so that it copies by reading and writing.
const Unseen = "copy_file_range,sendfile,splice"

// ReadTrace reads the output of strace -f -y -xx -s big -o, keeping what concerns
// files below root and what is said on descriptor 1.
func ReadTrace(r io.Reader, root string) (*Trace, error) {
	p := parser{root: root, started: map[string]string{}, at: map[string]int64{}}
	lines := bufio.NewReaderSize(r, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			if err := p.line(strings.TrimSuffix(line, "\n")); err != nil {
				return nil, err
			}
		}
		if err == io.EOF {
			return &p.trace, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

type parser struct {
	root    string
	trace   Trace
	started map[string]string // by process: a call that has not returned
	at      map[string]int64  // by process and descriptor: where write writes
}

var (
	lineForm    = regexp.MustCompile(`^(\d+) +(.*)$`)
	resumedForm = regexp.MustCompile(`^<\.\.\. \w+ resumed>(.*)$`)
	callForm    = regexp.MustCompile(`^(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)`)
)

func (p *parser) line(line string) error {
	m := lineForm.FindStringSubmatch(line)
	if m == nil {
		return fmt.Errorf("a line of another form: %.80q", line)
	}
	pid, text := m[1], m[2]
	if cut, ok := strings.CutSuffix(text, " <unfinished ...>"); ok {
		p.started[pid] = cut
		return nil
	}
	if m := resumedForm.FindStringSubmatch(text); m != nil {
		text = p.started[pid] + m[1]
	}
	if m := callForm.FindStringSubmatch(text); m != nil {
		result, err := strconv.ParseInt(m[3], 0, 64)
		if err == nil && result >= 0 {
			return p.call(m[1], arguments(m[2]), result)
		}
	}
	return nil // a signal, an exit, a call that failed
}

// arguments splits at commas outside of quotes and brackets.
func arguments(text string) []string {
	var out []string
	from, quoted := 0, false
	depth := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '<' || c == '{':
			depth++
		case c == '>' || c == '}':
			depth--
		case c == ',' && depth == 0:
			out = append(out, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	return append(out, strings.TrimSpace(text[from:]))
}

func (p *parser) call(name string, args []string, result int64) error {
	switch name {
	case "open":
		p.opened(unquote(args[0]), args[1], result)
	case "openat":
		p.opened(at(args[0], args[1]), args[2], result)
	case "lseek":
		p.at[args[0]] = result
	case "pwrite64":
		return p.wrote(args[0], args[1], number(args[3]), result)
	case "write":
		at := p.at[args[0]]
		p.at[args[0]] += result
		return p.wrote(args[0], args[1], at, result)
	case "ftruncate":
		p.add(Op{Call: "truncate", Path: pathOf(args[0]), At: number(args[1])})
	case "fsync", "fdatasync":
		p.add(Op{Call: "sync", Path: pathOf(args[0])})
	case "rename":
		p.add(Op{Call: "rename", Path: unquote(args[0]), To: unquote(args[1])})
	case "renameat", "renameat2":
		p.add(Op{Call: "rename", Path: at(args[0], args[1]), To: at(args[2], args[3])})
	case "unlink", "rmdir":
		p.add(Op{Call: "remove", Path: unquote(args[0])})
	case "unlinkat":
		p.add(Op{Call: "remove", Path: at(args[0], args[1])})
	case "mkdir":
		p.add(Op{Call: "mkdir", Path: unquote(args[0])})
	case "mkdirat":
		p.add(Op{Call: "mkdir", Path: at(args[0], args[1])})
	case "mmap":
		if len(args) > 4 && strings.Contains(args[2], "PROT_WRITE") && strings.Contains(args[3], "MAP_SHARED") {
			if path := pathOf(args[4]); p.below(path) && !strings.HasSuffix(path, "-shm") {
				return fmt.Errorf("%s is written through memory: its writes cannot be seen", path)
			}
		}
	default:
		for _, arg := range args {
			if path := pathOf(arg); p.below(path) || p.below(unquote(arg)) {
				return fmt.Errorf("%s%v writes and does not show what", name, args)
			}
		}
	}
	return nil
}

func (p *parser) opened(path, flags string, fd int64) {
	p.at[fmt.Sprintf("%d<%s>", fd, path)] = 0
	if strings.Contains(flags, "O_CREAT") {
		p.add(Op{Call: "create", Path: path})
	}
	if strings.Contains(flags, "O_TRUNC") {
		p.add(Op{Call: "truncate", Path: path})
	}
}

func (p *parser) wrote(fd, text string, at, n int64) error {
	data := []byte(unquote(text))
	if int64(len(data)) < n {
		return fmt.Errorf("a write of %d bytes is recorded with %d: strace -s is too small", n, len(data))
	}
	if strings.HasPrefix(fd, "1<") {
		p.trace.Ops = append(p.trace.Ops, Op{Call: "said", Data: data[:n]})
		return nil
	}
	p.add(Op{Call: "write", Path: pathOf(fd), At: at, Data: data[:n]})
	return nil
}

func (p *parser) below(path string) bool {
	return path == p.root || strings.HasPrefix(path, p.root+"/")
}

func (p *parser) add(o Op) {
	if p.below(o.Path) && !strings.HasSuffix(o.Path, "-shm") {
		p.trace.Ops = append(p.trace.Ops, o)
	}
}

// pathOf is the path in "7</tmp/a.db>".
func pathOf(fd string) string {
	from, to := strings.IndexByte(fd, '<'), strings.LastIndexByte(fd, '>')
	if from < 0 || to < from {
		return ""
	}
	return unhex(fd[from+1 : to])
}

// at is the path of a name in the folder an open file stands for.
func at(folder, name string) string {
	path := unquote(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(pathOf(folder), path)
	}
	return path
}

func unquote(text string) string {
	from, to := strings.IndexByte(text, '"'), strings.LastIndexByte(text, '"')
	if from < 0 || to <= from {
		return ""
	}
	return unhex(text[from+1 : to])
}

// unhex reads what -xx writes: \x41\x42.
func unhex(text string) string {
	if !strings.Contains(text, `\x`) {
		return text
	}
	out := make([]byte, 0, len(text)/4)
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+3 < len(text) && text[i+1] == 'x' {
			if n, err := strconv.ParseUint(text[i+2:i+4], 16, 8); err == nil {
				out = append(out, byte(n))
				i += 3
				continue
			}
		}
		out = append(out, text[i])
	}
	return string(out)
}

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 0, 64)
	return n
}
