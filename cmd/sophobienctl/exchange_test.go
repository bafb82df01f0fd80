package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"sophobien/internal/app"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// officeCall is "office DIR PRESET UNIT": an office as init makes it, but with its keys in
// plain, so that a story of many calls opens no passphrase at each.
func officeCall(ts *testscript.TestScript, _ bool, args []string) {
	s := app.Starter{Folder: ts.MkAbs(args[0])}
	setup, err := proposed(s, args[1], args[2])
	ts.Check(err)
	setup.OfficerName, setup.Protection = "Cán bộ "+args[2], string(trust.Demo)
	made, err := s.Create(context.Background(), setup)
	ts.Check(err)
	ts.Check(made.App.Close())
}

// plainKeysCall is "plainkeys DIR": keys in plain for a PC that is about to ask to join.
func plainKeysCall(ts *testscript.TestScript, _ bool, args []string) {
	dir, err := datadir.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = trust.Create(dir, trust.Demo, "")
	ts.Check(err)
}

// retitleCall is "retitle DIR ACTIVITY TITLE": somebody edits a row in the window.
func retitleCall(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	a, err := app.Open(ts.MkAbs(args[0]), app.Options{})
	ts.Check(err)
	id, err := record.ParseID(args[1])
	ts.Check(err)
	act, err := a.Activity(ctx, id)
	ts.Check(err)
	act.Title = args[2]
	_, err = a.SaveActivity(ctx, act)
	ts.Check(errors.Join(err, a.Close()))
}

// rosterOf is a new province's roster, made without the three sticks.
func rosterOf(ts *testscript.TestScript, unit string, version int64, units []string, devices ...trust.RosterDevice) (a *trust.Authority, file []byte, name string) {
	now := time.Now().UTC().Format(time.RFC3339)
	a, _, err := trust.MakeAuthority(unit, "Sở Nội vụ "+unit, now)
	ts.Check(err)
	recipients, err := a.Recipients()
	ts.Check(err)
	r := trust.Roster{Version: version, Unit: unit, Name: "Sở Nội vụ " + unit, Created: now, DueDay: 5, Recipients: recipients, Devices: devices}
	for i, code := range units {
		r.Units = append(r.Units, trust.RosterUnit{Code: code, Name: "Đơn vị " + code, Kind: "commune", ID: record.ID{6: 0x70, 8: 0x80, 15: byte(i + 1)}})
	}
	file, name, err = trust.SealRoster(a, a.Chain, r, record.ID{6: 0x70, 8: 0x80}, now, "sophobien test", rand.Reader)
	ts.Check(err)
	return a, file, name
}

// provinceCall is "province DIR UNIT UNITS…": the office of DIR gets what keys province
// gives, without the scrypt of four sticks.
func provinceCall(ts *testscript.TestScript, _ bool, args []string) {
	dir, err := datadir.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	keys, err := trust.Open(dir, "")
	ts.Check(err)
	a, file, _ := rosterOf(ts, args[1], 1, args[2:], trust.RosterDevice{
		ID: keys.ID(), Key: keys.Device.Public().(ed25519.PublicKey), Unit: args[1], Role: record.RoleProvince, Name: "máy", Recipient: keys.Recipient(),
	})
	ts.Check(keys.SaveAuthority(a))
	known, err := trust.OpenRoster(trust.Known{}, file)
	ts.Check(err)
	ts.Check(trust.SaveKnown(dir, known))
}

// strangerCall is "stranger FOLDER UNIT": the roster of another province, whose path goes
// into $LA.
func strangerCall(ts *testscript.TestScript, _ bool, args []string) {
	_, file, name := rosterOf(ts, args[1], 9, nil)
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o700))
	path := filepath.Join(ts.MkAbs(args[0]), name)
	ts.Check(os.WriteFile(path, file, 0o600))
	ts.Setenv("LA", path)
}

// wrongDigit changes the first digit of a fingerprint.
func wrongDigit(digits string) string {
	first := "1"
	if strings.HasPrefix(digits, "1") {
		first = "2"
	}
	return first + digits[1:]
}

// misreadCall is "misread NAME DIGITS": the digits with one read wrongly go into the
// variable NAME.
func misreadCall(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], wrongDigit(args[1]))
}

// takenCall is "taken STATE N": so many files of the last receive --json have the state.
func takenCall(ts *testscript.TestScript, _ bool, args []string) {
	n := strings.Count(ts.ReadFile("stdout"), `"state": "`+args[0]+`"`)
	if want := args[1]; want != string(rune('0'+n)) {
		ts.Fatalf("%d files are %s, want %s:\n%s", n, args[0], want, ts.ReadFile("stdout"))
	}
}
