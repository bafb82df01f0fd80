package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/proof"
	"sophobien/internal/report/xlsx"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// contentOf reads what a file of a report says.
func contentOf(kind string, file []byte) (proof.Content, error) {
	if kind == documentKind {
		values, lines, err := docx.Read(file)
		out := proof.Content{Figures: values}
		for _, l := range lines {
			out.Texts = append(out.Texts, proof.Text{Value: l})
		}
		return out, err
	}
	values, cells, err := xlsx.Read(file)
	out := proof.Content{Figures: values}
	for _, c := range cells {
		out.Texts = append(out.Texts, proof.Text(c))
	}
	return out, err
}

// prove puts into a file what it says, under this device's key.
func (a *App) prove(s report.Snapshot, sha, kind string, file []byte) ([]byte, error) {
	said, err := contentOf(kind, file)
	if err != nil {
		return nil, err
	}
	p := proof.Proof{
		Format: proof.Format, Kind: kind, Report: s.Report, Revision: s.Revision, Snapshot: sha, Office: s.Yearly.Office.Name,
		Subject: report.UpperFirst(report.Subject(s.Yearly.Figures.Period)), SignedOn: s.Yearly.Printed, Texts: said.Texts,
	}
	words := s.Yearly.NamesInWords()
	for _, name := range slices.Sorted(maps.Keys(said.Figures)) {
		p.Figures = append(p.Figures, proof.Figure{Name: name, Words: words(name), Value: said.Figures[name]})
	}
	body, err := p.Encode()
	if err != nil {
		return nil, err
	}
	signature, err := seal.Sign(a.keys.Device, body, fmt.Sprintf("sophobien report %s revision %d %s", s.Report, s.Revision, kind))
	if err != nil {
		return nil, err
	}
	return proof.Attach(file, proof.Sealed{Body: body, Key: seal.PublicKeyText(a.keys.Device.Public().(ed25519.PublicKey)), Signature: string(signature)})
}

// maxReportFile is more than any report of ours.
const maxReportFile = 64 << 20

// CheckReport holds a workbook or document of a report against what was signed, without a
// register: every figure, cell and paragraph that was altered is named. Whose the key is,
// the digits in the answer tell over the telephone.
func CheckReport(path string) (record.ReportCheck, error) {
	c, _, err := checkReport(path)
	return c, err
}

func checkReport(path string) (c record.ReportCheck, device string, err error) {
	st, err := os.Stat(path)
	switch {
	case err != nil || st.IsDir():
		return c, "", record.Refuse(record.ErrNotFound, "Không có tệp "+path+".", "There is no file "+path+".").Because(err)
	case st.Size() > maxReportFile:
		return c, "", record.Refuse(record.ErrInvalid, "Tệp "+path+" quá lớn so với một báo cáo.", "The file "+path+" is too large for a report.")
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return c, "", explain(err)
	}
	sealed, err := proof.Read(file)
	if errors.Is(err, proof.ErrNone) {
		return c, "", record.Refuse(record.ErrInvalid, "Tệp không có phần chứng thực: báo cáo chưa được ký bằng chương trình, hoặc phần đó đã bị bỏ khi lưu lại.",
			"The file has no proof: the report was not signed with the program, or the proof was dropped when the file was saved again.")
	}
	if err != nil {
		return c, "", explain(err)
	}
	p, key, err := opened(sealed)
	if err != nil {
		return c, "", err
	}
	now, err := contentOf(p.Kind, file)
	if err != nil {
		return c, "", explain(err)
	}
	c = record.ReportCheck{Report: p.Report, Revision: p.Revision, Kind: p.Kind, Office: p.Office, Subject: p.Subject, SignedOn: p.SignedOn, Key: seal.Fingerprint30(key)}
	for _, f := range p.Compare(now) {
		c.Faults = append(c.Faults, record.ReportFault(f))
	}
	return c, seal.DeviceID(key), nil
}

// opened is a proof whose signature is that of its key.
func opened(s proof.Sealed) (proof.Proof, ed25519.PublicKey, error) {
	altered := func(cause error) error {
		return record.Refuse(record.ErrDamaged, "Chữ ký trong tệp không đúng: phần chứng thực đã bị sửa sau khi ký.", "The signature in the file does not match: the proof was altered after it was signed.").Because(cause)
	}
	key, err := seal.ParsePublicKeyText(s.Key)
	if err != nil {
		return proof.Proof{}, nil, altered(err)
	}
	if _, err := seal.Verify(key, s.Body, []byte(s.Signature)); err != nil {
		return proof.Proof{}, nil, altered(err)
	}
	p, err := proof.Decode(s.Body)
	return p, key, err
}

// VerifyReport is CheckReport by this office: whether the key is one it believes, whether
// the register holds the report as it was signed, and what the register says otherwise by
// now, each record named.
func (a *App) VerifyReport(ctx context.Context, path string) (record.ReportCheck, error) {
	c, device, err := checkReport(path)
	if err != nil {
		return c, err
	}
	devices, err := trust.LoadDevices(a.dir)
	if err != nil {
		return c, explain(err)
	}
	_, c.Known = devices.Lookup(device)
	r, err := store.Find[record.Report](ctx, a.db, c.Report)
	if errors.Is(err, record.ErrNotFound) {
		return c, nil
	}
	if err != nil {
		return c, explain(err)
	}
	c.Since, err = a.ChangedSince(ctx, r)
	c.Kept = err == nil
	return c, err
}

// ChangedSince tells what the register says otherwise than a signed report does: every
// figure and every record.
func (a *App) ChangedSince(ctx context.Context, r record.Report) ([]record.Words, error) {
	was, err := a.Snapshot(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	y, in, err := a.yearly(ctx, r)
	if err != nil {
		return nil, err
	}
	return report.Differences(was, report.Freeze(in, y, r, was.Template)), nil
}

// RedrawReport draws the files of a signed report again from its snapshot and reports
// whether they are those that were kept, byte for byte. A later version of the program may draw
// otherwise; what was handed out stays as it was.
func (a *App) RedrawReport(ctx context.Context, id record.ID) (same bool, err error) {
	s, err := a.Snapshot(ctx, id)
	if err != nil {
		return false, err
	}
	r, err := store.Find[record.Report](ctx, a.db, id)
	if err != nil {
		return false, explain(err)
	}
	template, err := a.reportFile(ctx, id, templateKind)
	if err != nil {
		return false, err
	}
	workbook, document, err := a.drawFiles(s, template, r.Snapshot)
	if err != nil {
		return false, err
	}
	for kind, drawn := range map[string][]byte{workbookKind: workbook, documentKind: document} {
		kept, err := a.reportFile(ctx, id, kind)
		if err != nil {
			return false, err
		}
		if hashOf(kept) != hashOf(drawn) {
			return false, nil
		}
	}
	return true, nil
}

// SignedStanding is the figures and targets of a signed report, as they were signed.
func (a *App) SignedStanding(ctx context.Context, id record.ID) (record.PeriodStanding, error) {
	s, err := a.Snapshot(ctx, id)
	if err != nil {
		return record.PeriodStanding{}, err
	}
	y := s.Yearly
	out := record.PeriodStanding{Figures: y.Figures, Before: y.Before, Since: y.Since}
	for _, o := range y.Outlooks {
		o.Now.Missing = o.Movers
		out.Targets = append(out.Targets, record.TargetOutlook{Target: o.Target, Now: o.Now, Needed: o.Needed, Late: o.Late(y.Printed), Words: o.Words(y.Printed)})
	}
	return out, nil
}

// SignedBehind lists the rows behind a figure of a signed report, by day and as they were
// called then; each says what became of it since.
func (a *App) SignedBehind(ctx context.Context, id record.ID, ids []record.ID) ([]record.Behind, error) {
	s, err := a.Snapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	people := map[record.ID]int64{}
	for _, act := range s.Yearly.Activities {
		people[act.ID] = act.Heads.Total
	}
	wanted := map[record.ID]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	var out []record.Behind
	for _, stamp := range s.Records {
		if !wanted[stamp.Ref.ID] {
			continue
		}
		b := record.Behind{Ref: stamp.Ref, Day: stamp.Day, Title: stamp.Title, People: people[stamp.Ref.ID]}
		now, err := a.db.Row(ctx, stamp.Ref)
		switch {
		case errors.Is(err, record.ErrNotFound):
			b.Since = "deleted"
		case err != nil:
			return nil, explain(err)
		case record.Fingerprint(now) != stamp.Print:
			b.Since = "changed"
		}
		out = append(out, b)
	}
	slices.SortStableFunc(out, func(x, y record.Behind) int { return cmp.Compare(x.Day, y.Day) })
	return out, nil
}
