package app

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// TestEveryKindOfFileIsVerified by its receiver, who opens it, and by its sender or a
// stranger, who cannot.
func TestEveryKindOfFileIsVerified(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	q := must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-10", Text: "Nghỉ Tết có tính lương không?"}))(t)
	act := newTraining(t, a, "Tập huấn")
	must(a.AddEvidence(ctx, act.Ref(), photo(t, "a.jpg", 10)))(t)
	there, back := w.bag(), w.bag()
	given := must(a.HandOver(ctx, there, record.HandOverOptions{Evidence: true}))(t)
	w.takeIn(w.province, there)
	asked := must(store1[record.Question](w.province, q.Ref()))(t)
	asked.Answer, asked.AnsweredOn, asked.AnsweredBy = "Có, theo Điều 112.", "2026-03-19", "Sở Nội vụ"
	must(w.province.SaveQuestion(ctx, asked))(t)
	given.Written = append(given.Written, must(w.province.HandOver(ctx, back, record.HandOverOptions{}))(t).Written...)

	seen := map[string]bool{}
	for _, f := range given.Written {
		seen[f.Kind] = true
		receiver, other := w.province, a
		if f.Unit != "51" {
			receiver, other = a, w.province
		}
		rep := must(VerifyFile(receiver.Folder(), "", f.Places[0]))(t)
		if rep.Kind != f.Kind || !rep.Known || !rep.Opened || rep.Unproven != 0 || rep.Values != 0 {
			t.Errorf("%s at its receiver: %+v", f.Kind, rep)
		}
		full := map[string]bool{
			seal.KindLog: rep.Commits > 0, seal.KindBlob: rep.Pieces > 0, seal.KindAnswers: rep.Commits > 0,
			seal.KindAck: rep.Receipt != nil && rep.Receipt.Unit == "23500", seal.KindRoster: rep.Roster != nil && rep.Roster.Machines == 2,
		}
		if !full[f.Kind] {
			t.Errorf("%s is empty: %+v", f.Kind, rep)
		}
		if rep := must(VerifyFile(other.Folder(), "", f.Places[0]))(t); rep.Opened != rep.Envelope.Plain() || !rep.Known {
			t.Errorf("%s at its sender: %+v", f.Kind, rep)
		}
	}
	for _, kind := range []string{seal.KindLog, seal.KindBlob, seal.KindAnswers, seal.KindAck, seal.KindRoster} {
		if !seen[kind] {
			t.Errorf("no %s was made", kind)
		}
	}
}
