package exchange

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// rank is how a month or a report is shown: a mark, the letter beside it, and the
// word for both.
type rank struct {
	code   string
	mark   kit.Mark
	letter record.Words
	words  record.Words
	quiet  bool // it needs nobody
}

func stands(code string, shape kit.Shape, ink fyne.ThemeColorName, letterVI, letterEN string, words record.Words) rank {
	return rank{code, kit.Mark{Shape: shape, Ink: ink}, record.Words{VI: letterVI, EN: letterEN}, words, ink == fynetheme.ColorNameSuccess || ink == theme.ColorMuted}
}

func said(vi, en string) record.Words { return record.Words{VI: vi, EN: en} }

// monthly are the states of a month, in the order of the legend: what needs nobody first.
var monthly = []rank{
	stands("ontime", kit.Disc, fynetheme.ColorNameSuccess, "Đ", "O", monthStateWords("ontime")),
	stands("empty", kit.Ring, fynetheme.ColorNameSuccess, "K", "E", monthStateWords("empty")),
	stands("late", kit.Triangle, fynetheme.ColorNameWarning, "M", "L", monthStateWords("late")),
	stands("never", kit.Dash, fynetheme.ColorNameError, "C", "N", monthStateWords("never")),
	stands("damaged", kit.Cross, fynetheme.ColorNameError, "H", "D", monthStateWords("damaged")),
	stands("ended", kit.Square, theme.ColorMuted, "S", "X", monthStateWords("ended")),
}

// yearly are the states of a unit's report of the year.
var yearly = []rank{
	stands("accepted", kit.Disc, fynetheme.ColorNameSuccess, "", "", said("Đã tiếp nhận", "Accepted")),
	stands("received", kit.Ring, fynetheme.ColorNamePrimary, "", "", said("Chờ xem", "To look at")),
	stands("late", kit.Triangle, fynetheme.ColorNameWarning, "", "", said("Nộp muộn, chờ xem", "Late, to look at")),
	stands("returned", kit.Diamond, fynetheme.ColorNameWarning, "", "", said("Đã trả lại", "Returned")),
	stands("none", kit.Dash, theme.ColorMuted, "", "", said("Chưa có", "None yet")),
}

func monthStateWords(code string) record.Words {
	return record.Word(record.UnitMonthStates, code).Words
}

// monthStanding is how a month stands; the zero rank for one that is not due.
func monthStanding(code string) rank { return standingOf(monthly, code) }

func reportStanding(code string) rank {
	if s := standingOf(yearly, code); s.code != "" {
		return s
	}
	return standingOf(yearly, "none")
}

// cell is how it stands in the grid.
func (s rank) cell(word, full string) kit.MatrixCell {
	return kit.MatrixCell{Mark: s.mark, Word: word, Full: full, Quiet: s.quiet}
}

func standingOf(list []rank, code string) rank {
	for _, s := range list {
		if s.code == code {
			return s
		}
	}
	return rank{}
}

// legend is what the marks of the months mean, on one line where there is room.
func legend() fyne.CanvasObject {
	line := kit.Flow()
	for _, s := range monthly {
		line.Add(kit.NewLegend(s.mark, kit.In(s.letter)+": "+kit.In(s.words)))
	}
	return line
}
