package sheet

import (
	"context"
	"strings"
)

// separator finds what stands between the cells: what Excel's "sep=" line says,
// otherwise the one of tab, semicolon and comma that divides most lines alike.
func separator(text string) (comma byte, rest string) {
	if len(text) > 5 && strings.EqualFold(text[:4], "sep=") && (text[5] == '\n' || text[5] == '\r') {
		return text[4], strings.TrimPrefix(strings.TrimPrefix(text[5:], "\r"), "\n")
	}
	best, most := byte(','), 0
	for _, c := range []byte{'\t', ';', ','} {
		if n := agreement(text, c); n > most {
			best, most = c, n
		}
	}
	return best, text
}

// agreement counts, over the first lines, those that have the commonest number
// of separators, weighted by that number; quoted ones do not count.
func agreement(text string, comma byte) int {
	lines, fields, quoted := map[int]int{}, 0, false
	for i := 0; i < min(len(text), 64<<10); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == comma:
			fields++
		case c == '\n':
			lines[fields]++
			fields = 0
		}
	}
	lines[fields]++
	best := 0
	for n, count := range lines {
		best = max(best, min(n, 3)*count)
	}
	return best
}

// delimited walks over a text cell by cell. Spreadsheets quote a cell that has a
// separator, a quote or a line break; a quote that is never closed is a letter.
type delimited struct {
	builder
	text     string
	pos      int
	comma    byte
	unquoted bool // an open quote was never closed: quotes are letters from here on
}

func readDelimited(ctx context.Context, text string, g Grid, comma byte) (*Grid, error) {
	d := &delimited{builder: builder{grid: g}, text: text, comma: comma}
	for line := 1; d.pos < len(d.text); line++ {
		if line%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := d.startRow(line, false); err != nil {
			if strings.TrimSpace(d.text[d.pos:]) == "" {
				break
			}
			return nil, err
		}
		if err := d.readLine(); err != nil {
			return nil, err
		}
	}
	return d.finish()
}

func (d *delimited) readLine() error {
	for col := 0; ; col++ {
		cell := d.readCell()
		if strings.TrimSpace(cell) != "" {
			if err := d.add(Cell{Text: cell, Col: col}); err != nil {
				return err
			}
		}
		if d.pos >= len(d.text) || d.text[d.pos] != d.comma {
			d.skipBreak()
			return nil
		}
		d.pos++
	}
}

func (d *delimited) skipBreak() {
	if d.pos < len(d.text) && d.text[d.pos] == '\r' {
		d.pos++
	}
	if d.pos < len(d.text) && d.text[d.pos] == '\n' {
		d.pos++
	}
}

func (d *delimited) readCell() string {
	if !d.unquoted && d.pos+1 < len(d.text) && d.text[d.pos] == '"' && !d.endsCell(d.pos+1) {
		if cell, end, ok := d.quoted(); ok {
			d.pos = end
			return cell
		}
	}
	rest := d.text[d.pos:]
	end := strings.IndexAny(rest, string([]byte{d.comma, '\r', '\n'}))
	if end < 0 {
		end = len(rest)
	}
	d.pos += end
	return rest[:end]
}

// endsCell reports whether a separator, a line break or the end stands here. A
// quote right before it is a ditto mark, not the beginning of a quoted cell.
func (d *delimited) endsCell(i int) bool {
	return i == len(d.text) || d.text[i] == d.comma || d.text[i] == '\n' || d.text[i] == '\r'
}

// quoted reads a cell in quotes. What is only quoted in part – `"Sao Mai" xã
// Đăk Hà`, or the ditto mark `"` – is no quoted cell.
func (d *delimited) quoted() (cell string, end int, ok bool) {
	var b strings.Builder
	for i := d.pos + 1; ; {
		n := strings.IndexByte(d.text[i:], '"')
		if n < 0 {
			d.unquoted = true
			return "", 0, false
		}
		b.WriteString(d.text[i : i+n])
		i += n + 1
		switch {
		case i < len(d.text) && d.text[i] == '"':
			b.WriteByte('"')
			i++
		case d.endsCell(i):
			// No spreadsheet quotes an empty cell on the clipboard: it is a ditto mark.
			return b.String(), i, d.comma != '\t' || b.Len() > 0
		default:
			return "", 0, false
		}
	}
}
