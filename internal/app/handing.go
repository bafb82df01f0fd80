package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/store"
)

// paper is what goes out of the office as a file.
type paper struct {
	bytes []byte
	what  string // it is, for the log of personal data
	names int    // people it names
	shows bool   // people, though nobody counted them
}

// hand makes a paper and writes it, whole or not at all. One that names people is
// entered in the log of personal data before it appears, in words that say so to who
// asked for it; the entry is no action that can be taken back.
func (a *App) hand(ctx context.Context, path string, make func() (paper, error)) (record.Words, error) {
	if path == "" {
		return record.Words{}, record.Refuse(record.ErrInvalid, "Chưa ghi tên tệp.", "No file is named.")
	}
	if err := a.checkTarget(path); err != nil {
		return record.Words{}, err
	}
	p, err := make()
	if err != nil {
		return record.Words{}, explain(err)
	}
	if err := datadir.MakeSharedFolder(filepath.Dir(path)); err != nil {
		return record.Words{}, explain(err)
	}
	if p.names == 0 && !p.shows {
		return record.Words{}, a.explainWrite(datadir.WriteFile(path, p.bytes))
	}
	temp := datadir.TempName(path)
	defer os.Remove(temp)
	if err := datadir.WriteFile(temp, p.bytes); err != nil {
		return record.Words{}, a.explainWrite(err)
	}
	if err := a.enterExport(ctx, p); err != nil {
		return record.Words{}, err
	}
	if err := datadir.Publish(temp, path); err != nil {
		return record.Words{}, a.explainWrite(err)
	}
	return namesWarning(p.names), nil
}

// enterExport notes that names went out: who is at the desk, when, what and how many.
func (a *App) enterExport(ctx context.Context, p paper) error {
	today, err := a.today(ctx)
	if err != nil {
		return explain(err)
	}
	entry := record.Custody{ID: a.newID(), Kind: "export", Day: today, Count: int64(p.names), What: p.what}
	if err := entry.Validate(); err != nil {
		return err
	}
	_, err = a.commitQuietly(ctx, func(*store.Tx) ([]record.Edit, error) { return []record.Edit{record.Create(entry)}, nil })
	return err
}

func namesWarning(n int) record.Words {
	return record.Words{
		VI: fmt.Sprintf("Tệp có họ tên của %d người; đã ghi vào nhật ký dữ liệu cá nhân. Chỉ gửi cho người cần dùng và xóa khi xong việc.", n),
		EN: fmt.Sprintf("The file names %d people; this is in the personal data log. Send it only to those who need it and delete it afterwards.", n),
	}
}

// officerName is who is at the desk, "" when that is not known.
func (a *App) officerName(ctx context.Context, o record.Office) string {
	id, err := a.currentOfficer(ctx)
	if err != nil {
		return ""
	}
	officer, _ := o.Officer(id)
	return officer.Name
}
