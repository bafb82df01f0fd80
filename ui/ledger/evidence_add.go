package ledger

import (
	"context"
	"path/filepath"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// adding are the files that wait to be added to the row they were dropped on.
type adding struct {
	waiting  []pending
	total    int      // since the last time nothing waited
	added    int      // of these
	problems []string // of these, in sentences
	now      string   // the file under way
}

type pending struct {
	owner record.Ref
	path  string
}

// endings are those of files that can be evidence, for choosing among files.
var endings = []string{".jpg", ".jpeg", ".png", ".webp", ".pdf"}

// askFiles lets a person choose files to add, one or several.
func (e *Evidence) askFiles() {
	if e.owner.ID.IsZero() {
		return
	}
	kit.ChooseFiles(e.desk, kit.FileQuestion{Heading: kit.T("Thêm minh chứng: ảnh JPEG, PNG, WebP hoặc PDF"), Endings: endings}, func(paths []string) {
		e.Dropped(paths)
		e.desk.Window.Canvas().Focus(e.FocusTarget())
	})
}

// Dropped adds files, one after the other, to the row in sight.
func (e *Evidence) Dropped(paths []string) {
	if e.owner.ID.IsZero() {
		e.say(kit.Attention, kit.T("Hãy lưu hồ sơ trước rồi thêm ảnh, bản quét."))
		return
	}
	a := &e.adding
	if a.now == "" {
		a.total, a.added, a.problems = 0, 0, nil
	}
	for _, path := range paths {
		a.waiting = append(a.waiting, pending{e.owner, path})
		a.total++
	}
	if a.now == "" {
		e.addNext()
	} else {
		e.tell()
	}
}

func (e *Evidence) addNext() {
	a := &e.adding
	if len(a.waiting) == 0 {
		a.now = ""
		e.tell()
		if a.added > 0 {
			e.desk.Say(kit.T("Đã thêm {{.N}} tệp minh chứng", map[string]any{"N": kit.Number(int64(a.added))}), nil)
		}
		return
	}
	next := a.waiting[0]
	a.waiting = a.waiting[1:]
	a.now = filepath.Base(next.path)
	e.tell()
	kit.Do(e.desk.Runner, func(ctx context.Context) (record.Evidence, error) {
		return e.office.AddEvidence(ctx, next.owner, next.path)
	}, func(x record.Evidence, err error) {
		if err != nil {
			a.problems = append(a.problems, kit.Sentence(err))
		} else {
			a.added++
			e.taken(next.owner, x)
		}
		e.addNext()
	})
}

// taken shows a file that was stored, where its row is still in sight.
func (e *Evidence) taken(owner record.Ref, x record.Evidence) {
	if owner != e.owner {
		return
	}
	e.listed.Drop() // an answer asked for before does not know it
	e.strip.at = len(e.list)
	e.show(append(e.list[:len(e.list):len(e.list)], x))
	e.strip.reveal()
}

// tell says how far adding is, and what could not be added.
func (e *Evidence) tell() {
	a := &e.adding
	switch {
	case a.now != "":
		e.say(kit.Plain, kit.T("Đang thêm tệp {{.I}} trên {{.N}}: {{.Name}}", map[string]any{
			"I": kit.Number(int64(a.total - len(a.waiting))), "N": kit.Number(int64(a.total)), "Name": a.now,
		}))
	default:
		e.say(kit.Wrong, strings.Join(a.problems, "\n"))
	}
}
