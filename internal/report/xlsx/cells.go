package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Cell is a cell of a workbook that is not empty, as it is stored.
type Cell struct {
	At    string // "Theo tháng!C12"
	Value string // of a formula what it last gave
}

// Cells reads back every cell of a workbook, sheet by sheet and row by row.
func Cells(file []byte) (out []Cell, err error) {
	err = reading(file, func(f *excelize.File) error {
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
			if err != nil {
				return err
			}
			for r, row := range rows {
				for c, v := range row {
					if v != "" {
						out = append(out, Cell{sheet + "!" + cell(c+1, r+1), v})
					}
				}
			}
		}
		return nil
	})
	return out, err
}

// reading opens a workbook within the limits, for as long as do takes.
func reading(file []byte, do func(*excelize.File) error) (err error) {
	defer func() {
		if met := recover(); met != nil { // the library was not made for every file there is
			err = noWorkbook(fmt.Errorf("%v", met))
		}
	}()
	if err := guard(file); err != nil {
		return err
	}
	f, err := openTemplate(file)
	if err != nil {
		return noWorkbook(err)
	}
	defer f.Close()
	if err := do(f); err != nil {
		return worded(err)
	}
	return nil
}
