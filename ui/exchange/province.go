package exchange

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Province is what the tabs of an office that collects from others ask of it.
type Province interface {
	// UnitGrid is how every unit stands in a year. Its totals are those of the last month
	// that is due.
	UnitGrid(ctx context.Context, year int) (record.UnitGrid, error)
	// DecideReport accepts a unit's report, or returns it with a reason: one of
	// record.Verdicts. The last word holds.
	DecideReport(ctx context.Context, report record.ID, status, reason string) (record.Change, error)

	// TakeIn reads files and folders; progress may be called from any goroutine.
	TakeIn(ctx context.Context, paths []string, progress func(done, total int)) (record.TakenIn, error)
	// Receipts writes the receipts and answers for all units, and the roster.
	Receipts(ctx context.Context, folder string) (record.HandedOver, error)

	// EventPairs are the activities of two units that look like one event, those already
	// decided among them. Of a pair said to be the same, A is the one that counts.
	EventPairs(ctx context.Context) ([]record.EventPair, error)
	// DecidePair says whether two activities are one event, of which a counts.
	DecidePair(ctx context.Context, a, b record.ID, same bool, reason string) (record.Change, error)

	Exchange(ctx context.Context) (record.Exchange, error)
	// Machines are those of all units, Enrolments those that ask to be taken up.
	Machines(ctx context.Context) ([]record.Machine, error)
	Enrolments(ctx context.Context) ([]record.Machine, error)
	ApproveMachine(ctx context.Context, device string) error
	RevokeMachine(ctx context.Context, device string) error
	WriteRoster(ctx context.Context, folder string) (record.HandedOver, error)
	// Held is what is kept apart until a person has looked at it; ReleaseMachine lets in
	// that of a machine that was revoked.
	Held(ctx context.Context) ([]record.Held, error)
	ReleaseMachine(ctx context.Context, device string) error
	// ReplaceKey replaces one of record.ProvinceKeys, with the sticks of two keepers.
	ReplaceKey(ctx context.Context, role string, sticks []record.RootStick) error
	// RebuildProvince makes this PC the province after the one that was is lost.
	RebuildProvince(ctx context.Context, r record.Rebuild) (record.Rebuilt, error)
	// MakeProvince makes the keys: one root key on each stick, under its holder's
	// passphrase.
	MakeProvince(ctx context.Context, sticks, passphrases [3]string) (record.Ceremony, error)
}

// Where folders were, on this PC.
const (
	takenFolderKey   = "exchange.taken"
	receiptFolderKey = "exchange.receipts"
	rosterFolderKey  = "exchange.roster"
)

func remembered(key string) string { return fyne.CurrentApp().Preferences().String(key) }

func remember(key, value string) { fyne.CurrentApp().Preferences().SetString(key, value) }

// copyText puts words on the clipboard and says so.
func copyText(desk kit.Desk, words, said string) {
	fyne.CurrentApp().Clipboard().SetContent(words)
	desk.Say(said, nil)
}

// askFolder asks for the folder that something for the units is written to. write gets it
// with what is to be called at the end; with nil the sheet closes.
func askFolder(desk kit.Desk, key, heading, about string, write func(folder string, ended func(error))) {
	where := kit.NewFolderEntry(desk)
	where.SetText(remembered(key))
	field := kit.NewField(kit.T("Thư mục, ví dụ USB của người đi giao"), where.Object())
	busy := false
	kit.AskFields(desk.Window, heading, kit.VStack(theme.SizeGroup, kit.Paragraph(about), field), kit.T("Ghi"), func(done func()) {
		folder := strings.TrimSpace(where.Text)
		field.SetProblem("")
		switch {
		case busy:
			return
		case folder == "":
			field.SetProblem(kit.T("Hãy chọn thư mục, ví dụ USB hoặc thư mục Tài liệu."))
			field.Focus()
			return
		}
		busy = true
		write(folder, func(err error) {
			busy = false
			if err != nil {
				field.SetProblem(kit.Sentence(err))
				return
			}
			remember(key, folder)
			done()
		})
	})
}

// offerFolder says what was written, with the way there.
func offerFolder(desk kit.Desk, words, folder string) {
	if desk.Offer == nil {
		desk.Say(words, nil)
		return
	}
	desk.Offer(words, kit.Offer{Word: kit.T("Mở thư mục"), Do: func() {
		kit.OpenFile(desk, folder, func(sentence string) { desk.Say(sentence, nil) })
	}})
}

// safeWords say whether the stick may be removed.
func safeWords(safe bool) string {
	if safe {
		return kit.T("Đã đọc lại đủ; có thể rút USB.")
	}
	return kit.T("Chưa đọc lại được hết; hãy giữ USB và ghi lại.")
}

// copyButton is the button that copies a message.
func copyButton(label string, tapped func()) *kit.PushButton {
	return kit.Button(label, fynetheme.IconNameContentCopy, tapped)
}

func stopped(err error) bool { return errors.Is(err, context.Canceled) }
