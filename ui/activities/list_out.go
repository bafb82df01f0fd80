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
	return f.Listed()
}
