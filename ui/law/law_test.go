package law_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/law"
	"sophobien/ui/uitest"
)

// office is a library of two texts that answers at once, unless it is told to fail.
type office struct {
	fail     map[string]error
	asked    []record.LawFilter
	read     []string // item@day
	saved    []record.LawNote
	reviews  []string
	opened   []string
	printed  []string
	shown    []string
	built    []record.PackSources
	affected []record.LawAffected
	packs    []record.PackChannel
	offer    record.PackOffer
	took     []string
	role     record.Role
	long     int // further articles of the code
}

func (o *office) called(name string) error { return o.fail[name] }

func (*office) ParseDate(text string) (record.Date, error) {
	var d, m, y int
	if _, err := fmt.Sscanf(text, "%d/%d/%d", &d, &m, &y); err != nil {
		return "", record.Refuse(record.ErrInvalid, "Không hiểu ngày.", "Not a day.")
	}
	return record.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, d)), nil
}

func (o *office) SearchLaw(_ context.Context, f record.LawFilter) (record.LawPage, error) {
	o.asked = append(o.asked, f)
	all := []record.LawHit{
		{Item: "code", Kind: record.LawDocument, Number: "45/2019/QH14", Title: "Bộ luật Lao động", Status: record.LawInForce},
		{Item: "code", Anchor: "d98.k1", Kind: record.LawDocument, Number: "45/2019/QH14", Title: "Bộ luật Lao động", Provision: record.Words{VI: "khoản 1 Điều 98", EN: "Article 98(1)"}, Heading: "Tiền lương làm thêm giờ",
			Snippet: "Làm thêm giờ được trả lương", Marks: []record.Span{{From: 0, To: 12}}, Status: record.LawInForce, Noted: true},
		{Item: "old", Kind: record.LawDocument, Number: "10/2012/QH13", Title: "Bộ luật cũ", Status: record.LawEnded},
	}
	var p record.LawPage
	for _, h := range all {
		if f.Text != "" && !strings.Contains(kit.Bare(h.Title+h.Snippet+h.Number), kit.Bare(f.Text)) || f.Status != "" && h.Status != f.Status {
			continue
		}
		p.Hits = append(p.Hits, h)
	}
	p.Total = len(p.Hits)
	return p, o.called("SearchLaw")
}

func (o *office) LawUsed(context.Context) ([]record.Term, []string, error) {
	return []record.Term{{Code: "LD08", Words: record.Words{VI: "Tiền lương", EN: "Wages"}}}, []string{"Bộ luật", "Nghị định"}, o.called("LawUsed")
}

func (o *office) ReadLaw(_ context.Context, item string, on record.Date) (record.LawReading, error) {
	o.read = append(o.read, item+"@"+string(on))
	if err := o.called("ReadLaw"); err != nil {
		return record.LawReading{}, err
	}
	day := cmp.Or(on, record.DateOf(uitest.Clock()))
	if item == "faq" {
		return record.LawReading{LawItem: record.LawItem{ID: "faq", Kind: record.LawFAQ, Title: "Hỏi đáp tiền lương", HasText: true}, On: day, FAQ: []record.LawAnswer{
			{Question: "Làm đêm trả thêm bao nhiêu?", Answer: "Ít nhất 30%.", Citations: []record.Citation{{Document: "45/2019/QH14", Title: "Bộ luật Lao động", Provision: "khoản 2 Điều 98", Item: "code", Anchor: "d98.k1"}}},
		}}, nil
	}
	if item == "old" {
		return record.LawReading{LawItem: record.LawItem{ID: "old", Kind: record.LawDocument, Number: "10/2012/QH13", Title: "Bộ luật cũ", Status: record.LawEnded, Confidence: "medium", Source: "công báo"}, On: day,
			Relations: []record.LawRelation{{Kind: "replaces", Inverse: true, Item: "code", Number: "45/2019/QH14", Known: true, On: "2021-01-01"}}}, nil
	}
	r := record.LawReading{
		LawItem: record.LawItem{ID: "code", Kind: record.LawDocument, Type: "Bộ luật", Number: "45/2019/QH14", Title: "Bộ luật Lao động", Status: record.LawInForce, HasText: true,
			Valid: record.Validity{From: "2021-01-02"}, PackValid: record.Validity{From: "2021-01-01"}, Topics: []string{"LD08"}},
		On: day, Wording: record.LawWording{SHA256: "b", From: "2026-02-12"},
		Wordings:  []record.LawWording{{SHA256: "a", From: "2021-01-01"}, {SHA256: "b", From: "2026-02-12", Title: "18/VBHN-VPQH"}},
		Relations: []record.LawRelation{{Kind: "replaces", Item: "old", Number: "10/2012/QH13", Title: "Bộ luật cũ", Known: true}},
		Files:     []record.LawFile{{Name: "to-roi.pdf", SHA256: "f", Size: 3000, Here: true}},
		Provisions: []record.LawProvision{
			{Anchor: "c6", Level: "chapter", Number: "VI", Heading: "TIỀN LƯƠNG"},
			{Anchor: "d98", Level: "article", Number: "98", Heading: "Tiền lương làm thêm giờ"},
			{Anchor: "d98.k1", Level: "clause", Number: "1", Text: "Người lao động làm thêm giờ được trả lương như sau:"},
			{Anchor: "d98.k1.a", Level: "point", Number: "a", Text: "Vào ngày thường, ít nhất bằng 150%;"},
			{Anchor: "d99", Level: "article", Number: "99", Heading: "Tiền lương ngừng việc", Text: "Người lao động được trả lương.", Status: record.LawEnded, By: "283/2026/NĐ-CP, từ 10/9/2026"},
		},
	}
	for i := range o.long {
		r.Provisions = append(r.Provisions, record.LawProvision{Anchor: fmt.Sprintf("d%d", 100+i/9), Level: "article", Number: fmt.Sprint(100 + i/9), Heading: "Điều thêm vào cho dài"},
			record.LawProvision{Anchor: fmt.Sprintf("d%d.k%d", 100+i/9, i), Level: "clause", Number: fmt.Sprint(i), Text: strings.Repeat("người sử dụng lao động phải trả lương đúng hạn ", 8)})
	}
	for _, n := range o.saved {
		for i := range r.Provisions {
			if r.Provisions[i].Anchor == n.Anchor {
				r.Provisions[i].Notes = append(r.Provisions[i].Notes, n)
			}
		}
		if n.Anchor == "" {
			r.Notes = append(r.Notes, n)
		}
	}
	return r, nil
}

func (o *office) CompareLaw(_ context.Context, _, before, after string) (record.LawComparison, error) {
	c := record.LawComparison{Before: record.LawWording{SHA256: cmp.Or(before, "a"), From: "2021-01-01"}, After: record.LawWording{SHA256: after, From: "2026-02-12"}, Changed: 2}
	c.Pairs = []record.LawPair{
		{Anchor: "d97", Label: record.Words{VI: "Điều 97"}, Before: "Như cũ.", After: "Như cũ."},
		{Anchor: "d98.k1.a", Change: record.LawChanged, Label: record.Words{VI: "điểm a khoản 1 Điều 98"}, Before: "ít nhất bằng 150%;", After: "ít nhất bằng 170%;", BeforeMarks: []record.Span{{From: 13, To: 18}}, AfterMarks: []record.Span{{From: 13, To: 18}}},
		{Anchor: "d98a", Change: record.LawAdded, Label: record.Words{VI: "Điều 98a"}, After: "Điều mới."},
	}
	for i := range o.long {
		same := record.LawPair{Anchor: fmt.Sprintf("d%d", 200+i), Label: record.Words{VI: fmt.Sprintf("Điều %d", 200+i)}, Before: "Như cũ.", After: "Như cũ."}
		c.Pairs = slices.Insert(c.Pairs, 2, same)
	}
	return c, o.called("CompareLaw")
}

func (o *office) Cite(_ context.Context, item, anchor string, on record.Date) (record.Citation, error) {
	c := record.Citation{Document: "45/2019/QH14", Title: "Bộ luật Lao động", Item: item, Anchor: anchor, On: on, Version: 1}
	if anchor == "d98.k1" {
		c.Provision, c.Text = "khoản 1 Điều 98", "1. Người lao động làm thêm giờ được trả lương như sau:"
	}
	return c, o.called("Cite")
}

func (o *office) SaveLawNote(_ context.Context, n record.LawNote) (record.LawNote, error) {
	if err := cmp.Or(o.called("SaveLawNote"), n.Validate()); err != nil {
		return n, err
	}
	for i := range o.saved {
		if o.saved[i].Anchor == n.Anchor {
			o.saved[i] = n
			return n, nil
		}
	}
	o.saved = append(o.saved, n)
	return n, nil
}

func (o *office) LawFile(_ context.Context, item, sha string) (string, error) {
	o.opened = append(o.opened, item+"/"+sha)
	return "/mo/to-roi.pdf", o.called("LawFile")
}

func (o *office) PrintLaw(_ context.Context, item, anchor string, _ record.Date, path string) (record.Words, error) {
	o.printed = append(o.printed, item+"#"+anchor+" "+path)
	return record.Words{}, o.called("PrintLaw")
}

func (o *office) LawAffected(context.Context) ([]record.LawAffected, error) {
	return o.affected, o.called("LawAffected")
}

func (o *office) ReviewCitation(_ context.Context, of record.LawAffected, outcome, note string) (record.Review, error) {
	o.reviews = append(o.reviews, of.Title+" "+outcome+" "+note)
	o.affected = o.affected[1:]
	return record.Review{}, o.called("ReviewCitation")
}

func (o *office) LawMessage(_ context.Context, of record.LawAffected) (string, error) {
	return "Kính gửi: Người hỏi. " + of.Now, o.called("LawMessage")
}

func (o *office) Exchange(context.Context) (record.Exchange, error) {
	return record.Exchange{Role: o.role}, o.called("Exchange")
}

func (o *office) Packs(context.Context) ([]record.PackChannel, error) {
	return o.packs, o.called("Packs")
}

func (o *office) OfferPack(_ context.Context, path string) (record.PackOffer, error) {
	p := o.offer
	p.Path = path
	return p, o.called("OfferPack")
}

func (o *office) InstallPack(_ context.Context, path string, progress func(done, total int64)) (record.PackOffer, error) {
	progress(1<<10, 2<<10)
	o.took = append(o.took, path)
	return o.offer, o.called("InstallPack")
}

func (o *office) ShowPack(_ context.Context, channel string, version int64) error {
	o.shown = append(o.shown, fmt.Sprintf("%s %d", channel, version))
	return o.called("ShowPack")
}

func (o *office) BuildPack(_ context.Context, s record.PackSources) (record.BuiltPack, error) {
	o.built = append(o.built, s)
	return record.BuiltPack{Path: "/ra/goi.zip", Version: 5, Items: 3, Size: 2048, Warnings: []record.PackWarning{{File: "items.csv", Line: 4, Words: record.Words{VI: "chưa có toàn văn", EN: "no text"}}}}, o.called("BuildPack")
}

// desk is the area in a window, with a person at its keyboard.
type desk struct {
	*uitest.Keyboard
	office  *office
	screen  *law.Screen
	window  fyne.Window
	said    []string
	offers  []kit.Offer
	cited   []string
	begun   []record.Noun
	rows    []record.Ref
	outside []string
}

func open(t *testing.T, o *office) *desk {
	t.Helper()
	return openWith(t, o, uitest.AtOnce())
}

func openWith(t *testing.T, o *office, r *kit.Runner) *desk {
	t.Helper()
	uitest.App(t)
	d := &desk{office: o, window: uitest.Window(t, nil)}
	d.screen = law.New(kit.Desk{
		Runner: r, Window: d.window, Now: uitest.Clock,
		Say:   func(words string, _ func()) { d.said = append(d.said, words) },
		Offer: func(words string, offers ...kit.Offer) { d.said, d.offers = append(d.said, words), offers },
		Open:  func(path string) error { d.outside = append(d.outside, path); return nil },
	}, o)
	d.screen.Pause, d.screen.DefaultFolder = 0, t.TempDir()
	d.screen.OnCite = func(c record.Citation, anew bool) { d.cited = append(d.cited, fmt.Sprint(c.Says(), " ", anew)) }
	d.screen.OnBegin = func(n record.Noun) { d.begun = append(d.begun, n) }
	d.screen.OnOpenRow = func(ref record.Ref) { d.rows = append(d.rows, ref) }
	d.window.SetContent(d.screen)
	d.Keyboard = uitest.NewKeyboard(d.window)
	kit.Keys(d.window.Canvas(), func(*fyne.KeyEvent) {})
	d.screen.Reload()
	if f := d.screen.FocusTarget(); f != nil {
		d.window.Canvas().Focus(f)
	}
	return d
}

// words are those of the window, and of what lies over it.
func (d *desk) words() string {
	words := uitest.Words(d.screen)
	if top := uitest.Overlay(d.window); top != nil {
		words += "\n" + uitest.Words(top)
	}
	return strings.Join(strings.Fields(words), " ")
}

func (d *desk) shows(t *testing.T, wants ...string) {
	t.Helper()
	words := d.words()
	for _, want := range wants {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not shown in:\n%s", want, words)
		}
	}
}

func (d *desk) hides(t *testing.T, unwanted ...string) {
	t.Helper()
	words := d.words()
	for _, one := range unwanted {
		if strings.Contains(words, one) {
			t.Errorf("%q is shown in:\n%s", one, words)
		}
	}
}

func (d *desk) clipboard() string { return fyne.CurrentApp().Clipboard().Content() }

// TestALawIsFoundReadAndCitedByKeyboard is the main job, eyes on the paper.
func TestALawIsFoundReadAndCitedByKeyboard(t *testing.T) {
	d := open(t, &office{})
	d.shows(t, "3 văn bản", "Bộ luật Lao động", "Hết hiệu lực")
	d.Type("them gio")
	d.shows(t, "1 kết quả", "Khoản 1 Điều 98", "có ghi chú")
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	d.shows(t, "Khoản 1 Điều 98 · 45/2019/QH14", "1. Người lao động làm thêm giờ", "a) Vào ngày thường")
	d.Press(fyne.KeyF4)
	if got := d.clipboard(); got != "khoản 1 Điều 98 Bộ luật Lao động (45/2019/QH14)" {
		t.Errorf("copied %q", got)
	}
	if len(d.offers) != 1 || d.offers[0].Word != "Vào câu hỏi mới" {
		t.Fatalf("offers %v", d.offers)
	}
	d.offers[0].Do()
	d.screen.OpenQuestion = func() bool { return true }
	d.Press(fyne.KeyF4)
	d.offers[0].Do()
	if len(d.cited) != 2 || !strings.HasSuffix(d.cited[0], "true") || !strings.HasSuffix(d.cited[1], "false") {
		t.Errorf("cited %v", d.cited)
	}
	d.Ctrl(fyne.KeyC)
	if got := d.Clipboard.Content(); got != "1. Người lao động làm thêm giờ được trả lương như sau:\n(khoản 1 Điều 98 Bộ luật Lao động (45/2019/QH14))" {
		t.Errorf("copied %q", got)
	}
	d.Press(fyne.KeyRight)
	d.shows(t, "Điều 99 · 45/2019/QH14", "Hết hiệu lực: 283/2026/NĐ-CP, từ 10/9/2026")
	d.Press(fyne.KeyLeft)
	d.shows(t, "Điều 98 · 45/2019/QH14")
	d.Press(fyne.KeyEscape)
	d.Type("luat xe") // letters begin another search
	d.shows(t, "Không tìm thấy")
}

// TestTheNewestSearchWins: an answer to what was typed before is dropped.
func TestTheNewestSearchWins(t *testing.T) {
	var held uitest.Held
	d := openWith(t, &office{}, held.Runner())
	held.ReleaseAll()
	d.Type("10/")
	before := len(d.office.asked)
	held.ReleaseReversed()
	d.shows(t, "1 kết quả", "Bộ luật cũ")
	if asked := d.office.asked[before:]; len(asked) != 1 || asked[0].Text != "10/" {
		t.Errorf("the library was asked %v", asked)
	}
}

func TestAFailedSearchKeepsWhatWasTyped(t *testing.T) {
	o := &office{fail: map[string]error{}}
	d := open(t, o)
	o.fail["SearchLaw"] = record.Refuse(record.ErrDamaged, "Thư viện bị hỏng.", "The library is damaged.")
	d.Type("gio")
	d.shows(t, "Thư viện bị hỏng.")
	delete(o.fail, "SearchLaw")
	d.Type("s")
	if got := uitest.Find[*kit.KeyEntry](t, d.screen).Text; got != "gios" {
		t.Errorf("typed %q", got)
	}
}

func TestFiltersAndDayAreAsked(t *testing.T) {
	d := open(t, &office{})
	uitest.TapButton(t, d.screen, "Hết hiệu lực")
	d.shows(t, "1 văn bản, hết hiệu lực")
	uitest.TapButton(t, d.screen, "Hết hiệu lực")
	selects := []*kit.Select{}
	uitest.Each(d.screen, func(s *kit.Select) { selects = append(selects, s) })
	selects[0].SetSelected("Tiền lương")
	selects[1].SetSelected("Nghị định")
	last := d.office.asked[len(d.office.asked)-1]
	if last.Topic != "LD08" || last.Type != "Nghị định" || last.Status != "" || last.On != "" {
		t.Errorf("asked %+v", last)
	}
	d.screen.Open("code", "d98")
	day := uitest.Find[*kit.DateEntry](t, d.screen)
	d.window.Canvas().Focus(day.FocusTarget())
	d.Type("5/3/2025")
	if last := d.office.asked[len(d.office.asked)-1]; last.On != "2025-03-05" {
		t.Errorf("asked %+v", last)
	}
	if got := d.office.read[len(d.office.read)-1]; got != "code@2025-03-05" {
		t.Errorf("read %v", d.office.read)
	}
	d.shows(t, "vào ngày 05/03/2025")
}

func TestTheHeadSaysHowSureItIs(t *testing.T) {
	d := open(t, &office{})
	d.screen.Open("old", "")
	d.shows(t, "Hết hiệu lực vào ngày", "Bị thay thế bởi 45/2019/QH14 từ 01/01/2021.", "Cần kiểm tra thêm.", "Nguồn: công báo", "chưa có toàn văn")
	d.Press(fyne.KeyDown, fyne.KeyReturn) // the link
	d.shows(t, "Ngày hiệu lực ở đây do cơ quan ghi; gói ghi: từ 01/01/2021.", "Bản từ 12/02/2026 · 18/VBHN-VPQH · đang đọc", "Mở: to-roi.pdf (PDF, 3 KB)")
	if len(d.office.printed) != 0 || len(d.office.read) != 2 {
		t.Errorf("read %v", d.office.read)
	}
	d.Press(fyne.KeyDown, fyne.KeyReturn) // the other wording
	if got := d.office.read[len(d.office.read)-1]; got != "code@2021-01-01" {
		t.Errorf("read %v", d.office.read)
	}
	d.Press(fyne.KeyDown, fyne.KeyReturn) // the file
	if len(d.office.opened) != 1 || d.office.opened[0] != "code/f" || len(d.outside) != 1 {
		t.Errorf("opened %v, %v", d.office.opened, d.outside)
	}
}

func TestCommonQuestionsLeadToTheLaw(t *testing.T) {
	d := open(t, &office{})
	d.screen.Open("faq", "h1")
	d.shows(t, "Hỏi đáp tiền lương", "Làm đêm trả thêm bao nhiêu?", "Căn cứ: khoản 2 Điều 98 Bộ luật Lao động (45/2019/QH14)")
	d.hides(t, "hiệu lực vào ngày 10", "Mục lục", "chưa có toàn văn") // nobody asks whether an answer is in force
	d.Press(fyne.KeyReturn)
	d.shows(t, "Khoản 1 Điều 98 · 45/2019/QH14")
}

func TestTheOutlineLeadsToAnArticle(t *testing.T) {
	d := open(t, &office{})
	d.screen.Open("code", "")
	d.Press(fyne.KeyF3)
	d.shows(t, "Mục lục 45/2019/QH14", "Chương VI. TIỀN LƯƠNG", "Điều 99. Tiền lương ngừng việc")
	d.Type("ngung")
	d.Press(fyne.KeyReturn)
	if uitest.Overlay(d.window) != nil {
		t.Error("the outline stays")
	}
	d.shows(t, "Điều 99 · 45/2019/QH14")
	d.Press(fyne.KeyF3, fyne.KeyEscape)
	if uitest.Overlay(d.window) != nil {
		t.Error("Escape does not leave the outline")
	}
}

func TestWordingsAreCompared(t *testing.T) {
	d := open(t, &office{})
	d.screen.Open("code", "d98.k1")
	d.Press(fyne.KeyF7)
	d.shows(t, "2 chỗ khác nhau", "Điểm a khoản 1 Điều 98 · sửa", "Điều 98a · thêm mới", "170%")
	d.hides(t, "Như cũ.")
	uitest.TapButton(t, uitest.Overlay(d.window), "Tất cả  3")
	d.shows(t, "Như cũ.")
	d.Press(fyne.KeyEscape)
	if uitest.Overlay(d.window) != nil {
		t.Error("Escape does not leave")
	}
}

func TestDifferencesAreGoneThroughByKeyboard(t *testing.T) {
	d := open(t, &office{long: 200})
	d.screen.Open("code", "d98.k1.a")
	d.Press(fyne.KeyF7)
	d.Type("a") // all, with the keyboard still on the provision that was read
	d.shows(t, "170%")
	d.hides(t, "Điều mới.")
	d.Type("n")
	d.shows(t, "Điều mới.")
	d.hides(t, "170%")
	d.Type("n") // round and round
	d.shows(t, "170%")
	d.Press(fyne.KeyF3)
	d.shows(t, "Điều mới.")
	d.Type("a")
	d.shows(t, "170%", "Điều mới.")
	d.hides(t, "Như cũ.")
}

func TestNotesAreWrittenAndCorrectionsNeedASource(t *testing.T) {
	d := open(t, &office{})
	d.screen.Open("code", "d98.k1")
	d.Press(fyne.KeyF2)
	d.Type("Hay hỏi ở doanh nghiệp cao su")
	uitest.TapButton(t, uitest.Overlay(d.window), "Lưu")
	if len(d.office.saved) != 1 || d.office.saved[0].Anchor != "d98.k1" || d.office.saved[0].Item != "code" || d.office.saved[0].CheckedOn != "" {
		t.Fatalf("saved %+v", d.office.saved)
	}
	d.shows(t, "Hay hỏi ở doanh nghiệp cao su", "Ghi chú của cơ quan")

	d.screen.Open("code", "")
	d.Press(fyne.KeyHome, fyne.KeyF2)
	sheet := uitest.Overlay(d.window)
	d.window.Canvas().Focus(uitest.FieldUnder(t, sheet, "Hiệu lực từ ngày (nếu khác gói)"))
	d.Type("2/1/2021")
	uitest.TapButton(t, sheet, "Lưu")
	d.shows(t, "Sửa ngày hiệu lực thì phải ghi nguồn.")
	if len(d.office.saved) != 1 {
		t.Errorf("saved %+v", d.office.saved)
	}
	d.Type("Công báo số 15") // the keyboard stands in the field that is wrong
	uitest.TapButton(t, sheet, "Lưu")
	if len(d.office.saved) != 2 || d.office.saved[1].Valid.From != "2021-01-02" || d.office.saved[1].CheckedOn == "" {
		t.Errorf("saved %+v", d.office.saved)
	}
}

func TestAFailedNoteKeepsWhatWasTyped(t *testing.T) {
	d := open(t, &office{fail: map[string]error{"SaveLawNote": errors.New("disk")}})
	d.screen.Open("code", "d98.k1")
	d.Press(fyne.KeyF2)
	d.Type("quan trọng")
	uitest.TapButton(t, uitest.Overlay(d.window), "Lưu")
	if uitest.Overlay(d.window) == nil || !strings.Contains(uitest.TextUnder(t, uitest.Overlay(d.window), "Ghi chú"), "quan trọng") {
		t.Error("what was typed is gone")
	}
}

func TestATextIsPrintedAndHandedOut(t *testing.T) {
	d := open(t, &office{})
	d.screen.Open("code", "d98.k1")
	d.Press(fyne.KeyF8, fyne.KeyReturn) // the provision, from the menu
	uitest.TapButton(t, uitest.Overlay(d.window), "Xuất")
	if len(d.office.printed) != 1 || !strings.HasPrefix(d.office.printed[0], "code#d98.k1 ") || !strings.HasSuffix(d.office.printed[0], ".pdf") || len(d.outside) != 1 {
		t.Errorf("printed %v, opened %v", d.office.printed, d.outside)
	}
	d.screen.Open("code", "d98.k1")
	d.Press(fyne.KeyF9, fyne.KeyReturn)
	d.screen.Open("code", "d98.k1")
	d.Press(fyne.KeyF9, fyne.KeyDown, fyne.KeyReturn)
	if len(d.begun) != 2 {
		t.Fatalf("begun %v", d.begun)
	}
	if p := d.begun[0].(record.Publication); p.Document != "45/2019/QH14" || p.Title != "Bộ luật Lao động" || p.On == "" {
		t.Errorf("%+v", p)
	}
	if m := d.begun[1].(record.Material); len(m.Citations) != 1 || m.Citations[0].Anchor != "d98.k1" || m.Kind != "leaflet" || m.Topics[0] != "LD08" {
		t.Errorf("%+v", m)
	}
}

func some() []record.LawAffected {
	at := record.LawAffected{
		Ref: record.Ref{Noun: "question", ID: record.ID{1}}, Title: "Làm thêm giờ trả bao nhiêu?", Day: "2026-03-05", Asked: true, Status: record.LawInForce, AsOf: "2026-11-01",
		Citation: record.Citation{Document: "45/2019/QH14", Title: "Bộ luật Lao động", Provision: "khoản 1 Điều 98", Text: "ít nhất bằng 150%", On: "2026-03-05", Item: "code", Anchor: "d98.k1"},
		Why:      record.Words{VI: "đã thay đổi câu chữ từ 01/07/2026"}, Now: "ít nhất bằng 170%",
	}
	two := at
	two.Ref, two.Title, two.Asked, two.Status = record.Ref{Noun: "activity", ID: record.ID{2}}, "Tập huấn tiền lương", false, record.LawEnded
	return []record.LawAffected{at, two}
}

// TestWhatCitesAChangedTextIsLookedAtByKeyboard: opened, told, and taken off the list.
func TestWhatCitesAChangedTextIsLookedAtByKeyboard(t *testing.T) {
	d := open(t, &office{affected: some()})
	d.shows(t, "Cần xem lại 2")
	d.screen.NextPart(1)
	d.shows(t, "Đã thay đổi câu chữ từ 01/07/2026.", "ít nhất bằng 150%", "ít nhất bằng 170%", "có người hỏi để báo lại")
	d.Press(fyne.KeyReturn, fyne.KeyReturn) // to the buttons, and the first of them
	if len(d.rows) != 1 || d.rows[0].Noun != "question" {
		t.Errorf("opened %v", d.rows)
	}
	uitest.TapButton(t, d.screen, "Soạn tin")
	uitest.TapButton(t, uitest.Overlay(d.window), "Chép")
	if !strings.Contains(d.clipboard(), "170%") {
		t.Errorf("copied %q", d.clipboard())
	}
	d.window.Canvas().Focus(uitest.Entry(t, d.screen, ""))
	d.Type("gọi điện")
	uitest.TapButton(t, d.screen, "Đã báo người hỏi")
	if len(d.office.reviews) != 1 || d.office.reviews[0] != "Làm thêm giờ trả bao nhiêu? told gọi điện" {
		t.Errorf("reviews %q", d.office.reviews)
	}
	d.shows(t, "Cần xem lại 1", "Tập huấn tiền lương")
	d.hides(t, "Đã báo người hỏi", "Làm thêm giờ trả bao nhiêu?") // nobody asked at a session
	uitest.TapButton(t, d.screen, "Vẫn đúng")
	d.shows(t, "Không có câu trả lời, buổi hay tài liệu nào dẫn quy định đã thay đổi.")
}

func channel() record.PackChannel {
	return record.PackChannel{Channel: "luat", Publisher: "Sở Nội vụ", Version: 3, Shown: 3, Known: 4, Title: "Quý III", Items: 12, FreshUntil: "2026-10-01", Stale: 20, Resume: true,
		Versions: []record.PackVersion{{Version: 3, Title: "Quý III"}, {Version: 2, Title: "Quý II"}}}
}

func TestChannelsSayHowFreshTheyAre(t *testing.T) {
	d := open(t, &office{packs: []record.PackChannel{channel(), {Channel: "co-so", Version: 1, Shown: 1, Known: 1, Title: "Cơ sở"}}})
	d.screen.View(law.ViewPacks)
	d.shows(t, "Kênh luat", "bản 3, 12 mục", "Đã quá ngày 01/10/2026 20 ngày", "Cấp trên đã có bản 4; máy này mới có bản 3.", "dừng giữa chừng", "Gói cơ sở", "kèm theo chương trình")
	d.hides(t, "Lập gói…")
	d.window.Canvas().Focus(d.screen.Panes()[1].First())
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	if len(d.office.shown) != 1 || d.office.shown[0] != "luat 2" {
		t.Errorf("shown %v", d.office.shown)
	}
}

// TestAPackIsOfferedAndTakenIn: nothing is taken in before a person has seen what it does.
func TestAPackIsOfferedAndTakenIn(t *testing.T) {
	o := &office{fail: map[string]error{}, packs: []record.PackChannel{channel()}, offer: record.PackOffer{
		Channel: "luat", Version: 4, Installed: 3, Title: "Quý IV", Publisher: "Sở Nội vụ", Affected: some(), New: []record.PackItem{{Number: "283/2026/NĐ-CP", Title: "Xử phạt"}},
		Amended: []record.PackItem{{Number: "45/2019/QH14", Title: "Bộ luật Lao động", Says: record.Words{VI: "khoản 1 Điều 98"}}}, Ended: []record.PackItem{{Number: "12/2022/NĐ-CP", Title: "Xử phạt cũ"}},
	}}
	d := open(t, o)
	d.screen.Dropped([]string{"E:\\goi.zip"})
	d.shows(t, "Gói “Quý IV”", "Chữ ký đúng của Sở Nội vụ. Kênh luat, bản 4.", "1 mới, 1 sửa đổi, 1 hết hiệu lực", "Việc của cơ quan dẫn những chỗ thay đổi (2)", "khoản 1 Điều 98", "283/2026/NĐ-CP Xử phạt")
	d.Press(fyne.KeyEscape)
	if len(o.took) != 0 || uitest.Overlay(d.window) != nil {
		t.Errorf("taken in %v", o.took)
	}
	o.fail["InstallPack"] = context.Canceled
	d.screen.Dropped([]string{"E:\\goi.zip"})
	d.Press(fyne.KeyReturn)
	d.shows(t, "Đã dừng; thư viện vẫn như trước.")
	delete(o.fail, "InstallPack")
	d.screen.Dropped([]string{"E:\\goi.zip"})
	d.Press(fyne.KeyReturn)
	d.shows(t, "Đã nhập gói “Quý IV”, bản 4. 2 việc của cơ quan dẫn chỗ thay đổi")
	if len(o.took) != 2 || o.took[1] != "E:\\goi.zip" {
		t.Errorf("taken in %v", o.took)
	}
	o.fail["OfferPack"] = record.Refuse(record.ErrNotTrusted, "Gói không do cấp trên ký.", "Not signed.")
	d.screen.Dropped([]string{"E:\\gia.zip"})
	d.shows(t, "Gói không do cấp trên ký.")
	delete(o.fail, "OfferPack")
	o.offer.Same = true
	d.screen.Dropped([]string{"E:\\goi.zip"})
	d.shows(t, "Máy này đã có đúng bản này")
	d.Press(fyne.KeyReturn)
	if len(o.took) != 2 {
		t.Error("what is here already was taken in again")
	}
}

func TestAProvinceBuildsAPack(t *testing.T) {
	d := open(t, &office{role: record.RoleProvince})
	d.screen.View(law.ViewPacks)
	uitest.TapButton(t, d.screen, "Lập gói…")
	sheet := uitest.Overlay(d.window)
	uitest.TapButton(t, sheet, "Lập và ký")
	d.shows(t, "Hãy chọn thư mục có tệp items.csv.")
	d.Type("/nguon")
	d.window.Canvas().Focus(uitest.FieldUnder(t, sheet, "Gói này mang tới điều gì"))
	d.Type("Quý IV")
	uitest.TapButton(t, sheet, "Lập và ký")
	if len(d.office.built) != 1 || d.office.built[0].Folder != "/nguon" || d.office.built[0].Channel != "luat" || d.office.built[0].Title != "Quý IV" {
		t.Fatalf("built %+v", d.office.built)
	}
	d.shows(t, "1 chỗ trong nguồn nên xem lại", "items.csv, dòng 4: chưa có toàn văn")
	d.Press(fyne.KeyEscape)
	d.shows(t, "Đã lập gói bản 5: 3 mục, 2 KB, tệp goi.zip.")
}

// TestALongTextDrawsWhatIsInSight: a code of two thousand paragraphs is no more than a
// screenful of objects.
func TestALongTextDrawsWhatIsInSight(t *testing.T) {
	d := open(t, &office{long: 2000})
	d.screen.Open("code", "")
	if n := len(d.words()); n > 30_000 {
		t.Errorf("%d bytes are drawn", n)
	}
	d.Press(fyne.KeyEnd)
	d.shows(t, "1999. người sử dụng lao động")
	d.hides(t, "Điều 98. Tiền lương")
	d.Press(fyne.KeyHome)
	d.shows(t, "Còn hiệu lực vào ngày")
	for range 400 {
		d.Press(fyne.KeyDown)
	}
	d.hides(t, "Còn hiệu lực vào ngày")
}

func BenchmarkOpenLongText(b *testing.B) {
	t := &testing.T{}
	d := open(t, &office{long: 1000})
	for b.Loop() {
		d.screen.Open("old", "")
		d.screen.Open("code", "")
	}
}
