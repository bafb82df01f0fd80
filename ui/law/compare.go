package law

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// comparing is two wordings side by side, laid over the window.
//
//	F3, N     the next difference; Shift+F3, P the one before
//	A         all, or only what differs
//	Esc       leaves
type comparing struct {
	r    *reading
	asks *kit.Latest

	c     record.LawComparison
	whole bool // all provisions are shown, not only those that differ

	sheet  *kit.Dialog
	before *kit.Select
	after  *kit.Select
	said   *kit.Text
	chips  *kit.ChipRow
	column *column
}

// compareWordings lays the wording that is read beside the one before it.
func (r *reading) compareWordings() {
	if r.wanted == "" {
		return
	}
	if len(r.r.Wordings) < 2 {
		r.s.desk.Say(kit.T("Văn bản này chỉ có một bản văn, không có gì để so sánh."), nil)
		return
	}
	c := &comparing{r: r, asks: kit.NewLatest(r.s.desk.Runner), said: kit.Caption(""), column: newColumn()}
	c.chips = kit.NewChipRow(func(chip kit.GroupChip) { c.show(chip.Key == "all") })
	c.before, c.after = kit.NewSelect(c.options(), nil), kit.NewSelect(c.options(), nil)
	c.column.onKey, c.column.onLetter = c.key, c.letter
	c.lay()
	c.ask("", r.r.Wording.SHA256)
}

func (c *comparing) options() []string {
	var out []string
	for _, w := range c.r.r.Wordings {
		out = append(out, wordingName(w))
	}
	return out
}

func wordingName(w record.LawWording) string {
	name := kit.T("Bản từ {{.From}}", map[string]any{"From": w.From.String()})
	if w.From == "" {
		name = kit.T("Bản đầu tiên")
	}
	if w.Title != "" {
		name += " · " + w.Title
	}
	return name
}

func (c *comparing) lay() {
	next := kit.Button(kit.T("Chỗ khác tiếp theo"), fynetheme.IconNameMoveDown, func() { c.jump(1) })
	end := kit.Button(kit.T("Đóng"), "", func() { c.leave() })
	title := kit.Section(kit.T("So sánh {{.Document}}", map[string]any{"Document": called(c.r.r.Number, c.r.r.Title)}))
	c.said.Wrap = true
	lists := kit.HStack(theme.SizeGap, wide(15, c.before), wide(15, c.after))
	top := kit.Border(nil, nil, nil, kit.HStack(theme.SizeGap, next, end), title)
	head := kit.VStack(theme.SizeGap, top, kit.Border(nil, nil, lists, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, c.chips)), c.said)
	c.sheet = kit.ShowSheet(c.r.s.desk.Window, kit.Border(head, nil, nil, nil, c.column), c.column, func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyEscape {
			c.leave()
			return true
		}
		return c.key(key)
	})
}

func (c *comparing) leave() {
	c.asks.Drop()
	c.sheet.Hide()
	c.r.s.focus(c.r.column)
}

// ask compares two wordings; "" is the one before the other.
func (c *comparing) ask(before, after string) {
	item := c.r.r.ID
	kit.Ask(c.asks, func(ctx context.Context) (record.LawComparison, error) {
		return c.r.s.office.CompareLaw(ctx, item, before, after)
	}, func(got record.LawComparison, err error) {
		if err != nil {
			c.said.SetText(kit.Sentence(err))
			return
		}
		c.c = got
		c.choices()
		c.show(c.whole || got.Changed == 0)
		at := c.column.find(pairKey(c.r.articleOf(c.r.at())))
		if i := c.column.find(pairKey(c.r.at())); i >= 0 {
			at = i
		}
		if at >= 0 {
			c.column.goTo(at)
		}
	})
}

// choices shows which two are compared, and lets others be chosen.
func (c *comparing) choices() {
	shas := make([]string, len(c.r.r.Wordings))
	for i, w := range c.r.r.Wordings {
		shas[i] = w.SHA256
	}
	for _, side := range []struct {
		list *kit.Select
		sha  string
	}{{c.before, c.c.Before.SHA256}, {c.after, c.c.After.SHA256}} {
		side.list.OnChanged = nil
		for i, sha := range shas {
			if sha == side.sha {
				side.list.SetSelectedIndex(i)
			}
		}
	}
	changed := func(string) {
		b, a := c.before.SelectedIndex(), c.after.SelectedIndex()
		if b >= 0 && a >= 0 && b != a {
			c.ask(shas[b], shas[a])
		}
	}
	c.before.OnChanged, c.after.OnChanged = changed, changed
}

func pairKey(anchor string) string { return "c:" + anchor }

// show lays out the pairs, all or those that differ.
func (c *comparing) show(whole bool) {
	c.whole = whole
	c.chips.Set([]kit.GroupChip{
		{Group: "shown", Chip: kit.Chip{Key: "changed", Label: kit.T("Chỗ khác"), Count: c.c.Changed}, On: !whole},
		{Group: "shown", Chip: kit.Chip{Key: "all", Label: kit.T("Tất cả"), Count: len(c.c.Pairs)}, On: whole},
	})
	c.said.SetText(kit.T("{{.N}} chỗ khác nhau. Bên trái là bản trước: chữ gạch ngang bị bỏ; bên phải là bản sau: chữ gạch chân là mới.", map[string]any{"N": kit.Number(int64(c.c.Changed))}))
	caption := func(w record.LawWording) text { return text{words: wordingName(w), bold: true} }
	blocks := []block{{texts: []text{caption(c.c.Before)}, beside: []text{caption(c.c.After)}}}
	for i, p := range c.c.Pairs {
		if whole || p.Change != record.LawSame {
			blocks = append(blocks, pairBlock(i, p))
		}
	}
	c.column.replace(blocks)
	c.column.Refresh()
}

func pairBlock(i int, p record.LawPair) block {
	label := upper(kit.In(p.Label))
	if word := changeWord(p.Change); word != "" {
		label += " · " + word
	}
	b := block{key: pairKey(p.Anchor), stop: true, rule: true, above: theme.SizeGap}
	if p.Anchor == "" {
		b.key = pairKey(strconv.Itoa(i))
	}
	side := func(words string, marks []record.Span, m mark, all bool) text {
		if all && words != "" {
			marks = []record.Span{{From: 0, To: len([]rune(words))}}
		}
		marks = slices.Clone(marks)
		for k, runes := 0, []rune(words); k < len(marks); k++ { // a space at the end is no word
			for marks[k].To > marks[k].From && marks[k].To <= len(runes) && unicode.IsSpace(runes[marks[k].To-1]) {
				marks[k].To--
			}
		}
		return text{words: words, marks: stretches(marks, m)}
	}
	b.texts = []text{small(label), side(p.Before, p.BeforeMarks, removed, p.Change == record.LawRemoved)}
	b.beside = []text{small(" "), side(p.After, p.AfterMarks, added, p.Change == record.LawAdded)}
	return b
}

func changeWord(c record.LawChange) string {
	switch c {
	case record.LawAdded:
		return kit.T("thêm mới")
	case record.LawRemoved:
		return kit.T("bỏ")
	case record.LawChanged:
		return kit.T("sửa")
	case record.LawMoved:
		return kit.T("chuyển chỗ")
	}
	return ""
}

// jump goes to the next pair that differs, or the one before.
func (c *comparing) jump(step int) {
	changed := map[string]bool{}
	for i, p := range c.c.Pairs {
		if p.Change != record.LawSame {
			changed[pairBlock(i, p).key] = true
		}
	}
	n := len(c.column.blocks)
	for k := 1; k <= n; k++ { // round and round
		i := ((c.column.at+k*step)%n + n) % n
		if changed[c.column.blocks[i].key] {
			c.column.goTo(i)
			return
		}
	}
}

func (c *comparing) key(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyF3:
		step := 1
		if held := c.r.s.desk.Modifiers; held != nil && held()&fyne.KeyModifierShift != 0 {
			step = -1
		}
		c.jump(step)
	case fyne.KeyEscape:
		c.leave()
	default:
		return false
	}
	return true
}

func (c *comparing) letter(r rune) {
	switch strings.ToLower(string(r)) {
	case "n":
		c.jump(1)
	case "p":
		c.jump(-1)
	case "a":
		c.show(!c.whole)
	}
}
