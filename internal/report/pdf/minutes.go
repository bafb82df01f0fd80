package pdf

import (
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// Meeting is an activity as its short minutes tell it: what was said and how many
// came, and no name of those who came.
type Meeting struct {
	Office    record.Office
	Activity  record.Activity // its speakers, materials, head counts, result
	Number    string          // of the paper, as it is to be printed; empty: none
	Host      string          // unit where it was held; empty: left out
	With      []string        // units that organised it too
	Topics    []string        // what was spoken about, in words
	Questions []Asked
	Chair     string // who led; empty: filled in by hand
	Secretary string // who wrote the minutes; empty: filled in by hand
	MadeOn    record.Date
}

// Asked is a question from the floor and what was answered; without an answer there
// is room to write one.
type Asked struct {
	Question, Answer string
}

// Minutes draws the short minutes of an activity.
func Minutes(in Meeting) ([]byte, error) {
	p := newPage(false, about{"Biên bản tóm tắt", in.Office.Name, in.MadeOn})
	p.numbered = true
	p.turn()
	p.letterhead(in.Office, in.Number, placeAndDay(in.Office.Place, in.MadeOn))
	p.title("BIÊN BẢN TÓM TẮT", in.Activity.Title)
	m := minutes{page: p, in: in}
	m.occasion()
	m.contents()
	m.materials()
	m.questions()
	m.result()
	m.signatures()
	return written("minutes", p)
}

// minutes are drawn section by section; those with nothing to say take no number.
type minutes struct {
	*page
	in       Meeting
	sections int
	points   int
}

var roman = []string{"I", "II", "III", "IV", "V"}

func (m *minutes) section(title string) {
	m.heading(roman[m.sections]+". "+title, boldText)
	m.sections++
	m.points = 0
}

// point is a numbered line; without a text it is filled in by hand.
func (m *minutes) point(label, text string) {
	m.points++
	label = fmt.Sprintf("%d. %s:", m.points, label)
	if len(filled(text)) == 0 {
		m.blank(label, bodyText, 1)
		return
	}
	m.paragraph(label+" "+text, bodyText)
}

// known is a point that is left out when there is nothing to say.
func (m *minutes) known(label string, texts ...string) {
	if texts = filled(texts...); len(texts) > 0 {
		m.point(label, strings.Join(texts, "; "))
	}
}

func (m *minutes) occasion() {
	a := m.in.Activity
	m.section("THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN")
	m.point("Thời gian bắt đầu", begins(a.When))
	m.point("Địa điểm", a.When.Place)
	m.known("Nơi tổ chức", m.in.Host)
	m.known("Đơn vị phối hợp", m.in.With...)
	m.point("Chủ trì", m.in.Chair)
	m.known("Người trình bày", a.Speakers...)
	m.point("Người ghi biên bản", m.in.Secretary)
	m.known("Đối tượng", m.audience()...)
	m.heads(a.Heads)
}

// audience is whom it was for, in words.
func (m *minutes) audience() []string {
	var words []string
	for _, code := range m.in.Activity.Audience {
		words = append(words, record.WordIn(record.Audiences, code, lang))
	}
	return words
}

func begins(o record.Occasion) string {
	if o.Start == "" && o.Date != "" {
		return "…… giờ ……, " + report.Day(o.Date)
	}
	return moment(o.Start, o.Date)
}

// heads are the counts, by group and by what cuts across the groups.
func (m *minutes) heads(h record.HeadCount) {
	if h.Total <= 0 {
		m.point("Số người tham dự", "")
		return
	}
	parts := headParts(m.in.Activity)
	if len(parts) == 0 {
		m.point("Số người tham dự", number(h.Total)+" người")
		return
	}
	m.point("Số người tham dự", number(h.Total)+" người, trong đó:")
	for _, p := range parts {
		m.item(p.words+": "+number(p.n)+" người", bodyText)
	}
}

// headPart is how many of those who came are of some kind.
type headPart struct {
	words string
	n     int64
}

// headParts are the counts there are something to say of.
func headParts(a record.Activity) []headPart {
	var out []headPart
	add := func(words string, n int64) {
		if n > 0 && words != "" {
			out = append(out, headPart{words, n})
		}
	}
	for _, group := range record.Audiences {
		words := group.Words.In(lang)
		if group.Code == otherAudience {
			words = restWords(a)
		}
		add(words, a.Heads.Of(group.Code))
	}
	add("Nữ", a.Heads.Women)
	add("Người dân tộc thiểu số", a.Heads.EthnicMinority)
	add("Người khuyết tật", a.Heads.Disabled)
	return out
}

const otherAudience = "other"

// restWords says who those are that no group counts. They are others only where the
// activity was for others, or where all groups it was for were counted; where one was
// not, they are of that one, and where several were not, nobody has told them apart.
// "" where no group was counted and it is said already whom the activity was for.
func restWords(a record.Activity) string {
	if slices.Contains(a.Audience, otherAudience) && len(a.Audience) == 1 {
		return record.WordIn(record.Audiences, otherAudience, lang)
	}
	counted := a.Heads.Of(otherAudience) < a.Heads.Total
	var not []string
	for _, code := range a.Audience {
		if code == otherAudience || a.Heads.Of(code) == 0 {
			not = append(not, code)
		}
	}
	switch {
	case !counted && len(not) != 1:
		return ""
	case len(not) == 0:
		return record.WordIn(record.Audiences, otherAudience, lang)
	case len(not) == 1:
		return record.WordIn(record.Audiences, not[0], lang)
	}
	return "Chưa phân theo đối tượng"
}

func (m *minutes) contents() {
	m.section("NỘI DUNG")
	topics := filled(m.in.Topics...)
	if len(topics) == 0 {
		m.blank("", bodyText, 4)
	}
	for _, t := range topics {
		m.item(t, bodyText)
	}
}

func (m *minutes) materials() {
	if len(m.in.Activity.Materials) == 0 {
		return
	}
	m.section("TÀI LIỆU ĐÃ PHÁT")
	for _, g := range m.in.Activity.Materials {
		text := g.Name
		if g.Copies > 0 {
			text += ": " + number(g.Copies) + " bản"
		}
		m.item(text, bodyText)
	}
}

func (m *minutes) questions() {
	if len(m.in.Questions) == 0 {
		return
	}
	m.section("CÂU HỎI VÀ TRẢ LỜI")
	for i, q := range m.in.Questions {
		m.paragraph(fmt.Sprintf("Câu hỏi %d: %s", i+1, q.Question), italicText)
		if len(filled(q.Answer)) == 0 {
			m.blank("Trả lời:", bodyText, 2)
			continue
		}
		m.paragraph("Trả lời: "+q.Answer, bodyText)
	}
}

func (m *minutes) result() {
	m.section("KẾT QUẢ")
	if len(filled(m.in.Activity.Result)) == 0 {
		m.blank("", bodyText, 3)
	} else {
		m.paragraph(m.in.Activity.Result, bodyText)
	}
	m.paragraph("Kết thúc lúc "+ends(m.in.Activity.When)+".", bodyText)
}

// ends is when it was over; the hour is filled in by hand when it is not known.
func ends(o record.Occasion) string {
	at := "…… giờ ……"
	if o.End != "" {
		at = clock(o.End)
	}
	if o.Last() != o.Date || o.Date == "" {
		return at + ", " + dayOrDots(o.Last())
	}
	return at + " cùng ngày"
}

func dayOrDots(d record.Date) string {
	if d == "" {
		return "ngày …… tháng …… năm ………"
	}
	return report.Day(d)
}

func (m *minutes) signatures() {
	m.page.signatures(
		signer{who: record.Signer{Title: "Người ghi biên bản", Name: m.in.Secretary}, hint: signHint},
		signer{who: record.Signer{Title: "Người chủ trì", Name: m.in.Chair}, hint: signHint},
	)
}
