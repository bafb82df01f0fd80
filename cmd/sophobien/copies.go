package main

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// keepCopies makes the first backup of each day the program is used, at its start
// or, where it stays open over night, within an hour of midnight.
func (p *program) keepCopies() {
	office := p.office
	kit.Do(p.runner, func(ctx context.Context) (bool, error) {
		return copyOnceADay(ctx, office, time.Now())
	}, func(_ bool, err error) {
		if err != nil {
			p.shell.Toast().Say(kit.T("Chưa sao lưu được hôm nay: {{.Why}}", map[string]any{"Why": kit.Sentence(err)}), nil)
		}
	})
	time.AfterFunc(time.Hour, func() { fyne.Do(p.keepCopies) })
}

// copyOnceADay makes a backup unless there is one of today, and reports whether it did.
func copyOnceADay(ctx context.Context, office *app.App, now time.Time) (bool, error) {
	status, err := office.Status(ctx)
	if err != nil {
		return false, err
	}
	last, err := time.Parse(time.RFC3339, status.LastBackup)
	if err == nil && record.DateOf(last.In(now.Location())) == record.DateOf(now) {
		return false, nil
	}
	_, err = office.Backup(ctx, "")
	return err == nil, err
}
