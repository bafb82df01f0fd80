package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// Checked is what a report is looked through with, beside its rows.
type Checked struct {
	Input
	Before   *record.Figures                // of the year before; nil where there is none
	Proved   map[record.ID]bool             // activities with a file of evidence
	Warnings map[record.ID][]record.Warning // of activities, by the rules of the form
	Named    func(text string) bool         // a text names somebody of the register; may be nil
	Texts    map[string]string              // what the office wrote itself, by TextSections
}

// Preflight lists what would embarrass, by kind in the order of record.ConcernKinds,
// within a kind by day or by what lacks most.
func Preflight(in Checked) []record.Concern {
	c := preflight{Checked: in, computation: newComputation(in.Input)}
	for i := range c.held {
		c.activity(c.held[i])
	}
	c.materials()
	c.questions()
	c.units()
	c.far()
	c.texts()
	place := func(k string) int {
		return slices.IndexFunc(record.ConcernKinds, func(t record.Term) bool { return t.Code == k })
	}
	slices.SortStableFunc(c.found, func(a, b record.Concern) int { return place(a.Kind) - place(b.Kind) })
	return c.found
}

type preflight struct {
	Checked
	*computation
	found []record.Concern
}

func (c *preflight) note(kind string, ref record.Ref, vi, en string) {
	c.found = append(c.found, record.Concern{Kind: kind, Ref: ref, Words: record.Words{VI: vi, EN: en}})
}

func (c *preflight) activity(a *record.Activity) {
	named := fmt.Sprintf("%s, “%s”", a.When.Date, a.Title)
	people := record.ActivityAsks(a.Kind, "heads")
	if people && a.Heads.Total == 0 {
		c.note("people", a.Ref(), named+": chưa ghi ai tham dự", named+": nobody is counted")
	}
	if record.ActivityAsks(a.Kind, "host_unit_id") && a.HostUnitID.IsZero() {
		c.note("host", a.Ref(), named+": chưa ghi đơn vị chủ trì nơi tổ chức, nên tính là “nơi khác”", named+": no host, so it counts as elsewhere")
	}
	if !c.Proved[a.ID] && a.Link == "" {
		c.note("evidence", a.Ref(), named+": chưa có ảnh, bản quét hoặc đường dẫn", named+": no photo, scan or link")
	}
	groups := a.Heads.Total - a.Heads.Of("other")
	if people && a.Heads.Total > 0 && groups == 0 && !slices.Contains(a.Audience, "other") {
		c.note("group", a.Ref(), fmt.Sprintf("%s: %d người chưa ghi nhóm, đều tính là “đối tượng khác”", named, a.Heads.Total),
			fmt.Sprintf("%s: %d people without a group count as others", named, a.Heads.Total))
	}
	if people && groups > 0 && groups < a.Heads.Total && len(a.Audience) > 0 && !slices.Contains(a.Audience, "other") {
		c.note("parts", a.Ref(), fmt.Sprintf("%s: tổng %d người, cộng các nhóm %d", named, a.Heads.Total, groups),
			fmt.Sprintf("%s: %d people, the groups add up to %d", named, a.Heads.Total, groups))
	}
	for _, w := range c.Warnings[a.ID] {
		if !w.Hint && w.Field != "heads" { // nobody counted is told above
			c.note("warned", a.Ref(), named+": "+w.Words.VI, named+": "+w.Words.EN)
		}
	}
	c.personal(a.Ref(), named, a.Title, a.When.Place, a.WovenInto, a.Result, a.Channel, a.Reason)
}

// materials notes what activities handed out that the register of materials does not hold:
// its copies count, but no title of it does.
func (c *preflight) materials() {
	known := map[string]bool{}
	for _, m := range c.in.Materials {
		known[plainTitle(m.Title)] = true
	}
	for _, a := range c.held {
		for _, m := range a.Materials {
			if title := plainTitle(m.Name); title != "" && !known[title] {
				known[title] = true
				c.note("material", a.Ref(), fmt.Sprintf("“%s”: đã phát ở “%s”, chưa có ở mục Tài liệu nên không tính là đầu tài liệu", m.Name, a.Title),
					fmt.Sprintf("“%s”: given out at “%s”, not in the register of materials, so it counts as no title", m.Name, a.Title))
			}
		}
	}
}

func plainTitle(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func (c *preflight) questions() {
	span := c.in.Period.Span()
	for i := range c.in.Questions {
		q := &c.in.Questions[i]
		if !span.Has(q.Received) {
			continue
		}
		named := fmt.Sprintf("%s, “%s”", q.Received, firstWords(q.Text))
		if !q.Answered() {
			c.note("questions", q.Ref(), named+": chưa trả lời", named+": no answer yet")
		}
		c.personal(q.Ref(), named, q.Text, q.Answer, q.Due.Note, q.Routed.To)
		if q.Asker != "" && !record.NoName(q.Asker) && strings.Contains(strings.ToLower(q.Text+" "+q.Answer), strings.ToLower(q.Asker)) {
			c.note("personal", q.Ref(), named+": nội dung nêu tên người hỏi", named+": it names who asked")
		}
	}
}

func (c *preflight) units() {
	for _, r := range c.byUnit() {
		if r.Enough {
			continue
		}
		u := c.in.Units[r.Unit]
		c.note("units", u.Ref(), fmt.Sprintf("%s: %d cuộc", u.FullName(), r.Sessions), fmt.Sprintf("%s: %d sessions", u.FullName(), r.Sessions))
	}
}

// A figure is far from last year when it is less than half or more than twice it, and the
// difference is not a handful.
const handful = 10

func (c *preflight) far() {
	if c.Before == nil {
		return
	}
	for _, f := range Compute(c.in).Indicators {
		was, known := c.Before.Value(f.Code, "")
		if len(f.Split) > 0 || !known || was == 0 && f.Value < handful {
			continue
		}
		if d := f.Value - was; max(d, -d) < handful || f.Value <= 2*was && 2*f.Value >= was {
			continue
		}
		info := infoOf(f.Code)
		vi := fmt.Sprintf("%s: %s %s, năm trước %s", info.Name.VI, grouped(f.Value, "vi"), info.Unit.VI, grouped(was, "vi"))
		en := fmt.Sprintf("%s: %s %s, %s a year before", info.Name.EN, grouped(f.Value, "en"), info.Unit.EN, grouped(was, "en"))
		c.found = append(c.found, record.Concern{Kind: "far", Figure: f.Code, Words: record.Words{VI: vi, EN: en}})
	}
}

func infoOf(code string) Info {
	for _, i := range Infos {
		if i.Code == code {
			return i
		}
	}
	return Info{Code: code}
}

// texts looks through what the office wrote itself.
func (c *preflight) texts() {
	for _, t := range TextSections {
		c.personal(record.Ref{}, "“"+t.Words.VI+"”", c.Texts[t.Code])
	}
}

// personal notes texts that would carry a phone or ID number, an address of mail or a
// name of the register out of the office.
func (c *preflight) personal(ref record.Ref, named string, texts ...string) {
	for _, text := range texts {
		if number := personalNumber.FindString(text); number != "" {
			c.note("personal", ref, named+": có số giống số điện thoại hoặc số giấy tờ", named+": a number that looks like a phone or ID number")
		}
		if mail := mailAddress.FindString(text); mail != "" {
			c.note("personal", ref, named+": có địa chỉ thư điện tử", named+": an e-mail address")
		}
		if c.Named == nil || text == "" {
			continue
		}
		if c.Named(text) {
			c.note("personal", ref, named+": nêu tên người có trong danh sách", named+": it names somebody of the lists")
		}
	}
}

var (
	// A Vietnamese phone number has 10 digits and begins with 0 or +84, an identity number 9 or
	// 12; people put dots and blanks into them.
	personalNumber = regexp.MustCompile(`(?:^|[^\d.,/-])(?:\+84|0)[ .-]?\d(?:[ .-]?\d){8,10}(?:$|[^\d])|(?:^|[^\d.,/-])\d{9}(?:$|[^\d.,/-])`)
	mailAddress    = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+`)
)

// shownLetters is how much of a question stands in a line.
const shownLetters = 60

func firstWords(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) <= shownLetters {
		return string(letters)
	}
	cut := string(letters[:shownLetters])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "…"
}
