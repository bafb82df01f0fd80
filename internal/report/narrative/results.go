package narrative

import (
	"cmp"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// letters number the points of a section in the order of the Vietnamese alphabet.
var letters = []string{"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p"}

// results is section II: what was done in all, then by the two groups of tasks of part IV
// of the plan, then what names no task of them.
func (w *writer) results() []Block {
	out := []Block{heading(Heading1, "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ"), heading(Heading2, "1. Kết quả chung")}
	out = append(out, w.general()...)
	for i, g := range []string{"IV.1", "IV.2"} {
		head := []string{"2. Nhóm nhiệm vụ tại điểm 1 mục IV của Kế hoạch", "3. Nhóm nhiệm vụ tại điểm 2 mục IV của Kế hoạch"}[i]
		out = append(out, heading(Heading2, head))
		out = append(out, w.group(g)...)
	}
	if rest := w.tasksOf(""); len(rest) > 0 {
		out = append(out, heading(Heading2, "4. Hoạt động, kinh phí khác"))
		out = append(out, w.taskLines(rest)...)
	}
	return out
}

// general says every indicator that is not 0 in a sentence, and names those that are.
func (w *writer) general() []Block {
	var out []Block
	var none []string
	for _, s := range []struct {
		code string
		say  func() phrase
	}{
		{"I2", w.trainings}, {"I4", w.direct}, {"I6", w.reached}, {"I7", w.dialogues}, {"I8", w.contests}, {"I9", w.materials},
		{"I10", w.news}, {"I11", w.questions}, {"I13", w.surveys}, {"I15", w.models}, {"I14", w.money},
	} {
		if w.value(s.code, "") == 0 && w.value(s.code, "measure=given") == 0 {
			none = append(none, w.nameOf(s.code))
			continue
		}
		p := phrase{}.t(letters[min(len(out), len(letters)-1)] + ") ")
		out = append(out, body(append(p, s.say()...).t(".")))
	}
	if len(none) > 0 {
		out = append(out, body(phrase{}.t("Trong kỳ chưa phát sinh: "+strings.Join(none, "; ")+".")))
	}
	return append(out, w.since()...)
}

func (w *writer) nameOf(code string) string {
	for _, i := range report.Infos {
		if i.Code == code {
			return report.LowerFirst(i.Name.In(lang))
		}
	}
	return code
}

func (w *writer) trainings() phrase {
	p := phrase{}.t("Tập huấn, bồi dưỡng: đã tổ chức ").and("", w.figure("I2", "")).t(" lớp tập huấn, bồi dưỡng")
	p = w.listed(p, " (", "I2", "mode", " lớp", ")").t(" cho ").and("", w.figure("I3", "")).t(" lượt người")
	p = w.listed(p, " (trong đó ", "I3", "group", "", ")")
	p = w.listed(p, ", gồm: ", "I3", "audience", "", "")
	return w.compared(p, counted{"I2", "", "lớp"}, counted{"I3", "", "lượt người"})
}

func (w *writer) direct() phrase {
	p := phrase{}.t("Phổ biến trực tiếp (gồm cả lớp tập huấn được tính là phổ biến trực tiếp): đã tổ chức ").and("", w.figure("I4", "")).t(" cuộc")
	p = w.listed(p, " (", "I4", "setting", " cuộc", "")
	p = w.listed(p, "; ", "I4", "host", " cuộc", ")").t(" với ").and("", w.figure("I5", "")).t(" lượt người tham dự")
	p = w.listed(p, " (trong đó ", "I5", "group", "", ")")
	p = w.listed(p, ", gồm: ", "I5", "audience", "", "")
	p = w.compared(p, counted{"I4", "", "cuộc"}, counted{"I5", "", "lượt người"})
	return w.topics(p)
}

// topics adds what was spoken of most.
func (w *writer) topics(p phrase) phrase {
	const most = 5
	list := w.parts(w.Figures, "I4", "topic")
	slices.SortStableFunc(list, func(a, b record.Figure) int { return cmp.Compare(b.Value, a.Value) })
	var all []phrase
	for _, f := range list[:min(most, len(list))] {
		if f.Value > 0 {
			all = append(all, phrase{}.t(w.partWord("topic", f.Split["topic"])+" (").and("", w.figure("I4", f.SplitKey())).t(" cuộc)"))
		}
	}
	if len(all) == 0 {
		return p
	}
	return p.t(". Nội dung được phổ biến nhiều nhất: ").and("; ", all...)
}

func (w *writer) reached() phrase {
	p := phrase{}.t("Tiếp cận đơn vị sử dụng lao động: đã đến ").and("", w.figure("I6", "")).t(" doanh nghiệp, hợp tác xã, hộ kinh doanh")
	p = w.listed(p, " (", "I6", "unit", "", ")")
	p = w.ofAll(p, "", "measure=registered", " đơn vị có trong sổ")
	if w.value("I6", "measure=workers") > 0 {
		p = p.t("; các đơn vị này có ").and("", w.figure("I6", "measure=workers")).t(" lao động")
		p = w.ofAll(p, "measure=workers", "measure=workers_registered", " lao động của các đơn vị có trong sổ")
	}
	p = w.listed(p, "; trong đó đối tượng ưu tiên: ", "I6", "focus", " đơn vị", "")
	return w.compared(p, counted{"I6", "", "đơn vị"})
}

// ofAll adds the whole a figure of I6 is a part of, and its share.
func (w *writer) ofAll(p phrase, part, whole, unit string) phrase {
	all := w.value("I6", whole)
	if all == 0 {
		return p
	}
	return p.t(" trên tổng số ").and("", w.figure("I6", whole)).t(unit+", đạt ").
		v(percent(share(w.value("I6", part), all)), sharePrefix+w.names.of("I6", part))
}

func (w *writer) dialogues() phrase {
	p := phrase{}.t("Đối thoại, tọa đàm, hội thảo, diễn đàn: đã tổ chức ").and("", w.figure("I7", "")).t(" cuộc")
	p = w.listed(p, " (", "I7", "kind", " cuộc", ")").t(" với ").and("", w.figure("I7", "measure=people")).t(" lượt người")
	return w.compared(p, counted{"I7", "", "cuộc"})
}

func (w *writer) contests() phrase {
	p := phrase{}.t("Cuộc thi tìm hiểu pháp luật: đã tổ chức ").and("", w.figure("I8", "")).t(" cuộc thi với ").
		and("", w.figure("I8", "measure=entries")).t(" lượt người dự thi, trao ").and("", w.figure("I8", "measure=prizes")).t(" giải")
	return w.compared(p, counted{"I8", "", "cuộc thi"})
}

func (w *writer) materials() phrase {
	p := phrase{}.t("Tài liệu: đã biên soạn ").and("", w.figure("I9", "")).t(" đầu tài liệu")
	p = w.listed(p, " (", "I9", "material", "", ")").t(", làm ra ").and("", w.figure("I9", "measure=made")).t(" bản; đã cấp phát ").
		and("", w.figure("I9", "measure=given")).t(" bản")
	p = w.listed(p, " (", "I9", "given", " bản", ")")
	var all []phrase
	for _, f := range w.parts(w.Figures, "I9", "language") {
		if f.Value != 0 {
			all = append(all, phrase{}.t(report.PartIn("language", f.Split["language"], nil, lang)+" ").and("", w.figure("I9", f.SplitKey())))
		}
	}
	if len(all) > 0 {
		p = p.t("; số đầu tài liệu theo ngôn ngữ: ").and(", ", all...)
	}
	return w.compared(p, counted{"I9", "measure=given", "bản cấp phát"})
}

func (w *writer) news() phrase {
	p := phrase{}.t("Tin, bài, phát thanh, mạng xã hội: ").and("", w.figure("I10", "")).t(" lượt")
	return w.compared(w.listed(p, " (", "I10", "kind", "", ")"), counted{"I10", "", "lượt"})
}

func (w *writer) questions() phrase {
	p := phrase{}.t("Câu hỏi, vướng mắc: đã tiếp nhận ").and("", w.figure("I11", "")).t(" câu hỏi, vướng mắc")
	p = w.listed(p, " (", "I11", "audience", " câu của", ")").t("; đã trả lời trong kỳ ").and("", w.figure("I11", "measure=answered")).t(" câu, trong đó đúng hạn ").
		and("", w.figure("I11", "measure=on_time")).t(" câu")
	for _, m := range []struct{ part, words string }{
		{"passed", "; chuyển cấp trên, cơ quan khác "}, {"difficulties", "; trong số tiếp nhận, khó khăn, vướng mắc cần tháo gỡ là "}, {"carried", "; từ kỳ trước chuyển sang "},
		{"carried_answered", ", đã trả lời trong kỳ "},
	} {
		if key := "measure=" + m.part; w.value("I11", key) > 0 {
			p = p.t(m.words).and("", w.figure("I11", key)).t(" câu")
		}
	}
	return w.compared(p, counted{"I11", "", "câu"})
}

func (w *writer) surveys() phrase {
	p := phrase{}.t("Khảo sát: đã tổ chức ").and("", w.figure("I13", "measure=surveys")).t(" cuộc khảo sát, phát ra ").
		and("", w.figure("I13", "")).t(" phiếu, thu về ").and("", w.figure("I13", "measure=returned")).t(" phiếu")
	return w.compared(p, counted{"I13", "", "phiếu"})
}

func (w *writer) models() phrase {
	p := phrase{}.t("Mô hình, cách làm hay: ").and("", w.figure("I15", "")).t(" mô hình")
	if w.value("I15", "measure=taken_over") > 0 {
		p = p.t(", có ").and("", w.figure("I15", "measure=taken_over")).t(" đơn vị đã làm theo")
	}
	return w.compared(p, counted{"I15", "", "mô hình"})
}

func (w *writer) money() phrase {
	p := phrase{}.t("Kinh phí: đã chi ").and("", w.figure("I14", "")).t(" đồng")
	var all []phrase
	for _, f := range w.parts(w.Figures, "I14", "source") {
		if f.Value != 0 {
			all = append(all, phrase{}.t(w.partWord("source", f.Split["source"])+" ").and("", w.figure("I14", f.SplitKey())).t(" đồng"))
		}
	}
	if len(all) > 0 {
		p = p.t(" (").and(", ", all...).t(")")
	}
	if w.value("I14", "measure=planned") > 0 {
		p = p.t("; dự toán được giao ").and("", w.figure("I14", "measure=planned")).t(" đồng")
	}
	return w.compared(p, counted{"I14", "", "đồng"})
}

// since adds up the years of the plan.
func (w *writer) since() []Block {
	if w.Since == nil {
		return nil
	}
	sum := func(code, splitKey string) phrase {
		v, _ := w.Since.Value(code, splitKey)
		return phrase{}.n(v, sincePrefix+w.names.of(code, splitKey))
	}
	p := phrase{}.t("Lũy kế từ ngày "+w.Since.Period.From.String()+": ").and("", sum("I2", "")).t(" lớp tập huấn cho ").and("", sum("I3", "")).
		t(" lượt người; ").and("", sum("I4", "")).t(" cuộc phổ biến trực tiếp với ").and("", sum("I5", "")).t(" lượt người; ").
		and("", sum("I7", "")).t(" cuộc đối thoại, tọa đàm, hội thảo, diễn đàn; ").and("", sum("I9", "measure=given")).t(" bản tài liệu cấp phát; ").
		and("", sum("I11", "")).t(" câu hỏi, vướng mắc đã tiếp nhận.")
	return []Block{body(p)}
}
