package app

import (
	"context"

	"sophobien/internal/record"
	"sophobien/internal/report/xlsx"
	"sophobien/internal/store"
)

// WriteForm writes an empty form for a list of people, to send out; with an activity
// it names it.
func (a *App) WriteForm(ctx context.Context, activity record.ID, path string) error {
	return a.writePeople(ctx, activity, path, "", xlsx.ListOfPeople)
}

// WriteAttendees writes the list of an activity in the same form, filled in; the log of
// personal data says so.
func (a *App) WriteAttendees(ctx context.Context, activity record.ID, path string) error {
	return a.writePeople(ctx, activity, path, "Danh sách người tham dự, bảng tính: ", func(in xlsx.People) ([]byte, error) {
		if len(in.List) == 0 {
			return nil, record.Refuse(record.ErrInvalid, "Hoạt động này chưa có ai trong danh sách; chưa ghi tệp nào.", "Nobody is on the list of this activity; no file was written.")
		}
		return xlsx.ListOfPeople(in)
	})
}

// WriteSignSheet writes the sheet that people sign on arrival; when it names people the
// log of personal data says so.
func (a *App) WriteSignSheet(ctx context.Context, activity record.ID, path string) error {
	return a.writePeople(ctx, activity, path, "Tờ ký tên, bảng tính: ", xlsx.SignSheet)
}

// writePeople writes a workbook about the people of an activity; without words for the
// log it names nobody.
func (a *App) writePeople(ctx context.Context, activity record.ID, path, what string, make func(xlsx.People) ([]byte, error)) error {
	_, err := a.hand(ctx, path, func() (paper, error) {
		in, err := a.peopleOf(ctx, activity, what != "")
		if err != nil {
			return paper{}, err
		}
		book, err := make(in)
		return paper{bytes: book, what: what + in.Activity.Title, names: len(in.List)}, err
	})
	return err
}

func (a *App) peopleOf(ctx context.Context, activity record.ID, people bool) (xlsx.People, error) {
	in := xlsx.People{UnitNames: map[record.ID]string{}, Ethnic: a.catalog().ethnic, PrintedOn: record.DateOf(a.opts.Now())}
	var err error
	if in.Office, err = a.db.Office(ctx); err != nil || activity.IsZero() {
		return in, err
	}
	if in.Activity, err = store.Find[record.Activity](ctx, a.db, activity); err != nil || !people {
		return in, err
	}
	if in.List, err = a.db.Attendees(ctx, activity); err != nil {
		return in, err
	}
	units, err := a.db.Units(ctx)
	for i := range units {
		in.UnitNames[units[i].ID] = units[i].FullName()
	}
	return in, err
}
