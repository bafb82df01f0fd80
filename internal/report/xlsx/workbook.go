package xlsx

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// Input is what a workbook shows. Figures, Months, Audiences and Activities come
// from package report for one period.
type Input struct {
	Office     record.Office
	Figures    record.Figures
	Months     []report.MonthRow
	Audiences  []report.AudienceRow
	Activities []record.Activity    // those counted, in the order of the list
	UnitNames  map[record.ID]string // full names of the host units
	Topics     []record.Term
	PrintedOn  record.Date // "" leaves the day open
}

// The sheets, in their order.
const (
	SheetCover      = "Bìa"
	SheetFigures    = "Chỉ tiêu"
	SheetMonths     = "Theo tháng"
	SheetAudiences  = "Đối tượng"
	SheetActivities = "Danh sách hoạt động"
)

// Workbook is the yearly workbook as the bytes of an .xlsx file.
func Workbook(in Input) ([]byte, error) {
	b := newBook()
	defer b.file.Close()
	w := writer{Input: in, names: defineNames(in.Figures.Indicators)}
	w.cover(b.sheet(SheetCover, portrait))
	w.figures(b.sheet(SheetFigures, portrait))
	w.months(b.sheet(SheetMonths, landscape))
	w.audiences(b.sheet(SheetAudiences, portrait))
	w.activities(b.sheet(SheetActivities, landscape))
	w.properties(b)
	out, err := b.bytes()
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return out, nil
}

// writer is the input while it is being written; each sheet has a file of its own.
type writer struct {
	Input
	names names
}

// lang is the language of the workbook: a report to an authority of Việt Nam.
const lang = "vi"

func (w writer) properties(b *book) {
	day := w.PrintedOn
	if day == "" || !day.Valid() {
		day = w.Figures.Period.To
	}
	made := day.Time().UTC().Format(time.RFC3339)
	b.do(func() error {
		return b.file.SetDocProps(&excelize.DocProperties{
			Title: "Báo cáo số liệu " + w.subject(), Subject: w.span(), Creator: w.Office.Name, LastModifiedBy: w.Office.Name,
			Created: made, Modified: made, Language: "vi-VN",
		})
	})
	b.do(func() error {
		return b.file.SetAppProps(&excelize.AppProperties{Application: "Sổ Phổ Biến", Company: w.Office.Name})
	})
}

// subject is what the report is about, with the year it covers.
func (w writer) subject() string {
	const matter = "kết quả phổ biến, giáo dục pháp luật về lao động"
	if w.Figures.Period.Rule == report.Adhoc {
		return matter
	}
	return fmt.Sprintf("%s năm %d", matter, w.Figures.Period.To.Year())
}

// span is the period in words.
func (w writer) span() string {
	p := w.Figures.Period
	switch {
	case p.From == "" && p.To == "":
		return "Toàn bộ số liệu trong sổ"
	case p.From == "":
		return fmt.Sprintf("Đến hết ngày %s", p.To)
	case p.To == "":
		return fmt.Sprintf("Từ ngày %s", p.From)
	}
	return fmt.Sprintf("Từ ngày %s đến ngày %s", p.From, p.To)
}
