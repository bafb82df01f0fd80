package ui

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Undoer takes back what was done last, and does it again.
type Undoer interface {
	UndoLast(ctx context.Context) (record.Change, error)
	RedoLast(ctx context.Context) (record.Change, error)
}

// undo takes back the last action of this run, whatever area did it.
func (s *Shell) undo() {
	if u, ok := s.office.(Undoer); ok {
		s.walk(u.UndoLast, func(words string) string { return kit.T("Đã hoàn tác: {{.What}}.", map[string]any{"What": words}) }, s.redo)
	}
}

// redo does again what was taken back last.
func (s *Shell) redo() {
	if u, ok := s.office.(Undoer); ok {
		s.walk(u.RedoLast, func(words string) string { return kit.T("Đã làm lại: {{.What}}.", map[string]any{"What": words}) }, nil)
	}
}

func (s *Shell) walk(step func(context.Context) (record.Change, error), said func(string) string, back func()) {
	kit.Do(s.desk.Runner, step, func(c record.Change, err error) {
		if err != nil {
			s.toast.Say(kit.Sentence(err), nil)
			return
		}
		s.toast.SayWith(said(kit.In(c.Words)), kit.T("Làm lại"), back)
	})
}
