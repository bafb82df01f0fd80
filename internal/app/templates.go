package app

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/assets"
	"sophobien/internal/record"
	"sophobien/internal/report/xlsx"
	"sophobien/internal/store"
)

// Templates lists the workbooks that reports can be filled into: the office's own, the
// latest first, then the shipped ones.
func (a *App) Templates(ctx context.Context) ([]record.Template, error) {
	own, err := a.ownTemplates(ctx)
	if err != nil {
		return nil, explain(err)
	}
	slices.Reverse(own)
	text, err := assets.Templates.ReadFile("templates/index.json")
	if err != nil {
		return nil, explain(err)
	}
	var shipped []record.Template
	if err := json.Unmarshal(text, &shipped); err != nil {
		return nil, explain(fmt.Errorf("shipped templates: %w", err))
	}
	packed, err := a.packedTemplates(ctx)
	if err != nil { // a library that cannot be read is no reason not to report
		packed = nil
	}
	return slices.Concat(own, packed, shipped), nil
}

// ownTemplates are the templates of the office's own, the oldest first. They lie among the
// files of evidence, with a row that says from which day each is used: so they are in every
// backup, and what was put in can be taken back.
func (a *App) ownTemplates(ctx context.Context) ([]record.Template, error) {
	office, err := a.db.Office(ctx)
	if err != nil {
		return nil, err
	}
	files, err := a.db.EvidenceOf(ctx, office.ID)
	var out []record.Template
	for _, e := range files {
		if e.Noun != "office" || e.Kind != templateKind {
			continue
		}
		out = append(out, record.Template{
			Code: e.ID.String(), File: e.SHA256, Version: len(out) + 1, Valid: record.Validity{From: e.Day}, Standard: true, Own: true,
			Name: record.Words{VI: e.Name, EN: e.Name},
			Note: record.Words{VI: "Mẫu của cơ quan, dùng từ kỳ " + e.Day.String() + ".", EN: "The office's own, used from " + e.Day.String() + " on."},
		})
	}
	return out, err
}

// SaveTemplate takes in a template of the office's own, after it was filled once with the
// office's present year. From then on it is used for the reports of that year and later;
// Undo takes it out again.
func (a *App) SaveTemplate(ctx context.Context, path string) (record.Template, error) {
	none := record.Template{}
	book, err := readTemplate(path)
	if err != nil {
		return none, err
	}
	p, err := a.Period(ctx, record.DateOf(a.opts.Now()).Year(), "")
	if err != nil {
		return none, err
	}
	y, err := a.Yearly(ctx, p)
	if err != nil {
		return none, err
	}
	if _, err := xlsx.Fill(book, y); err != nil {
		return none, explain(err)
	}
	files, err := a.files()
	if err != nil {
		return none, err
	}
	e := record.Evidence{ID: a.newID(), Noun: "office", OwnerID: y.Office.ID, Kind: templateKind, Size: int64(len(book)), Day: p.From, Name: trimmed(nameOfFile(path))}
	if e.SHA256, err = files.Keep(book); err != nil {
		return none, a.explainWrite(err)
	}
	if err := e.Validate(); err != nil {
		return none, err
	}
	if _, err := a.commit(ctx, func(*store.Tx) ([]record.Edit, error) { return []record.Edit{record.Create(e)}, nil }); err != nil {
		return none, err
	}
	own, err := a.ownTemplates(ctx)
	if err != nil {
		return none, explain(err)
	}
	return own[len(own)-1], nil
}

func nameOfFile(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// maxTemplateFile is more than the engine takes, so that it is the engine that says so.
const maxTemplateFile = 16 << 20

func readTemplate(path string) ([]byte, error) {
	st, err := os.Stat(path)
	switch {
	case err != nil || st.IsDir():
		return nil, record.Refuse(record.ErrNotFound, "Không có tệp mẫu "+path+".", "There is no template file "+path+".").Because(err)
	case st.Size() > maxTemplateFile:
		return nil, record.Refuse(record.ErrInvalid, "Tệp mẫu "+path+" quá lớn.", "The template file "+path+" is too large.")
	}
	book, err := os.ReadFile(path)
	return book, explain(err)
}

// template finds a template by its code, or by the path of a file; "" is the standard one
// of a day, the office's own first.
func (a *App) template(ctx context.Context, code string, day record.Date) ([]byte, error) {
	list, err := a.Templates(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		if code == t.Code || code == "" && t.Standard && (day == "" || t.Valid.Has(day)) {
			if t.Own {
				files, err := a.files()
				if err != nil {
					return nil, err
				}
				book, err := files.Read(t.File)
				return book, explain(err)
			}
			if strings.HasPrefix(t.Code, templateOfPack) {
				return a.packedTemplate(ctx, t.File)
			}
			book, err := assets.Templates.ReadFile("templates/" + t.File)
			return book, explain(err)
		}
	}
	if strings.ContainsAny(code, `./\`) {
		return readTemplate(code)
	}
	if code == "" {
		return a.template(ctx, "ke-hoach", day)
	}
	return nil, record.Refuse(record.ErrNotFound, "Không có mẫu “"+code+"”.", "There is no template “"+code+"”.")
}

// WriteWorkbookFrom fills a template, named by its code or its file, with the report of a
// period and writes it to a file, whole or not at all; "" is the one that holds on the
// last day of the period.
func (a *App) WriteWorkbookFrom(ctx context.Context, p record.FigurePeriod, template, path string) error {
	_, err := a.hand(ctx, path, func() (paper, error) {
		from, err := a.template(ctx, template, p.To)
		if err != nil {
			return paper{}, err
		}
		y, err := a.Yearly(ctx, p)
		if err != nil {
			return paper{}, err
		}
		book, err := xlsx.Fill(from, y)
		return paper{bytes: book}, err
	})
	return err
}
