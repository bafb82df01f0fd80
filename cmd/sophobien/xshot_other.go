//go:build !linux

package main

import (
	"image"

	"fyne.io/fyne/v2"
)

// windowPicture reads back what the window shows.
func windowPicture(w fyne.Window) (image.Image, error) { return w.Canvas().Capture(), nil }
