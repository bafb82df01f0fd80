package main

import (
	"context"
	"strconv"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// rehearsedExchange is the office of the pictures with an exchange that is made up.
type rehearsedExchange struct{ *app.App }

// rehearsedMove is that office once its unit was reorganised away.
type rehearsedMove struct{ rehearsedExchange }

// UnitEnd names the unit that took its place.
func (rehearsedMove) UnitEnd(context.Context) (record.UnitEnd, error) {
	return record.UnitEnd{Unit: "xã Đăk Hà", From: "2026-11-01", Into: "xã Đăk Mar", Heirs: []record.UnitChoice{{Name: "xã Đăk Mar"}}}, nil
}

// ago is an instant so many hours before now.
func ago(hours int) string {
	return time.Now().Add(-time.Duration(hours) * time.Hour).Format(time.RFC3339)
}

const rehearsedDigits = "20719 38255 41660 97318 55024 61873"

// Exchange is in the middle of a year.
func (rehearsedExchange) Exchange(context.Context) (record.Exchange, error) {
	return record.Exchange{
		Role: record.RoleOffice, Province: "Sở Nội vụ tỉnh Quảng Ngãi", RosterVersion: 7, Unsent: 12, Unaccepted: 43,
		LastHanded: ago(3), LastReceipt: ago(24 * 26), Accepted: ago(24 * 31), Conflicts: 2, Carried: 3, OtherMachines: 1,
		RosterNews: record.Words{VI: "Danh bạ của cấp trên đã đổi ngày 20/11/2026: thêm máy Bàn 3; dừng máy Máy cũ. Có máy lạ thì gọi ngay cho cấp trên."},
	}, nil
}

// Status is the office's own, with what waits for a person.
func (r rehearsedExchange) Status(ctx context.Context) (record.Status, error) {
	st, err := r.App.Status(ctx)
	st.Conflicts = 2
	return st, err
}

// Sent has a file of most states.
func (rehearsedExchange) Sent(context.Context) ([]record.Sent, error) {
	file := func(no int64, hours int, kind string, size, commits int64, state record.HandOverState) record.Sent {
		name := "SPB_23500_7f2a_0000" + strconv.FormatInt(no, 10) + ".sopb.zip"
		return record.Sent{ID: name, No: no, Name: name, Kind: kind, UnitName: "Sở Nội vụ tỉnh Quảng Ngãi", Created: ago(hours), Size: size, Commits: commits, State: state, Places: []string{"E:\\SOPHOBIEN"}}
	}
	parked := file(8, 24*20, "log", 38<<10, 31, record.StateParked)
	parked.Stated, parked.Reason = ago(24*12), record.Words{VI: "Cấp trên còn chờ gói số 6. Hãy giao lại gói số 6.", EN: "The province waits for bundle 6. Hand bundle 6 over again."}
	other := file(7, 24*30, "log", 52<<10, 44, record.StateHanded)
	other.Device, other.UnitName = "c3d4", ""
	done := file(5, 24*60, "log", 61<<10, 58, record.StateAccepted)
	done.Stated = ago(24 * 26)
	refused := file(4, 24*61, "log", 40<<10, 12, record.StateRefused)
	refused.Stated, refused.Reason = ago(24*58), record.Words{VI: "Tệp đến nơi bị hỏng. Hãy giao lại gói này.", EN: "The file arrived damaged. Hand it over again."}
	return []record.Sent{
		file(9, 3, "log", 41<<10, 12, record.StateHanded), parked, other, file(6, 24*40, "log", 33<<10, 9, record.StateHanded),
		done, refused, file(3, 24*61, "blob", 4<<20, 0, record.StateAccepted), file(2, 24*90, "log", 22<<10, 20, record.StateReplaced),
	}, nil
}

// TakeIn finds a receipt, a bundle of the other PC and a damaged file.
func (rehearsedExchange) TakeIn(_ context.Context, _ []string, progress func(done, total int)) (record.TakenIn, error) {
	progress(3, 3)
	return record.TakenIn{
		Files: []record.Taken{
			{File: "SPB_51_9c01_00031.sopb.zip", State: record.TakenApplied, Words: record.Words{VI: "Biên nhận của Sở Nội vụ tỉnh Quảng Ngãi: gói số 5 đã được ghi nhận.", EN: "A receipt: bundle 5 has been accepted."}},
			{File: "SPB_23500_c3d4_00004.sopb.zip", State: record.TakenApplied, Words: record.Words{VI: "Đã ghi 8 thay đổi của máy Bàn 2.", EN: "8 changes of PC Bàn 2 were taken."}},
			{File: "SPB_23500_c3d4_00005.sopb.zip", State: record.TakenRefused, Words: record.Words{VI: "Tệp bị hỏng, sổ không đổi. Hãy giao lại từ máy Bàn 2.", EN: "The file is damaged, nothing was changed. Hand it over again from PC Bàn 2."}},
		}, Ignored: 8, Applied: 2, Refused: 1, Commits: 8,
	}, nil
}

// WriteMail writes nothing.
func (rehearsedExchange) WriteMail(_ context.Context, folder string) (record.HandedOver, error) {
	return record.HandedOver{Folder: folder}, nil
}

// differs is the activity two PCs wrote differently.
func (r rehearsedExchange) differs(ctx context.Context) record.ActivityLine {
	page, err := r.Activities(ctx, record.ActivityFilter{})
	if err != nil || len(page.Lines) < 2 {
		return record.ActivityLine{}
	}
	return page.Lines[1]
}

// Conflicts are a place said twice, and a row one deleted and the other edited.
func (r rehearsedExchange) Conflicts(ctx context.Context) ([]record.Conflict, error) {
	at := r.differs(ctx)
	say := func(shown, machine, officer string, hours int) record.Version {
		return record.Version{Shown: shown, Machine: machine, Officer: officer, At: ago(hours)}
	}
	gone := say("", "Bàn 1", "A Brel", 30)
	gone.Value = "true"
	before := say(at.Title, "Bàn 1", "A Brel", 24*40)
	return []record.Conflict{
		{Ref: record.Ref{Noun: "activity", ID: at.ID}, Title: at.Title, Field: "title", Words: record.Words{VI: "Tên", EN: "Title"}, Days: 16, Before: &before,
			Versions: []record.Version{say(at.Title+", đợt 1", "Bàn 1", "A Brel", 24*17), say(at.Title+" tại nhà rông", "Bàn 2", "Y Thu", 24*16)}},
		{Ref: record.Ref{Noun: "unit"}, Title: "Hợp tác xã Nông nghiệp Đăk Mar", Versions: []record.Version{gone, say("", "Bàn 2", "Y Thu", 28)}},
	}, nil
}

// ConflictsOf are those of one row.
func (r rehearsedExchange) ConflictsOf(ctx context.Context, ref record.Ref) ([]record.Conflict, error) {
	if all, err := r.Conflicts(ctx); err == nil && all[0].Ref == ref {
		return all[:1], nil
	}
	return nil, nil
}

// Keep and KeepDeleted settle nothing.
func (rehearsedExchange) Keep(context.Context, record.Ref, string, record.Value) (record.Change, error) {
	return record.Change{}, nil
}

// KeepDeleted is the other half of Keep.
func (rehearsedExchange) KeepDeleted(context.Context, record.Ref, bool) (record.Change, error) {
	return record.Change{}, nil
}

// Machines are this PC, which has asked, and another one.
func (rehearsedExchange) Machines(context.Context) ([]record.Machine, error) {
	return []record.Machine{
		{Device: "7f2a", Name: "Bàn 1", UnitName: "UBND xã Đăk Hà", Officer: "A Brel", Fingerprint: rehearsedDigits, This: true, State: "asked"},
		{Device: "c3d4", Name: "Bàn 2", Officer: "Y Thu", Fingerprint: "88401 23957 60128 44796 05513 72260", State: "provisional", Seen: ago(20), Commits: 31},
	}, nil
}

// AskEnrolment writes nothing.
func (rehearsedExchange) AskEnrolment(_ context.Context, folder string) (path, fingerprint string, err error) {
	return folder, rehearsedDigits, nil
}

// ConfirmProvince believes.
func (rehearsedExchange) ConfirmProvince(context.Context, string) error { return nil }

// AddMachine lets nobody in.
func (rehearsedExchange) AddMachine(_ context.Context, _, _, folder string) (record.HandedOver, error) {
	return record.HandedOver{Folder: folder}, nil
}

// JoinAsk writes nothing.
func (rehearsal) JoinAsk(_ context.Context, _ record.Setup, folder string) (path, fingerprint string, err error) {
	return folder, rehearsedDigits, nil
}

// Join takes nothing in.
func (r rehearsal) Join(ctx context.Context, s record.Setup, _ []string, _ string) (pdf, code string, err error) {
	return r.Create(ctx, s)
}
