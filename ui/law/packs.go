package law

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Packer is an office that holds packs, takes them in and, at the province, builds them.
type Packer interface {
	Exchange(ctx context.Context) (record.Exchange, error)
	Packs(ctx context.Context) ([]record.PackChannel, error)
	OfferPack(ctx context.Context, path string) (record.PackOffer, error)
	InstallPack(ctx context.Context, path string, progress func(done, total int64)) (record.PackOffer, error)
	ShowPack(ctx context.Context, channel string, version int64) error
	BuildPack(ctx context.Context, s record.PackSources) (record.BuiltPack, error)
}

// packs is the view of the channels this PC holds and how fresh each is.
type packs struct {
	s    *Screen
	asks *kit.Latest

	list   []record.PackChannel
	said   *kit.Note
	take   *kit.PushButton
	build  *kit.PushButton
	column *column
	empty  *fyne.Container
	page   *fyne.Container
}

func newPacks(s *Screen) *packs {
	p := &packs{s: s, asks: kit.NewLatest(s.desk.Runner), said: kit.NewNote(kit.Plain, ""), column: newColumn(), empty: container.NewStack()}
	p.said.Hide()
	p.take = kit.Primary(kit.T("Nhập gói…"), fynetheme.IconNameDownload, p.choose)
	p.build = kit.Button(kit.T("Lập gói…"), fynetheme.IconNameUpload, p.askBuild)
	p.build.Hide()
	about := kit.Caption(kit.T("Gói nhận từ USB, thư hay trang của cấp trên. Trước khi nhập, máy nói rõ gói đổi những gì."))
	about.Wrap = true
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, kit.HStack(theme.SizeGap, p.take, p.build), about, p.said))
	p.page = kit.Border(kit.VStack(theme.SizeNone, head, kit.Hairline()), nil, nil, nil, container.NewStack(p.column, p.empty))
	return p
}

// held is what reload reads.
type held struct {
	list []record.PackChannel
	role record.Role
}

// reload reads the channels anew.
func (p *packs) reload() {
	kit.Ask(p.asks, func(ctx context.Context) (held, error) {
		list, err := p.s.office.Packs(ctx)
		if err != nil {
			return held{}, err
		}
		e, err := p.s.office.Exchange(ctx)
		return held{list, e.Role}, err
	}, func(h held, err error) {
		if err != nil {
			p.tell(kit.Wrong, kit.Sentence(err))
			return
		}
		p.list = h.list
		kit.SetVisible(p.build, h.role == record.RoleProvince)
		p.show()
	})
}

func (p *packs) tell(state kit.State, words string) {
	p.said.Set(state, words)
	kit.SetVisible(p.said, words != "")
	p.page.Refresh()
}

func (p *packs) show() {
	var blocks []block
	for _, c := range p.list {
		blocks = append(blocks, p.channelBlocks(c)...)
	}
	firstBare(blocks)
	p.column.replace(blocks)
	p.empty.RemoveAll()
	if len(p.list) == 0 {
		p.empty.Add(kit.EmptyState(kit.T("Máy này chưa có gói nào."), nil))
	}
	kit.SetVisible(p.column, len(p.list) > 0)
	p.page.Refresh()
}

// tooStale is how many days past its time a pack is said to be wrong rather than old.
const tooStale = 90

// starter is the channel that comes with the program.
const starter = "co-so"

// channelBlocks are a channel, how fresh it is and the versions that can be looked at.
func (p *packs) channelBlocks(c record.PackChannel) []block {
	data := map[string]any{"N": strconv.FormatInt(c.Version, 10), "Known": strconv.FormatInt(c.Known, 10), "Shown": strconv.FormatInt(c.Shown, 10), "Items": kit.Number(int64(c.Items))}
	name := kit.T("Kênh {{.Channel}}", map[string]any{"Channel": c.Channel})
	from := c.Publisher
	if c.Channel == starter {
		name, from = kit.T("Gói cơ sở"), kit.T("kèm theo chương trình")
	}
	about := kit.T("bản {{.N}}, {{.Items}} mục", data)
	if from != "" {
		about = from + " · " + about
	}
	if made := p.made(c.Created); made != "" {
		about += " · " + made
	}
	out := []block{{key: "channel:" + c.Channel, stop: true, rule: true, above: theme.SizeGroup,
		texts: []text{{words: name, size: theme.SizeSection, bold: true}, {words: c.Title}, small(about)}}}
	say := func(s kit.State, words string) {
		out = append(out, block{icon: stateIcon(s), indent: 0.5, texts: []text{{words: words}}})
	}
	n := map[string]any{"N": strconv.Itoa(c.Stale), "Day": c.FreshUntil.String()}
	switch {
	case c.FreshUntil == "":
	case c.Stale == 0:
		say(kit.Plain, kit.T("Còn mới, đến ngày {{.Day}}.", n))
	case c.Stale <= tooStale:
		say(kit.Attention, kit.T("Đã quá ngày {{.Day}} {{.N}} ngày: có thể thiếu quy định mới. Hãy xin cấp trên gói mới; gói này vẫn dùng được.", n))
	default:
		say(kit.Wrong, kit.T("Đã cũ: quá ngày {{.Day}} {{.N}} ngày. Kiểm tra lại hiệu lực trước khi trả lời, và xin cấp trên gói mới.", n))
	}
	if c.Known > c.Version {
		say(kit.Attention, kit.T("Cấp trên đã có bản {{.Known}}; máy này mới có bản {{.N}}.", data))
	}
	if c.Resume {
		say(kit.Attention, kit.T("Lần nhập trước dừng giữa chừng, thư viện chưa đổi. Nhập lại gói ấy thì làm tiếp từ chỗ dừng."))
	}
	if c.Shown != c.Version {
		say(kit.Attention, kit.T("Đang xem bản {{.Shown}}, không phải bản mới nhất.", data))
	}
	for _, v := range c.Versions {
		out = append(out, p.versionBlock(c, v))
	}
	return out
}

// made says when a version was made and how many days ago.
func (p *packs) made(stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return ""
	}
	day := record.DateOf(t.In(p.s.desk.Now().Location()))
	words := kit.T("lập ngày {{.Day}}", map[string]any{"Day": day.String()})
	if n := int(p.s.desk.Now().Sub(t) / (24 * time.Hour)); n > 0 {
		words += kit.T(", {{.N}} ngày trước", map[string]any{"N": strconv.Itoa(n)})
	}
	return words
}

func (p *packs) versionBlock(c record.PackChannel, v record.PackVersion) block {
	words := kit.T("Bản {{.N}}", map[string]any{"N": strconv.FormatInt(v.Version, 10)})
	if v.Title != "" {
		words += " · " + v.Title
	}
	if when := kit.When(v.Installed, p.s.desk.Now()); when != "" {
		words += " · " + kit.T("nhập {{.When}}", map[string]any{"When": when})
	}
	key := "version:" + c.Channel + ":" + strconv.FormatInt(v.Version, 10)
	if v.Version == c.Shown {
		return block{key: key, indent: 0.5, icon: theme.Icon(fynetheme.IconNameConfirm), texts: []text{{words: words + " · " + kit.T("đang xem")}}}
	}
	look := kit.T("Xem lại bản này")
	if v.Version == c.Version {
		look = kit.T("Trở lại bản mới nhất")
	}
	b := link(key, theme.Icon(fynetheme.IconNameHistory), func() { p.look(c.Channel, v.Version) }, text{words: look + ": " + words})
	b.indent = 0.5
	return b
}

// look shows another version of a channel; what is newest stays here.
func (p *packs) look(channel string, version int64) {
	kit.Do(p.s.desk.Runner, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.s.office.ShowPack(ctx, channel, version)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.tell(kit.Wrong, kit.Sentence(err))
			return
		}
		p.tell(kit.Plain, kit.T("Thư viện đang hiện bản {{.N}} của kênh {{.Channel}}.", map[string]any{"N": strconv.FormatInt(version, 10), "Channel": channel}))
		p.s.changed()
	})
}

// changed reads everything anew: the library shows other texts.
func (s *Screen) changed() {
	for i := range s.views {
		s.views[i].stale = true
	}
	s.Reload()
}

func (p *packs) panes() []kit.Pane {
	out := []kit.Pane{{Object: p.take}}
	if p.build.Visible() {
		out = append(out, kit.Pane{Object: p.build})
	}
	return append(out, kit.Pane{Object: p.column, Target: func() fyne.Focusable { return p.column }})
}
