package demo

import (
	"math/rand/v2"

	"sophobien/internal/record"
)

// chance draws everything by chance from one stream.
type chance struct{ *rand.Rand }

func newChance(seed int64, stream uint64) chance {
	return chance{rand.New(rand.NewPCG(uint64(seed), stream))}
}

// yes is true so many times of a hundred.
func (c chance) yes(percent int) bool { return c.IntN(100) < percent }

// between gives a number, both ends included.
func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

// one picks from a list, all alike.
func one[T any](c chance, list []T) T { return list[c.IntN(len(list))] }

// weighted is a list whose entries come up as often as their weight says.
type weighted[T any] struct {
	values []T
	upTo   []int
}

func (w *weighted[T]) add(weight int, values ...T) {
	for _, v := range values {
		last := 0
		if n := len(w.upTo); n > 0 {
			last = w.upTo[n-1]
		}
		w.values, w.upTo = append(w.values, v), append(w.upTo, last+weight)
	}
}

func (w *weighted[T]) draw(c chance) T {
	n := c.IntN(w.upTo[len(w.upTo)-1])
	for i, up := range w.upTo {
		if n < up {
			return w.values[i]
		}
	}
	panic("demo: weights do not add up")
}

// id makes a row's id as the device would have made it on that day.
func (c chance) id(d record.Date, second int) record.ID {
	var random [10]byte
	for i := range random {
		random[i] = byte(c.Uint32())
	}
	return record.NewID(d.Time().UnixMilli()+int64(second)*1000+int64(c.IntN(1000)), random)
}
