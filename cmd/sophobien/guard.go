package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// How often the program looks whether anybody is there, and how long nobody must have
// been before it does work of its own.
const (
	lookEvery  = 5 * time.Second
	quietAfter = 5 * time.Minute
)

// watchDesk locks the window while nobody is there, and tries a backup then when that
// is due.
func (p *program) watchDesk() {
	if p.looks != nil {
		p.looks.Stop()
	}
	p.looks = time.AfterFunc(lookEvery, func() {
		fyne.Do(func() {
			p.lookUp()
			p.watchDesk()
		})
	})
}

// lookUp looks once.
func (p *program) lookUp() {
	if p.shell == nil {
		return
	}
	p.shell.Tick()
	if p.shell.Lock() == nil {
		return
	}
	switch quiet := p.shell.Lock().Idle() >= quietAfter; {
	case !quiet && p.stopTrial != nil:
		p.stopTrial() // somebody needs the PC
	case quiet && p.stopTrial == nil:
		p.tryBackup()
	}
}

// tryBackup makes the monthly trial restore when it is due. It says nothing but
// through the states of the window.
func (p *program) tryBackup() {
	ctx, stop := context.WithCancel(context.Background())
	p.stopTrial = stop
	office := p.office
	kit.Do(p.runner, func(context.Context) (record.DrillResult, error) { return trialIfDue(ctx, office) },
		func(r record.DrillResult, err error) {
			stop()
			p.stopTrial = nil
			if err != nil && !errors.Is(err, context.Canceled) {
				slog.Warn("trial restore", "error", err)
			} else if r.At != "" {
				slog.Info("trial restore", "ok", r.OK, "rows", r.Rows)
			}
		})
}

// trialIfDue tries the newest backup unless one was tried this month.
func trialIfDue(ctx context.Context, office *app.App) (record.DrillResult, error) {
	due, err := office.DrillDue(ctx)
	if err != nil || !due {
		return record.DrillResult{}, err
	}
	return office.RestoreDrill(ctx, nil)
}
