package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Worked is how many activities that were held a machine has made, by month, or by day
// where a day was asked for.
type Worked struct {
	Device oplog.Device
	Day    record.Date // the first of the month
	N      int
}

// WorkOf counts the held activities of a span by the machines that made them; those of
// some machines day by day.
func (db *DB) WorkOf(ctx context.Context, p record.Period, daily ...oplog.Device) ([]Worked, error) {
	var out []Worked
	err := eachRow(ctx, db.read, `
		SELECT log.device, CASE WHEN :daily <> '' AND instr(:daily, hex(log.device)) > 0 THEN t.when_date ELSE substr(t.when_date, 1, 7) || '-01' END, count(*)
		FROM activity t JOIN log ON log.seq = `+baseSeq+`
		WHERE t.flags & 1 = 0 AND t.status IN ('held', 'closed') AND t.when_date BETWEEN :from AND :to GROUP BY 1, 2`,
		func(row scanTarget) error {
			var w Worked
			var device []byte
			err := row.Scan(&device, &w.Day, &w.N)
			if err == nil && len(device) == len(w.Device) {
				w.Device = oplog.Device(device)
				out = append(out, w)
			}
			return err
		}, sql.Named("from", string(p.From)), sql.Named("to", string(p.To)), sql.Named("daily", hexList(daily)))
	return out, fmtErr("work of machines", err)
}

func hexList(devices []oplog.Device) string {
	var b strings.Builder
	for _, d := range devices {
		b.WriteString(strings.ToUpper(hex.EncodeToString(d[:])) + " ")
	}
	return b.String()
}

// Made is by which machine a row was made, and when it was last spoken of, by the clock of
// who spoke.
type Made struct {
	Device oplog.Device
	Last   time.Time
}

// MadeBy tells it of all rows of a noun.
func (db *DB) MadeBy(ctx context.Context, noun string) (map[record.ID]Made, error) {
	out := map[record.ID]Made{}
	if _, ok := record.Describe(noun); !ok {
		return nil, fmtErr("who made rows", record.ErrInvalid)
	}
	err := eachRow(ctx, db.read, `
		SELECT t.id, log.device, max(log.time, coalesce((SELECT max(l.time) FROM mention JOIN log l ON l.seq = mention.seq WHERE mention.id = t.id), 0))
		FROM `+noun+` t JOIN log ON log.seq = `+baseSeq,
		func(row scanTarget) error {
			var id, device []byte
			var last int64
			err := row.Scan(&id, &device, &last)
			if err == nil && len(device) == len(oplog.Device{}) {
				out[idOf(id)] = Made{oplog.Device(device), timeOf(last)}
			}
			return err
		})
	return out, fmtErr("who made rows", err)
}

// unlessBy leaves out the rows of a noun whose machine is on the list under a condition.
func unlessBy(noun, condition string) string {
	return " AND NOT EXISTS (SELECT 1 FROM log JOIN member ON member.device = log.device WHERE log.seq = CAST(" + noun + ".state AS INTEGER) AND " + condition + ")"
}

// saidByProvince leaves out what a machine of an office says in the province's place.
func saidByProvince(noun string) string { return unlessBy(noun, "member.role = 'office'") }

// Verdicts are the province's words on reports, by id.
func (db *DB) Verdicts(ctx context.Context) ([]record.Verdict, error) {
	return load[record.Verdict](ctx, db.read, db.box, "WHERE flags & 1 = 0"+saidByProvince("verdict")+" ORDER BY id")
}

// SameEvents are the province's words on pairs of activities, by id.
func (db *DB) SameEvents(ctx context.Context) ([]record.SameEvent, error) {
	return load[record.SameEvent](ctx, db.read, db.box, "WHERE flags & 1 = 0"+saidByProvince("same_event")+" ORDER BY id")
}

// bothHeld keeps to words on two activities that were held and are here.
const bothHeld = ` AND (SELECT count(*) FROM activity a WHERE a.id IN (same_event.activity_id, same_event.twin_id)
	AND a.flags & 1 = 0 AND a.status IN ('held', 'closed') AND coalesce(a.when_date, '') <> '') = 2`

// Happening is an activity where people met, as far as it can be known again in another
// unit's words.
type Happening struct {
	ID           record.ID
	Unit         string // code; "" is this office
	Kind, Title  string
	When         record.Occasion
	Host         record.ID
	CoOrganisers []record.ID
	Topics       []string
	People       int64
}

// Happenings are those of all units that were held, by day.
func (db *DB) Happenings(ctx context.Context) ([]Happening, error) {
	var out []Happening
	err := db.snapshot(ctx, func(q querier) error {
		members, err := readMembers(ctx, q)
		if err != nil {
			return err
		}
		return eachRow(ctx, q, `
			SELECT t.id, log.device, t.kind, coalesce(t.title, ''), t.when_date, coalesce(t.when_end_date, ''), coalesce(t.when_start, ''), coalesce(t.when_place, ''),
			       t.host_unit_id, coalesce(t.co_organisers, '[]'), coalesce(t.topics, '[]'), coalesce(t.heads_total, 0)
			FROM activity t JOIN log ON log.seq = `+baseSeq+`
			WHERE t.flags & 1 = 0 AND t.status IN ('held', 'closed') AND t.when_date <> ''
			  AND t.kind IN ('training', 'direct', 'dialogue', 'roundtable', 'workshop', 'forum', 'contest', 'woven')
			ORDER BY t.when_date, t.id`,
			func(row scanTarget) error {
				var h Happening
				var id, device, host []byte
				var with, topics []byte
				if err := row.Scan(&id, &device, &h.Kind, &h.Title, &h.When.Date, &h.When.EndDate, &h.When.Start, &h.When.Place, &host, &with, &topics, &h.People); err != nil {
					return err
				}
				h.ID, h.Host = idOf(id), idOf(host)
				if len(device) == len(oplog.Device{}) {
					h.Unit = members[oplog.Device(device)].Unit
				}
				out = append(out, h)
				at := &out[len(out)-1]
				return errors.Join(listIn(with, &at.CoOrganisers), listIn(topics, &at.Topics))
			})
	})
	return out, fmtErr("what units held", err)
}

// listIn reads a list as a column keeps it; most are empty.
func listIn[T any](text []byte, into *[]T) error {
	if string(text) == "[]" {
		return nil
	}
	return json.Unmarshal(text, into)
}
