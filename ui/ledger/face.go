package ledger

import (
	"time"

	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
)

// Face is what is said around a form of the row it shows: that it is a draft, what went
// wrong, and at the foot when it was kept last.
type Face struct {
	Problem *kit.Note
	Notice  *fyne.Container // says that a draft is shown
	Outside *fyne.Container // says that the list does not hold the row
	Foot    *kit.Foot
	// OnClear takes away what narrows the list.
	OnClear func()
	// OnTurned lays out anew what stands around the notice and the problem.
	OnTurned func()

	noticed *kit.Text
	beside  bool // the list does not hold the row
	alone   bool // the list is out of sight
}

// NewFace says nothing yet; drop is what the button beside the notice does.
func NewFace(drop func()) *Face {
	f := &Face{Problem: kit.NewNote(kit.Wrong, ""), Foot: kit.NewFoot(), noticed: kit.Caption(""), OnTurned: func() {}, OnClear: func() {}}
	f.Notice = kit.Border(nil, nil, nil, kit.Quiet(kit.T("Bỏ bản nháp"), "", drop), f.noticed)
	f.Outside = kit.Border(nil, nil, nil, kit.Quiet(kit.T("Bỏ lọc"), "", func() { f.OnClear() }),
		kit.Caption(kit.T("Dòng đang mở không có trong danh sách đã lọc.")))
	f.Problem.Hide()
	f.Notice.Hide()
	f.Outside.Hide()
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

// outside says that the list does not hold the row, or no more.
func (f *Face) outside(is bool) {
	f.beside = is
	f.sayOutside()
}

// Alone is told when the list goes out of sight: what it holds is then of no matter.
func (f *Face) Alone(is bool) {
	f.alone = is
	f.sayOutside()
}

func (f *Face) sayOutside() {
	if said := f.beside && !f.alone; said != f.Outside.Visible() {
		kit.SetVisible(f.Outside, said)
		f.OnTurned()
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
