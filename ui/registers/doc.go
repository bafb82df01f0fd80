// Package registers is the area Sổ theo dõi: the registers an office keeps beside its
// activities. Each is a ledger; this package says what its noun is asked, in the
// order of thought, and shows one at a time.
package registers
