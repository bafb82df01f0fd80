package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// metaRoster keeps what changed on the roster since somebody here looked.
const metaRoster = "roster_news"

// rosterNews is which machines an office has to do with began and ended.
type rosterNews struct {
	On    string        `json:"on"` // RFC 3339: of the newest roster
	Began []newsMachine `json:"began"`
	Ended []newsMachine `json:"ended"`
}

type newsMachine struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Above bool   `json:"above"` // of the province
}

// counts are the machines of a roster that matter to this office and have not ended: those
// that speak in its name, and those of the province.
func (s *footing) counts() []newsMachine {
	var out []newsMachine
	for _, d := range s.known.Roster.Devices {
		above := d.Role == record.RoleProvince
		if d.Cut == nil && (above || s.ours(d) || slices.Contains(s.codes(), d.Unit)) {
			out = append(out, newsMachine{d.ID, d.Name, above})
		}
	}
	return out
}

// noteRoster remembers what a newer roster changed, until a person has seen it. The first
// roster is no change.
func (a *App) noteRoster(ctx context.Context, before *footing, known trust.Known) error {
	if before.known.Roster.Version == 0 {
		return nil
	}
	after := *before
	after.known = known
	old, now := before.counts(), after.counts()
	began, ended := less(now, old), less(old, now)
	if len(began)+len(ended) == 0 {
		return nil
	}
	news, err := a.rosterNews(ctx)
	if err != nil {
		return err
	}
	news.On = known.Roster.Created
	still := less(news.Began, append(slices.Clone(began), ended...))
	news.Began = append(still, began...)
	news.Ended = append(less(news.Ended, append(slices.Clone(began), ended...)), ended...)
	text, err := json.Marshal(news)
	if err != nil {
		return err
	}
	return a.db.SetMeta(ctx, metaRoster, string(text))
}

// less are the machines of a list that are not in another.
func less(list, without []newsMachine) []newsMachine {
	return slices.DeleteFunc(slices.Clone(list), func(m newsMachine) bool {
		return slices.ContainsFunc(without, func(o newsMachine) bool { return o.ID == m.ID })
	})
}

// rosterNews is what nobody has looked at yet. What cannot be read is no news: the list of
// machines itself is shown beside it.
func (a *App) rosterNews(ctx context.Context) (rosterNews, error) {
	var out rosterNews
	text, err := a.db.Meta(ctx, metaRoster)
	if err != nil || text == "" || json.Unmarshal([]byte(text), &out) != nil {
		return rosterNews{}, err
	}
	return out, nil
}

// rosterWords say what changed on the roster since somebody looked; none when nothing did.
func (a *App) rosterWords(ctx context.Context) (record.Words, error) {
	news, err := a.rosterNews(ctx)
	if err != nil || len(news.Began)+len(news.Ended) == 0 {
		return record.Words{}, err
	}
	var vi, en []string
	add := func(list []newsMachine, words record.Words) {
		if len(list) > 0 {
			vi, en = append(vi, words.VI+a.machineNames(list).VI), append(en, words.EN+a.machineNames(list).EN)
		}
	}
	add(news.Began, record.Words{VI: "thêm ", EN: "added "})
	add(news.Ended, record.Words{VI: "dừng ", EN: "ended "})
	on := ""
	if at, err := time.Parse(time.RFC3339, news.On); err == nil {
		on = record.DateOf(at.In(a.opts.Now().Location())).String()
	}
	return record.Words{
		VI: "Danh bạ của cấp trên đã đổi ngày " + on + ": " + strings.Join(vi, "; ") + ". Có máy lạ thì gọi ngay cho cấp trên.",
		EN: "The province's roster changed on " + on + ": " + strings.Join(en, "; ") + ". Call the province at once if you do not know a machine.",
	}, nil
}

func (a *App) machineNames(list []newsMachine) record.Words {
	var vi, en []string
	for _, m := range list {
		switch {
		case m.ID == a.keys.ID():
			vi, en = append(vi, "máy này"), append(en, "this PC")
		case m.Above:
			vi, en = append(vi, "máy "+m.Name+" của cấp trên"), append(en, "PC "+m.Name+" of the province")
		default:
			vi, en = append(vi, "máy "+m.Name), append(en, "PC "+m.Name)
		}
	}
	return record.Words{VI: strings.Join(vi, ", "), EN: strings.Join(en, ", ")}
}

// SeenRoster notes that a person has read what changed on the roster.
func (a *App) SeenRoster(ctx context.Context) error {
	return explain(a.db.SetMeta(ctx, metaRoster, ""))
}
