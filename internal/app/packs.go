package app

import (
	"cmp"
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/law"
	"sophobien/internal/library"
	"sophobien/internal/pack"
	"sophobien/internal/packdir"
	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// openPack proves a pack file, for this office or for the units named besides. Who calls it
// closes the file.
func (a *App) openPack(ctx context.Context, path string, besides ...string) (*library.Library, *pack.File, io.Closer, error) {
	l, err := a.law(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	state, err := a.packState(ctx, l)
	if err != nil {
		return nil, nil, nil, err
	}
	state.Units = append(state.Units, besides...)
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, record.Refuse(record.ErrNotFound, "Không đọc được tệp "+path+".", "The file "+path+" cannot be read.").Because(err)
	}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = pack.ErrForeign
	}
	if err != nil {
		return nil, nil, nil, errors.Join(explainPack(err), f.Close())
	}
	p, err := pack.Open(f, st.Size(), state)
	if err != nil {
		return nil, nil, nil, errors.Join(explainPack(err), f.Close())
	}
	return l, p, f, nil
}

func explainPack(err error) error { return explain(pack.Explain(err)) }

// OfferPack says what a pack would bring and what of the office's work it touches. Nothing
// is changed.
func (a *App) OfferPack(ctx context.Context, path string) (record.PackOffer, error) {
	return a.offerPack(ctx, path)
}

func (a *App) offerPack(ctx context.Context, path string, besides ...string) (record.PackOffer, error) {
	l, p, f, err := a.openPack(ctx, path, besides...)
	if err != nil {
		return record.PackOffer{}, err
	}
	defer f.Close()
	plan, err := l.Plan(ctx, p)
	if err != nil {
		return record.PackOffer{}, explainPack(err)
	}
	have, err := l.Channels(ctx)
	if err != nil {
		return record.PackOffer{}, explain(err)
	}
	o := record.PackOffer{
		Path: path, Channel: p.Listing.Channel, Version: p.Listing.Version, Installed: have[p.Listing.Channel].Version, Title: p.Listing.Title,
		Publisher: p.Known.Root.Name, Created: p.Listing.Created, FreshUntil: p.Listing.FreshUntil, Stale: p.Overdue,
		Important: p.Listing.Severity == "important", Same: p.Installed, Bytes: plan.Bytes,
	}
	if len(plan.Missing) > 0 {
		return o, explainPack(fmt.Errorf("%w: %d blobs", pack.ErrMissing, len(plan.Missing)))
	}
	touched := map[string]record.Words{} // item → why
	anchors := map[string]law.Impact{}
	for _, list := range []struct {
		of  []pack.Change
		to  *[]record.PackItem
		why record.Words
	}{
		{plan.New, &o.New, record.Words{}},
		{plan.Amended, &o.Amended, record.Words{VI: "được sửa đổi", EN: "amended"}},
		{plan.Ended, &o.Ended, record.Words{VI: "hết hiệu lực", EN: "no longer in force"}},
		{plan.Withdrawn, &o.Withdrawn, record.Words{VI: "bị rút khỏi thư viện", EN: "withdrawn"}},
	} {
		for _, c := range list.of {
			changed := plan.Anchors[c.Item.ID]
			*list.to = append(*list.to, record.PackItem{
				ID: c.Item.ID, Kind: record.LawKind(c.Item.Kind), Number: c.Item.Number, Title: c.Item.Title, Anchors: changed, Says: changeSays(c, changed),
			})
			if list.why.VI != "" {
				touched[c.Item.ID], anchors[c.Item.ID] = list.why, impactAt(changed)
			}
		}
	}
	o.Affected, err = a.touchedBy(ctx, touched, anchors)
	return o, explain(err)
}

// impactAt is what a change of some provisions means for those who cite others.
func impactAt(changed []string) law.Impact {
	i := law.Impact{Own: slices.Sorted(slices.Values(changed))}
	for _, anchor := range changed {
		i.Around = append(i.Around, law.Path(anchor)[1:]...)
	}
	slices.Sort(i.Around)
	i.Around = slices.Compact(i.Around)
	return i
}

// changeSays is a change in a few words: the provisions, or the day of its end.
func changeSays(c pack.Change, anchors []string) record.Words {
	if c.Was != nil && c.Was.To != c.Item.To && c.Item.To != "" {
		return record.Words{VI: "hết hiệu lực sau ngày " + c.Item.To.String(), EN: "no longer in force after " + string(c.Item.To)}
	}
	return anchorWords(anchors)
}

// anchorWords are some provisions in words: "Điều 98, khoản 1 Điều 107".
func anchorWords(anchors []string) record.Words {
	const most = 8
	var vi, en []string
	for i, anchor := range anchors {
		if i == most {
			more := len(anchors) - most
			vi, en = append(vi, fmt.Sprintf("và %d chỗ khác", more)), append(en, fmt.Sprintf("and %d more", more))
			break
		}
		w := law.Say(anchor)
		vi, en = append(vi, w.VI), append(en, w.EN)
	}
	return record.Words{VI: strings.Join(vi, ", "), EN: strings.Join(en, ", ")}
}

// touchedBy is what of the office cites something that changes.
func (a *App) touchedBy(ctx context.Context, touched map[string]record.Words, anchors map[string]law.Impact) ([]record.LawAffected, error) {
	if len(touched) == 0 {
		return nil, nil
	}
	citing, err := a.db.Citing(ctx)
	if err != nil {
		return nil, err
	}
	today, err := a.today(ctx)
	if err != nil {
		return nil, err
	}
	var out []record.LawAffected
	for _, c := range citing {
		if bygone(c) {
			continue
		}
		for _, k := range c.Citations {
			why, ok := touched[k.Item]
			if !ok || len(anchors[k.Item].Own) > 0 && !anchors[k.Item].Touches(k.Anchor) {
				continue
			}
			out = append(out, record.LawAffected{Ref: c.Ref, Title: c.Title, Day: c.Day, Citation: k, Why: why, AsOf: today, Asked: c.Asked && c.Ref.Noun == "question"})
		}
	}
	sortAffected(out, today)
	return out, nil
}

// InstallPack takes a pack in: all of it, or nothing. progress is told bytes.
func (a *App) InstallPack(ctx context.Context, path string, progress func(done, total int64)) (record.PackOffer, error) {
	return a.installPack(ctx, path, progress)
}

func (a *App) installPack(ctx context.Context, path string, progress func(done, total int64), besides ...string) (record.PackOffer, error) {
	offer, err := a.offerPack(ctx, path, besides...)
	if err != nil {
		return offer, err
	}
	l, p, f, err := a.openPack(ctx, path, besides...)
	if err != nil {
		return offer, err
	}
	defer f.Close()
	if err := a.provePackItems(ctx, l, p); err != nil {
		return offer, explain(err)
	}
	if err := l.Install(ctx, p, a.opts.Now(), progress); err != nil {
		return offer, explainPack(err)
	}
	if len(p.Roots) > 0 {
		if err := trust.SaveKnown(a.dir, p.Known); err != nil {
			return offer, a.explainWrite(err)
		}
		if err := a.loadPeers(ctx); err != nil {
			return offer, err
		}
	}
	if err := a.useItems(ctx, l); err != nil {
		return offer, explain(err)
	}
	if err := a.sweepLaw(ctx, l); err != nil {
		return offer, err
	}
	a.announce(record.Change{Nouns: []string{"law"}})
	return offer, nil
}

// sweepLaw takes away what no version lists and nothing of the office cites.
func (a *App) sweepLaw(ctx context.Context, l *library.Library) error {
	citing, err := a.db.Citing(ctx)
	if err != nil {
		return explain(err)
	}
	var cited []string
	for _, c := range citing {
		for _, k := range c.Citations {
			if k.Wording != "" {
				cited = append(cited, k.Wording)
			}
		}
	}
	reviews, err := a.db.Reviews(ctx)
	if err != nil {
		return explain(err)
	}
	for _, r := range reviews { // what comes next is held against it
		if r.Wording != "" {
			cited = append(cited, r.Wording)
		}
	}
	_, err = l.Sweep(ctx, cited, a.opts.Now())
	return explain(err)
}

// Packs are the channels this PC holds.
func (a *App) Packs(ctx context.Context) ([]record.PackChannel, error) {
	l, err := a.law(ctx)
	if err != nil {
		return nil, err
	}
	all, err := l.Standings(ctx)
	if err != nil {
		return nil, explain(err)
	}
	state, err := a.packState(ctx, l)
	if err != nil {
		return nil, err
	}
	named, err := a.packsNamed(ctx)
	if err != nil {
		return nil, err
	}
	var out []record.PackChannel
	for _, s := range all {
		c := record.PackChannel{Channel: s.Channel, Publisher: state.Known.Root.Name, Version: s.Version, Shown: s.Shown, Known: max(s.Version, named[s.Channel]), Resume: s.Begun > 0}
		if s.Channel == pack.Starter {
			c.Publisher = ""
		}
		for _, v := range s.Versions {
			c.Versions = append(c.Versions, record.PackVersion{Version: v.Listing.Version, Title: v.Listing.Title, Created: v.Listing.Created, Installed: v.Installed.Format(time.RFC3339)})
			if v.Listing.Version == s.Version {
				c.Title, c.Created, c.FreshUntil, c.Items = v.Listing.Title, v.Listing.Created, v.Listing.FreshUntil, v.Listing.Items
				c.Stale = v.Listing.Overdue(state.Day())
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// ShowPack makes an earlier version the one that is looked at, or the newest again.
func (a *App) ShowPack(ctx context.Context, channel string, version int64) error {
	l, err := a.law(ctx)
	if err != nil {
		return err
	}
	if err := l.Show(ctx, channel, version); err != nil {
		return explain(err)
	}
	if err := a.useItems(ctx, l); err != nil {
		return explain(err)
	}
	a.announce(record.Change{Nouns: []string{"law"}})
	return nil
}

// PackSources is what BuildPack is asked for.
type PackSources = record.PackSources

// BuiltPack is a pack that was built.
type BuiltPack = record.BuiltPack

// BuildPack makes a pack of a folder of sources, signs it with the province's content key
// and takes it into the library here, as every office will.
func (a *App) BuildPack(ctx context.Context, s PackSources) (BuiltPack, error) {
	here, err := a.stand(ctx)
	if err != nil {
		return BuiltPack{}, err
	}
	if here.authority == nil || here.authority.Content == nil {
		return BuiltPack{}, record.Refuse(record.ErrNotTrusted,
			"Máy này không giữ khóa phát hành gói; chỉ máy của Sở lập được gói pháp luật.",
			"This PC does not hold the content key; only the province builds packs.")
	}
	if s.Audience = cmp.Or(s.Audience, here.known.Root.Unit); s.Audience != pack.Everyone {
		if _, ok := a.catalog().byCode(s.Audience, ""); !ok {
			return BuiltPack{}, record.Refuse(record.ErrInvalid, "Không có đơn vị nào mã “"+s.Audience+"” để gửi gói.", "There is no unit “"+s.Audience+"” to make a pack for.")
		}
	}
	l, err := a.law(ctx)
	if err != nil {
		return BuiltPack{}, err
	}
	earlier, since, err := a.editionsSince(ctx, l, &s)
	if err != nil {
		return BuiltPack{}, err
	}
	contents, err := packdir.Read(os.DirFS(s.Folder), earlier.Items)
	if err != nil {
		return BuiltPack{}, explain(err)
	}
	now := a.opts.Now()
	listing := pack.Listing{
		Channel: s.Channel, Audience: s.Audience, Version: s.Version, Created: now.UTC().Format(time.RFC3339),
		FreshUntil: s.FreshUntil, MinApp: s.MinApp, Severity: "normal", Title: s.Title, Critical: []string{},
	}
	if listing.FreshUntil == "" {
		listing.FreshUntil = record.DateOf(now).AddDays(usuallyFresh)
	}
	if s.Important {
		listing.Severity = "important"
	}
	draft := pack.Draft{Listing: listing, Items: contents.Items, Blobs: blobsOf(contents, l), Chain: here.known.Chain, Keys: []crypto.Signer{here.authority.Content}}
	built := BuiltPack{Version: s.Version, Items: len(contents.Items), Warnings: append([]record.PackWarning{}, contents.Warnings...)}
	if built.Path, built.Size, err = writePack(s.Out, draft); err != nil {
		return built, err
	}
	if s.Since > 0 {
		draft.Listing.Base, draft.Earlier = s.Since, since
		if built.Delta, built.DeltaSize, err = writePack(s.Out, draft); err != nil {
			return built, errors.Join(err, os.Remove(built.Path))
		}
	}
	if _, err := a.installPack(ctx, built.Path, nil, s.Audience); err != nil { // nobody is to carry what cannot be used
		err = errors.Join(err, os.Remove(built.Path))
		if built.Delta != "" {
			err = errors.Join(err, os.Remove(built.Delta))
		}
		return built, err
	}
	return built, nil
}

func writePack(folder string, d pack.Draft) (path string, size int64, err error) {
	path = filepath.Join(folder, d.Listing.FileName())
	err = datadir.WriteStream(path, func(w io.Writer) error {
		_, err := pack.Build(w, d)
		return err
	})
	if err != nil {
		return path, 0, explainPack(err)
	}
	st, err := os.Stat(path)
	if err != nil {
		return path, 0, explain(err)
	}
	return path, st.Size(), nil
}

// usuallyFresh is how many days a pack is said to be good for.
const usuallyFresh = 183

// blobsOf opens what is in the folder, and else what the library has: a withdrawn item's.
func blobsOf(c *packdir.Contents, l *library.Library) pack.Source {
	return func(sha string) (io.ReadCloser, error) {
		if r, err := c.Blob(sha); err == nil {
			return r, nil
		}
		return l.Blob(sha)
	}
}

// editionsSince fills in the version and finds what the channel listed before: last, and
// in every version from the one the pack is to suffice for.
func (a *App) editionsSince(ctx context.Context, l *library.Library, s *PackSources) (last pack.Edition, since []pack.Edition, err error) {
	standing, err := l.Standings(ctx)
	if err != nil {
		return last, nil, explain(err)
	}
	for _, st := range standing {
		if st.Channel != s.Channel {
			continue
		}
		for _, v := range st.Versions {
			e, err := l.Edition(ctx, s.Channel, v.Listing.Version)
			if err != nil {
				return last, nil, explain(err)
			}
			if v.Listing.Version == st.Version {
				last = e
			}
			if s.Since > 0 && v.Listing.Version >= s.Since {
				since = append(since, e)
			}
		}
	}
	if s.Version == 0 {
		s.Version = last.Listing.Version + 1
	}
	slices.SortFunc(since, func(x, y pack.Edition) int { return int(x.Listing.Version - y.Listing.Version) })
	if s.Since > 0 && (len(since) == 0 || since[0].Listing.Version != s.Since) {
		return last, nil, record.Refuse(record.ErrNotFound,
			fmt.Sprintf("Máy không còn bản %d của kênh “%s” để lập gói bổ sung; hãy lập gói đầy đủ.", s.Since, s.Channel),
			fmt.Sprintf("This PC does not hold version %d of channel “%s” any more; build a whole pack.", s.Since, s.Channel))
	}
	return last, since, nil
}
