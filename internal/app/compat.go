package app

import (
	"context"

	"sophobien/internal/record"
)

// Seal is HandOver in the words of before there were receipts.
func (a *App) Seal(ctx context.Context, folder string) ([]record.BundleInfo, error) {
	made, err := a.HandOver(ctx, folder, record.HandOverOptions{})
	var out []record.BundleInfo
	for _, f := range made.Written {
		b := infoOf(f)
		b.Path = f.Places[0]
		out = append(out, b)
	}
	return out, err
}

// Bundles is Sent in the words of before there were receipts.
func (a *App) Bundles(ctx context.Context) ([]record.BundleInfo, error) {
	list, err := a.Sent(ctx)
	var out []record.BundleInfo
	for _, f := range list {
		out = append(out, infoOf(f))
	}
	return out, err
}

func infoOf(f record.Sent) record.BundleInfo {
	return record.BundleInfo{Name: f.Name, No: f.No, Commits: int(f.Commits), Created: f.Created, Size: f.Size, To: f.UnitName, Practice: f.Practice}
}
