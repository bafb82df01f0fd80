package ledger

import (
	"bytes"
	"context"
	"slices"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Save stores the row in sight, if it keeps the rules and nothing is missing. It reports
// whether that was begun.
func (e *Editing[N]) Save() bool {
	if !e.shown || e.saving {
		return false
	}
	e.sheet.Commit()
	n, err := e.sheet.Value()
	e.sheet.ShowProblem(err)
	if err != nil {
		return false
	}
	n, ready := e.On.Ready(n)
	if ready {
		e.store(n)
	}
	return true
}

// SaveSaying stores the row and says what that did, with the way back. It reports
// whether that was begun.
func (e *Editing[N]) SaveSaying(words string) bool {
	e.saying = words
	if e.Save() {
		return true
	}
	e.saying = ""
	return false
}

func (e *Editing[N]) store(n N) {
	e.saving = true
	turn, scope, typed, base := e.turn, e.scope, e.sheet.Typed(), e.sheet.Base()
	kit.Do(e.desk.Runner, func(ctx context.Context) (N, error) { return e.keep.Save(ctx, base, n) }, func(stored N, err error) {
		next := e.next
		e.next = nil
		if err == nil {
			e.Drafts.Drop(scope)
		}
		switch {
		case turn == e.turn:
			e.ended(typed, stored, err)
		case err != nil:
			e.desk.Say(kit.Sentence(err), nil)
		}
		if err == nil {
			e.On.Mark(stored.Ref().ID)
			e.On.Relist()
			if next != nil {
				next()
			}
		}
	})
}

// ended shows how storing ended. What was typed while it went on stays, as a draft of
// the stored row.
func (e *Editing[N]) ended(typed []byte, stored N, err error) {
	e.saving = false
	words := e.saying
	e.saying = ""
	if err != nil {
		e.sheet.ShowProblem(err)
		e.Face.Foot.Say(kit.T("chưa lưu, nội dung vẫn còn trong bản nháp"))
		e.On.Refused()
		return
	}
	fresh := e.id.IsZero()
	e.dirty = e.sheet.Typing() || !bytes.Equal(e.sheet.Typed(), typed)
	e.id, e.scope = stored.Ref().ID, ScopeOf(e.noun, stored.Ref().ID)
	e.sheet.Rebase(stored)
	e.Face.saved(e.desk.Now())
	if e.dirty {
		e.began = nil
		e.Changed()
	} else {
		if !e.sheet.Holds(stored) {
			e.sheet.Edit(stored)
		}
		e.began = e.sheet.Typed()
	}
	e.On.Stored(stored, fresh)
	if words != "" {
		e.desk.Say(words, e.takeBack(stored))
	}
}

// takeBack undoes the step that stored a row, unless it was changed since.
func (e *Editing[N]) takeBack(stored N) func() {
	return func() {
		e.desk.TakeBack(func(ctx context.Context) (record.Change, error) {
			now, err := e.keep.Read(ctx, stored.Ref().ID)
			if err != nil {
				return record.Change{}, err
			}
			lines, err := e.keep.Past(ctx, stored.Ref())
			if err != nil {
				return record.Change{}, err
			}
			last := slices.IndexFunc(lines, func(l record.HistoryLine) bool { return l.Of == record.Ref{} })
			if last < 0 || len(record.Changed(stored, now)) > 0 {
				return record.Change{}, record.Refuse(record.ErrConflict, "Nội dung đã được sửa tiếp, nên không hoàn tác ở đây được; xem Lịch sử.",
					"This was changed since, so it cannot be undone here; see its history.")
			}
			return e.keep.Undo(ctx, lines[last].Batch)
		}, kit.Redoing(e.keep.Undo), e.Follow)
	}
}

// Delete takes a row away; the line at the foot of the window brings it back. Words say
// that it is gone; "" for those of the change.
func (e *Editing[N]) Delete(id record.ID, words string) {
	kit.Do(e.desk.Runner, func(ctx context.Context) (record.Change, error) { return e.keep.Delete(ctx, id) }, func(change record.Change, err error) {
		if err != nil {
			e.desk.Say(kit.Sentence(err), nil)
			return
		}
		if e.id == id {
			e.lose()
		}
		if words == "" {
			words = kit.In(change.Words)
		}
		e.desk.Say(words, func() {
			e.desk.TakeBack(kit.Undoing(e.keep.Undo, change.Batch), kit.Redoing(e.keep.Undo), e.Follow)
		})
		e.On.Relist()
	})
}

// Follow reads the list and the row again, after something was taken back.
func (e *Editing[N]) Follow() {
	e.On.Relist()
	e.Reload()
}
