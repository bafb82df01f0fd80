package activities

import (
	"sophobien/internal/record"
	"sophobien/ui/ledger"
)

// offerOut shows what the list can become, under its button.
func (l *list) offerOut(office ledger.Exporter) {
	ledger.OfferOut(l.desk, l.out, office, l.listed(), nil)
}

// listed is what the list shows, or the calendar, as the filter of any listing.
func (l *list) listed() record.ListFilter {
	f := l.filter
	if l.inDiary {
		f = l.diary.span()
	}
	out := record.ListFilter{
		Noun: "activity", Text: f.Text, Period: f.Period, Touching: f.Touching,
		Only: map[string]string{"kind": f.Kind, "status": f.Status},
	}
	switch f.Sort {
	case record.OldestFirst:
		out.Sort = "when_date"
	case record.ByTitle:
		out.Sort = "title"
	case record.MostPeople:
		out.Sort, out.Desc = "heads_total", true
	}
	return out
}
