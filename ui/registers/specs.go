package registers

import (
	"time"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// specs are the registers in the order of their names above the page.
func specs(now func() time.Time) []ledger.Spec {
	today := func() record.Date { return record.DateOf(now()) }
	return []ledger.Spec{
		units(), instructors(), directives(today), publications(today), materials(today), surveys(today), models(today), budgets(now),
	}
}

func units() ledger.Spec {
	return ledger.Spec{
		Words:   ledger.ListWords{New: kit.T("Đơn vị mới"), Nothing: kit.T("Chưa có đơn vị nào. Danh sách doanh nghiệp nhập ở Thiết lập › Nhập danh sách.")},
		Touches: []string{"activity"},
		Begin:   func() record.Noun { return record.Unit{Kind: "enterprise"} },
		Heading: func(n record.Noun) string { return n.(record.Unit).FullName() },
		Build: func(f *ledger.Form) {
			f.Add(
				f.Text("name"),
				kit.TwoColumns(f.Term("kind"), f.Unit("parent_id")),
				f.Text("address"),
				kit.TwoColumns(f.Number("workers.total", kit.T("Số lao động")), f.Number("workers.women", kit.T("Trong đó nữ"))),
				f.Terms("focus"),
			)
			f.More()
			f.Add(
				kit.TwoColumns(f.Number("workers.ethnic_minority", kit.T("Lao động dân tộc thiểu số")), f.Number("workers.disabled", kit.T("Lao động khuyết tật"))),
				kit.TwoColumns(f.Text("code"), f.Text("sector")),
				kit.TwoColumns(f.Day("valid.from", kit.T("Có từ ngày")), f.Day("valid.to", kit.T("Đến hết ngày"))),
				f.Text("type"),
				f.Lines("aliases", kit.T("Tên gọi khác, cách nhau bằng dấu ;")),
				f.Units("predecessors"), f.Units("successors"),
				f.Long("note", 3),
			)
		},
	}
}

func instructors() ledger.Spec {
	return ledger.Spec{
		Words:   ledger.ListWords{New: kit.T("Thành viên mới"), Nothing: kit.T("Chưa có ai trong mạng lưới.")},
		Touches: []string{"person"},
		Begin:   func() record.Noun { return record.Instructor{Level: "commune"} },
		Heading: func(n record.Noun) string { return kit.Term(record.InstructorKinds, n.(record.Instructor).Kind) },
		Build: func(f *ledger.Form) {
			f.Add(
				f.Person("person_id", kit.T("Họ và tên (chọn trong sổ người)")),
				kit.TwoColumns(f.Term("kind"), f.Term("level")),
				f.Languages("languages"),
				f.Text("qualification"),
				f.Text("decision"),
				kit.TwoColumns(f.Day("valid.from", kit.T("Công nhận từ ngày")), f.Day("valid.to", kit.T("Đến hết ngày"))),
			)
			f.More()
			f.Add(f.Trainings("trained"), f.Long("note", 3))
		},
	}
}

func directives(today func() record.Date) ledger.Spec {
	return ledger.Spec{
		Words: ledger.ListWords{New: kit.T("Văn bản mới"), Nothing: kit.T("Chưa ghi văn bản chỉ đạo, kế hoạch nào.")},
		Begin: func() record.Noun { return record.Directive{Kind: "plan", Issued: today()} },
		Build: func(f *ledger.Form) {
			f.Add(
				kit.TwoColumns(f.Term("kind"), f.Text("number")),
				f.Text("title"),
				kit.TwoColumns(f.Day("issued"), f.Text("issuer")),
				f.Terms("topics"),
				f.Long("content", 4),
			)
			f.More()
			f.Add(f.Text("task"), f.Long("note", 3))
		},
		KeepsFiles: true,
	}
}

func publications(today func() record.Date) ledger.Spec {
	return ledger.Spec{
		Words: ledger.ListWords{New: kit.T("Lần công khai mới"), Nothing: kit.T("Chưa ghi lần công khai văn bản, tài liệu nào.")},
		Begin: func() record.Noun { return record.Publication{On: today()} },
		Build: func(f *ledger.Form) {
			f.Add(
				f.Text("title"),
				kit.TwoColumns(f.Term("channel"), f.Day("day")),
				kit.TwoColumns(f.Text("place"), f.Text("link")),
				kit.TwoColumns(f.Text("document"), f.Unit("unit_id")),
			)
			f.More()
			f.Add(kit.TwoColumns(f.Day("until"), f.Row("material_id", "material")), f.Long("note", 3))
		},
		KeepsFiles: true,
	}
}

func materials(today func() record.Date) ledger.Spec {
	return ledger.Spec{
		Words: ledger.ListWords{New: kit.T("Tài liệu mới"), Nothing: kit.T("Chưa ghi tài liệu nào.")},
		Begin: func() record.Noun {
			return record.Material{Kind: "leaflet", On: today(), Languages: []string{"Tiếng Việt"}}
		},
		Build: func(f *ledger.Form) {
			f.Add(
				f.Text("title"),
				kit.TwoColumns(f.Term("kind"), f.Day("day")),
				kit.TwoColumns(f.Number("made"), f.Number("given", kit.T("Số bản đã phát ngoài các hoạt động"))),
				f.Languages("languages"),
				f.Terms("topics"),
			)
			f.More()
			f.Add(kit.TwoColumns(f.Text("source"), f.Text("link")), f.Citations("citations", 3), f.Long("note", 3))
		},
		KeepsFiles: true,
	}
}

func surveys(today func() record.Date) ledger.Spec {
	return ledger.Spec{
		Words:   ledger.ListWords{New: kit.T("Khảo sát mới"), Nothing: kit.T("Chưa ghi cuộc khảo sát nào.")},
		Touches: []string{"activity"},
		Begin:   func() record.Noun { return record.Survey{Purpose: "needs", On: today()} },
		Build: func(f *ledger.Form) {
			f.Add(
				f.Text("title"),
				kit.TwoColumns(f.Term("purpose"), f.Day("day")),
				kit.TwoColumns(f.Number("sent"), f.Number("returned")),
				kit.TwoColumns(f.Row("activity_id", "activity"), f.Terms("audience")),
				surveySheet(f),
				f.Long("result", 3),
			)
			f.More()
			f.Add(f.Day("until"), f.Long("note", 3))
		},
		KeepsFiles: true,
	}
}

func models(today func() record.Date) ledger.Spec {
	return ledger.Spec{
		Words: ledger.ListWords{New: kit.T("Mô hình mới"), Nothing: kit.T("Chưa ghi mô hình, cách làm hay nào.")},
		Begin: func() record.Noun { return record.Model{Since: today()} },
		Build: func(f *ledger.Form) {
			f.Add(
				f.Text("title"),
				kit.TwoColumns(f.Unit("unit_id"), f.Text("place")),
				kit.TwoColumns(f.Day("since"), f.Units("taken_over")),
				f.Long("content", 4),
				f.Long("result", 3),
			)
			f.More()
			f.Add(f.Terms("topics"), f.Long("note", 3))
		},
		KeepsFiles: true,
	}
}

func budgets(now func() time.Time) ledger.Spec {
	return ledger.Spec{
		Words: ledger.ListWords{New: kit.T("Dòng kinh phí mới"), Nothing: kit.T("Chưa ghi dòng kinh phí nào. Chi cho từng buổi thì ghi ngay trong hoạt động.")},
		Begin: func() record.Noun { return record.Budget{Year: int64(now().Year()), Source: "state"} },
		Build: func(f *ledger.Form) {
			f.Add(
				kit.TwoColumns(f.Number("year"), f.Term("source")),
				f.Text("content"),
				kit.TwoColumns(f.Number("planned"), f.Number("spent")),
				kit.TwoColumns(f.Text("task"), f.Text("decision")),
			)
			f.More()
			f.Add(f.Long("note", 3))
		},
		KeepsFiles: true,
	}
}
