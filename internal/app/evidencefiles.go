package app

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"sophobien/internal/evidence"
	"sophobien/internal/record"
	"sophobien/internal/store"
)

// evidenceFiles are the files of evidence, opened when they are first needed: most
// runs of the program look at none.
type evidenceFiles struct {
	mu    sync.Mutex
	store *evidence.Store
}

// evidenceFolder is what the folder of evidence beside a backup is called.
const evidenceFolder = "evidence"

func (a *App) files() (*evidence.Store, error) {
	a.shown.mu.Lock()
	defer a.shown.mu.Unlock()
	if a.shown.store != nil {
		return a.shown.store, nil
	}
	s, err := evidence.Open(a.dir, evidenceKey(a.keys.Office))
	if err != nil {
		return nil, a.explainWrite(err)
	}
	a.shown.store = s
	return s, nil
}

// evidenceKey is the key of the files: whoever learns it learns nothing of the
// office's.
func evidenceKey(office [32]byte) (key [32]byte) {
	out, err := hkdf.Key(sha256.New, office[:], nil, "sopb-app/1 evidence", len(key))
	if err != nil {
		panic(err) // only a length over 8,160 bytes fails
	}
	copy(key[:], out)
	return key
}

// named are the files that may still be wanted, living ones and those whose row was
// deleted lately, and those of which neither is true any more.
func (a *App) named(ctx context.Context) (wanted map[string]bool, gone []string, err error) {
	all, err := a.db.NamedFiles(ctx)
	if err != nil {
		return nil, nil, err
	}
	wanted = map[string]bool{}
	since := a.opts.Now().Add(-backupAge).UnixMilli()
	for _, f := range all {
		if f.Gone == 0 || f.Gone >= since {
			wanted[f.SHA256] = true
		}
	}
	for _, f := range all {
		if !wanted[f.SHA256] {
			gone = append(gone, f.SHA256)
		}
	}
	return wanted, gone, nil
}

// copyEvidence brings the folder of evidence beside a backup up to date.
func (a *App) copyEvidence(ctx context.Context, folder string) (evidence.Copied, error) {
	wanted, _, err := a.named(ctx)
	if err != nil || len(wanted) == 0 {
		return evidence.Copied{}, err
	}
	s, err := a.files()
	if err != nil {
		return evidence.Copied{}, err
	}
	var shas []string
	for sha := range wanted {
		shas = append(shas, sha)
	}
	return s.CopyTo(ctx, filepath.Join(folder, evidenceFolder), shas)
}

// takeEvidence brings back what lies beside a backup.
func (a *App) takeEvidence(ctx context.Context, folder string, out *Restored) error {
	beside := filepath.Join(folder, evidenceFolder)
	if st, err := os.Stat(beside); err != nil || !st.IsDir() {
		return nil
	}
	s, err := a.files()
	if err != nil {
		return err
	}
	got, err := s.TakeFrom(ctx, beside)
	out.Evidence, out.EvidenceDamaged = got.Files, len(got.Missing)
	return err
}

// sweepEvidence removes files whose rows were deleted so long ago that no backup has
// them living any more; here those as well that no row ever named, left by an
// addition that was cut off. While a register is kept aside nothing goes: it may name
// what this one does not know.
func (a *App) sweepEvidence(ctx context.Context, backups string) error {
	if st, err := os.Stat(a.dir.Evidence()); err != nil || !st.IsDir() {
		return nil
	}
	aside, err := filepath.Glob(filepath.Join(globQuote(a.dir.Backups()), "truoc-*.db"))
	if err != nil || len(aside) > 0 {
		return err
	}
	wanted, gone, err := a.named(ctx)
	if err != nil {
		return err
	}
	s, err := a.files()
	if err != nil {
		return err
	}
	if _, err := s.Sweep(wanted); err != nil {
		return err
	}
	return evidence.Remove(filepath.Join(backups, evidenceFolder), gone)
}

// VerifyEvidence reads every file that a row names and says which are missing or
// damaged, and whose they are.
func (a *App) VerifyEvidence(ctx context.Context) (record.EvidenceReport, error) {
	var rep record.EvidenceReport
	rows, err := store.All[record.Evidence](ctx, a.db)
	if err != nil || len(rows) == 0 {
		return rep, explain(err)
	}
	s, err := a.files()
	if err != nil {
		return rep, err
	}
	for _, e := range rows {
		if err := ctx.Err(); err != nil {
			return rep, err
		}
		plain, err := s.Read(e.SHA256)
		if err != nil {
			rep.Faults = append(rep.Faults, a.faultOf(ctx, e, err))
			continue
		}
		rep.Files++
		rep.Bytes += int64(len(plain))
	}
	return rep, nil
}

func (a *App) faultOf(ctx context.Context, e record.Evidence, err error) record.Words {
	owner := a.ownerWords(ctx, record.Ref{Noun: e.Noun, ID: e.OwnerID})
	return record.Words{
		VI: fmt.Sprintf("%s, tệp “%s”: %s", owner.VI, e.Name, record.SentenceOf(explain(err), "vi")),
		EN: fmt.Sprintf("%s, file “%s”: %s", owner.EN, e.Name, record.SentenceOf(explain(err), "en")),
	}
}

// ownerWords name what evidence belongs to: hoạt động “Tập huấn”.
func (a *App) ownerWords(ctx context.Context, owner record.Ref) record.Words {
	d, ok := record.Describe(owner.Noun)
	if !ok {
		return record.Words{VI: "?", EN: "?"}
	}
	title := a.title(ctx, owner)
	if title == "" {
		return d.Words
	}
	return record.Words{VI: d.Words.VI + " “" + title + "”", EN: d.Words.EN + " “" + title + "”"}
}
