package law

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// reading is a document: how it stands on the day, what bears on it, and its text.
//
//	Esc      back to what was found
//	F2       a note of the office, on the provision with the keyboard
//	F3       the outline
//	F4       cites the provision
//	F7       compares two wordings
//	F8       prints
//	F9       notes that it was made public or handed out
//	Ctrl+C   copies the words with their citation
//	← →      the article before, the next
type reading struct {
	widget.BaseWidget

	s    *Screen
	asks *kit.Latest

	r      record.LawReading
	anchor string // wanted once the document is here
	wanted string // item that is being read
	enter  bool   // the keyboard goes to the text once it is here
	links  bool   // all relations are shown

	where    *kit.Text
	tools    *fyne.Container
	compare  *kit.PushButton
	contents *kit.PushButton
	paper    *kit.PushButton
	column   *column
	empty    fyne.CanvasObject
	body     *fyne.Container
}

func newReading(s *Screen) *reading {
	r := &reading{s: s, asks: kit.NewLatest(s.desk.Runner), where: kit.Section(""), column: newColumn()}
	r.column.onMoved = func(int) { r.say() }
	r.column.onKey = r.key
	r.column.onCopy = r.copyTo
	r.column.onLetter = func(c rune) { s.library.letter(c) }
	r.compare = kit.Button(kit.T("So sánh"), "", r.compareWordings)
	r.contents = kit.Button(kit.T("Mục lục"), fynetheme.IconNameList, r.outline)
	r.paper = kit.Button(kit.T("In"), fynetheme.IconNameDocumentPrint, r.print)
	r.tools = kit.Flow(
		kit.Primary(kit.T("Trích dẫn"), fynetheme.IconNameContentCopy, r.cite),
		r.contents,
		r.compare,
		kit.Button(kit.T("Ghi chú"), fynetheme.IconNameDocumentCreate, r.note),
		r.paper,
		kit.Button(kit.T("Công khai, phát"), fynetheme.IconNameMailSend, r.handOut),
	)
	r.empty = kit.EmptyState(kit.T("Gõ để tìm, Enter để mở. Văn bản mở ra ở đây."), nil)
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, r.where, r.tools))
	r.body = kit.Border(kit.VStack(theme.SizeNone, head, kit.Hairline()), nil, nil, nil, r.column)
	r.body.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer shows the document, or that none is open.
func (r *reading) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.empty, r.body))
}

// open reads a document and goes to a provision of it, with the keyboard.
func (r *reading) open(item, anchor string) {
	r.anchor, r.enter = anchor, true
	if r.r.ID == item && r.wanted == item {
		r.arrive()
		return
	}
	r.links = false
	r.read(item)
}

// again reads the document that is open once more, as it stands now.
func (r *reading) again() {
	if r.wanted == "" {
		return
	}
	if r.r.ID == r.wanted { // else where to go is known already
		r.anchor, r.enter = r.at(), false
	}
	r.read(r.wanted)
}

func (r *reading) read(item string) {
	r.wanted = item
	day := r.s.library.day
	kit.Ask(r.asks, func(ctx context.Context) (record.LawReading, error) { return r.s.office.ReadLaw(ctx, item, day) },
		func(got record.LawReading, err error) {
			if err != nil {
				r.s.say(err)
				return
			}
			r.show(got)
		})
}

func (r *reading) show(got record.LawReading) {
	same := r.r.ID == got.ID
	r.r = got
	r.empty.Hide()
	r.body.Show()
	kit.SetVisible(r.compare, len(got.Wordings) > 1)
	kit.SetVisible(r.contents, len(got.Provisions) > 0)
	kit.SetVisible(r.paper, len(got.Provisions) > 0)
	r.tools.Refresh()
	if same {
		r.column.replace(r.blocks())
	} else {
		r.column.set(r.blocks())
	}
	r.Refresh()
	r.arrive()
}

// arrive goes to the provision that is wanted.
func (r *reading) arrive() {
	if i := r.column.find(provisionKey(r.anchor)); i >= 0 && r.anchor != "" {
		r.column.goTo(i)
	} else if i := r.column.find(r.anchor); i >= 0 { // a question of a list
		r.column.goTo(i)
	} else if r.enter {
		r.column.goTo(0)
	}
	if r.enter {
		r.enter = false
		r.s.focus(r.column)
	}
	r.say()
}

// target is what has the keyboard when one comes here.
func (r *reading) target() fyne.Focusable {
	if !r.body.Visible() {
		return nil
	}
	return r.column
}

func provisionKey(anchor string) string { return "p:" + anchor }

// at is the provision the keyboard is on; "" is the whole document.
func (r *reading) at() string {
	if anchor, ok := strings.CutPrefix(r.column.keyAt(), "p:"); ok {
		return anchor
	}
	return ""
}

func (r *reading) indexOf(anchor string) int {
	for i := range r.r.Provisions {
		if r.r.Provisions[i].Anchor == anchor {
			return i
		}
	}
	return -1
}

// say names the document and the provision the keyboard is on.
func (r *reading) say() {
	words := called(r.r.Number, r.r.Title)
	if at := place(r.r.Provisions, r.indexOf(r.at())); at != "" {
		words = upper(at) + " · " + words
	}
	r.where.SetText(words)
}

func (r *reading) key(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyEscape:
		r.s.back()
	case fyne.KeyF2:
		r.note()
	case fyne.KeyF3:
		r.outline()
	case fyne.KeyF4:
		r.cite()
	case fyne.KeyF7:
		r.compareWordings()
	case fyne.KeyF8:
		r.print()
	case fyne.KeyF9:
		r.handOut()
	case fyne.KeyRight:
		r.article(1)
	case fyne.KeyLeft:
		r.article(-1)
	default:
		return false
	}
	return true
}

// article goes to the next article, or the one before.
func (r *reading) article(step int) {
	i := r.indexOf(r.at())
	for i += step; i >= 0 && i < len(r.r.Provisions); i += step {
		if p := r.r.Provisions[i]; p.Level == "article" {
			r.column.goTo(r.column.find(provisionKey(p.Anchor)))
			return
		}
	}
}

// blocks are the document from its title to its end.
func (r *reading) blocks() []block {
	d := &r.r
	out := []block{{key: "title", stop: true, above: theme.SizeGap, texts: []text{{words: d.Title, size: theme.SizeSection, bold: true}, {words: r.about(), ink: theme.ColorMuted}}}}
	out = append(out, r.banner()...)
	out = append(out, r.wordingBlocks()...)
	out = append(out, r.fileBlocks()...)
	out = append(out, r.relationBlocks()...)
	for i, n := range d.Notes {
		out = append(out, r.noteBlock(n, "note:"+strconv.Itoa(i)))
	}
	if len(d.Provisions) > 0 {
		out = append(out, block{rule: true, above: theme.SizeGroup, texts: []text{{words: ""}}})
	}
	for i := range d.Provisions {
		out = append(out, r.provisionBlocks(i)...)
	}
	for i, a := range d.FAQ {
		out = append(out, r.answerBlock(i, a))
	}
	if !d.HasText && len(d.Files) == 0 {
		out = append(out, block{above: theme.SizeGroup, icon: theme.Icon(fynetheme.IconNameInfo), texts: []text{
			{words: kit.T("Thư viện chưa có toàn văn của văn bản này; gói mới của cấp trên có thể mang tới."), ink: theme.ColorMuted}}})
	}
	return out
}

func (r *reading) about() string {
	d := &r.r
	parts := []string{strings.TrimSpace(d.Type + " " + d.Number)}
	if d.Type == "" && d.Number == "" {
		parts[0] = kit.Term(record.LawKinds, string(d.Kind))
	}
	if d.Issuer != "" {
		parts = append(parts, d.Issuer)
	}
	if d.Issued != "" {
		parts = append(parts, kit.T("ban hành {{.Day}}", map[string]any{"Day": d.Issued.String()}))
	}
	return strings.Join(parts, " · ")
}

// banner says how the document stands on the day, and how sure that is.
func (r *reading) banner() []block {
	d := &r.r
	var out []block
	say := func(icon fyne.Resource, texts ...text) {
		out = append(out, block{icon: icon, texts: texts, above: theme.SizeTight})
	}
	if hasStatus(d.Kind) {
		words := statusWord(d.Status) + " " + kit.T("vào ngày {{.Day}}", map[string]any{"Day": d.On.String()})
		if days := span(d.Valid); days != "" {
			words += " (" + days + ")"
		}
		if d.Amended {
			words += ", " + kit.T("đã được sửa đổi, bổ sung")
		}
		say(statusIcon(d.Status), text{words: words + ".", bold: true})
	}
	for _, rel := range d.Relations {
		if rel.Inverse && (rel.Kind == "replaces" || rel.Kind == "repeals") && len(rel.Anchors) == 0 {
			words := relationWord(rel) + " " + rel.Number
			if rel.On != "" {
				words += " " + kit.T("từ {{.From}}", map[string]any{"From": rel.On.String()})
			}
			say(stateIcon(kit.Attention), text{words: words + "."})
		}
	}
	if d.PackValid != (record.Validity{}) {
		words := kit.T("Ngày hiệu lực ở đây do cơ quan ghi; gói ghi: {{.Days}}.", map[string]any{"Days": orUnknown(span(d.PackValid))})
		for _, n := range d.Notes {
			if n.Valid == d.Valid && n.Source != "" {
				words += " " + kit.T("Nguồn của cơ quan: {{.Source}}.", map[string]any{"Source": n.Source})
				break
			}
		}
		say(stateIcon(kit.Attention), text{words: words})
	}
	if d.Withdrawn {
		say(stateIcon(kit.Attention), text{words: kit.T("Gói mới đã rút văn bản này khỏi thư viện.")})
	}
	source := r.source()
	if d.Confidence != "" && d.Confidence != "high" {
		texts := []text{{words: kit.Term(record.LawConfidences, d.Confidence) + "."}}
		if source != "" {
			texts = append(texts, small(source))
		}
		say(stateIcon(kit.Attention), texts...)
	} else if source != "" {
		say(theme.Icon(fynetheme.IconNameInfo), small(source))
	}
	if d.Note != "" {
		say(theme.Icon(fynetheme.IconNameInfo), small(d.Note))
	}
	return out
}

func orUnknown(s string) string {
	if s == "" {
		return kit.T("chưa rõ")
	}
	return s
}

func small(words string) text {
	return text{words: words, size: fynetheme.SizeNameCaptionText, ink: theme.ColorMuted}
}

func (r *reading) source() string {
	d := &r.r
	if d.Source == "" {
		return ""
	}
	words := kit.T("Nguồn: {{.Source}}", map[string]any{"Source": d.Source})
	if d.CheckedOn != "" {
		words += ", " + kit.T("kiểm tra ngày {{.Day}}", map[string]any{"Day": d.CheckedOn.String()})
	}
	return words
}

func heading(words string) block {
	return block{above: theme.SizeGroup, texts: []text{{words: words, bold: true}}}
}

func link(key string, icon fyne.Resource, open func(), texts ...text) block {
	texts[0].ink = fynetheme.ColorNameHyperlink
	return block{key: key, icon: icon, texts: texts, stop: true, open: open}
}

// wordingBlocks say which wording is read and offer the others.
func (r *reading) wordingBlocks() []block {
	if len(r.r.Wordings) < 2 {
		return nil
	}
	out := []block{heading(kit.T("Bản văn"))}
	for i, w := range r.r.Wordings {
		words := kit.T("Bản từ {{.From}}", map[string]any{"From": w.From.String()})
		if w.From == "" {
			words = kit.T("Bản đầu tiên")
		}
		if w.Title != "" {
			words += " · " + w.Title
		}
		key := "wording:" + w.SHA256
		if w.SHA256 == r.r.Wording.SHA256 {
			out = append(out, block{key: key, icon: theme.Icon(fynetheme.IconNameConfirm), texts: []text{{words: words + " · " + kit.T("đang đọc"), bold: true}}})
			continue
		}
		out = append(out, link(key, theme.Icon(fynetheme.IconNameDocument), func() { r.readFrom(i) }, text{words: words}))
	}
	return out
}

// readFrom reads the wording of an index, on the first day it can be read on.
func (r *reading) readFrom(i int) {
	w := r.r.Wordings[i]
	day := w.From
	switch {
	case day == "" && r.r.Valid.From != "":
		day = r.r.Valid.From
	case day == "" && i+1 < len(r.r.Wordings):
		day = r.r.Wordings[i+1].From.AddDays(-1)
	}
	if next := i + 1; r.s.today() >= day && (next >= len(r.r.Wordings) || r.s.today() < r.r.Wordings[next].From) {
		day = r.s.today()
	}
	r.s.library.setDay(day)
}

func (r *reading) fileBlocks() []block {
	if len(r.r.Files) == 0 {
		return nil
	}
	out := []block{heading(kit.T("Tệp kèm theo"))}
	for _, f := range r.r.Files {
		name := f.Title
		if name == "" {
			name = filepath.Base(f.Name)
		}
		words := kit.T("Mở: {{.Name}}", map[string]any{"Name": name}) + " (" + strings.ToUpper(strings.TrimPrefix(filepath.Ext(f.Name), ".")) + ", " + kit.Size(f.Size) + ")"
		if !f.Here {
			out = append(out, block{icon: stateIcon(kit.Attention), texts: []text{{words: kit.T("Máy này chưa có tệp {{.Name}}; hãy nhập lại gói.", map[string]any{"Name": name})}}})
			continue
		}
		out = append(out, link("file:"+f.SHA256, theme.Icon(fynetheme.IconNameFile), func() { r.openFile(f) }, text{words: words}))
	}
	return out
}

func (r *reading) openFile(f record.LawFile) {
	item := r.r.ID
	kit.Do(r.s.desk.Runner, func(ctx context.Context) (string, error) { return r.s.office.LawFile(ctx, item, f.SHA256) },
		func(path string, err error) {
			if err != nil {
				r.s.say(err)
				return
			}
			kit.OpenFile(r.s.desk, path, func(sentence string) { r.s.desk.Say(sentence, nil) })
		})
}

// fewLinks are as many relations as are shown at first: what replaces and amends comes
// before what guides.
const fewLinks = 6

func (r *reading) relationBlocks() []block {
	all := r.r.Relations
	if len(all) == 0 {
		return nil
	}
	out := []block{heading(kit.T("Văn bản liên quan"))}
	for i, rel := range all {
		if i == fewLinks && !r.links && len(all) > fewLinks+1 {
			more := kit.T("Xem thêm {{.N}} văn bản", map[string]any{"N": kit.Number(int64(len(all) - i))})
			out = append(out, link("links", theme.Icon(fynetheme.IconNameMoreHorizontal), r.showLinks, text{words: more}))
			break
		}
		out = append(out, r.relationBlock(i, rel))
	}
	return out
}

func (r *reading) showLinks() {
	r.links = true
	at := r.column.at
	r.column.replace(r.blocks())
	r.column.goTo(at)
}

func (r *reading) relationBlock(i int, rel record.LawRelation) block {
	name := rel.Number
	if !rel.Known && rel.Note != "" { // the number as people write it; that it is not here is said below
		name, rel.Note = strings.TrimSuffix(rel.Note, " (ngoài danh mục)"), ""
	}
	words := relationWord(rel) + " " + name
	if rel.On != "" {
		words += ", " + kit.T("từ {{.From}}", map[string]any{"From": rel.On.String()})
	}
	about := rel.Title
	if at := kit.In(rel.Says); at != "" {
		about = strings.TrimPrefix(about+" · "+at, " · ")
	}
	if about == "" {
		about = rel.Note
	}
	texts := []text{{words: words}}
	if about != "" {
		texts = append(texts, small(about))
	}
	key := "relation:" + strconv.Itoa(i)
	if !rel.Known {
		texts[0].words += " · " + kit.T("không có trong thư viện")
		return block{key: key, icon: theme.Icon(fynetheme.IconNameDocument), texts: texts}
	}
	return link(key, theme.Icon(fynetheme.IconNameDocument), func() { r.open(rel.Item, "") }, texts...)
}

// provisionBlocks are a provision, and what the office says of it.
func (r *reading) provisionBlocks(i int) []block {
	p := r.r.Provisions[i]
	b := block{key: provisionKey(p.Anchor), stop: true}
	label, ink := record.LawLabel(p), fyne.ThemeColorName("")
	ended := p.Status == record.LawEnded
	if ended {
		ink = theme.ColorMuted
	}
	switch p.Level {
	case "part", "chapter", "section", "subsection", "annex":
		b.above = theme.SizeGroup
		b.texts = append(b.texts, text{words: label, size: theme.SizeSection, bold: true, ink: ink})
		label = ""
	case "article":
		b.above = theme.SizeGroup
		b.texts = append(b.texts, text{words: label, bold: true, ink: ink})
		label = ""
	case "point":
		b.indent = 1.5
	}
	if words := strings.TrimSpace(label + " " + p.Text); words != "" {
		b.texts = append(b.texts, text{words: words, ink: ink})
	}
	if len(b.texts) == 0 {
		return nil
	}
	if ended && r.r.Status != record.LawEnded {
		b.icon = statusIcon(record.LawEnded)
		b.texts = append(b.texts, small(strings.TrimSuffix(statusWord(record.LawEnded)+": "+p.By, ": ")))
	} else if p.Status == record.LawNotYet && r.r.Status != record.LawNotYet {
		b.icon = statusIcon(record.LawNotYet)
		b.texts = append(b.texts, small(strings.TrimSuffix(statusWord(record.LawNotYet)+": "+p.By, ": ")))
	}
	out := []block{b}
	for k, n := range p.Notes {
		out = append(out, r.noteBlock(n, "note:"+p.Anchor+":"+strconv.Itoa(k)))
	}
	return out
}

func (r *reading) noteBlock(n record.LawNote, key string) block {
	words := n.Text
	if n.Valid != (record.Validity{}) {
		words = strings.TrimSpace(kit.T("Cơ quan ghi hiệu lực {{.Days}}.", map[string]any{"Days": span(n.Valid)}) + " " + words)
	}
	foot := kit.T("Ghi chú của cơ quan")
	if n.Source != "" {
		foot += " · " + kit.T("Nguồn: {{.Source}}", map[string]any{"Source": n.Source})
	}
	if n.CheckedOn != "" {
		foot += " · " + n.CheckedOn.String()
	}
	return block{key: key, icon: theme.Icon(fynetheme.IconNameDocumentCreate), indent: 1, stop: true, open: func() { r.edit(n) },
		texts: []text{{words: words, italic: true}, small(foot)}}
}

func (r *reading) answerBlock(i int, a record.LawAnswer) block {
	b := block{key: "h" + strconv.Itoa(i+1), above: theme.SizeGroup, stop: true, texts: []text{{words: a.Question, bold: true}, {words: a.Answer}}}
	var on []string
	for _, c := range a.Citations {
		on = append(on, c.Says())
	}
	if len(on) > 0 {
		b.texts = append(b.texts, small(kit.T("Căn cứ: {{.On}}", map[string]any{"On": strings.Join(on, "; ")})))
		if first := a.Citations[0]; first.Item != "" {
			b.open = func() { r.open(first.Item, first.Anchor) }
		}
	}
	return b
}
