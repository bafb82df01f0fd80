package activities

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/ledger"
	"sophobien/ui/preview"
)

// Office is what this area asks of the running office.
type Office interface {
	Office(ctx context.Context) (record.Office, error)
	Activities(ctx context.Context, f record.ActivityFilter) (record.ActivityPage, error)
	Activity(ctx context.Context, id record.ID) (record.Activity, error)
	// SaveActivityFrom stores what of an activity was changed since base was read.
	SaveActivityFrom(ctx context.Context, base, a record.Activity) (record.Activity, error)
	// ActivityWarnings tells what looks wrong with an activity as it would be saved.
	ActivityWarnings(ctx context.Context, a record.Activity) ([]record.Warning, error)
	Holidays(ctx context.Context, p record.Period) ([]record.Holiday, error)
	DeleteActivity(ctx context.Context, id record.ID) (record.Change, error)
	Undo(ctx context.Context, batch string) (record.Change, error)
	FindUnits(ctx context.Context, query string, limit int) ([]record.UnitChoice, error)
	Unit(ctx context.Context, id record.ID) (record.Unit, error)
	Topics() []record.Term
	// ParseDate reads a day as people write it: 05/03/2026, 5/3, 05032026, hôm nay.
	ParseDate(text string) (record.Date, error)
	ledger.Past
	People
	Lists
	Forms
	ledger.DraftKeeper
}

// People is what the people tab asks.
type People interface {
	Attendees(ctx context.Context, activity record.ID) ([]record.Attendee, error)
	SaveAttendees(ctx context.Context, activity record.ID, list []record.Attendee) (record.Change, error)
	FindPeople(ctx context.Context, query string, limit int) ([]record.PersonChoice, error)
}

// Lists is what taking in a list asks.
type Lists interface {
	preview.Office
	ReadListFile(ctx context.Context, path string) (record.ListSource, error)
	Imports(ctx context.Context, activity record.ID) ([]record.Import, error)
	UndoImport(ctx context.Context, id record.ID) (record.Change, error)
}

// Persons is an office that can say all it knows of one person. Where it can, a
// known person is offered while their name is typed; without it a row could only
// take over the name and would clear the rest of the person's record.
type Persons interface {
	Person(ctx context.Context, id record.ID) (record.Person, error)
}
