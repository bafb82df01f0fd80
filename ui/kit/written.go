package kit

import (
	"context"
	"path/filepath"
	"strings"

	"sophobien/internal/record"
)

// SayWritten says which file was written and what to be careful of, and offers to open
// it or the folder it lies in.
func SayWritten(desk Desk, path string, warning record.Words) {
	words := strings.TrimSpace(T("Đã ghi {{.Path}}", map[string]any{"Path": path}) + ". " + In(warning))
	if desk.Offer == nil {
		desk.Say(words, nil)
		return
	}
	desk.Offer(words,
		Offer{T("Mở tệp"), func() { openElsewhere(desk, path) }},
		Offer{T("Mở thư mục"), func() { openElsewhere(desk, filepath.Dir(path)) }})
}

// ShowWritten says so too and opens the file: it was written to be looked at.
func ShowWritten(desk Desk, path string, warning record.Words) {
	SayWritten(desk, path, warning)
	openElsewhere(desk, path)
}

// openElsewhere is OpenFile that says at the foot of the window what went wrong.
func openElsewhere(desk Desk, path string) {
	OpenFile(desk, path, func(sentence string) { desk.Say(sentence, nil) })
}

// OpenFile opens a file or a folder with the program the system has for it; failed is
// told in a sentence where there is none.
func OpenFile(desk Desk, path string, failed func(sentence string)) {
	open := desk.Open
	if open == nil {
		open = systemOpen
	}
	Do(desk.Runner, func(context.Context) (struct{}, error) { return struct{}{}, open(path) }, func(_ struct{}, err error) {
		if err != nil {
			failed(Sentence(record.Refuse(record.ErrPlace,
				"Máy chưa mở được "+path+". Tệp vẫn còn đó: hãy mở trong thư mục.",
				"The PC could not open "+path+". The file is there: open it from its folder.").Because(err)))
		}
	})
}
