package app

import (
	"context"
	"errors"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// EvidenceOf reads the files that belong to a row, the oldest first.
func (a *App) EvidenceOf(ctx context.Context, owner record.Ref) ([]record.Evidence, error) {
	list, err := a.db.EvidenceOf(ctx, owner.ID)
	return slices.DeleteFunc(list, func(e record.Evidence) bool { return e.Noun != owner.Noun }), explain(err)
}

// AddEvidence keeps a photo, a scan or a PDF for a row. The file is on the disk before
// the record names it: whenever the program is killed, either both are there or the
// record says nothing of it. One file twice for one row is refused.
func (a *App) AddEvidence(ctx context.Context, owner record.Ref, path string) (record.Evidence, error) {
	if !bearsEvidence(owner.Noun) {
		return record.Evidence{}, refuseEvidence("Loại hồ sơ này không nhận minh chứng.", "This kind of record takes no evidence.")
	}
	if _, err := a.Record(ctx, owner); errors.Is(err, record.ErrNotFound) {
		return record.Evidence{}, refuseOwner()
	} else if err != nil {
		return record.Evidence{}, err
	}
	files, err := a.files()
	if err != nil {
		return record.Evidence{}, err
	}
	e, err := files.AddFile(ctx, path)
	if err != nil {
		return e, a.explainWrite(err)
	}
	e.ID, e.Noun, e.OwnerID = a.newID(), owner.Noun, owner.ID
	normal(&e)
	if err := e.Validate(); err != nil {
		return e, err
	}
	_, err = a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) { return a.planEvidence(tx, e) })
	return e, err
}

// bearsEvidence reports whether rows of a noun have files: those that have a list of
// their own, but for days off and the log of personal data. People have none: pictures
// of cards are not kept.
func bearsEvidence(noun string) bool {
	return record.ListingOf(noun) != nil && !slices.Contains([]string{"holiday", "custody", "person", "attendance"}, noun)
}

func (a *App) planEvidence(tx *store.Tx, e record.Evidence) ([]record.Edit, error) {
	var edits []record.Edit
	owner := record.Ref{Noun: e.Noun, ID: e.OwnerID}
	if owner.Noun == "unit" {
		units, err := a.useUnits(tx, owner.ID)
		if err != nil {
			return nil, err
		}
		edits = units
	}
	lives, err := tx.Lives(owner)
	if err != nil {
		return nil, err
	}
	if !lives && len(edits) == 0 {
		return nil, refuseOwner()
	}
	have, err := tx.EvidenceOf(e.OwnerID)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(have, func(h record.Evidence) bool { return h.SHA256 == e.SHA256 }); i >= 0 {
		return nil, refuseEvidence("Tệp “"+e.Name+"” đã có trong minh chứng của hồ sơ này (“"+have[i].Name+"”); không lưu lần nữa.",
			"The file “"+e.Name+"” is among the evidence of this record already (“"+have[i].Name+"”); it was not stored again.")
	}
	return append(edits, record.Create(e)), nil
}

func refuseOwner() error {
	return record.Refuse(record.ErrNotFound, "Hồ sơ này không còn trong sổ; chưa lưu tệp nào.", "This record is no longer in the register; no file was stored.")
}

func refuseEvidence(vi, en string) error {
	r := record.Refuse(record.ErrConflict, vi, en)
	r.Field = "evidence"
	return r
}

// CaptionEvidence says in words what a file shows.
func (a *App) CaptionEvidence(ctx context.Context, id record.ID, caption string) (record.Evidence, error) {
	var after record.Evidence
	_, err := a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		before, err := store.FindIn[record.Evidence](tx, id)
		if err != nil {
			return nil, err
		}
		after = before
		after.Caption = trimmed(caption)
		e, changed := record.Update(before, after)
		if !changed {
			return nil, nil
		}
		return []record.Edit{e}, nil
	})
	return after, err
}

// RemoveEvidence takes a file off its row; Undo brings it back. The file itself stays
// until no backup has the row living any more.
func (a *App) RemoveEvidence(ctx context.Context, id record.ID) (record.Change, error) {
	return a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		e, err := store.FindIn[record.Evidence](tx, id)
		if err != nil {
			return nil, err
		}
		if e.Noun == "report" {
			return nil, refuseSigned()
		}
		if e.Noun == "activity" {
			act, err := store.FindIn[record.Activity](tx, e.OwnerID)
			if err == nil {
				err = stillOpen(act)
			}
			if err != nil && !errors.Is(err, record.ErrNotFound) {
				return nil, err
			}
		}
		return []record.Edit{{Ref: e.Ref(), Delete: true}}, nil
	})
}

// Thumbnail is a JPEG of a picture whose longer side has at most px pixels.
func (a *App) Thumbnail(ctx context.Context, sha string, px int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	files, err := a.files()
	if err != nil {
		return nil, err
	}
	thumb, err := files.Thumbnail(sha, px)
	return thumb, explain(err)
}

// SaveEvidenceAs writes a file of evidence where other programs can read it, as it was
// kept, whole or not at all; the log of personal data says so.
func (a *App) SaveEvidenceAs(ctx context.Context, id record.ID, path string) error {
	_, err := a.hand(ctx, path, func() (paper, error) {
		e, err := store.Find[record.Evidence](ctx, a.db, id)
		if err != nil {
			return paper{}, err
		}
		files, err := a.files()
		if err != nil {
			return paper{}, err
		}
		plain, err := files.Read(e.SHA256)
		return paper{bytes: plain, what: "Minh chứng “" + e.Name + "”, chép ra tệp", shows: true}, err
	})
	return err
}
