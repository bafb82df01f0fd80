// Package faults breaks what the office depends on and looks at what is left.
// Only tests use it.
//
// A child process (the test binary itself) does the work: commits, backups,
// exports, migrations. It says on its standard output what it considers done.
// The parent kills it at random moments and holds what is on the disk against
// what was said.
//
// A power cut is more than a kill: what was written and not yet synced may be
// there, or not, or in part. [Trace] reads what a child wrote from strace's
// record of its system calls, and [Replay] makes the folder as it may look after a
// cut at any of them: a register alone, or all that an office keeps.
package faults
