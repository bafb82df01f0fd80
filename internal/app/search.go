package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// searched are the registers a search over all looks into, in the order in which it
// shows what it found.
var searched = []string{"activity", "question", "unit", "instructor", "directive", "publication", "material", "survey", "model", "budget"}

// sideBySide is how many registers are searched side by side.
const sideBySide = 3

// SearchAll finds rows of every register, and people, by words with or without marks,
// at most limit of each. First comes what is called just so, by its title or its
// number, then what is called so at the beginning, then what has all words in its
// name, then what says them elsewhere, in materials given out, topics and files of
// evidence too; each time, typed marks before bare letters, then
// the newest; units and people, who have no day, stand last.
func (a *App) SearchAll(ctx context.Context, text string, limit int) ([]record.Hit, error) {
	found := make([][]hit, len(searched)+1)
	errs := make([]error, len(found))
	next := make(chan int, len(found))
	for i := range found {
		next <- i
	}
	close(next)
	var work sync.WaitGroup
	for range sideBySide {
		work.Go(func() {
			for i := range next {
				if i == len(searched) {
					found[i], errs[i] = a.searchPeople(ctx, text, limit)
				} else {
					found[i], errs[i] = a.searchRows(ctx, searched[i], text, limit)
				}
			}
		})
	}
	work.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	all := slices.Concat(found...)
	slices.SortStableFunc(all, func(x, y hit) int { return cmp.Or(y.near-x.near, cmp.Compare(y.day, x.day)) })
	hits := make([]record.Hit, len(all))
	for i := range all {
		hits[i] = all[i].Hit
	}
	return hits, nil
}

// hit is something found, and how near it is to what was sought.
type hit struct {
	record.Hit
	near int
	day  record.Date
}

func (a *App) searchRows(ctx context.Context, noun, text string, limit int) ([]hit, error) {
	page, err := a.Rows(ctx, record.ListFilter{Noun: noun, Text: text, Limit: limit, Bare: true, Near: true})
	if err != nil {
		return nil, err
	}
	var hits []hit
	l, sought := record.ListingOf(noun), store.NewSought(text)
	for _, r := range page.Rows {
		found, err := a.explainHit(ctx, hitOf(l, r), l, r, sought)
		if err != nil {
			return nil, err
		}
		h := hit{Hit: found, near: sought.Near(strings.Join(r.Cells, " "), append(l.CalledIn(r), found.Place.Text)...)}
		if day := l.Column(l.Day); day >= 0 {
			h.day = record.Date(r.Cells[day])
		}
		hits = append(hits, h)
	}
	return hits, nil
}

func (a *App) searchPeople(ctx context.Context, text string, limit int) ([]hit, error) {
	people, err := a.FindPeople(ctx, text, limit)
	if err != nil {
		return nil, err
	}
	var hits []hit
	sought := store.NewSought(text)
	for _, p := range people {
		var detail record.Words
		if born := p.Birth.String(); born != "" {
			detail = record.Words{VI: "sinh " + born, EN: "born " + born}
		}
		if p.Unit != "" {
			detail = beside(detail, record.Words{VI: p.Unit, EN: p.Unit})
		}
		found := record.Hit{Ref: record.Ref{Noun: "person", ID: p.ID}, Title: p.Name, Detail: detail}
		hits = append(hits, hit{Hit: found, near: sought.Near(p.Name, p.Name)})
	}
	return hits, nil
}

// hitOf names a row by its widest column of text and tells it from others by its
// other columns in sight.
func hitOf(l *record.Listing, r record.ListRow) record.Hit {
	title := l.TitleColumn()
	var detail record.Words
	said := 0
	for i := range l.Columns {
		c := &l.Columns[i]
		if i == title || c.Hidden || r.Cells[i] == "" || said == 3 {
			continue
		}
		words := record.Words{VI: r.Cells[i], EN: r.Cells[i]}
		switch c.Kind {
		case record.ListDay:
			day, what := record.Date(r.Cells[i]).String(), dayWords(l.Noun, c)
			words = record.Words{VI: what.VI + " " + day, EN: what.EN + " " + day}
		case record.ListText, record.ListName:
		default:
			continue
		}
		detail = beside(detail, words)
		said++
	}
	return record.Hit{Ref: record.Ref{Noun: l.Noun, ID: r.ID}, Title: oneLine(r.Cells[title]), Detail: detail}
}

// placeWords say what a text beside a list is.
var placeWords = map[string]record.Words{
	record.PlaceTopics:    {VI: "chủ đề", EN: "topic"},
	record.PlaceMaterials: {VI: "tài liệu đã phát", EN: "material given out"},
	record.PlaceEvidence:  {VI: "minh chứng", EN: "evidence"},
}

// explainHit says why a row was found, where neither its title nor what tells it from
// its namesakes has all words: by the text that has most of the others.
func (a *App) explainHit(ctx context.Context, h record.Hit, l *record.Listing, r record.ListRow, sought store.Sought) (record.Hit, error) {
	missing := sought.Missing(h.Title, h.Detail.VI)
	if len(missing) == 0 {
		return h, nil
	}
	rest := store.NewSought(strings.Join(missing, " "))
	places, err := a.db.Beside(ctx, h.Ref)
	if err != nil {
		return h, explain(err)
	}
	most := 0
	take := func(p record.Place, what record.Words) {
		n := len(missing) - len(rest.Missing(p.Text))
		if n <= most {
			return
		}
		text := "“" + around(oneLine(p.Text), missing) + "”"
		most, h.Place, h.Why = n, p, record.Words{VI: what.VI + " " + text, EN: what.EN + " " + text}
	}
	for _, p := range places {
		take(p, placeWords[p.Field])
	}
	for i := range l.Columns {
		if c := &l.Columns[i]; c.Kind == record.ListText || c.Kind == record.ListName {
			take(record.Place{Field: record.FieldPath(l.Noun, c.Name), Text: r.Cells[i]}, dayWords(l.Noun, c))
		}
	}
	return h, nil
}

// mostSaid is how many letters of a text are told, and before how many of those that
// were found.
const mostSaid, mostBefore = 60, 15

// around is the part of a text where the first of some words stands.
func around(text string, words []string) string {
	letters := []rune(text)
	if len(letters) <= mostSaid {
		return text
	}
	from := 0
	for at, word := range strings.Fields(text) {
		if len(store.NewSought(words[0]).Missing(word)) == 0 {
			from = len([]rune(strings.Join(strings.Fields(text)[:at], " ")))
			break
		}
	}
	from = max(0, min(from-mostBefore, len(letters)-mostSaid))
	out := string(letters[from : from+mostSaid])
	if from > 0 {
		_, out, _ = strings.Cut(out, " ") // not in the middle of a word
		out = "…" + out
	}
	if from+mostSaid < len(letters) {
		out = out[:max(strings.LastIndexByte(out, ' '), 0)] + "…"
	}
	return out
}

func beside(a, b record.Words) record.Words {
	if a == (record.Words{}) {
		return b
	}
	return record.Words{VI: a.VI + " · " + b.VI, EN: a.EN + " · " + b.EN}
}

// daySaid says of days what they are, before the day.
var daySaid = map[string]record.Words{
	"activity.when_date":    {VI: "ngày tổ chức", EN: "held on"},
	"question.received":     {VI: "nhận ngày", EN: "received on"},
	"question.due_on":       {VI: "hạn trả lời", EN: "due on"},
	"directive.issued":      {VI: "ban hành ngày", EN: "issued on"},
	"publication.day":       {VI: "công khai ngày", EN: "made public on"},
	"material.day":          {VI: "hoàn thành ngày", EN: "finished on"},
	"survey.day":            {VI: "khảo sát ngày", EN: "surveyed on"},
	"model.since":           {VI: "có từ ngày", EN: "since"},
	"instructor.valid_from": {VI: "công nhận từ ngày", EN: "recognised from"},
	"instructor.valid_to":   {VI: "đến ngày", EN: "until"},
}

// dayWords are those of a day, or else what its column is called.
func dayWords(noun string, c *record.ListColumn) record.Words {
	if w, ok := daySaid[noun+"."+c.Name]; ok {
		return w
	}
	return record.Words{VI: lowered(c.Words.VI), EN: lowered(c.Words.EN)}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
