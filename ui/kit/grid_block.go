package kit

import "strings"

// readBlock splits the text a spreadsheet puts on the clipboard into cells:
// tabs between cells, line ends between rows, a cell with either of them in
// quotes. One line end after the last row is not a row.
func readBlock(text string) [][]string {
	var rows [][]string
	var row []string
	for {
		cell, rest, end := readCell(text)
		row = append(row, cell)
		text = rest
		if end == '\t' {
			continue
		}
		rows = append(rows, row)
		row = nil
		if end == 0 || text == "" {
			return rows
		}
	}
}

// readCell takes the first cell off the text and says what ended it: a tab, a
// line end, or 0 for the end of the text.
func readCell(text string) (cell, rest string, end byte) {
	if quoted, after, ok := readQuoted(text); ok {
		_, rest, end = cutCell(after)
		return quoted, rest, end
	}
	return cutCell(text)
}

func cutCell(text string) (cell, rest string, end byte) {
	i := strings.IndexAny(text, "\t\r\n")
	if i < 0 {
		return text, "", 0
	}
	if strings.HasPrefix(text[i:], "\r\n") {
		return text[:i], text[i+2:], '\n'
	}
	if text[i] == '\t' {
		return text[:i], text[i+1:], '\t'
	}
	return text[:i], text[i+1:], '\n'
}

// readQuoted reads "a cell in quotes, with "" for one quote". Quotes that do
// not close, or close before the cell ends, are ordinary characters.
func readQuoted(text string) (cell, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var out strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			out.WriteByte(text[i])
			continue
		}
		if strings.HasPrefix(text[i:], `""`) {
			out.WriteByte('"')
			i++
			continue
		}
		rest = text[i+1:]
		return out.String(), rest, rest == "" || strings.ContainsRune("\t\r\n", rune(rest[0]))
	}
	return "", "", false
}

// quoteCell is the opposite of readCell.
func quoteCell(text string) string {
	if !strings.ContainsAny(text, "\t\r\n\"") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

// oneLine is a cell's text as a grid keeps it: one line, no spaces around.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

// isBlock reports whether text from the clipboard is more than one cell.
func isBlock(text string) bool {
	return strings.ContainsAny(strings.TrimRight(text, "\r\n"), "\t\r\n")
}
