package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sophobien/ui/help"
	"sophobien/ui/kit"
)

// Keys makes the window answer to the shell's keys, whatever has the keyboard, as
// long as nothing lies over the shell.
func (s *Shell) Keys(c fyne.Canvas) {
	add := func(key fyne.KeyName, m fyne.KeyModifier, do func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: m}, func(fyne.Shortcut) { s.whileFree(c, do) })
	}
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}
	for i := range s.areas {
		for _, m := range []fyne.KeyModifier{fyne.KeyModifierControl, fyne.KeyModifierAlt} {
			add(digits[i], m, func() { s.Open(i) })
		}
	}
	add(fyne.KeyK, fyne.KeyModifierControl, func() {
		c.Focus(s.top.search)
		s.top.search.SelectAll()
	})
	add(fyne.KeyN, fyne.KeyModifierControl, s.create)
	add(fyne.KeyS, fyne.KeyModifierControl, s.save)
	add(fyne.KeyD, fyne.KeyModifierControl, s.repeat)
	add(fyne.KeyQ, fyne.KeyModifierControl|fyne.KeyModifierShift, func() { s.createIn(AreaQuestions) })
	for _, undo := range []fyne.Shortcut{&fyne.ShortcutUndo{}, &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierControl | fyne.KeyModifierAlt}} {
		c.AddShortcut(undo, func(fyne.Shortcut) { s.whileFree(c, s.undo) })
	}
	c.AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { s.whileFree(c, s.redo) })
	add(fyne.KeyPageDown, fyne.KeyModifierControl, func() { s.turnPart(1) })
	add(fyne.KeyPageUp, fyne.KeyModifierControl, func() { s.turnPart(-1) })
	c.AddShortcut(&fyne.ShortcutPaste{}, func(sc fyne.Shortcut) {
		if paste, ok := sc.(*fyne.ShortcutPaste); ok && s.OnPaste != nil && s.at >= 0 {
			s.whileFree(c, func() { s.OnPaste(s.areas[s.at].Key, paste.Clipboard.Content()) })
		}
	})
	if s.lock != nil {
		s.guardKeys(c, add)
	}
	kit.Keys(c, func(key *fyne.KeyEvent) {
		switch {
		case s.ended, s.locked():
		case key.Name == fyne.KeyF1:
			s.Help()
		case key.Name == fyne.KeyF6:
			s.turnPane()
		case key.Name == fyne.KeyEscape:
			s.leaveFound()
		}
	})
}

// whileFree does something as long as nothing lies over the shell.
func (s *Shell) whileFree(c fyne.Canvas, do func()) {
	if c.Overlays().Top() == nil && !s.ended && !s.locked() {
		do()
	}
}

// guardKeys lock the window, whatever lies over it, and offer who takes the desk.
func (s *Shell) guardKeys(c fyne.Canvas, add func(fyne.KeyName, fyne.KeyModifier, func())) {
	const ctrlShift = fyne.KeyModifierControl | fyne.KeyModifierShift
	add(fyne.KeyO, ctrlShift, s.who.choose)
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: ctrlShift}, func(fyne.Shortcut) {
		if !s.ended && !s.locked() {
			s.lock.Now()
		}
	})
}

// Help shows the page of the open area.
func (s *Shell) Help() *help.Viewer {
	page := help.First
	if s.at >= 0 {
		if screen, ok := s.areas[s.at].Screen.(Helped); ok {
			page = screen.HelpPage()
		}
	}
	shown := help.Open(s.desk.Window, kit.Language(), page)
	if office, ok := s.office.(GuideWriter); ok && shown != nil {
		shown.OnPrint(func(p help.Page) { s.printGuide(office, guideOf(p)) })
	}
	return shown
}
