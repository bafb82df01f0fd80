package report

import "sophobien/internal/record"

// wholes are the figures that others are a share of, by code and split.
var wholes = map[[2]string][2]string{
	{"I6", ""}:                  {"I6", "measure=registered"},
	{"I6", "measure=workers"}:   {"I6", "measure=workers_registered"},
	{"I11", "measure=answered"}: {"I11", ""},
	{"I11", "measure=on_time"}:  {"I11", "measure=answered"},
	{"I12", ""}:                 {"I12", "measure=units"},
	{"I13", "measure=returned"}: {"I13", ""},
}

// WholeOf is what a figure is a share of, such as the enterprises in the register for
// those that were reached; ok is false where it is none.
func WholeOf(f record.Figure, all record.Figures) (whole int64, ok bool) {
	at, known := wholes[[2]string{f.Code, f.SplitKey()}]
	if !known {
		return 0, false
	}
	return all.Value(at[0], at[1])
}
