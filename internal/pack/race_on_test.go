//go:build race

package pack

// underRace: the race detector makes arithmetic about ten times slower.
const underRace = true
