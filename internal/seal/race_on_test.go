//go:build race

package seal

// underRace: the race detector makes arithmetic about ten times slower.
const underRace = true
