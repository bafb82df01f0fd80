//go:build !windows

package datadir

import "syscall"

const fullDisk = syscall.ENOSPC
