package ledger

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// EvidenceOffice is what the strip of evidence asks of the running office.
type EvidenceOffice interface {
	EvidenceOf(ctx context.Context, owner record.Ref) ([]record.Evidence, error)
	AddEvidence(ctx context.Context, owner record.Ref, path string) (record.Evidence, error)
	CaptionEvidence(ctx context.Context, id record.ID, caption string) (record.Evidence, error)
	RemoveEvidence(ctx context.Context, id record.ID) (record.Change, error)
	SaveEvidenceAs(ctx context.Context, id record.ID, path string) error
	// Thumbnail is a JPEG whose longer side has at most px pixels.
	Thumbnail(ctx context.Context, sha string, px int) ([]byte, error)
	Undo(ctx context.Context, batch string) (record.Change, error)
}

// Evidence is the strip of photos, scans and PDFs of one row: arrows move, Enter looks
// closer, F2 describes, Delete takes away, + adds, Alt+Down offers all of it. Files are
// added one after the other, and each is there as soon as it is stored; what could not
// be added stands under the strip.
type Evidence struct {
	widget.BaseWidget

	desk     kit.Desk
	office   EvidenceOffice
	owner    record.Ref
	list     []record.Evidence
	pictures map[string]image.Image // by hash, of the list in sight
	listed   *kit.Latest
	painted  *kit.Latest
	adding   adding
	folder   string    // where files are saved unless another is chosen
	wanted   record.ID // the file to go to once it is there
	onThere  func()

	heading *kit.Text
	keys    *kit.Text // what the keys do, while the strip has them
	add     *kit.PushButton
	strip   *strip
	state   *kit.Note
	body    *fyne.Container
}

// thumbPixels are those of a thumbnail in the strip, enough for large text and fine
// screens.
const thumbPixels = 256

// NewEvidence makes an empty strip.
func NewEvidence(desk kit.Desk, office EvidenceOffice) *Evidence {
	e := &Evidence{
		desk: desk, office: office, pictures: map[string]image.Image{},
		listed: kit.NewLatest(desk.Runner), painted: kit.NewLatest(desk.Runner),
		heading: kit.Caption(""), keys: kit.Caption(kit.T("Enter xem, ghi chú thích; Delete gỡ; + thêm")), state: kit.NewNote(kit.Plain, ""),
	}
	e.add = kit.Button(kit.T("Thêm ảnh, bản quét…"), fynetheme.IconNameContentAdd, e.askFiles)
	e.strip = newStrip(e)
	e.heading.Whole = true
	e.state.Hide()
	e.keys.Whole = true
	e.keys.Hide()
	head := kit.HStack(theme.SizeGap, e.heading, kit.Spring(), e.keys, e.add)
	e.body = kit.VStack(theme.SizeTight, head, e.strip.frame, e.state)
	e.show(nil)
	e.ExtendBaseWidget(e)
	return e
}

// SetDefaultFolder says where files are saved unless another folder is chosen.
func (e *Evidence) SetDefaultFolder(folder string) { e.folder = folder }

// ShowOf shows the files of a row; a row without id is not stored yet and has none.
func (e *Evidence) ShowOf(owner record.Ref) {
	if owner != e.owner {
		e.owner, e.wanted = owner, record.ID{}
		e.show(nil)
		e.strip.at = 0
		e.adding.problems = nil
		e.tell()
	}
	e.Reload()
}

// Reload reads again what is shown.
func (e *Evidence) Reload() {
	if e.owner.ID.IsZero() {
		e.listed.Drop()
		e.painted.Drop()
		e.show(nil)
		return
	}
	owner := e.owner
	kit.Ask(e.listed, func(ctx context.Context) ([]record.Evidence, error) {
		return e.office.EvidenceOf(ctx, owner)
	}, func(list []record.Evidence, err error) {
		if err != nil {
			e.say(kit.Wrong, kit.Sentence(err))
			return
		}
		e.show(list)
		e.arrive()
	})
}

// Shows reports whether a change touches what is shown.
func (e *Evidence) Shows(ch record.Change) bool { return ch.Touches("evidence") }

// Count is how many files are shown.
func (e *Evidence) Count() int { return len(e.list) }

// FocusTarget is the strip, or the button where there is none.
func (e *Evidence) FocusTarget() fyne.Focusable {
	if len(e.list) > 0 {
		return e.strip
	}
	return e.add
}

func (e *Evidence) show(list []record.Evidence) {
	e.list = list
	kept := map[string]image.Image{}
	for _, x := range list {
		if picture, ok := e.pictures[x.SHA256]; ok {
			kept[x.SHA256] = picture
		}
	}
	e.pictures = kept
	e.heading.SetText(kit.T("Minh chứng"))
	if len(list) > 0 {
		e.heading.SetText(kit.T("Minh chứng ({{.N}})", map[string]any{"N": kit.Number(int64(len(list)))}))
	}
	if e.owner.ID.IsZero() {
		e.add.Disable()
	} else {
		e.add.Enable()
	}
	e.strip.fill()
	e.paint()
	e.Refresh()
}

// paint fetches the pictures that are not there yet, one after the other.
func (e *Evidence) paint() {
	for _, x := range e.list {
		if _, have := e.pictures[x.SHA256]; have || x.Kind == "pdf" {
			continue
		}
		sha := x.SHA256
		kit.Ask(e.painted, func(ctx context.Context) (image.Image, error) { return e.thumbnail(ctx, sha, thumbPixels) },
			func(picture image.Image, err error) {
				if err != nil {
					e.say(kit.Wrong, kit.Sentence(err))
				}
				e.pictures[sha] = picture // nil is drawn as a picture that cannot be seen
				e.strip.fill()
				e.paint()
			})
		return
	}
	e.painted.Drop()
}

func (e *Evidence) thumbnail(ctx context.Context, sha string, px int) (image.Image, error) {
	raw, err := e.office.Thumbnail(ctx, sha, px)
	if err != nil {
		return nil, err
	}
	return jpeg.Decode(bytes.NewReader(raw))
}

// remove takes a file away, with the way back and to do it again.
func (e *Evidence) remove(x record.Evidence) {
	kit.Do(e.desk.Runner, func(ctx context.Context) (record.Change, error) { return e.office.RemoveEvidence(ctx, x.ID) },
		func(ch record.Change, err error) {
			if err != nil {
				e.say(kit.Wrong, kit.Sentence(err))
				return
			}
			e.desk.Say(kit.T("Đã gỡ “{{.Name}}”", map[string]any{"Name": nameOf(x)}), func() {
				e.desk.TakeBack(kit.Undoing(e.office.Undo, ch.Batch), kit.Redoing(e.office.Undo), e.Reload)
			})
			e.Reload()
		})
}

// hint says what the keys do in the strip, while they do it.
func (e *Evidence) hint(on bool) {
	kit.SetVisible(e.keys, on && len(e.list) > 0)
	e.Refresh()
}

// say shows a sentence under the strip, or none.
func (e *Evidence) say(s kit.State, sentence string) {
	e.state.Set(s, sentence)
	e.state.Hidden = sentence == ""
	e.Refresh()
}

// nameOf is what a file is called: its caption, else its name.
func nameOf(x record.Evidence) string {
	if x.Caption != "" {
		return x.Caption
	}
	return x.Name
}

// Refresh draws the strip anew.
func (e *Evidence) Refresh() {
	e.body.Refresh()
	e.BaseWidget.Refresh()
}

// CreateRenderer shows heading, strip and what is to be said.
func (e *Evidence) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(e.body) }
