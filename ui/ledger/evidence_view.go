package ledger

import (
	"context"
	"image"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// viewPixels are those of a picture that is looked at closely: enough for the lines of
// a scanned page.
const viewPixels = 1024

// look shows one file large, with its caption to write.
func (e *Evidence) look(x record.Evidence) {
	picture := canvas.NewImageFromResource(theme.Icon(fynetheme.IconNameDocument))
	picture.FillMode = canvas.ImageFillContain
	picture.ScaleMode = canvas.ImageScaleSmooth
	caption := kit.NewEntry()
	caption.SetText(x.Caption)
	field := kit.NewField(kit.T("Chú thích"), caption)
	state := kit.NewNote(kit.Wrong, "")
	state.Hide()
	var view *kit.Dialog
	save := kit.Button(kit.T("Lưu ra tệp…"), fynetheme.IconNameDocumentSave, func() { e.askSave(x) })
	remove := kit.Button(kit.T("Gỡ"), fynetheme.IconNameDelete, func() { view.Hide(); e.remove(x) })
	body := kit.VStack(theme.SizeGap, container.New(viewLayout{e.desk.Window}, picture), kit.Caption(allFactsOf(x)), state, field,
		kit.HStack(theme.SizeGap, save, remove))
	view = kit.AskFields(e.desk.Window, x.Name, body, kit.T("Xong"), func(done func()) { e.caption(x, caption.Text, field, done) })
	if x.Kind == "pdf" {
		return
	}
	picture.Resource = nil
	kit.Do(e.desk.Runner, func(ctx context.Context) (image.Image, error) { return e.thumbnail(ctx, x.SHA256, viewPixels) },
		func(got image.Image, err error) {
			if err != nil {
				state.SetText(kit.Sentence(err))
				state.Show()
				body.Refresh()
				return
			}
			picture.Image = got
			picture.Refresh()
		})
}

// caption stores a caption that was changed and closes the view.
func (e *Evidence) caption(x record.Evidence, text string, field *kit.Field, done func()) {
	if strings.TrimSpace(text) == x.Caption {
		done()
		return
	}
	kit.Do(e.desk.Runner, func(ctx context.Context) (record.Evidence, error) { return e.office.CaptionEvidence(ctx, x.ID, text) },
		func(_ record.Evidence, err error) {
			if err != nil {
				field.SetProblem(kit.Sentence(err))
				return
			}
			done()
			e.Reload()
		})
}

// askSave asks where to write a file for other programs.
func (e *Evidence) askSave(x record.Evidence) {
	name := x.Name
	if filepath.Ext(name) == "" {
		name = x.SHA256[:8]
	}
	kit.AskFile(e.desk, kit.T("Lưu minh chứng ra tệp"), e.folder, name, func(path string, ended func(error)) {
		kit.Do(e.desk.Runner, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, e.office.SaveEvidenceAs(ctx, x.ID, path)
		},
			func(_ struct{}, err error) {
				ended(err)
				if err == nil {
					kit.SayWritten(e.desk, path, record.Words{})
				}
			})
	})
}

// allFactsOf are what is known of a file beside its caption.
func allFactsOf(x record.Evidence) string {
	parts := []string{kit.Term(record.EvidenceKinds, x.Kind)}
	if x.Width > 0 {
		parts = append(parts, kit.Number(x.Width)+" × "+kit.Number(x.Height))
	}
	parts = append(parts, kit.Size(x.Size))
	if x.Day != "" {
		parts = append(parts, kit.T("ngày {{.Day}}", map[string]any{"Day": x.Day.String()}))
	}
	return strings.Join(parts, " · ")
}

// viewLayout gives a picture what the smallest window leaves.
type viewLayout struct{ win fyne.Window }

func (l viewLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	window := l.win.Canvas().Size()
	rest := fynetheme.Size(theme.SizeRow) * 8.5 // heading, caption, buttons and what may be wrong
	return fyne.NewSize(window.Width*0.5, max(min(window.Height*0.5, window.Height*0.95-rest), rest/4))
}

func (viewLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[0].Move(fyne.Position{})
}
