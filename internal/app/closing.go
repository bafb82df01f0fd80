package app

import (
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// reasonFor is why a closed activity is changed, as it is kept: with the day, so
// that the same words on another day are another reason.
func (a *App) reasonFor(before record.Activity, given string) (string, error) {
	given = strings.TrimSpace(viet.NFC(given))
	if given == "" || given == before.Reason {
		r := record.Refuse(record.ErrConflict, "Hoạt động đã chốt. Hãy ghi lý do sửa, hoặc bỏ chỗ sửa.",
			"The activity is closed. Give the reason for the change, or leave it as it is.")
		r.Field = "reason"
		return "", record.Problems{r}
	}
	return record.DateOf(a.opts.Now()).String() + ": " + given, nil
}

// stillOpen refuses to touch the list of a closed activity, and the activity as a
// whole: whoever opens it again says why.
func stillOpen(act record.Activity) error {
	if act.Status != "closed" {
		return nil
	}
	return record.Refuse(record.ErrConflict, "Hoạt động “"+act.Title+"” đã chốt. Hãy mở lại hoạt động, có ghi lý do, rồi sửa.",
		"The activity “"+act.Title+"” is closed. Open it again, with a reason, and then change it.")
}
