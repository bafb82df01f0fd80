package xlsx

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Values reads back what stands under every name of a figure or target of a filled
// workbook: CT_, NT_, LK_, UT_ and MT_. Numbers are as they are stored; what is empty is "".
func Values(file []byte) (map[string]string, error) {
	out := map[string]string{}
	err := reading(file, func(f *excelize.File) error {
		w := &filling{file: f}
		sheets := f.GetSheetList()
		for _, d := range f.GetDefinedName() {
			prefix, _, _ := strings.Cut(strings.ToUpper(d.Name), "_")
			if !slices.Contains([]string{nowPrefix, beforePrefix, sincePrefix, guessPrefix, targetPrefix}, prefix+"_") {
				continue
			}
			n, _, err := w.place(d, sheets)
			if err != nil {
				return err
			}
			v, err := f.GetCellValue(n.sheet, cell(n.col, n.row), excelize.Options{RawCellValue: true})
			if err != nil {
				return err
			}
			out[d.Name] = v
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
