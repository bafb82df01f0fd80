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
		s.Desk().TakeBack(u.UndoLast, func(record.Change) kit.Step { return u.RedoLast }, nil)
	}
}

// redo does again what was taken back last.
func (s *Shell) redo() {
	if u, ok := s.office.(Undoer); ok {
		s.Desk().DoAgain(u.RedoLast, nil)
	}
}

// sayAgain shows what was taken back, with the way to do it again.
func (s *Shell) sayAgain(words string, again func()) {
	s.toast.SayWith(words, kit.T("Làm lại"), again)
}
