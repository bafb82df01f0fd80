package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
)

// HandOver writes into a folder, a stick for instance, everything that those this office
// works with have not acknowledged: to the province what it has not accepted, to the other
// PCs of the office what they have not seen, and the files of others that are carried
// along. All of it is read back before the stick is called safe. What is sealed stays in
// the outbox and is sent again as it is while nothing new was said. Cancelled, it ends between
// two files: what is written is on the list as handed over, what is not goes next time.
func (a *App) HandOver(ctx context.Context, where string, o record.HandOverOptions) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	if s.role == record.RoleProvince {
		return a.Receipts(ctx, where)
	}
	if err := folder.Ready(where); err != nil {
		return out, explain(err)
	}
	targets, err := a.targets(ctx, &s)
	if err != nil {
		return out, err
	}
	var ready []store.Sent
	sealed := 0
	for i := range targets {
		if skip := targets[i].device == "" && o.SkipProvince || targets[i].device != "" && o.SkipMachines; skip {
			continue
		}
		targets[i].made = func() { sealed++; o.Told(sealed, 0) }
		made, err := a.pack(ctx, &s, &targets[i], o)
		if err != nil {
			return out, stopped(ctx, a.explainWrite(err))
		}
		ready = append(ready, made...)
	}
	err = a.deliver(ctx, &s, where, ready, o, &out)
	return out, stopped(ctx, err)
}

// stopped is that work was cancelled, whatever it stumbled over then; else its error.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func (a *App) checkFolder(where string) error {
	if strings.TrimSpace(where) == "" {
		return record.Refuse(record.ErrInvalid, "Chưa chọn thư mục.", "No folder was chosen.")
	}
	if st, err := os.Stat(where); err == nil && !st.IsDir() {
		return record.Refuse(record.ErrPlace, where+" là một tệp, không phải thư mục.", where+" is a file, not a folder.")
	}
	return nil
}

// deliver writes files into a folder and says what was written. What could not be
// written stays in the outbox and is no worse off.
func (a *App) deliver(ctx context.Context, s *footing, where string, ready []store.Sent, o record.HandOverOptions, out *record.HandedOver) error {
	var carried []outbox.Kept
	if !o.SkipCarried {
		var err error
		if carried, err = a.carried(); err != nil {
			return explain(err)
		}
	}
	var size int64
	for _, f := range ready {
		size += f.Size
	}
	if err := datadir.MakeSharedFolder(where); err != nil {
		return explain(err)
	}
	if err := datadir.Need(where, size); err != nil {
		return explain(err)
	}
	whole, total := context.WithoutCancel(ctx), len(ready)+len(carried)
	write := func(i int) error {
		o.Told(i, total)
		if err := ctx.Err(); err != nil {
			return err
		}
		if i < len(ready) {
			return a.writeOut(whole, s, filepath.Join(where, a.folderFor(s, ready[i])), ready[i], out)
		}
		return a.carryOut(where, carried[i-len(ready)], out)
	}
	for i := range total {
		if err := write(i); err != nil {
			a.announce(record.Change{Nouns: []string{"bundle"}})
			return errors.Join(a.explainWrite(err), a.tellStates(whole, out.Written))
		}
	}
	out.Safe = true
	o.Told(total, total)
	if err := a.tellStates(whole, out.Written); err != nil {
		return explain(err)
	}
	a.announce(record.Change{Nouns: []string{"bundle"}})
	forProvince := func(f store.Sent) bool { return f.Device == "" && f.Unit != seal.OfficePublic }
	if s.role == record.RoleOffice && len(ready) > 0 && !slices.ContainsFunc(ready, forProvince) {
		return nil // another PC of the office got something, the province nothing
	}
	return explain(a.db.SetMeta(whole, metaHandOver, a.stamped()))
}

// tellStates gives written files the states they have by now: one of them may replace
// another, and one that is written once more may have been accepted long ago.
func (a *App) tellStates(ctx context.Context, written []record.Sent) error {
	list, err := a.sentFiles(ctx)
	if err != nil {
		return err
	}
	states := map[string]record.HandOverState{}
	for _, f := range list {
		states[f.ID] = f.state
	}
	for i := range written {
		written[i].State = states[written[i].ID]
	}
	return nil
}

func (a *App) writeOut(ctx context.Context, s *footing, where string, f store.Sent, out *record.HandedOver) error {
	raw, err := os.ReadFile(a.outboxPath(f.Name))
	if err != nil {
		return err
	}
	path, err := folder.Write(where, f.Name, raw)
	if err != nil {
		return err
	}
	f.Places = append([]string{path}, slices.DeleteFunc(f.Places, func(p string) bool { return p == path })...)
	if f.State == record.StatePacked {
		f.State = record.StateHanded
	}
	if err := a.db.SetSent(ctx, f.ID, f.State, f.Reason, f.Places, time.Time{}); err != nil {
		return err
	}
	out.Written = append(out.Written, a.sentView(s, f, f.State))
	return nil
}

// folderFor is the folder below the one named in which a file goes: at a province, whose
// stick goes round, each unit finds its own by its code.
func (a *App) folderFor(s *footing, f store.Sent) string {
	if s.role == record.RoleProvince && f.Unit != seal.OfficePublic {
		return f.Unit
	}
	return ""
}

// HandOverAgain writes one sealed file once more, as it is.
func (a *App) HandOverAgain(ctx context.Context, id, where string) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	list, err := a.db.SentList(ctx)
	if err != nil {
		return out, explain(err)
	}
	i := slices.IndexFunc(list, func(f store.Sent) bool { return f.ID == id })
	if i < 0 || !a.inOutbox(list[i]) {
		return out, record.Refuse(record.ErrNotFound,
			"Tệp này không còn trong hộp gửi. Hãy bấm Giao: sổ sẽ đóng lại những gì cấp trên chưa ghi nhận.",
			"This file is no longer in the outbox. Hand over again: what has not been accepted is sealed anew.")
	}
	if err := a.writeOut(ctx, &s, where, list[i], &out); err != nil {
		return out, a.explainWrite(err)
	}
	out.Safe = true
	return out, explain(a.tellStates(ctx, out.Written))
}
