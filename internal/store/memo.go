package store

import (
	"hash/maphash"
	"sync"
)

// memo remembers what was worked out of texts, for SQL asks the same of every row
// again with each key that is typed. It keeps no text itself, only its hash of 128
// bits, and begins anew when it is full.
type memo struct {
	work  func(string) string
	seeds [2]maphash.Seed

	mu    sync.RWMutex
	known map[[2]uint64]string
	size  int
}

// memoBytes bounds what a memo keeps.
const memoBytes = 16 << 20

func newMemo(work func(string) string) *memo {
	return &memo{work: work, seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, known: map[[2]uint64]string{}}
}

// shortText is worked out as fast as it is looked up.
const shortText = 16

func (m *memo) of(s string) string {
	if len(s) <= shortText {
		return m.work(s)
	}
	at := [2]uint64{maphash.String(m.seeds[0], s), maphash.String(m.seeds[1], s)}
	m.mu.RLock()
	out, ok := m.known[at]
	m.mu.RUnlock()
	if ok {
		return out
	}
	out = m.work(s)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size += len(out) + 64; m.size > memoBytes {
		clear(m.known)
		m.size = len(out) + 64
	}
	m.known[at] = out
	return out
}

// forget empties the memo: what was erased is not kept in memory either.
func (m *memo) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known, m.size = map[[2]uint64]string{}, 0
}
