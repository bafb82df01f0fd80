package ui

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// Noticer writes the notice for those whose data the office keeps.
type Noticer interface {
	WriteNotice(ctx context.Context, path string) (record.Words, error)
}

// printNotice asks where to write the notice.
func printNotice(desk kit.Desk, office Noticer) {
	kit.AskFile(desk, kit.T("In thông báo"), ledger.DefaultFolder, kit.FileName(".pdf", kit.T("Thông báo về dữ liệu cá nhân")), func(path string, ended func(error)) {
		kit.Do(desk.Runner, func(ctx context.Context) (record.Words, error) {
			return office.WriteNotice(ctx, path)
		}, func(warning record.Words, err error) {
			ended(err)
			if err == nil {
				kit.SayWritten(desk, path, warning)
			}
		})
	})
}
