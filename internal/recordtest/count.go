package recordtest

import (
	"os"
	"strconv"
	"testing"
)

// Count is how often a repeated test repeats: usual in the everyday run, and in
// proportion when SOPHOBIEN_COUNT asks for more or fewer than base.
func Count(t testing.TB, usual, base int) int {
	t.Helper()
	text := os.Getenv("SOPHOBIEN_COUNT")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("SOPHOBIEN_COUNT=%q is not a count", text)
	}
	return max(1, usual*n/base)
}
