package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/pdf"
	"sophobien/internal/report/xlsx"
	"sophobien/internal/store"
)

// Reports lists the reports of this office, the latest period first and of each the
// latest revision.
func (a *App) Reports(ctx context.Context) ([]record.Report, error) {
	list, err := store.Own[record.Report](ctx, a.db)
	slices.SortFunc(list, func(x, y record.Report) int {
		return cmp.Or(cmp.Compare(y.Period.To, x.Period.To), cmp.Compare(y.Period.From, x.Period.From), cmp.Compare(y.Revision, x.Revision))
	})
	return list, explain(err)
}

// SignedReport is a signed report, of this office or at a province of one of its units.
func (a *App) SignedReport(ctx context.Context, id record.ID) (record.Report, error) {
	r, err := store.Find[record.Report](ctx, a.db, id)
	if err == nil && !r.Signed() {
		err = record.Refuse(record.ErrConflict, "Báo cáo này chưa ký.", "This report is not signed.")
	}
	return r, explain(err)
}

// ReportFor is the latest revision of the report of a period. Where there is none it is
// a draft that was not stored yet, with what it carries out from the year before.
func (a *App) ReportFor(ctx context.Context, p record.FigurePeriod) (record.Report, error) {
	list, err := a.Reports(ctx)
	if err != nil {
		return record.Report{}, err
	}
	newest := record.Report{Period: p, Revision: 1, Status: "draft"}
	for _, r := range list {
		switch {
		case r.Period.SameReport(p): // the latest revision stands first
			if !r.Signed() && r.Revision == 1 {
				r.Period.From = p.From // the year before may have been closed since
			}
			return r, nil
		case newest.Basis == "" && r.Period.To < p.From:
			newest.Basis = r.Basis
		}
	}
	return newest, nil
}

// graceDays is how long after its usual last day a year may still be closed.
const graceDays = 14

// checkPeriod refuses a last day that is not the rule's: only a whole year by the plan may be
// cut off on another, in its last month or shortly after. The first day follows the year
// before, whose report may have been signed meanwhile. A revision keeps the days of the report
// it replaces, since the year after began with the next.
func (a *App) checkPeriod(ctx context.Context, r *record.Report) error {
	p := &r.Period
	if p.Rule == report.Adhoc {
		return nil
	}
	if r.Revision > 1 {
		was, err := store.Find[record.Report](ctx, a.db, r.Replaces)
		if err != nil || was.Period == *p {
			return explain(err)
		}
		return refuseDay("period", fmt.Sprintf("Bản lập lại giữ nguyên kỳ của bản trước: %s.", was.Period.Span()), fmt.Sprintf("A revision keeps the days of the one before: %s.", was.Period.Span()))
	}
	usual, err := a.PartOfYear(ctx, p.Year, p.Rule, p.Part)
	if err != nil {
		return err
	}
	first, last := usual.To, usual.To
	if p.Rule == "plan" && p.Part == "" {
		whole := report.Period(p.Rule, p.Year, "").To
		month, _ := record.NewDate(whole.Year(), whole.Month(), 1)
		first, last = month, whole.AddDays(graceDays)
	}
	p.From = usual.From
	if first <= p.To && p.To <= last {
		return nil
	}
	return refuseDay("period", fmt.Sprintf("Ngày chốt số liệu phải từ %s đến %s.", first, last), fmt.Sprintf("The cut-off lies between %s and %s.", first, last))
}

// refuseDay refuses what stands in one field.
func refuseDay(field, vi, en string) error {
	refusal := record.Refuse(record.ErrInvalid, vi, en)
	refusal.Field = field
	return record.Problems{refusal}
}

// SaveReport stores the words of a report that is still a draft. What was signed is
// refused.
func (a *App) SaveReport(ctx context.Context, r record.Report) (record.Report, error) {
	made, err := a.beginDraft(&r)
	if err != nil {
		return r, err
	}
	if err := r.Validate(); err != nil {
		return r, err
	}
	if err := a.checkPeriod(ctx, &r); err != nil {
		return r, err
	}
	_, err = a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) { return draftEdits(tx, r, made) })
	return r, err
}

// beginDraft puts a draft into normal form, and gives a new one its id.
func (a *App) beginDraft(r *record.Report) (made bool, err error) {
	if r.Status != "draft" {
		return false, refuseSigned()
	}
	normal(r)
	if made = r.ID.IsZero(); made {
		r.ID = a.newID()
	}
	return made, nil
}

// draftEdits are what makes the stored draft be r, which must not have been signed
// meanwhile and is the same revision of the same report.
func draftEdits(tx *store.Tx, r record.Report, made bool) ([]record.Edit, error) {
	if made {
		return []record.Edit{record.Create(r)}, onlyOne(tx, r)
	}
	before, err := store.FindIn[record.Report](tx, r.ID)
	if err != nil {
		return nil, err
	}
	if before.Signed() {
		return nil, refuseSigned()
	}
	if r.Revision != before.Revision || r.Replaces != before.Replaces || !r.Period.SameReport(before.Period) {
		return nil, fmt.Errorf("%w: another report", record.ErrInvalid)
	}
	e, changed := record.Update(before, r)
	if !changed {
		return nil, nil
	}
	return []record.Edit{e}, nil
}

func onlyOne(tx *store.Tx, r record.Report) error {
	list, err := store.OwnIn[record.Report](tx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(x record.Report) bool { return x.Period.SameReport(r.Period) && x.Revision == r.Revision }) {
		return record.Refuse(record.ErrConflict, "Báo cáo của kỳ này đã có trong sổ; hãy mở báo cáo đó.", "The register has a report of this period already; open that one.")
	}
	return nil
}

func refuseSigned() error {
	return record.Refuse(record.ErrConflict, "Báo cáo đã ký nên không sửa được nữa; nếu cần sửa, hãy lập bản mới có ghi lý do.",
		"The report is signed and stays as it is; make a revision, with a reason.")
}

// unsigned refuses a report that is signed; one that is not there is none.
func unsigned(tx *store.Tx, id record.ID) error {
	r, err := store.FindIn[record.Report](tx, id)
	if errors.Is(err, record.ErrNotFound) {
		return nil
	}
	if err == nil && r.Signed() {
		return refuseSigned()
	}
	return err
}

// ReviseReport begins the next revision of a signed report, with its words.
func (a *App) ReviseReport(ctx context.Context, id record.ID, reason string) (record.Report, error) {
	was, err := store.Find[record.Report](ctx, a.db, id)
	if err != nil {
		return was, explain(err)
	}
	latest, err := a.ReportFor(ctx, was.Period)
	if err != nil {
		return was, err
	}
	if latest.ID != was.ID || !was.Signed() {
		return latest, record.Refuse(record.ErrConflict, "Chỉ lập bản mới thay cho bản đã ký gần nhất.", "Only the latest signed report can be revised.")
	}
	next := was
	next.ID, next.Revision, next.Replaces, next.Reason = record.ID{}, was.Revision+1, was.ID, trimmed(reason)
	next.Status, next.Number, next.SignedOn, next.Signer, next.Snapshot, next.Changes = "draft", "", "", record.Signer{}, "", nil
	return a.SaveReport(ctx, next)
}

// ReportChanges tell what a report would say otherwise than the signed one it replaces, if
// it was signed now.
func (a *App) ReportChanges(ctx context.Context, id record.ID) ([]record.Words, error) {
	r, err := store.Find[record.Report](ctx, a.db, id)
	if err != nil || r.Signed() || r.Replaces.IsZero() {
		return nil, explain(err)
	}
	y, in, err := a.yearly(ctx, r)
	if err != nil {
		return nil, err
	}
	return a.changesFrom(ctx, r.Replaces, report.Freeze(in, y, r, ""))
}

func (a *App) changesFrom(ctx context.Context, replaces record.ID, now report.Snapshot) ([]record.Words, error) {
	was, err := a.Snapshot(ctx, replaces)
	if err != nil {
		return nil, err
	}
	return report.Differences(was, now), nil
}

// SignReport freezes a draft as it is given: it keeps a snapshot of its figures with every
// record behind them, the template, and the workbook and document as they are handed out, each
// with its proof under this device's key. It cannot be taken back: what changes afterwards
// makes a revision.
func (a *App) SignReport(ctx context.Context, r record.Report) (record.Report, error) {
	made, err := a.beginDraft(&r)
	if err != nil {
		return r, err
	}
	if err := a.checkSigning(ctx, &r); err != nil {
		return r, err
	}
	const tries = 3 // what is read must be what is signed: a change in between begins again
	for range tries {
		signed, err := a.sign(ctx, r, made)
		if !errors.Is(err, errMoved) {
			return signed, err
		}
	}
	return r, record.Refuse(record.ErrConflict, "Sổ đang được ghi; hãy thử ký lại sau ít phút.", "The register is being written to; sign again in a moment.")
}

// checkSigning fills in the day and who signs, and refuses a day that cannot be.
func (a *App) checkSigning(ctx context.Context, r *record.Report) error {
	today, err := a.today(ctx)
	if err != nil {
		return explain(err)
	}
	office, err := a.Office(ctx)
	if err != nil {
		return err
	}
	r.SignedOn = cmp.Or(r.SignedOn, today)
	r.Signer, r.Status = office.Head, "signed"
	switch {
	case r.SignedOn > today:
		return refuseDay("signed_on", fmt.Sprintf("Ngày ký %s ở sau hôm nay (%s).", r.SignedOn, today), fmt.Sprintf("The day of signing, %s, is after today (%s).", r.SignedOn, today))
	case r.SignedOn < r.Period.From:
		return refuseDay("signed_on", fmt.Sprintf("Ngày ký %s ở trước kỳ báo cáo.", r.SignedOn), fmt.Sprintf("The day of signing, %s, is before the period.", r.SignedOn))
	}
	return a.checkPeriod(ctx, r)
}

var errMoved = errors.New("the register moved on")

func (a *App) sign(ctx context.Context, r record.Report, made bool) (record.Report, error) {
	place, err := a.db.NewestPlace(ctx)
	if err != nil {
		return r, explain(err)
	}
	kept, err := a.draw(ctx, &r)
	if err != nil {
		return r, err
	}
	files, err := a.keep(r, kept)
	if err != nil {
		return r, err
	}
	if err := r.Validate(); err != nil {
		return r, err
	}
	_, err = a.commitQuietly(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		if now, err := tx.NewestPlace(); err != nil || now != place {
			return nil, cmp.Or(err, errMoved)
		}
		e, err := draftEdits(tx, r, made)
		return append(e, files...), err
	})
	return r, err
}

// drawn are the files of a report while it is signed.
type drawn struct{ snapshot, template, workbook, document []byte }

// draw counts a report and draws its files, and notes in it what it differs in from the
// one it replaces.
func (a *App) draw(ctx context.Context, r *record.Report) (drawn, error) {
	var out drawn
	y, in, err := a.yearly(ctx, *r)
	if err != nil {
		return out, err
	}
	if out.template, err = a.template(ctx, r.Template, r.Period.To); err != nil {
		return out, err
	}
	s := report.Freeze(in, y, *r, hashOf(out.template))
	if !r.Replaces.IsZero() {
		changes, err := a.changesFrom(ctx, r.Replaces, s)
		if err != nil {
			return out, err
		}
		r.Changes = nil
		for _, c := range changes {
			r.Changes = append(r.Changes, c.VI)
		}
	}
	if out.snapshot, err = s.Encode(); err != nil {
		return out, explain(err)
	}
	r.Snapshot = hashOf(out.snapshot)
	out.workbook, out.document, err = a.drawFiles(s, out.template, r.Snapshot)
	return out, err
}

// drawFiles draws a snapshot: the same bytes each time.
func (a *App) drawFiles(s report.Snapshot, template []byte, sha string) (workbook, document []byte, err error) {
	if workbook, err = xlsx.Fill(template, s.Yearly); err == nil {
		workbook, err = a.prove(s, sha, workbookKind, workbook)
	}
	if err == nil {
		document, err = docx.Narrative(s.Yearly)
	}
	if err == nil {
		document, err = a.prove(s, sha, documentKind, document)
	}
	return workbook, document, explain(err)
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// The files kept with a signed report, by their kind of evidence.
const (
	snapshotKind = "snapshot"
	templateKind = "template"
	workbookKind = "workbook"
	documentKind = "document"
)

// pagesKind is a signed report on paper: drawn, not kept.
const pagesKind = "pages"

// keep puts the files where evidence lies, and gives the rows that name them.
func (a *App) keep(r record.Report, d drawn) ([]record.Edit, error) {
	store, err := a.files()
	if err != nil {
		return nil, err
	}
	var out []record.Edit
	for _, f := range []struct {
		kind, name string
		bytes      []byte
	}{
		{snapshotKind, "chot-so-lieu.json.gz", d.snapshot}, {templateKind, "mau.xlsx", d.template},
		{workbookKind, reportName(r, ".xlsx"), d.workbook}, {documentKind, reportName(r, ".docx"), d.document},
	} {
		sha, err := store.Keep(f.bytes)
		if err != nil {
			return nil, a.explainWrite(err)
		}
		e := record.Evidence{ID: a.newID(), Noun: "report", OwnerID: r.ID, Kind: f.kind, SHA256: sha, Size: int64(len(f.bytes)), Day: r.SignedOn, Name: f.name}
		if err := e.Validate(); err != nil {
			return nil, err
		}
		out = append(out, record.Create(e))
	}
	return out, nil
}

// reportName is what a file of a report is called: "bao-cao-2026-q1-lan-2.xlsx".
func reportName(r record.Report, ending string) string {
	p := r.Period
	name := fmt.Sprintf("bao-cao-%d", p.Year)
	if p.Year == 0 {
		name = fmt.Sprintf("bao-cao-%s-%s", string(p.From), string(p.To))
	}
	if p.Part != "" {
		name += "-" + p.Part
	}
	if r.Revision > 1 {
		name += fmt.Sprintf("-lan-%d", r.Revision)
	}
	return name + ending
}

// reportFile reads a file kept with a signed report.
func (a *App) reportFile(ctx context.Context, id record.ID, kind string) ([]byte, error) {
	list, err := a.db.EvidenceOf(ctx, id)
	if err != nil {
		return nil, explain(err)
	}
	i := slices.IndexFunc(list, func(e record.Evidence) bool { return e.Noun == "report" && e.Kind == kind })
	if i < 0 {
		return nil, record.Refuse(record.ErrNotFound, "Báo cáo này chưa ký nên chưa có tệp được giữ.", "The report is not signed: no file is kept with it.")
	}
	files, err := a.files()
	if err != nil {
		return nil, err
	}
	b, err := files.Read(list[i].SHA256)
	return b, explain(err)
}

// Snapshot reads what a signed report was signed with.
func (a *App) Snapshot(ctx context.Context, id record.ID) (report.Snapshot, error) {
	b, err := a.reportFile(ctx, id, snapshotKind)
	if err != nil {
		return report.Snapshot{}, err
	}
	return report.DecodeSnapshot(b)
}

// WriteReportFile writes the workbook or the document of a signed report, as it was
// signed, or "pages" as they are printed from its snapshot; whole or not at all.
func (a *App) WriteReportFile(ctx context.Context, id record.ID, kind, path string) error {
	if !slices.Contains([]string{workbookKind, documentKind, pagesKind}, kind) {
		return fmt.Errorf("%w: no file %q of a report", record.ErrInvalid, kind)
	}
	_, err := a.hand(ctx, path, func() (paper, error) {
		if kind != pagesKind {
			b, err := a.reportFile(ctx, id, kind)
			return paper{bytes: b}, err
		}
		s, err := a.Snapshot(ctx, id)
		if err != nil {
			return paper{}, err
		}
		b, err := pdf.Narrative(s.Yearly)
		return paper{bytes: b}, err
	})
	return err
}
