package sheet

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// loadStrings reads the shared strings. Texts in several fonts keep their runs.
func (w *workbook) loadStrings(part string) error {
	w.richText = map[int][]Run{}
	var c textCollector
	var bytes []byte
	var ends []int
	flush := func() error {
		all, from := string(bytes), 0
		if !utf8.ValidString(all) {
			return errNotUTF8
		}
		for _, to := range ends {
			w.strings = append(w.strings, all[from:to])
			from = to
		}
		bytes, ends = bytes[:0], ends[:0]
		return nil
	}
	err := w.each(part, func(s *xmlScanner, t token) error {
		c.take(s, t)
		if t != endTag || !s.is("si") {
			return nil
		}
		if c.several {
			w.richText[len(w.strings)+len(ends)] = c.takeRuns()
		}
		bytes, ends = append(bytes, c.text...), append(ends, len(bytes)+len(c.text))
		c.reset()
		if len(bytes) < 16<<10 {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// textCollector gathers the text of <si> or <is>: plain <t>, or runs <r> with a
// font each. Phonetic hints <rPh> are not part of the text.
type textCollector struct {
	text     []byte
	runs     []Run
	font     string
	several  bool // a run names its font
	inText   bool
	inRun    bool
	phonetic bool
}

func (c *textCollector) take(s *xmlScanner, t token) {
	if t == charData {
		if c.inText && !c.phonetic {
			from := len(c.text)
			c.text = append(c.text, s.text...)
			c.text = append(c.text[:from], unescapeControl(c.text[from:])...)
			if c.inRun {
				c.runs = append(c.runs, Run{string(c.text[from:]), c.font})
				c.several = c.several || c.font != ""
			}
		}
		return
	}
	switch string(s.name) {
	case "t":
		c.inText = t == startTag
	case "rPh":
		c.phonetic = t == startTag
	case "r":
		c.font, c.inRun = "", t == startTag
	case "rFont":
		if t == startTag {
			c.font, _ = s.attr("val")
		}
	}
}

func (c *textCollector) reset() { *c = textCollector{text: c.text[:0]} }

func (c *textCollector) takeRuns() []Run {
	runs := c.runs
	c.runs = nil
	return runs
}

// unescapeControl resolves _x000D_, the way workbooks write what XML forbids, in place.
func unescapeControl(s []byte) []byte {
	if !bytes.Contains(s, []byte("_x")) {
		return s
	}
	out := s[:0]
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(string(s[i+2:i+6]), 16, 16); err == nil {
				out = utf8.AppendRune(out, rune(n))
				i += 7
				continue
			}
		}
		out = append(out, s[i])
		i++
	}
	return out
}

// cellStyle is a Style and whether its number format shows a day.
type cellStyle struct {
	Style
	date bool
}

// maxStyles is a little more than Excel allows; indexes above it mean the default.
const maxStyles = 1 << 16

// loadStyles reads fonts, number formats and the pairs of both that cells name.
func (w *workbook) loadStyles(part string) error {
	var fonts []string
	formats := map[int]string{}
	section := ""
	return w.each(part, func(s *xmlScanner, t token) error {
		switch name := string(s.name); {
		case t == charData:
		case t == endTag:
			if name == section {
				section = ""
			}
		case section == "" && (name == "fonts" || name == "numFmts" || name == "cellXfs"):
			section = name
		case section == "numFmts" && name == "numFmt":
			formats[s.number("numFmtId")], _ = s.attr("formatCode")
		case section == "fonts" && name == "font":
			fonts = append(fonts, "")
		case section == "fonts" && name == "name" && len(fonts) > 0:
			fonts[len(fonts)-1], _ = s.attr("val")
		case section == "cellXfs" && name == "xf":
			if len(w.styles) == maxStyles {
				return errors.New("too many styles")
			}
			w.styles = append(w.styles, styleOf(s.number("fontId"), s.number("numFmtId"), fonts, formats))
		}
		return nil
	})
}

func styleOf(font, format int, fonts []string, formats map[int]string) cellStyle {
	var out cellStyle
	if font >= 0 && font < len(fonts) {
		out.Font = fonts[font]
	}
	code, custom := formats[format]
	if !custom {
		code = builtinFormats[format]
	}
	out.Format = code
	out.date = showsDay(code) || !custom && (27 <= format && format <= 36 || 50 <= format && format <= 58)
	return out
}

// builtinFormats are the number formats a file names without writing them down.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
	21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
	40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}

// showsDay reports whether a number format shows a day: a d or y outside quotes,
// brackets and escapes.
func showsDay(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case quoted:
			quoted = c != '"'
		case bracket:
			bracket = c != ']'
		case c == '"':
			quoted = true
		case c == '[':
			bracket = true
		case c == '\\' || c == '_' || c == '*':
			i++
		case strings.IndexByte("dDyY", c) >= 0:
			return true
		}
	}
	return false
}
