package ledger

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/ui/kit"
)

// Face is what is said around a form of the row it shows: that it is a draft, what went
// wrong, and at the foot when it was kept last.
type Face struct {
	Problem *kit.Note
	Notice  *fyne.Container // says that a draft is shown
	Foot    *kit.Foot
	// OnTurned lays out anew what stands around the notice and the problem.
	OnTurned func()

	noticed *kit.Text
}

// NewFace says nothing yet; drop is what the button beside the notice does.
func NewFace(drop func()) *Face {
	f := &Face{Problem: kit.NewNote(kit.Wrong, ""), Foot: kit.NewFoot(), noticed: kit.Caption(""), OnTurned: func() {}}
	f.Notice = container.NewBorder(nil, nil, nil, kit.Quiet(kit.T("Bỏ bản nháp"), "", drop), f.noticed)
	f.Problem.Hide()
	f.Notice.Hide()
	return f
}

// show begins anew for a row, or for its draft.
func (f *Face) show(drafted bool, at time.Time) {
	f.Foot.Say("")
	kit.SetVisible(f.Notice, drafted)
	f.ShowProblem("")
	if drafted {
		f.noticed.SetText(kit.ShowsDraft(at))
		f.drafted(at)
	}
}

func (f *Face) drafted(at time.Time) {
	if !at.IsZero() {
		f.Foot.Say(kit.T("bản nháp {{.Clock}}", map[string]any{"Clock": at.Format("15:04")}))
	}
}

func (f *Face) saved(at time.Time) {
	f.Notice.Hide()
	f.ShowProblem("")
	f.Foot.Saved(at)
}

// ShowProblem says what went wrong; "" takes it away.
func (f *Face) ShowProblem(sentence string) {
	f.Problem.SetText(sentence)
	kit.SetVisible(f.Problem, sentence != "")
	f.OnTurned()
}
