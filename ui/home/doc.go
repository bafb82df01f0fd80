// Package home is the area Tổng quan: the one thing to do next, how far the targets of
// the reporting year are, what is due, and what was done, by month, by group and by
// form. It counts nothing itself; every number comes with what it counts, and most
// lead to the rows behind them.
//
// It promises to fit the smallest screen at ordinary text without scrolling, to
// scroll and never cut at larger text, and that the keyboard reaches all of it: Tab
// from part to part, arrows within one, Enter to open.
package home
