package main

import (
	"context"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// exchanging is an office as the area Trao đổi asks of it, by what it seals: each file
// carries the whole record for the province, and no receipt says more of it than that it
// was written.
type exchanging struct{ *app.App }

// Exchange is where things stand. The province's key was put here by hand, so that nobody
// is asked to compare it.
func (e exchanging) Exchange(ctx context.Context) (record.Exchange, error) {
	st, err := e.Status(ctx)
	if err != nil {
		return record.Exchange{}, err
	}
	return record.Exchange{
		Role: record.RoleOffice, Practice: st.Practice, Confirmed: !st.Practice, Unsent: st.Unsent, LastHanded: st.LastHandOver,
	}, nil
}

// Sent are the files that were sealed; each was read back when it was written.
func (e exchanging) Sent(ctx context.Context) ([]record.Sent, error) {
	list, err := e.Bundles(ctx)
	return sentOf(list), err
}

func sentOf(list []record.BundleInfo) []record.Sent {
	out := make([]record.Sent, len(list))
	for i, b := range list {
		out[i] = record.Sent{
			ID: b.Name, No: b.No, Name: b.Name, Kind: "log", Unit: b.To, UnitName: kit.T("Cấp trên"), Created: b.Created, Size: b.Size,
			Commits: int64(b.Commits), State: record.StateHanded, Places: []string{b.Path}, Practice: b.Practice,
		}
	}
	return out
}

// HandOverAgain writes the whole record anew: what was in the file is in it.
func (e exchanging) HandOverAgain(ctx context.Context, _, folder string) (record.HandedOver, error) {
	return e.HandOver(ctx, folder, record.HandOverOptions{})
}

// HandOver writes the whole record, and beside it the key its signature is checked with.
func (e exchanging) HandOver(ctx context.Context, folder string, _ record.HandOverOptions) (record.HandedOver, error) {
	made, err := e.Seal(ctx, folder)
	done := record.HandedOver{Folder: folder, Written: sentOf(made), Safe: err == nil}
	if err == nil && len(made) > 0 {
		_, err = e.WritePublicKey(folder)
		done.Safe = err == nil
	}
	return done, err
}
