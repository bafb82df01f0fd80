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
	office, shell := p.office, p.shell
	if office == nil {
		return
	}
	kit.Do(p.runner, func(ctx context.Context) (newest string, err error) {
		if _, err := copyOnceADay(ctx, office, time.Now()); err != nil {
			return "", err
		}
		all, err := office.Backups(ctx)
		if err == nil && len(all) > 0 {
			newest = all[0].Path
		}
		return newest, err
	}, func(newest string, err error) {
		if newest != "" {
			p.fyne.Preferences().SetString(p.copyKey(), newest)
		}
		if err != nil {
			shell.Toast().Say(kit.T("Chưa sao lưu được hôm nay: {{.Why}}", map[string]any{"Why": kit.Sentence(err)}), nil)
		}
	})
	if p.copies != nil {
		p.copies.Stop()
	}
	p.copies = time.AfterFunc(time.Hour, func() { fyne.Do(p.keepCopies) })
}

// newestCopy is the newest backup as it was when this register was last open: one that
// does not open cannot be asked.
func (p *program) newestCopy() string { return p.fyne.Preferences().String(p.copyKey()) }

func (p *program) copyKey() string { return "backup.newest " + p.flags.data }

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
