package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Values reads back what stands under every name of a figure or target of a filled
// workbook: CT_, NT_, LK_ and MT_. Numbers are as they are stored; what is empty is "".
func Values(file []byte) (out map[string]string, err error) {
	defer func() {
		if met := recover(); met != nil {
			out, err = nil, noWorkbook(fmt.Errorf("%v", met))
		}
	}()
	if err := guard(file); err != nil {
		return nil, err
	}
	f, err := openTemplate(file)
	if err != nil {
		return nil, noWorkbook(err)
	}
	defer f.Close()
	w := &filling{file: f}
	sheets := f.GetSheetList()
	out = map[string]string{}
	for _, d := range f.GetDefinedName() {
		prefix, _, _ := strings.Cut(strings.ToUpper(d.Name), "_")
		if !slices.Contains([]string{nowPrefix, beforePrefix, sincePrefix, targetPrefix}, prefix+"_") {
			continue
		}
		n, _, err := w.place(d, sheets)
		if err != nil {
			return nil, err
		}
		v, err := f.GetCellValue(n.sheet, cell(n.col, n.row), excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, noWorkbook(err)
		}
		out[d.Name] = v
	}
	return out, nil
}
