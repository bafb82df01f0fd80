package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// maxList bounds what is read of a list's file.
const maxList = 100 << 20

// ReadListFile reads the file of a list, which may be of any kind.
func ReadListFile(path string) (record.ListSource, error) {
	f, err := os.Open(path)
	if err != nil {
		return record.ListSource{}, record.Refuse(record.ErrNotFound, "Không mở được tệp "+path+".", "The file "+path+" cannot be opened.").Because(err)
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && st.IsDir() {
		return record.ListSource{}, record.Refuse(record.ErrInvalid, path+" là một thư mục, không phải tệp.", path+" is a folder, not a file.")
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxList+1))
	switch {
	case err != nil:
		return record.ListSource{}, record.Refuse(record.ErrPlace, "Không đọc được tệp "+path+".", "The file "+path+" cannot be read.").Because(err)
	case len(raw) > maxList:
		return record.ListSource{}, record.Refuse(record.ErrInvalid, "Tệp "+path+" lớn hơn 100 MB.", "The file "+path+" is larger than 100 MB.")
	}
	return record.ListSource{Name: filepath.Base(path), Data: raw}, nil
}

// ReadListFile is the package's, for the window.
func (a *App) ReadListFile(_ context.Context, path string) (record.ListSource, error) {
	return ReadListFile(path)
}

// ReadList reads a list; nothing is stored, and no office is needed. The grid is
// let go as it is read.
func ReadList(ctx context.Context, src record.ListSource, of string) (record.Proposal, error) {
	p, err := readList(ctx, src, of, intake.Options{LetGo: true})
	return p, explain(err)
}

func readList(ctx context.Context, src record.ListSource, of string, o intake.Options) (record.Proposal, error) {
	if src.Data != nil {
		return intake.ReadFile(ctx, src.Data, sheet.Options{Name: src.Name, Sheet: src.Sheet}, of, o)
	}
	g, err := sheet.FromClipboard(src.Text)
	if err != nil {
		return record.Proposal{}, err
	}
	return intake.Read(ctx, g, of, o)
}

// ProposeList reads a list and holds it against the register: which units are
// meant, who is known already, who may be. Nothing is stored.
func (a *App) ProposeList(ctx context.Context, src record.ListSource, o record.ListOptions) (record.Proposal, error) {
	layouts, err := store.All[record.Layout](ctx, a.db)
	if err != nil {
		return record.Proposal{}, explain(err)
	}
	p, err := readList(ctx, src, o.Of, intake.Options{
		Layouts: layouts, Fields: o.Fields, Header: o.Header, Ask: o.Ask, UsualCase: o.UsualCase, Progress: o.Progress, LetGo: true,
	})
	if err != nil || p.Unclear != nil {
		return p, explain(err)
	}
	r, err := a.register(ctx, o)
	if err != nil {
		return record.Proposal{}, explain(err)
	}
	return p, explain(intake.Hold(ctx, &p, r))
}

// CheckRow refuses fields that make no row of a list of some noun.
func (a *App) CheckRow(of string, fields record.Fields) error {
	return explain(intake.Check(of, fields))
}

// register is what lists of some noun are held against.
func (a *App) register(ctx context.Context, o record.ListOptions) (r intake.Register, err error) {
	if r.On, err = a.dayOf(ctx, o.Activity); err != nil {
		return r, err
	}
	if r.Units, err = a.units(ctx, r.On); err != nil {
		return r, err
	}
	switch o.Of {
	case "person", "instructor":
		r.People = a.db.PeopleLike
		if r.Apart, err = a.apart(ctx); err != nil {
			return r, err
		}
		r.Listed, err = a.listed(ctx, o)
	case "question":
		r.Asked, err = a.asked(ctx)
	}
	return r, err
}

// units finds what texts mean by a unit on a day.
func (a *App) units(ctx context.Context, on record.Date) (*intake.Units, error) {
	own, err := a.db.Units(ctx)
	if err != nil {
		return nil, err
	}
	return &intake.Units{Own: intake.NewUnitIndex(own, a.catalog().spelled), Shipped: a.catalog().index(), Home: a.home(ctx, on)}, nil
}

// dayOf is the day of an activity, else today.
func (a *App) dayOf(ctx context.Context, activity record.ID) (record.Date, error) {
	if activity.IsZero() {
		return a.today(ctx)
	}
	act, err := store.Find[record.Activity](ctx, a.db, activity)
	if err == nil && act.When.Date == "" {
		return a.today(ctx)
	}
	return act.When.Date, err
}

// home is the province the office's area lies in.
func (a *App) home(ctx context.Context, on record.Date) record.ID {
	office, err := a.db.Office(ctx)
	if err != nil {
		return record.ID{}
	}
	u, ok := a.catalog().unit(office.UnitID)
	if !ok {
		return record.ID{}
	}
	line := a.catalog().line(u)
	province := line[len(line)-1]
	if now, ok := a.catalog().byCode(province.Code, on); ok {
		return now.ID // the same province under another kind
	}
	return province.ID
}

// listed are the people who need not come again: those on the activity's list, or
// in the network of instructors.
func (a *App) listed(ctx context.Context, o record.ListOptions) (map[record.ID]string, error) {
	out := map[record.ID]string{}
	if o.Of == "instructor" {
		network, err := store.All[record.Instructor](ctx, a.db)
		for _, i := range network {
			out[i.PersonID] = "đã có trong mạng lưới"
		}
		return out, err
	}
	if o.Activity.IsZero() {
		return out, nil
	}
	list, err := a.db.Attendees(ctx, o.Activity)
	for i := range list {
		out[list[i].Person.ID] = fmt.Sprintf("đã có ở dòng %d của danh sách đang ghi", i+1)
	}
	return out, err
}

// apart knows whom officers have told apart.
func (a *App) apart(ctx context.Context) (func(x, y record.ID) bool, error) {
	said, err := store.All[record.SamePerson](ctx, a.db)
	if err != nil || len(said) == 0 {
		return nil, err
	}
	pairs := make(map[[2]record.ID]bool, 2*len(said))
	for _, s := range said {
		pairs[[2]record.ID{s.PersonID, s.OtherID}] = !s.Same
		pairs[[2]record.ID{s.OtherID, s.PersonID}] = !s.Same
	}
	return func(x, y record.ID) bool { return pairs[[2]record.ID{x, y}] }, nil
}

// asked knows which questions stand in the register, by day and words.
func (a *App) asked(ctx context.Context) (func(received, text string) bool, error) {
	all, err := store.All[record.Question](ctx, a.db)
	seen := make(map[string]bool, len(all))
	for i := range all {
		seen[string(all[i].Received)+" "+viet.Key(all[i].Text)] = true
	}
	return func(received, text string) bool { return seen[received+" "+viet.Key(text)] }, err
}
