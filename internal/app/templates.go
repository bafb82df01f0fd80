package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/assets"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/report/xlsx"
)

// Template is a workbook that reports are filled into.
type Template struct {
	Code     string          `json:"code"`
	File     string          `json:"file"`
	Name     record.Words    `json:"name"`
	Version  int             `json:"version"`
	Valid    record.Validity `json:"valid"`    // the periods, by their last day, that it is used for
	Note     record.Words    `json:"note"`     // where it comes from and how sure that is
	Standard bool            `json:"standard"` // used where nobody chose another
	Own      bool            `json:"-"`        // put in by the office
}

// ownTemplates is the list of the office's own beside their files.
const ownTemplates = "index.json"

func (a *App) templateFolder() string { return filepath.Join(a.dir.Path(), "templates") }

// Templates lists the templates there are: the office's own, the latest first, then the
// shipped ones.
func (a *App) Templates(context.Context) ([]Template, error) {
	own, err := a.ownTemplates()
	if err != nil {
		return nil, explain(err)
	}
	slices.Reverse(own)
	text, err := assets.Templates.ReadFile("templates/index.json")
	if err != nil {
		return nil, explain(err)
	}
	var shipped []Template
	if err := json.Unmarshal(text, &shipped); err != nil {
		return nil, explain(fmt.Errorf("shipped templates: %w", err))
	}
	return append(own, shipped...), nil
}

func (a *App) ownTemplates() ([]Template, error) {
	text, err := os.ReadFile(filepath.Join(a.templateFolder(), ownTemplates))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var own []Template
	if err := json.Unmarshal(text, &own); err != nil {
		return nil, record.Refuse(record.ErrDamaged, "Danh sách mẫu của cơ quan bị hỏng ("+a.templateFolder()+"); hãy đưa mẫu vào lại.",
			"The list of the office's templates is damaged ("+a.templateFolder()+"); put the templates in again.").Because(err)
	}
	for i := range own {
		own[i].Own = true
	}
	return own, nil
}

// SaveTemplate takes in a template of the office's own, after it was filled once with the
// office's present year. From then on it is used for the reports of that year and later.
func (a *App) SaveTemplate(ctx context.Context, path string) (Template, error) {
	book, err := readTemplate(path)
	if err != nil {
		return Template{}, err
	}
	today := record.DateOf(a.opts.Now())
	p, err := a.Period(ctx, today.Year(), "")
	if err != nil {
		return Template{}, err
	}
	y, err := a.Yearly(ctx, p)
	if err != nil {
		return Template{}, err
	}
	if _, err := xlsx.Fill(book, y); err != nil {
		return Template{}, explain(err)
	}
	own, err := a.ownTemplates()
	if err != nil {
		return Template{}, explain(err)
	}
	t := Template{
		Code: fmt.Sprintf("rieng-%d", len(own)+1), Version: len(own) + 1, Valid: record.Validity{From: p.From}, Standard: true, Own: true,
		Name: record.Words{VI: nameOfFile(path), EN: nameOfFile(path)},
		Note: record.Words{VI: "Cơ quan đưa vào ngày " + today.String() + ".", EN: "Put in by the office on " + today.String() + "."},
	}
	t.File = t.Code + ".xlsx"
	if err := datadir.MakeFolder(a.templateFolder()); err != nil {
		return Template{}, explain(err)
	}
	if err := datadir.WriteFile(filepath.Join(a.templateFolder(), t.File), book); err != nil {
		return Template{}, explain(err)
	}
	text, err := json.MarshalIndent(append(own, t), "", "  ")
	if err != nil {
		return Template{}, explain(err)
	}
	return t, explain(datadir.WriteFile(filepath.Join(a.templateFolder(), ownTemplates), text))
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
				return readTemplate(filepath.Join(a.templateFolder(), filepath.Base(t.File)))
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
