package kit

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
)

// mostRecent is how many choices are offered before anything is typed.
const mostRecent = 5

// Recent makes a picker offer what was chosen last, before anything is typed. The
// choices are kept with the preferences of this PC under a key, so no names of people
// belong there.
func Recent(p *Picker, key string) {
	find, chosen := p.find, p.OnChosen
	p.find = func(ctx context.Context, query string) ([]Choice, error) {
		found, err := find(ctx, query)
		if query != "" || err != nil {
			return found, err
		}
		last := recentOf(key)
		for i, c := range last { // by the name it has now
			if at := slices.IndexFunc(found, func(have Choice) bool { return have.Key == c.Key }); at >= 0 {
				last[i] = found[at]
			}
		}
		rest := slices.DeleteFunc(found, func(c Choice) bool {
			return slices.ContainsFunc(last, func(have Choice) bool { return have.Key == c.Key })
		})
		return append(last, rest...), nil
	}
	p.OnChosen = func(c Choice) {
		if c.Key != "" {
			keepRecent(key, c)
		}
		if chosen != nil {
			chosen(c)
		}
	}
}

func recentOf(key string) []Choice {
	var list []Choice
	if json.Unmarshal([]byte(fyne.CurrentApp().Preferences().String("recent."+key)), &list) != nil {
		return nil
	}
	return list
}

func keepRecent(key string, c Choice) {
	list := slices.DeleteFunc(recentOf(key), func(have Choice) bool { return have.Key == c.Key })
	list = append([]Choice{c}, list[:min(len(list), mostRecent-1)]...)
	if text, err := json.Marshal(list); err == nil {
		fyne.CurrentApp().Preferences().SetString("recent."+key, string(text))
	}
}
