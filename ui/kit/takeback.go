package kit

import (
	"context"

	"sophobien/internal/record"
)

// Step takes an action back, or does it again.
type Step func(context.Context) (record.Change, error)

// TakeBack takes an action back, says so and offers to do it again; again is the step
// that does. Then is told of each that ended well; it may be nil.
func (d Desk) TakeBack(back Step, again func(record.Change) Step, then func()) {
	d.step(back, then, func(c record.Change) {
		words := T("Đã lấy lại.")
		if what := In(c.Words); what != "" {
			words = T("Đã hoàn tác: {{.What}}.", map[string]any{"What": what})
		}
		if d.SayAgain == nil || c.Batch == "" {
			d.Say(words, nil)
			return
		}
		d.SayAgain(words, func() { d.DoAgain(again(c), then) })
	})
}

// DoAgain does again what was taken back, and says so.
func (d Desk) DoAgain(again Step, then func()) {
	d.step(again, then, func(c record.Change) {
		words := T("Đã làm lại.")
		if what := In(c.Words); what != "" {
			words = T("Đã làm lại: {{.What}}.", map[string]any{"What": what})
		}
		d.Say(words, nil)
	})
}

func (d Desk) step(do Step, then func(), say func(record.Change)) {
	Do(d.Runner, do, func(c record.Change, err error) {
		if err != nil {
			d.Say(Sentence(err), nil)
			return
		}
		say(c)
		if then != nil {
			then()
		}
	})
}

// undoer is what an office does that takes a batch of changes back; what that changed
// is a batch, too.
type undoer = func(ctx context.Context, batch string) (record.Change, error)

// Undoing is the step that takes a batch back.
func Undoing(undo undoer, batch string) Step {
	return func(ctx context.Context) (record.Change, error) { return undo(ctx, batch) }
}

// Redoing is the step that does again what was taken back.
func Redoing(undo undoer) func(record.Change) Step {
	return func(c record.Change) Step {
		return func(ctx context.Context) (record.Change, error) {
			done, err := undo(ctx, c.Batch)
			done.Words = c.Words
			return done, err
		}
	}
}
