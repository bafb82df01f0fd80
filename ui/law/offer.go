package law

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// fromKey remembers the folder a pack was taken from.
const fromKey = "law.from"

func (p *packs) choose() {
	from := fyne.CurrentApp().Preferences().String(fromKey)
	kit.ChooseFile(p.s.desk, kit.FileQuestion{Heading: kit.T("Chọn gói pháp luật"), Endings: []string{".zip"}, From: from}, func(path string) {
		fyne.CurrentApp().Preferences().SetString(fromKey, path)
		p.offer(path)
	})
}

// offer proves a pack and says what it would bring. Nothing is changed by it.
func (p *packs) offer(path string) {
	p.tell(kit.Plain, kit.T("Đang kiểm tra gói…"))
	kit.Do(p.s.desk.Runner, func(ctx context.Context) (record.PackOffer, error) { return p.s.office.OfferPack(ctx, path) },
		func(o record.PackOffer, err error) {
			if err != nil {
				p.tell(kit.Wrong, kit.Sentence(err))
				return
			}
			p.tell(kit.Plain, "")
			p.preview(o)
		})
}

// preview is a pack that was proven, and whether it is to be taken in.
func (p *packs) preview(o record.PackOffer) {
	var sheet *kit.Dialog
	column := newColumn()
	column.set(offerBlocks(o))
	leave := func() { sheet.Hide(); p.s.focus(p.take) }
	take := kit.Primary(kit.T("Nhập"), "", func() { sheet.Hide(); p.install(o) })
	cancel := kit.Button(kit.T("Thôi"), "", leave)
	first := take
	if o.Same {
		take.Hide()
		cancel.SetText(kit.T("Đóng"))
		cancel.Importance = widget.HighImportance
		first = cancel
	}
	head := kit.Section(kit.T("Gói “{{.Title}}”", map[string]any{"Title": o.Title}))
	head.Wrap = true
	column.onKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyEscape {
			leave()
			return true
		}
		return false
	}
	foot := kit.InsetXY(theme.SizeNone, theme.SizeGap, kit.HStack(theme.SizeGap, kit.Spring(), cancel, take))
	sheet = kit.ShowSheet(p.s.desk.Window, kit.Border(kit.VStack(theme.SizeGap, head, kit.Hairline()), foot, nil, nil, column), first, func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyEscape {
			leave()
			return true
		}
		return false
	})
}

// offerBlocks say of a pack who published it, what it changes and whom that concerns.
func offerBlocks(o record.PackOffer) []block {
	num := func(n int64) string { return strconv.FormatInt(n, 10) }
	var out []block
	say := func(s kit.State, words string) {
		out = append(out, block{icon: stateIcon(s), above: theme.SizeGap, stop: true, texts: []text{{words: words}}})
	}
	who := o.Publisher
	if who == "" {
		who = kit.T("cấp trên")
	}
	say(kit.Fine, kit.T("Chữ ký đúng của {{.Who}}. Kênh {{.Channel}}, bản {{.N}}.", map[string]any{"Who": who, "Channel": o.Channel, "N": num(o.Version)}))
	switch {
	case o.Same:
		say(kit.Plain, kit.T("Máy này đã có đúng bản này; không cần nhập lại."))
	case o.Installed > 0:
		say(kit.Plain, kit.T("Máy này đang có bản {{.N}}.", map[string]any{"N": num(o.Installed)}))
	default:
		say(kit.Plain, kit.T("Máy này chưa có kênh này."))
	}
	if o.Important {
		say(kit.Attention, kit.T("Cấp trên ghi gói này là quan trọng."))
	}
	if o.Stale > 0 {
		say(kit.Attention, kit.T("Gói đã quá ngày {{.Day}} {{.N}} ngày; vẫn nhập được, nhưng hãy hỏi có gói mới hơn không.", map[string]any{"Day": o.FreshUntil.String(), "N": strconv.Itoa(o.Stale)}))
	}
	if !o.Same {
		say(kit.Plain, kit.T("{{.New}} mới, {{.Amended}} sửa đổi, {{.Ended}} hết hiệu lực, {{.Withdrawn}} rút khỏi thư viện. Sẽ ghi {{.Size}}.", map[string]any{
			"New": strconv.Itoa(len(o.New)), "Amended": strconv.Itoa(len(o.Amended)), "Ended": strconv.Itoa(len(o.Ended)), "Withdrawn": strconv.Itoa(len(o.Withdrawn)), "Size": kit.Size(o.Bytes)}))
	}
	if len(o.Affected) > 0 {
		out = append(out, heading(kit.T("Việc của cơ quan dẫn những chỗ thay đổi ({{.N}})", map[string]any{"N": strconv.Itoa(len(o.Affected))})))
		for _, a := range o.Affected {
			foot := nounWord(a.Ref.Noun)
			if a.Day != "" {
				foot += " · " + a.Day.String()
			}
			out = append(out, block{icon: stateIcon(kit.Attention), stop: true, texts: []text{{words: a.Title}, small(foot + " · " + a.Citation.Says() + " " + kit.In(a.Why))}})
		}
	}
	for _, part := range []struct {
		words string
		list  []record.PackItem
	}{
		{kit.T("Hết hiệu lực"), o.Ended}, {kit.T("Sửa đổi"), o.Amended}, {kit.T("Mới"), o.New}, {kit.T("Rút khỏi thư viện"), o.Withdrawn},
	} {
		if len(part.list) == 0 {
			continue
		}
		out = append(out, heading(part.words+" ("+strconv.Itoa(len(part.list))+")"))
		for _, i := range part.list {
			out = append(out, itemBlock(i))
		}
	}
	return out
}

func itemBlock(i record.PackItem) block {
	words := strings.TrimSpace(i.Number + " " + i.Title)
	if !hasStatus(i.Kind) {
		words = kit.Term(record.LawKinds, string(i.Kind)) + ": " + words
	}
	b := block{stop: true, icon: theme.Icon(theme.IconLaw), texts: []text{{words: words}}}
	if says := kit.In(i.Says); says != "" {
		b.texts = append(b.texts, small(says))
	}
	return b
}

// install takes the pack in behind a dialog that can stop it: all of it, or nothing.
func (p *packs) install(o record.PackOffer) {
	kit.RunWithProgress(p.s.desk.Runner, p.s.desk.Window, kit.T("Đang nhập gói, tính bằng KB"),
		func(ctx context.Context, report func(done, total int64)) (record.PackOffer, error) {
			return p.s.office.InstallPack(ctx, o.Path, func(done, total int64) { report(done>>10, total>>10) })
		}, p.installed)
}

func (p *packs) installed(o record.PackOffer, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		p.tell(kit.Plain, kit.T("Đã dừng; thư viện vẫn như trước. Nhập lại gói này thì làm tiếp từ chỗ dừng."))
	case err != nil:
		p.tell(kit.Wrong, kit.Sentence(err))
	default:
		words := kit.T("Đã nhập gói “{{.Title}}”, bản {{.N}}.", map[string]any{"Title": o.Title, "N": strconv.FormatInt(o.Version, 10)})
		state := kit.Fine
		if n := len(o.Affected); n > 0 {
			state = kit.Attention
			words += " " + kit.T("{{.N}} việc của cơ quan dẫn chỗ thay đổi: xem thẻ Cần xem lại.", map[string]any{"N": strconv.Itoa(n)})
		}
		p.tell(state, words)
	}
	p.s.focus(p.take)
	p.s.changed()
}
