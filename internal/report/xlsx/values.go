package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Cell is a cell of a workbook that is not empty, as it is stored.
type Cell struct {
	At    string // "Theo tháng!C12"
	Value string // of a formula what it last gave
}

// Values reads back what stands under every name of a figure or target of a filled
// workbook: CT_, NT_, LK_, UT_ and MT_. Numbers are as they are stored; what is empty is "".
func Values(file []byte) (map[string]string, error) {
	values, _, err := Read(file)
	return values, err
}

// Read is Values, and with it every cell of the workbook, sheet by sheet and row by row.
func Read(file []byte) (values map[string]string, cells []Cell, err error) {
	defer func() {
		if met := recover(); met != nil { // the library was not made for every file there is
			values, cells, err = nil, nil, noWorkbook(fmt.Errorf("%v", met))
		}
	}()
	if err := guard(file); err != nil {
		return nil, nil, err
	}
	f, err := openTemplate(file)
	if err != nil {
		return nil, nil, noWorkbook(err)
	}
	defer f.Close()
	if values, err = namedValues(f); err == nil {
		cells, err = cellsOf(f)
	}
	if err != nil {
		return nil, nil, worded(err)
	}
	return values, cells, nil
}

func namedValues(f *excelize.File) (map[string]string, error) {
	w, sheets, out := &filling{file: f}, f.GetSheetList(), map[string]string{}
	for _, d := range f.GetDefinedName() {
		prefix, _, _ := strings.Cut(strings.ToUpper(d.Name), "_")
		if !slices.Contains([]string{nowPrefix, beforePrefix, sincePrefix, guessPrefix, targetPrefix}, prefix+"_") {
			continue
		}
		n, _, err := w.place(d, sheets)
		if err != nil {
			return nil, err
		}
		if out[d.Name], err = f.GetCellValue(n.sheet, cell(n.col, n.row), excelize.Options{RawCellValue: true}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func cellsOf(f *excelize.File) ([]Cell, error) {
	var out []Cell
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		for r, row := range rows {
			for c, v := range row {
				if v != "" {
					out = append(out, Cell{sheet + "!" + cell(c+1, r+1), v})
				}
			}
		}
	}
	return out, nil
}
