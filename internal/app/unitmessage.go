package app

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// alarm is what is most wrong with a unit's machines or files.
func (g *grid) alarm(u trust.RosterUnit, row *record.UnitRow) (record.Words, error) {
	var clock record.Words
	for _, d := range g.machines[u.Code] {
		if d.Unit != u.Code || d.Cut != nil && !forked(g.streams[d.ID]) {
			continue // it has moved on, or was replaced
		}
		st := g.streams[d.ID]
		if forked(st) {
			return named(d.Name, g.a.alarmOf(st)), nil
		}
		lost, err := g.restored(d)
		if err != nil {
			return record.Words{}, err
		}
		if lost > 0 {
			return named(d.Name, record.Words{
				VI: "sổ trên máy này được khôi phục từ một bản cũ và thiếu " + number(lost) + " mục mà ở đây đã nhận. Hãy gửi tệp trả lời để máy lấy lại.",
				EN: "the register on this PC was restored from an old copy and lacks " + number(lost) + " entries that were received here. Send the answers, and it gets them back.",
			}), nil
		}
		if w := g.a.alarmOf(st); w.VI != "" {
			clock = named(d.Name, w)
		}
	}
	if clock.VI != "" {
		return clock, nil
	}
	for _, m := range row.Months {
		if m.State == "damaged" {
			c := g.broken(u.Code)
			return record.Words{
				VI: "Tệp " + c.Name + " nhận ngày " + c.day.String() + " bị hỏng; đề nghị đơn vị giao lại.",
				EN: "File " + c.Name + " of " + c.day.String() + " is damaged; ask the unit for another.",
			}, nil
		}
	}
	return record.Words{}, nil
}

func named(machine string, w record.Words) record.Words {
	return record.Words{VI: "Máy “" + machine + "”: " + w.VI, EN: "PC “" + machine + "”: " + w.EN}
}

// broken is the last file of a unit that came broken.
func (g *grid) broken(unit string) came {
	c, _ := g.damaged(unit, "")
	return c
}

// restored is how many entries a machine lacks of the stream it goes on from: all of them
// are its own, so it had them before.
func (g *grid) restored(d trust.RosterDevice) (int64, error) {
	st := g.streams[d.Continues]
	if d.Continues == "" || len(st.Heads) == 0 {
		return 0, nil
	}
	said, err := g.a.saidBy(g.ctx, d.ID)
	if err != nil || said.Heads == nil {
		return 0, err
	}
	return max(0, st.Heads[0].N-said.Heads[d.Continues].N), nil
}

// message asks a unit for what is missing or damaged and says how to put it right; ""
// when there is nothing to ask.
func (g *grid) message(u trust.RosterUnit, row *record.UnitRow) string {
	var lacks []string
	months := func(state string) string {
		var list []string
		for i, m := range row.Months {
			if m.State == state {
				list = append(list, fmt.Sprint(i+1))
			}
		}
		return strings.Join(list, ", ")
	}
	if m := months("never"); m != "" {
		lacks = append(lacks, fmt.Sprintf("- Chưa nhận được dữ liệu tháng %s năm %d.", m, g.year))
	}
	if m := months("damaged"); m != "" {
		c := g.broken(u.Code)
		lacks = append(lacks, fmt.Sprintf("- Tệp %s nhận ngày %s bị hỏng trên đường, nên chưa có dữ liệu tháng %s năm %d.", c.Name, c.day, m, g.year))
	}
	if w := g.aboutReport(row); w != "" {
		lacks = append(lacks, "- "+w)
	}
	if row.Alarm.VI != "" && months("damaged") == "" {
		lacks = append(lacks, "- "+row.Alarm.VI)
	}
	if len(lacks) == 0 {
		return ""
	}
	return fmt.Sprintf(`Kính gửi %s,
%s xin báo:
%s
Dữ liệu đã ghi trong sổ của đơn vị vẫn giữ đủ. Đề nghị đơn vị:
1. Mở Sổ Phổ Biến, vào Trao đổi; nếu có tệp biên nhận của cấp trên thì nhận trước (Nhận từ thư mục hoặc USB).
2. Nhấn Giao, chọn USB hoặc thư mục rồi chờ dòng báo đã đọc lại đúng; không đổi tên và không mở tệp.
3. Gửi các tệp SPB_%s_… vừa ghi về %s. Khi nhận được biên nhận, mục Trao đổi báo “Cấp trên đã ghi nhận”.
Trân trọng.`, row.Unit.FullName(), g.s.unitName(g.s.code), strings.Join(lacks, "\n"), u.Code, g.s.unitName(g.s.code))
}

// reportSoon is how many days before the report is due a unit is reminded of it.
const reportSoon = 60

// aboutReport is what is to be said of the report of the year.
func (g *grid) aboutReport(row *record.UnitRow) string {
	switch r := row.Report; {
	case r.State == "returned":
		return fmt.Sprintf("Báo cáo năm %d (bản %d) bị trả lại: %s Đề nghị lập bản mới có ghi lý do, ký rồi giao lại.", g.year, r.Revision, sentence(r.Reason))
	case r.State != "none" || !row.Unit.Valid.Has(g.report.On):
		return ""
	case g.report.Days < 0:
		return fmt.Sprintf("Chưa nhận được báo cáo năm %d; hạn gửi là ngày %s.", g.year, g.report.On)
	case g.report.Days <= reportSoon:
		return fmt.Sprintf("Chưa nhận được báo cáo năm %d; hạn gửi là ngày %s, còn %d ngày làm việc.", g.year, g.report.On, g.report.WorkDays)
	}
	return ""
}

// sentence ends a text with a full stop.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?…") {
		return text
	}
	return text + "."
}
