package exchange

import (
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// stickFields ask for the stick of a person who keeps a root key, and for the passphrase,
// which that person types.
type stickFields struct {
	stick   *kit.PathEntry
	secret  *kit.Entry
	drive   *kit.Field
	secretF *kit.Field
	box     fyne.CanvasObject
	needed  bool
}

func newStickFields(desk kit.Desk, drive, secret string, needed bool) *stickFields {
	f := &stickFields{stick: kit.NewFolderEntry(desk), secret: kit.NewSecret(), needed: needed}
	f.drive, f.secretF = kit.NewField(drive, f.stick.Object()), kit.NewField(secret, f.secret)
	f.box = kit.TwoColumns(f.drive, f.secretF)
	return f
}

// twoKeepers are the sticks of two of the three.
func twoKeepers(desk kit.Desk) []*stickFields {
	return []*stickFields{
		newStickFields(desk, kit.T("USB của người giữ thứ nhất"), kit.T("Mật khẩu của người thứ nhất"), true),
		newStickFields(desk, kit.T("USB của người giữ thứ hai"), kit.T("Mật khẩu của người thứ hai"), true),
	}
}

// sticksOf are what the fields say; false where one that is needed is empty, which then
// says so and has the keyboard.
func sticksOf(fields []*stickFields) ([]record.RootStick, bool) {
	var out []record.RootStick
	for _, f := range fields {
		f.drive.SetProblem("")
		f.secretF.SetProblem("")
	}
	for _, f := range fields {
		place := strings.TrimSpace(f.stick.Text)
		switch {
		case place == "" && !f.needed && f.secret.Text == "":
			continue
		case place == "":
			f.drive.SetProblem(kit.T("Hãy chọn USB của người này."))
			f.drive.Focus()
			return nil, false
		case strings.TrimSpace(f.secret.Text) == "":
			f.secretF.SetProblem(kit.T("Hãy gõ mật khẩu."))
			f.secretF.Focus()
			return nil, false
		}
		out = append(out, record.RootStick{Place: place, Passphrase: f.secret.Text})
	}
	return out, true
}

// forget empties the fields: what was typed into them opens the province's root.
func forget(fields []*stickFields) {
	for _, f := range fields {
		f.secret.SetText("")
	}
}
