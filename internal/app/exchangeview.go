package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
	"sophobien/internal/transport/mail"
)

// Exchange is where hand-overs stand, at a glance.
func (a *App) Exchange(ctx context.Context) (record.Exchange, error) {
	var out record.Exchange
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	recipient, err := a.recipient()
	if err != nil {
		return out, explain(err)
	}
	_, enrolled := s.known.Device(a.keys.ID())
	out.Role, out.Practice, out.Enrolled, out.Signs = s.role, recipient.Practice, enrolled, s.authority != nil
	out.Confirmed, out.Province, out.RosterVersion = s.known.IsConfirmed(), s.unitName(s.province(a.catalog())), s.known.Roster.Version
	if s.authority != nil {
		out.Root = s.known.Fingerprint()
	}
	for _, read := range []func() error{
		func() (err error) { out.Unsent, err = a.unsent(ctx); return },
		func() (err error) { out.Accepted, out.Unaccepted, err = a.accepted(ctx, &s); return },
		func() (err error) { out.LastHanded, err = a.db.Meta(ctx, metaHandOver); return },
		func() (err error) { out.LastReceipt, err = a.lastReceipt(ctx, &s); return },
		func() (err error) { out.Conflicts, err = a.db.CountConflicts(ctx); return },
		func() (err error) { out.Waiting, err = a.waiting(ctx); return },
		func() error {
			list, err := a.shelf(a.dir.Carried()).List()
			out.Carried = len(list)
			return err
		},
		func() error {
			list, err := a.colleagues(ctx, &s)
			out.OtherMachines = len(list)
			return err
		},
		func() (err error) { out.Alarm, err = a.alarm(ctx, &s); return },
		func() (err error) { out.RosterNews, err = a.rosterWords(ctx); return },
	} {
		if err := read(); err != nil {
			return out, explain(err)
		}
	}
	return out, nil
}

func (a *App) lastReceipt(ctx context.Context, s *footing) (string, error) {
	r, err := a.ownReceipt(ctx, s)
	return r.Created, err
}

// waiting counts files and entries that wait for others.
func (a *App) waiting(ctx context.Context) (int, error) {
	list, err := a.shelf(a.dir.Parked()).List()
	if err != nil {
		return 0, err
	}
	n, err := a.db.CountWaiting(ctx)
	return len(list) + n, err
}

// unsent counts this office's entries that are in no sealed file for the province.
func (a *App) unsent(ctx context.Context) (int64, error) {
	cover, own, err := a.sealed(ctx)
	if err != nil {
		return 0, err
	}
	return a.db.CountAfterVector(ctx, cover, own)
}

// unsentSince is when the first of them was made, by its PC's clock; 0 for none.
func (a *App) unsentSince(ctx context.Context) (int64, error) {
	cover, own, err := a.sealed(ctx)
	if err != nil {
		return 0, err
	}
	lines, err := a.db.LogAfterVector(ctx, cover, own, 0, 1, false)
	if err != nil || len(lines) == 0 {
		return 0, err
	}
	return lines[0].Commit.Time, nil
}

// sealed is what the province has or what lies sealed for it, and whose entries are this
// office's.
func (a *App) sealed(ctx context.Context) (map[oplog.Device][]store.Point, func(oplog.Device) bool, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, nil, err
	}
	if s.role == record.RoleProvince { // it hands over to nobody above
		return nil, func(oplog.Device) bool { return false }, nil
	}
	r, err := a.ownReceipt(ctx, &s)
	if err != nil {
		return nil, nil, err
	}
	list, err := a.db.SentList(ctx)
	if err != nil {
		return nil, nil, err
	}
	cover := coverOf(r)
	for _, f := range list {
		if f.Kind != seal.KindLog || f.Device != "" || f.State == record.StateRefused {
			continue
		}
		for d, p := range f.Covers {
			cover[d] = append(slices.Clip(cover[d]), p)
		}
	}
	own, err := a.ownDevices(ctx)
	return cover, func(d oplog.Device) bool { return own[d] }, err
}

// alarm says what a person must look at before anything else.
func (a *App) alarm(ctx context.Context, s *footing) (record.Words, error) {
	name, err := a.db.Meta(ctx, metaAlarm)
	if err != nil {
		return record.Words{}, err
	}
	a.peers.mu.Lock()
	problem := a.peers.problem
	a.peers.mu.Unlock()
	if problem != nil {
		return record.Words{
			VI: "Danh bạ của cấp trên trên máy này bị hỏng; hãy nhận lại tệp danh bạ. Dữ liệu của sổ không bị ảnh hưởng.",
			EN: "The roster on this PC is damaged; take in the file of the roster again. The register is not affected.",
		}, nil
	}
	if name == alarmEnded {
		return record.Words{
			VI: "Khóa của máy này đã bị thu hồi trong danh bạ. Máy ghi tiếp với khóa mới; cấp trên chưa tính những gì ghi từ nay cho đến khi máy được đăng ký lại: hãy gửi tệp đăng ký ở Máy và khóa.",
			EN: "This PC's key is revoked on the roster. It goes on under a new key; what is entered from now on does not count at the province until the PC is enrolled again: send the enrolment, in Machines and keys.",
		}, nil
	}
	if name == alarmCloned {
		return clonedWords, nil
	}
	if name == alarmRestored {
		return record.Words{
			VI: "Sổ trên máy này cũ hơn sổ cấp trên đã nhận của chính máy này (có thể vừa khôi phục từ bản chép). Máy ghi tiếp với khóa mới; hãy gửi tệp đăng ký và nhận tệp trả lời để lấy lại phần thiếu.",
			EN: "The register on this PC is older than what the province has of it (restored from a copy?). It goes on under a new key; send the enrolment and take in the answers to get back what is missing.",
		}, nil
	}
	if name == alarmDiffers {
		return record.Words{
			VI: "Số liệu cấp trên đếm được khác sổ này dù cùng các mục ghi. Hãy chạy kiểm tra sổ (Thiết lập › An toàn dữ liệu) và báo cấp trên.",
			EN: "The province counted other figures than this register has, from the same entries. Check the register (Settings, Safety) and tell the province.",
		}, nil
	}
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return record.Words{}, err
	}
	for _, st := range streams {
		if forked(st) {
			return a.alarmOf(st), nil
		}
	}
	return a.unitEnded(ctx, s)
}

// DismissAlarm notes that a person has read the alarm of a restored register.
func (a *App) DismissAlarm(ctx context.Context) error {
	return explain(a.db.SetMeta(ctx, metaAlarm, ""))
}

// WriteMail seals what the province has not accepted and writes a draft of a message with
// it attached, for the office's own mail program. Of a long record it attaches what one
// message takes; the rest is for a stick.
func (a *App) WriteMail(ctx context.Context, where string) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	targets, err := a.targets(ctx, &s)
	if err != nil {
		return out, err
	}
	ready, err := a.pack(ctx, &s, &targets[0], record.HandOverOptions{})
	if err != nil {
		return out, a.explainWrite(err)
	}
	m := mail.Message{
		Subject: fmt.Sprintf("Sổ Phổ Biến: gói của %s ngày %s", s.unit.FullName(), record.DateOf(a.opts.Now())),
		Text: fmt.Sprintf("Kính gửi %s,\n\n%s gửi kèm gói dữ liệu của Sổ Phổ Biến (đã ký và mã hóa). Đề nghị nhận vào Sổ Phổ Biến và gửi lại biên nhận.\n",
			s.unitName(s.province(a.catalog())), s.unit.FullName()),
	}
	var size int64
	var inside []store.Sent
	for _, f := range ready {
		if size += f.Size; size > mail.MaxAttached && len(inside) > 0 {
			break
		}
		raw, err := read(folder.Found{Path: a.outboxPath(f.Name)})
		if err != nil {
			return out, explain(err)
		}
		m.Files, inside = append(m.Files, mail.File{Name: f.Name, Data: raw}), append(inside, f)
	}
	if len(inside) == 0 {
		return out, record.Refuse(record.ErrNotFound, "Không có gì mới để gửi: cấp trên đã ghi nhận hết.", "There is nothing new to send: all has been accepted.")
	}
	raw, err := mail.Draft(m)
	if err != nil {
		return out, err
	}
	path, err := folder.Write(where, strings.TrimSuffix(inside[0].Name, ".sopb.zip")+".eml", raw)
	if err != nil {
		return out, a.explainWrite(err)
	}
	for _, f := range inside {
		f.Places = append([]string{path}, f.Places...)
		if f.State == record.StatePacked {
			f.State = record.StateHanded
		}
		if err := a.db.SetSent(ctx, f.ID, f.State, f.Reason, f.Places, time.Time{}); err != nil {
			return out, explain(err)
		}
		out.Written = append(out.Written, a.sentView(&s, f, f.State))
	}
	out.Folder = filepath.Dir(path)
	return out, nil
}

// Conflicts lists what two machines said differently without having seen each other, the
// longest waiting first.
func (a *App) Conflicts(ctx context.Context) ([]record.Conflict, error) {
	list, err := a.db.Conflicts(ctx)
	if err != nil {
		return nil, explain(err)
	}
	return a.dressed(ctx, list)
}

// ConflictsOf are those of one row.
func (a *App) ConflictsOf(ctx context.Context, ref record.Ref) ([]record.Conflict, error) {
	list, err := a.db.ConflictsOf(ctx, ref)
	if err != nil || len(list) == 0 {
		return nil, explain(err)
	}
	return a.dressed(ctx, list)
}

// dressed gives conflicts the words people know: titles, officers, machines, values.
func (a *App) dressed(ctx context.Context, list []record.Conflict) ([]record.Conflict, error) {
	machines, err := a.Machines(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, m := range machines {
		names[m.Device] = m.Name
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return nil, explain(err)
	}
	spell := a.speller(ctx)
	dress := func(c *record.Conflict, v *record.Version) {
		v.Machine = names[v.Device]
		if v.Machine == "" {
			v.Machine = v.Device[:min(4, len(v.Device))]
		}
		if id, err := record.ParseID(v.Officer); err == nil {
			if o, ok := office.Officer(id); ok {
				v.Officer = o.Name
			}
		}
		if d, ok := record.Describe(c.Ref.Noun); ok && c.Field != "" {
			v.Shown = spell.Show(d, c.Field, v.Value, "vi")
		}
	}
	for i := range list {
		c := &list[i]
		c.Title = a.title(ctx, c.Ref)
		if d, ok := record.Describe(c.Ref.Noun); ok {
			c.Words = d.Words
			if f, ok := d.Field(c.Field); ok {
				c.Words = f.Words
			}
		}
		oldest := a.opts.Now()
		for k := range c.Versions {
			dress(c, &c.Versions[k])
			if at, err := time.Parse(time.RFC3339, c.Versions[k].At); err == nil && at.Before(oldest) {
				oldest = at
			}
		}
		if c.Before != nil {
			dress(c, c.Before)
		}
		c.Days = int(a.opts.Now().Sub(oldest) / (24 * time.Hour))
	}
	slices.SortStableFunc(list, func(x, y record.Conflict) int { return y.Days - x.Days })
	return list, nil
}

// Keep settles a conflict: the field has this value from now on, and every version that
// stood beside it is replaced. It can be taken back.
func (a *App) Keep(ctx context.Context, ref record.Ref, field string, v record.Value) (record.Change, error) {
	return a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		return []record.Edit{record.Settle(ref, field, v)}, nil
	})
}

// KeepDeleted settles a row that one deleted and another edited: gone after all, or kept.
func (a *App) KeepDeleted(ctx context.Context, ref record.Ref, gone bool) (record.Change, error) {
	return a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		return []record.Edit{{Ref: ref, Delete: gone, Revive: !gone}}, nil
	})
}

// Denied lists what machines of other units said of rows that are not theirs.
func (a *App) Denied(ctx context.Context) ([]record.Denied, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	list, err := a.db.Denied(ctx)
	for i := range list {
		if d, ok := s.known.Device(list[i].Machine); ok {
			list[i].Machine, list[i].Unit = d.Name, s.unitName(d.Unit)
		}
	}
	return list, explain(err)
}
