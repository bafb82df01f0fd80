// Package uitest helps the tests of screens: windows in memory, keys as the
// window system sends them, typing as Vietnamese input methods do it, work that
// is held back or answered in another order, and an office that keeps everything
// in memory and fails when told to.
//
// It promises that a test decides when each answer comes: nothing here sleeps or
// starts a goroutine. No program imports it.
package uitest
