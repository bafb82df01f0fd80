package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/library"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/xlsx"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
	"sophobien/internal/workday"
)

// This file puts to use what of a pack is not read but worked with: reorganisations of
// units, catalogues in the place of the shipped ones, and templates of reports.
//
// A reorganisation travels in a pack as the file that the registrar has signed and is taken
// in as from a stick. A catalogue lies beside the library and is laid over the shipped one at every
// start, so that a start does not wait for the library.

// Files of items that are worked with.
const (
	unitsInPack    = "units.sopb.zip"
	templateInPack = "template.xlsx"
)

// packedDocuments is the list of legal texts that packs brought, which lies with the
// catalogues though no pack has it as a file.
const packedDocuments = "documents.csv"

// catalogueFiles are the catalogues a pack may bring in the place of the shipped ones.
var catalogueFiles = []string{"topics.csv", "holidays.csv", "targets.json"}

// maxWorked is how large a file that is worked with may be.
const maxWorked = 16 << 20

// provePackItems tries everything of a pack that will be worked with, before anything is
// changed.
func (a *App) provePackItems(ctx context.Context, l *library.Library, p *pack.File) error {
	trial := &catalog{}
	return eachWorked(p.Items, func(i pack.Item, f pack.Attachment) error {
		if f.Size > maxWorked {
			return record.Refuse(record.ErrInvalid, "Tệp “"+f.Name+"” của mục “"+i.Title+"” quá lớn. Chưa nhập gì.",
				"The file “"+f.Name+"” of “"+i.Title+"” is too large. Nothing was taken in.")
		}
		raw, err := blobIn(l, p, f.SHA256)
		if err != nil {
			return err
		}
		switch {
		case slices.Contains(catalogueFiles, f.Name):
			err = trial.lay(f.Name, raw)
		case f.Name == templateInPack:
			err = a.tryTemplate(ctx, raw)
		case f.Name == unitsInPack:
			err = proveUnits(p.Known, raw)
		}
		if err != nil {
			return record.Refuse(record.ErrInvalid, "Tệp “"+f.Name+"” của mục “"+i.Title+"” không dùng được. Chưa nhập gì; hãy báo Sở.",
				"The file “"+f.Name+"” of “"+i.Title+"” cannot be used. Nothing was taken in; tell the province.").Because(err)
		}
		return nil
	})
}

// eachWorked goes over the files of the items that are worked with.
func eachWorked(items []pack.Item, do func(pack.Item, pack.Attachment) error) error {
	for _, i := range items {
		if i.Withdrawn || !slices.Contains([]string{"units", "catalogue", "template"}, i.Kind) {
			continue
		}
		for _, f := range i.Files {
			if err := do(i, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// blobIn reads a blob of a pack, from the pack or where it is already.
func blobIn(l *library.Library, p *pack.File, sha string) ([]byte, error) {
	if p.Has(sha) {
		var b bytes.Buffer
		err := p.Copy(sha, &b)
		return b.Bytes(), err
	}
	r, err := l.Blob(sha)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxWorked))
}

// tryTemplate fills a template once with the office's present year.
func (a *App) tryTemplate(ctx context.Context, book []byte) error {
	p, err := a.Period(ctx, record.DateOf(a.opts.Now()).Year(), "")
	if err != nil {
		return err
	}
	y, err := a.Yearly(ctx, p)
	if err == nil {
		_, err = xlsx.Fill(book, y)
	}
	return err
}

// proveUnits wants a reorganisation that the registrar has signed. One under a key that was
// replaced since is passed over when it is taken in: every whole pack carries the old ones.
func proveUnits(known trust.Known, raw []byte) error {
	env, err := seal.PeekEnvelope(raw)
	if err != nil {
		return err
	}
	if env.Kind != seal.KindUnits {
		return fmt.Errorf("%w: a file of kind %q", record.ErrInvalid, env.Kind)
	}
	outer, err := known.ReadOuter(raw)
	if errors.Is(err, seal.ErrNotTrusted) && known.Former(env.From) {
		return nil
	}
	if err != nil {
		return err
	}
	plain, err := outer.Open(nil)
	if err == nil {
		_, err = bundle.ReadUnits(outer.Envelope, plain)
	}
	return err
}

// useItems puts what the library shows to use, each thing by itself. It is done after every
// change of it, and once when it is opened: a cut between the two is made good.
func (a *App) useItems(ctx context.Context, l *library.Library) error {
	a.lawShelf.using.Lock()
	defer a.lawShelf.using.Unlock()
	v, err := l.On(ctx, record.DateOf(a.opts.Now()), nil)
	if err != nil {
		return err
	}
	want := map[string]record.LawFile{}
	var failed []error
	for _, i := range v.Items() {
		if i.Withdrawn || i.Kind != record.LawCatalogue && i.Kind != record.LawUnits {
			continue
		}
		r, err := v.Reading(ctx, i.ID)
		failed = append(failed, err)
		for _, f := range r.Files {
			switch {
			case i.Kind == record.LawUnits && f.Name == unitsInPack:
				failed = append(failed, a.takePackedUnits(ctx, l, f))
			case i.Kind == record.LawCatalogue && slices.Contains(catalogueFiles, f.Name):
				want[f.Name] = f
			}
		}
	}
	changed, err := a.layCatalogues(l, want)
	failed = append(failed, err)
	documents, err := documentsOf(v.Items())
	if err == nil {
		var other bool
		other, err = a.lay(packedDocuments, documents)
		changed = changed || other
	}
	failed = append(failed, err)
	if changed {
		failed = append(failed, a.usePacks(a.packs()))
	}
	return errors.Join(failed...)
}

// takePackedUnits takes in a reorganisation that came inside a pack.
func (a *App) takePackedUnits(ctx context.Context, l *library.Library, f record.LawFile) error {
	r, err := l.Blob(f.SHA256)
	if err != nil {
		return err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, maxWorked))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(a.packs(), func(p unitPack) bool { return shaOf(p.raw) == f.SHA256 }) {
		return nil
	}
	_, err = a.take(ctx, parcel{name: unitsInPack, raw: raw, sha: f.SHA256})
	return err
}

func (a *App) cataloguePath(name string) string { return filepath.Join(a.dir.Law(), "catalogue", name) }

// layCatalogues makes the catalogues beside the library those that are wanted. One whose
// bytes are gone stays as it lies.
func (a *App) layCatalogues(l *library.Library, want map[string]record.LawFile) (changed bool, err error) {
	var failed []error
	for _, name := range catalogueFiles {
		path := a.cataloguePath(name)
		have, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = append(failed, err)
			continue
		}
		f, wanted := want[name]
		switch {
		case !wanted && err == nil:
			err = os.Remove(path)
		case wanted && (err != nil || shaOf(have) != f.SHA256):
			err = a.layCatalogue(l, path, f.SHA256)
		default:
			continue
		}
		changed = changed || err == nil
		failed = append(failed, err)
	}
	return changed, errors.Join(failed...)
}

func (a *App) layCatalogue(l *library.Library, path, sha string) error {
	r, err := l.Blob(sha)
	if err != nil {
		return err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, maxWorked))
	if err != nil {
		return err
	}
	_, err = a.lay(filepath.Base(path), raw)
	return err
}

// lay makes a file beside the library say what is wanted; nil takes it away.
func (a *App) lay(name string, want []byte) (changed bool, err error) {
	path := a.cataloguePath(name)
	have, err := os.ReadFile(path)
	here := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	switch {
	case here == (want != nil) && bytes.Equal(have, want):
		return false, nil
	case want == nil:
		return true, os.Remove(path)
	}
	if err := datadir.MakeFolder(filepath.Dir(path)); err != nil {
		return false, err
	}
	return true, datadir.WriteFile(path, want)
}

// baseCatalog is the shipped catalogue with what packs brought laid over it. A file that
// cannot be read is passed over: the shipped one stands.
func (a *App) baseCatalog() (*catalog, error) {
	shipped, err := loadCatalog()
	if err != nil {
		return nil, err
	}
	c := *shipped
	for _, name := range append(slices.Clone(catalogueFiles), packedDocuments) {
		raw, err := os.ReadFile(a.cataloguePath(name))
		if err != nil {
			continue
		}
		trial := c
		if trial.lay(name, raw) == nil {
			c = trial
		}
	}
	return &c, nil
}

// lay puts a catalogue in the place of another.
func (c *catalog) lay(name string, raw []byte) error {
	switch name {
	case "topics.csv":
		rows, err := csvRows(bytes.NewReader(raw))
		if err != nil {
			return err
		}
		topics, err := topicsOf(rows)
		if err != nil {
			return err
		}
		c.topics = topics
	case "holidays.csv":
		days, err := workday.Read(bytes.NewReader(raw))
		if err != nil {
			return err
		}
		holidays, err := workday.New(days)
		if err != nil {
			return err
		}
		c.holidays = holidays
	case "targets.json":
		var targets []record.Target
		if err := json.Unmarshal(raw, &targets); err != nil {
			return err
		}
		if err := proveTargets(targets); err != nil {
			return err
		}
		c.targets = targets
	case packedDocuments:
		rows, err := csvRows(bytes.NewReader(raw))
		if err != nil {
			return err
		}
		c.addDocuments(rows)
	}
	return nil
}

// proveTargets wants targets that can be told apart, with per cents. A way of counting that
// is not known is a newer program's and passed over.
func proveTargets(targets []record.Target) error {
	seen := map[string]bool{}
	for _, t := range targets {
		key := t.Code + " " + string(t.Valid.From)
		if t.Code == "" || t.Counts == "" || seen[key] || !t.Valid.From.Valid() || !t.Valid.To.Valid() ||
			min(t.Threshold, t.Full, t.Share, t.Least) < 0 || max(t.Threshold, t.Full, t.Share) > 100 {
			return fmt.Errorf("%w: target %q", record.ErrInvalid, t.Code)
		}
		seen[key] = true
	}
	if len(targets) == 0 {
		return fmt.Errorf("%w: no targets", record.ErrInvalid)
	}
	return nil
}

// addDocuments adds legal texts that are not in the shipped list: those issued are to be
// made public, whoever lists them.
func (c *catalog) addDocuments(rows []map[string]string) {
	c.documents = slices.Clone(c.documents)
	had := map[string]bool{}
	for _, d := range c.documents {
		had[d.Number] = true
	}
	for _, r := range rows {
		if d := (report.Document{Number: r["number"], Issued: record.Date(r["issued"])}); !had[d.Number] && d.Issued.Valid() && d.Issued != "" {
			had[d.Number] = true
			c.documents = append(c.documents, d)
		}
	}
}

// documentsOf is a list of the legal texts that packs of the province brought; nil for none.
func documentsOf(items []record.LawItem) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	n := 0
	w.Write([]string{"number", "issued"})
	for _, i := range items {
		if i.Kind == record.LawDocument && i.Channel != pack.Starter && !i.Withdrawn && i.Number != "" && i.Issued != "" {
			n++
			w.Write([]string{i.Number, string(i.Issued)})
		}
	}
	w.Flush()
	if n == 0 {
		return nil, w.Error()
	}
	return out.Bytes(), w.Error()
}

// csvRows reads a catalogue as one map a row.
func csvRows(r io.Reader) ([]map[string]string, error) {
	all, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: an empty table", record.ErrInvalid)
	}
	var out []map[string]string
	for _, row := range all[1:] {
		m := make(map[string]string, len(row))
		for i, cell := range row {
			m[all[0][i]] = cell
		}
		out = append(out, m)
	}
	return out, nil
}

func topicsOf(rows []map[string]string) ([]record.Term, error) {
	var out []record.Term
	seen := map[string]bool{}
	for _, t := range rows {
		if t["code"] == "" || t["name_vi"] == "" || seen[t["code"]] {
			return nil, fmt.Errorf("%w: topic %q", record.ErrInvalid, t["code"])
		}
		seen[t["code"]] = true
		out = append(out, record.Term{Code: t["code"], Words: record.Words{VI: t["name_vi"], EN: t["name_en"]}})
	}
	return out, nil
}

// packedTemplates are the templates of reports that the library shows.
func (a *App) packedTemplates(ctx context.Context) ([]record.Template, error) {
	v, err := a.lawOn(ctx, "")
	if err != nil {
		return nil, err
	}
	var out []record.Template
	for _, i := range v.Items() {
		if i.Kind != record.LawTemplate || i.Withdrawn {
			continue
		}
		r, err := v.Reading(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range r.Files {
			if f.Name != templateInPack {
				continue
			}
			out = append(out, record.Template{
				Code: templateOfPack + i.ID, File: f.SHA256, Version: int(i.Version), Valid: i.Valid, Standard: true,
				Name: record.Words{VI: i.Title, EN: i.Title}, Note: record.Words{VI: strings.TrimSpace("Mẫu theo gói “" + i.Channel + "”. " + i.Note), EN: "From the pack “" + i.Channel + "”."},
			})
		}
	}
	return out, nil
}

// packedTemplate reads a template of the library.
func (a *App) packedTemplate(ctx context.Context, sha string) ([]byte, error) {
	l, err := a.law(ctx)
	if err != nil {
		return nil, err
	}
	r, err := l.Blob(sha)
	if err != nil {
		return nil, explain(err)
	}
	defer r.Close()
	book, err := io.ReadAll(io.LimitReader(r, maxTemplateFile))
	return book, explain(err)
}

// templateOfPack begins the code of a template that a pack brought.
const templateOfPack = "pack:"

// channelsHere are the newest versions this PC has of the province's channels, for it to
// see who lacks one. It does not open the library, which a hand-over has no use for; one that
// cannot be read names none.
func (a *App) channelsHere() map[string]int64 {
	out, err := library.Noted(a.dir)
	if err != nil {
		return map[string]int64{}
	}
	delete(out, pack.Starter)
	return out
}

// packsNamed are the newest versions of channels that the province has named in a receipt.
func (a *App) packsNamed(ctx context.Context) (map[string]int64, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	r, err := a.ownReceipt(ctx, &s)
	return r.Packs, explain(err)
}
