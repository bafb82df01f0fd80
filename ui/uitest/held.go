package uitest

import "sophobien/ui/kit"

// AtOnce runs work and its answer immediately, in place.
func AtOnce() *kit.Runner {
	run := func(f func()) { f() }
	return kit.NewRunner(run, run)
}

// Held keeps work back until the test lets it go.
type Held struct{ waiting []func() }

// Runner starts work by adding it to what waits.
func (h *Held) Runner() *kit.Runner {
	return kit.NewRunner(
		func(f func()) { h.waiting = append(h.waiting, f) },
		func(f func()) { f() })
}

// Waiting is how much work waits.
func (h *Held) Waiting() int { return len(h.waiting) }

// Release runs the work that has waited longest.
func (h *Held) Release() { h.take(0) }

// ReleaseLast runs the work that came last.
func (h *Held) ReleaseLast() { h.take(len(h.waiting) - 1) }

// ReleaseAll runs everything that waits, and what it starts, in order.
func (h *Held) ReleaseAll() {
	for len(h.waiting) > 0 {
		h.Release()
	}
}

// ReleaseReversed runs everything that waits now, the latest first.
func (h *Held) ReleaseReversed() {
	for range len(h.waiting) {
		h.ReleaseLast()
	}
}

func (h *Held) take(i int) {
	if i < 0 || i >= len(h.waiting) {
		return
	}
	work := h.waiting[i]
	h.waiting = append(h.waiting[:i:i], h.waiting[i+1:]...)
	work()
}
