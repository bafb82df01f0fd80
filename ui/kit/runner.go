package kit

import "context"

// Runner takes work off the window's thread and brings its result back to it. The
// program gives a goroutine and fyne.Do; a test gives "at once" or "when I say".
type Runner struct {
	start func(func())
	post  func(func())
}

// NewRunner makes a runner from how to start work and how to come back.
func NewRunner(start, post func(func())) *Runner { return &Runner{start: start, post: post} }

// Post runs a function on the window's thread, from wherever it is called.
func (r *Runner) Post(f func()) { r.post(f) }

// Do runs work away from the window and then done on it, always: for what must
// not be forgotten, such as a save.
func Do[T any](r *Runner, work func(context.Context) (T, error), done func(T, error)) {
	r.start(func() {
		got, err := work(context.Background())
		r.post(func() { done(got, err) })
	})
}

// Latest asks questions of one kind, of which only the newest one's answer counts.
// Like every widget it is used on the window's thread only.
type Latest struct {
	runner *Runner
	asked  int
	cancel context.CancelFunc
}

// NewLatest makes a place for questions of one kind.
func NewLatest(r *Runner) *Latest { return &Latest{runner: r} }

// Ask runs work away from the window. Asking again cancels what still runs and
// drops its answer, in whatever order the answers come.
func Ask[T any](l *Latest, work func(context.Context) (T, error), done func(T, error)) {
	l.Drop()
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	question := l.asked
	l.runner.start(func() {
		got, err := work(ctx)
		l.runner.post(func() {
			if question == l.asked {
				cancel()
				done(got, err)
			}
		})
	})
}

// Drop forgets the question under way, if any.
func (l *Latest) Drop() {
	l.asked++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}
