package law

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	titleLines = 6   // a heading runs over no more lines
	titleRunes = 400 // and is no longer
)

// heading reads the title of the provision that begins in the current line, there or in
// the lines that follow, and passes over those.
func (s *splitter) heading(l label) string {
	title, at := joinWords(l.rest), s.at
	if title == "" {
		at = s.titleLine(l.level)
		if at < 0 {
			return ""
		}
		title = joinWords(s.lines[at])
	}
	if l.level == Article && isSentence(title) || utf8.RuneCountInString(title) > titleRunes {
		return ""
	}
	s.title = at
	for n := 1; n < titleLines && s.goesOn(title, at+1); n++ {
		at++
		title += " " + joinWords(s.lines[at])
		s.title = at
	}
	return title
}

// titleLine is the line that holds the title when the line of the label does not; -1
// when there is none.
func (s *splitter) titleLine(level Level) int {
	for at := s.at + 1; at < len(s.lines) && at <= s.at+3; at++ {
		line := strings.TrimSpace(s.lines[at])
		if line == "" || level == Annex && strings.HasPrefix(line, "(") {
			continue
		}
		if !s.isPlain(at) || level == Annex && !capitals(line) {
			return -1
		}
		return at
	}
	return -1
}

// goesOn reports whether a line carries the title on: capitals after capitals, small
// letters after a broken line.
func (s *splitter) goesOn(title string, at int) bool {
	if at >= len(s.lines) || !s.isPlain(at) {
		return false
	}
	line := joinWords(s.lines[at])
	if capitals(title) {
		return capitals(line) && !strings.ContainsAny(s.lines[at], "\t")
	}
	first, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(first) && !isSentence(title) && utf8.RuneCountInString(line) < 120
}

// isPlain reports whether a line is neither quoted nor labelled nor the end of the text.
func (s *splitter) isPlain(at int) bool {
	_, labelled := labelOf(s.lines[at])
	return !s.inside[at] && !labelled && strings.TrimSpace(s.lines[at]) != ""
}

// isSentence tells a rule from a title.
func isSentence(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, ";") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, ",")
}

var (
	recipients = regexp.MustCompile(`^` + sp + `*(?:Nơi nhận|NƠI NHẬN)` + sp + `*(?:[:.]|$|\t)`)
	formula    = regexp.MustCompile(`^` + sp + `*(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết) này (?:đã )?được .*thông qua`)
	onBehalf   = regexp.MustCompile(`^` + sp + `*(?:TM|KT|TL|TUQ|Q)` + sp + `*\.` + sp + `*\p{Lu}`)
	office     = regexp.MustCompile(`^` + sp + `*(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|TỔNG THƯ KÝ|CHỦ NHIỆM|GIÁM ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG BÍ THƯ|XÁC THỰC VĂN BẢN HỢP NHẤT)(?:\s|,|$)`)
	attachedTo = regexp.MustCompile(`^` + sp + `*\(?` + sp + `*(?i:ban hành kèm theo|kèm theo)`)
	kinds      = regexp.MustCompile(`^` + sp + `*(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY CHUẨN|QUY TRÌNH|KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|DANH MỤC|HƯỚNG DẪN|PHƯƠNG ÁN)`)
)

// closes reports whether a line begins the closing part.
func closes(line string) bool {
	line = head(line)
	return recipients.MatchString(line) || formula.MatchString(line) || onBehalf.MatchString(line) ||
		office.MatchString(line) && capitals(line) && len(strings.Fields(line)) <= 12
}

// opensAttached reports whether the current line is the title of a regulation that is
// issued together with the document.
func (s *splitter) opensAttached() bool {
	if line := head(s.lines[s.at]); !kinds.MatchString(line) || !capitals(line) {
		return false
	}
	for at := s.at + 1; at < len(s.lines) && at <= s.at+titleLines; at++ {
		if attachedTo.MatchString(head(s.lines[at])) {
			return true
		}
	}
	return false
}
