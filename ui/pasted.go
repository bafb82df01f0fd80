package ui

import (
	"strings"

	"sophobien/ui/kit"
	"sophobien/ui/settings"
)

// takesPasted lets rows copied in a spreadsheet be pasted on the list of a register:
// they are looked over as every list is, and then one is back at the register.
func (a *Screens) takesPasted(s *Shell) {
	take := func(area, noun, text string) {
		switch {
		case strings.TrimSpace(text) == "":
			s.toast.Say(kit.T("Chưa chép gì. Hãy chép danh sách trong bảng tính (Ctrl+C) rồi nhấn lại."), nil)
		case !settings.TakesLists(noun):
			s.toast.Say(kit.T("Sổ này không nhập được cả danh sách: nhấn Ctrl+N để ghi từng dòng. Nhập được danh sách đơn vị, mạng lưới, câu hỏi."), nil)
		default:
			s.Go(AreaSettings)
			a.Settings.TakeList(noun, text, func() { s.Go(area) })
		}
	}
	s.OnPaste = func(area, text string) {
		switch area {
		case AreaRegisters:
			a.Registers.Current().List().Paste(text)
		case AreaQuestions:
			a.Questions.List().Paste(text)
		}
	}
	a.Registers.OnPasted(func(noun, text string) { take(AreaRegisters, noun, text) })
	a.Questions.List().OnPasted(func(text string) { take(AreaQuestions, "question", text) })
}
