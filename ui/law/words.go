package law

import (
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// statusIcon tells the states of a text by its shape.
func statusIcon(s record.LawStatus) fyne.Resource {
	switch s {
	case record.LawInForce:
		return fynetheme.NewSuccessThemedResource(theme.Icon(fynetheme.IconNameConfirm))
	case record.LawPartly:
		return fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameWarning))
	case record.LawNotYet:
		return fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameHistory))
	case record.LawEnded:
		return fynetheme.NewErrorThemedResource(theme.Icon(fynetheme.IconNameError))
	}
	return theme.Icon(fynetheme.IconNameQuestion)
}

// stateIcon is the icon of a state of a note.
func stateIcon(s kit.State) fyne.Resource {
	switch s {
	case kit.Fine:
		return statusIcon(record.LawInForce)
	case kit.Attention:
		return statusIcon(record.LawPartly)
	case kit.Wrong:
		return statusIcon(record.LawEnded)
	}
	return theme.Icon(fynetheme.IconNameInfo)
}

func statusWord(s record.LawStatus) string { return kit.Term(record.LawStatuses, string(s)) }

// hasStatus tells a text of law from a slide or a form, of which nobody asks whether it is
// in force.
func hasStatus(k record.LawKind) bool { return k == record.LawDocument || k == "" }

// relationWord is how another text bears on this one.
func relationWord(r record.LawRelation) string {
	if !r.Inverse {
		return upper(kit.Term(record.LawRelations, r.Kind))
	}
	switch r.Kind {
	case "replaces":
		return kit.T("Bị thay thế bởi")
	case "amends":
		return kit.T("Được sửa đổi, bổ sung bởi")
	case "repeals":
		return kit.T("Bị bãi bỏ bởi")
	case "guides":
		return kit.T("Được hướng dẫn bởi")
	case "consolidates":
		return kit.T("Được hợp nhất tại")
	}
	return kit.T("Liên quan đến")
}

func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// span says from when to when, as far as it is known.
func span(v record.Validity) string {
	switch {
	case v.From == "" && v.To == "":
		return ""
	case v.To == "":
		return kit.T("từ {{.From}}", map[string]any{"From": v.From.String()})
	case v.From == "":
		return kit.T("đến {{.To}}", map[string]any{"To": v.To.String()})
	}
	return kit.T("từ {{.From}} đến {{.To}}", map[string]any{"From": v.From.String(), "To": v.To.String()})
}

// called is what a document goes by in a line: its number, else its title.
func called(number, title string) string {
	if number != "" {
		return number
	}
	return title
}

// place says which provision stands at an index: "điểm a khoản 2 Điều 98".
func place(all []record.LawProvision, at int) string {
	if at < 0 || at >= len(all) {
		return ""
	}
	p := all[at]
	above := func(level string) string {
		for i := at; i >= 0; i-- {
			if all[i].Level == level {
				return all[i].Number
			}
			if all[i].Level == "article" {
				break
			}
		}
		return ""
	}
	article := func() string {
		for i := at; i >= 0; i-- {
			if all[i].Level == "article" {
				return all[i].Number
			}
		}
		return ""
	}
	data := map[string]any{"Article": article(), "Clause": above("clause"), "Point": p.Number}
	switch {
	case p.Level == "article":
		return kit.T("Điều {{.Article}}", data)
	case p.Level == "clause" && data["Article"] != "":
		return kit.T("khoản {{.Clause}} Điều {{.Article}}", data)
	case p.Level == "point" && data["Article"] != "" && data["Clause"] != "":
		return kit.T("điểm {{.Point}} khoản {{.Clause}} Điều {{.Article}}", data)
	case p.Level == "point" && data["Article"] != "":
		return kit.T("điểm {{.Point}} Điều {{.Article}}", data)
	}
	return strings.TrimSuffix(record.LawLabel(p), ".")
}
