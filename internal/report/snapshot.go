package report

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"sophobien/internal/record"
)

// Snapshot is a report as it was signed: all that its files print, and a fingerprint of
// every record behind it. Its form only ever grows: what was signed once is read for ever.
type Snapshot struct {
	Format   int       `json:"sopb-snapshot"`
	Report   record.ID `json:"report"`
	Revision int64     `json:"revision"`
	Template string    `json:"template"` // SHA-256 of the workbook's template, hex
	Yearly   Yearly    `json:"yearly"`
	Records  []Stamp   `json:"records"` // by noun and id
}

// Stamp is a record as it stood.
type Stamp struct {
	Ref   record.Ref  `json:"ref"`
	Day   record.Date `json:"day,omitempty"`
	Title string      `json:"title"`
	Print string      `json:"print"` // record.Fingerprint
}

// snapshotFormat is the form this program writes.
const snapshotFormat = 1

// maxSnapshot bounds what a snapshot unpacks to.
const maxSnapshot = 256 << 20

// Freeze is the snapshot of a report that was made from in.
func Freeze(in Input, y Yearly, r record.Report, template string) Snapshot {
	s := Snapshot{Format: snapshotFormat, Report: r.ID, Revision: r.Revision, Template: template, Yearly: y}
	s.Yearly.Before, s.Yearly.Since = bare(y.Before), bare(y.Since)
	s.Yearly.Office.Officers = nil // of people it names only who signs
	behind := y.behind()
	for _, n := range in.rows() {
		if ref := n.Ref(); behind[ref.ID] {
			day, title := called(n)
			s.Records = append(s.Records, Stamp{ref, day, title, record.Fingerprint(n)})
		}
	}
	slices.SortFunc(s.Records, func(a, b Stamp) int { return compareRefs(a.Ref, b.Ref) })
	return s
}

// bare are figures without their rows: only those of the report itself are pointed at.
func bare(f *record.Figures) *record.Figures {
	if f == nil {
		return nil
	}
	out := record.Figures{Period: f.Period, Indicators: slices.Clone(f.Indicators), Targets: slices.Clone(f.Targets)}
	for i := range out.Indicators {
		out.Indicators[i].Records = nil
	}
	for i := range out.Targets {
		out.Targets[i].Records, out.Targets[i].Missing = nil, nil
	}
	return &out
}

// behind are the rows that a report counts or lists.
func (y Yearly) behind() map[record.ID]bool {
	out := map[record.ID]bool{}
	add := func(ids []record.ID) {
		for _, id := range ids {
			out[id] = true
		}
	}
	for _, f := range y.Figures.Indicators {
		add(f.Records)
	}
	for _, t := range y.Figures.Targets {
		add(t.Records)
		add(t.Missing)
	}
	for _, a := range y.Activities {
		out[a.ID] = true
	}
	for _, q := range y.Questions {
		out[q.ID] = true
	}
	for _, m := range y.Materials {
		out[m.ID] = true
	}
	for _, b := range y.Budgets {
		out[b.ID] = true
	}
	for _, u := range y.Units {
		out[u.Unit] = true
	}
	return out
}

// rows are all rows figures may be made from.
func (in Input) rows() []record.Noun {
	var out []record.Noun
	out = appendNouns(out, in.Activities)
	out = appendNouns(out, in.Directives)
	out = appendNouns(out, in.Publications)
	out = appendNouns(out, in.Materials)
	out = appendNouns(out, in.Surveys)
	out = appendNouns(out, in.Models)
	out = appendNouns(out, in.Budgets)
	out = appendNouns(out, in.Questions)
	for _, u := range in.Units {
		out = append(out, u)
	}
	return out
}

func appendNouns[T record.Noun](to []record.Noun, rows []T) []record.Noun {
	for _, r := range rows {
		to = append(to, r)
	}
	return to
}

// called is what people call a row, and its day.
func called(n record.Noun) (record.Date, string) {
	switch n := n.(type) {
	case record.Activity:
		return n.When.Date, n.Title
	case record.Directive:
		return n.Issued, n.Title
	case record.Publication:
		return n.On, n.Title
	case record.Material:
		return n.On, n.Title
	case record.Survey:
		return n.On, n.Title
	case record.Model:
		return n.Since, n.Title
	case record.Budget:
		return "", n.Content
	case record.Question:
		return n.Received, n.Text
	case record.Unit:
		return "", n.FullName()
	}
	return "", ""
}

// Encode is the snapshot as bytes. Equal snapshots are equal bytes.
func (s Snapshot) Encode() ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if err := json.NewEncoder(z).Encode(s); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// DecodeSnapshot reads what Encode wrote, in this version or one before.
func DecodeSnapshot(b []byte) (Snapshot, error) {
	var s Snapshot
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return s, damagedSnapshot(err)
	}
	text, err := io.ReadAll(io.LimitReader(z, maxSnapshot+1))
	if err == nil && len(text) > maxSnapshot {
		err = errors.New("too large")
	}
	if err != nil {
		return s, damagedSnapshot(err)
	}
	var head struct {
		Format int `json:"sopb-snapshot"`
	}
	if err := json.Unmarshal(text, &head); err != nil || head.Format < 1 {
		return s, damagedSnapshot(err)
	}
	if head.Format > snapshotFormat {
		return s, record.Refuse(record.ErrNewer, "Bản chốt số liệu do bản chương trình mới hơn ghi; hãy cài bản mới.", "The snapshot was written by a newer version; install it.")
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, damagedSnapshot(err)
	}
	return s, nil
}

func damagedSnapshot(cause error) error {
	return record.Refuse(record.ErrDamaged, "Bản chốt số liệu của báo cáo bị hỏng.", "The report's snapshot is damaged.").Because(cause)
}
