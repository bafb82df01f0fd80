package main

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/law"
)

// lawSteps walk through the library that ships; what a province and the months bring is
// made up.
func (p *program) lawSteps() []step {
	key := func(name fyne.KeyName) {
		if f := p.window.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	away := func() {
		kit.CloseDialogs(p.window.Canvas())
		for top := p.window.Canvas().Overlays().Top(); top != nil; top = p.window.Canvas().Overlays().Top() {
			p.window.Canvas().Overlays().Remove(top)
		}
	}
	return []step{
		{"phap-luat", func() { p.shell.Go(ui.AreaLaw) }},
		{"phap-luat-tim", func() { p.screens.Law.Search("tien luong lam them gio") }},
		{"phap-luat-doc", func() { p.screens.Law.Open("45-2019-qh14", "") }},
		{"phap-luat-dieu", func() { p.screens.Law.Open("45-2019-qh14", "d98.k1") }},
		{"phap-luat-trich-dan", func() { key(fyne.KeyF4) }},
		{"phap-luat-muc-luc", func() { key(fyne.KeyF3) }},
		{"phap-luat-so-sanh", func() { away(); p.screens.Law.Open("45-2019-qh14", "d98.k1"); key(fyne.KeyF7) }},
		{"phap-luat-ghi-chu", func() { away(); p.screens.Law.Open("45-2019-qh14", ""); key(fyne.KeyF2) }},
		{"phap-luat-het-hieu-luc", func() { away(); p.screens.Law.Search("12/2022"); p.screens.Law.Open("12-2022-nd-cp", "") }},
		{"phap-luat-xem-lai", func() {
			p.screens.Law.View(law.ViewReview)
			p.window.Canvas().Focus(p.screens.Law.Panes()[0].First())
			key(fyne.KeyDown)
		}},
		{"phap-luat-tin", func() { p.screens.Law.Message() }},
		{"phap-luat-goi", func() { away(); p.screens.Law.View(law.ViewPacks) }},
		{"phap-luat-goi-xem-truoc", func() { p.screens.Law.Dropped([]string{"E:\\SPB_pack_luat_4.sopp.zip"}) }},
		{"phap-luat-goi-da-nhap", func() { key(fyne.KeyReturn) }},
	}
}

const rehearsedLaw = "45-2019-qh14"

// LawAffected are an answer whose article was amended, and a session ahead that rests on a
// decree which ends before.
func (r rehearsedExchange) LawAffected(ctx context.Context) ([]record.LawAffected, error) {
	today := record.DateOf(time.Now())
	one := record.LawAffected{
		Title: "Sinh con thứ hai được nghỉ thai sản bao nhiêu tháng?", Day: today.AddDays(-200), Status: record.LawInForce, AsOf: today, Asked: true,
		Why: record.Words{VI: "đã thay đổi câu chữ từ 12/02/2026", EN: "the words have changed"}, Ref: record.Ref{Noun: "question", ID: record.ID{1}},
	}
	var err error
	if one.Citation, err = r.Cite(ctx, rehearsedLaw, "d139.k1", "2025-03-05"); err != nil {
		return nil, err
	}
	now, err := r.Cite(ctx, rehearsedLaw, "d139.k1", today)
	if err != nil {
		return nil, err
	}
	one.Now = now.Text
	two := record.LawAffected{
		Title: "Tập huấn xử phạt vi phạm hành chính về lao động", Day: today.AddDays(24), Status: record.LawEnded, AsOf: today.AddDays(24), Ref: record.Ref{Noun: "activity", ID: record.ID{2}},
		Why: record.Words{VI: "hết hiệu lực, thay bằng 283/2026/NĐ-CP", EN: "no longer in force, replaced by 283/2026/NĐ-CP"},
	}
	two.Citation, err = r.Cite(ctx, "12-2022-nd-cp", "", "")
	return []record.LawAffected{two, one}, err
}

// LawExpiring is a decree that ends within the month.
func (rehearsedExchange) LawExpiring(context.Context) ([]record.LawExpiry, error) {
	return []record.LawExpiry{{
		Item: record.LawItem{ID: "293-2025-nd-cp", Type: "Nghị định", Number: "293/2025/NĐ-CP", Title: "Mức lương tối thiểu"}, Ends: record.DateOf(time.Now()).AddDays(25), Days: 25, By: "301/2026/NĐ-CP",
		Planned: make([]record.LawAffected, 1),
	}}, nil
}

// LawMessage tells who asked.
func (rehearsedExchange) LawMessage(_ context.Context, of record.LawAffected) (string, error) {
	return "Kính gửi: Người hỏi\n\nCâu trả lời căn cứ " + of.Citation.Says() + "; quy định này nay " + of.Why.VI + ".\n\nNội dung hiện hành:\n" + of.Now, nil
}

// Packs are a channel that has grown old, and the one that ships.
func (r rehearsedExchange) Packs(ctx context.Context) ([]record.PackChannel, error) {
	have, err := r.App.Packs(ctx)
	old := record.PackChannel{
		Channel: "luat", Publisher: "Sở Nội vụ tỉnh Quảng Ngãi", Version: 3, Shown: 3, Known: 4, Title: "Lương tối thiểu và xử phạt vi phạm hành chính từ quý III", Created: ago(24 * 200), FreshUntil: record.DateOf(time.Now()).AddDays(-17),
		Stale: 17, Items: 162, Resume: true, Versions: []record.PackVersion{
			{Version: 3, Title: "Lương tối thiểu và xử phạt vi phạm hành chính từ quý III", Installed: ago(24 * 190)},
			{Version: 2, Title: "Văn bản hợp nhất Bộ luật Lao động", Installed: ago(24 * 280)},
		},
	}
	return append([]record.PackChannel{old}, have...), err
}

// OfferPack is a pack of the province's that amends what an answer cites.
func (r rehearsedExchange) OfferPack(ctx context.Context, path string) (record.PackOffer, error) {
	affected, err := r.LawAffected(ctx)
	return record.PackOffer{
		Path: path, Channel: "luat", Version: 4, Installed: 3, Title: "Sửa đổi Bộ luật Lao động, quý IV", Publisher: "Sở Nội vụ tỉnh Quảng Ngãi", Important: true, Bytes: 412 << 10,
		New:      []record.PackItem{{Kind: record.LawDocument, Number: "283/2026/NĐ-CP", Title: "Xử phạt vi phạm hành chính trong lĩnh vực lao động"}, {Kind: record.LawLeaflet, Title: "Hỏi đáp về làm thêm giờ"}},
		Amended:  []record.PackItem{{Kind: record.LawDocument, Number: "45/2019/QH14", Title: "Bộ luật Lao động", Says: record.Words{VI: "khoản 1 Điều 139, Điều 154", EN: "Article 139(1), Article 154"}}},
		Ended:    []record.PackItem{{Kind: record.LawDocument, Number: "12/2022/NĐ-CP", Title: "Quy định xử phạt vi phạm hành chính trong lĩnh vực lao động", Says: record.Words{VI: "hết hiệu lực sau ngày 09/09/2026", EN: "no longer in force after 2026-09-09"}}},
		Affected: affected,
	}, err
}

// InstallPack takes nothing in.
func (r rehearsedExchange) InstallPack(ctx context.Context, path string, progress func(done, total int64)) (record.PackOffer, error) {
	progress(412<<10, 412<<10)
	return r.OfferPack(ctx, path)
}
