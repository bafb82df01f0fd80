package record

import "strings"

// Model is a good practice worth copying (indicator I15).
type Model struct {
	ID        ID
	Title     string   `rec:"title,A" say:"Tên mô hình, cách làm|Title"`
	UnitID    ID       `rec:"unit_id,A" say:"Đơn vị thực hiện|Unit"`
	Place     string   `rec:"place,A" say:"Địa điểm|Place"`
	Since     Date     `rec:"since,A" say:"Từ ngày|Since"`
	Content   string   `rec:"content,A" say:"Cách làm|Content"`
	Result    string   `rec:"result,A" say:"Kết quả|Result"`
	TakenOver []ID     `rec:"taken_over,A,set" say:"Đơn vị đã làm theo|Taken over by"`
	Topics    []string `rec:"topics,A,set" say:"Lĩnh vực|Topics"`
	Note      string   `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Ref names the model's row.
func (m Model) Ref() Ref { return Ref{"model", m.ID} }

// Validate refuses a model without a name or a day.
func (m Model) Validate() error {
	var c checks
	c.refuse(strings.TrimSpace(m.Title) != "", "title", "Chưa có tên mô hình.", "The model has no title.")
	c.day(m.Since, "since", "Ngày bắt đầu", "The first day")
	return c.err()
}

// Budget is money planned and spent on a task in a year, beside what activities
// record themselves.
type Budget struct {
	ID       ID
	Year     int64  `rec:"year,A" say:"Năm|Year"`
	Source   string `rec:"source,A" say:"Nguồn kinh phí|Source"` // one of CostSources
	Task     string `rec:"task,A" say:"Nhiệm vụ trong kế hoạch|Plan task"`
	Content  string `rec:"content,A" say:"Nội dung chi|Content"`
	Planned  int64  `rec:"planned,A" say:"Dự toán (đồng)|Planned (đồng)"`
	Spent    int64  `rec:"spent,A" say:"Đã chi ngoài các hoạt động đã ghi (đồng)|Spent beside recorded activities (đồng)"`
	Decision string `rec:"decision,A" say:"Quyết định giao dự toán|Decision"`
	Note     string `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Ref names the budget line's row.
func (b Budget) Ref() Ref { return Ref{"budget", b.ID} }

// Validate refuses a line without year, source or content. More may be spent than
// was planned: that is for the report to show.
func (b Budget) Validate() error {
	var c checks
	c.refuse(b.Year >= 2000 && b.Year <= 2100, "year", "Năm ghi bằng bốn chữ số, ví dụ 2026.", "The year has four digits, like 2026.")
	c.refuse(Word(CostSources, b.Source) != nil, "source", "Chưa chọn nguồn kinh phí.", "The source has not been chosen.")
	c.refuse(strings.TrimSpace(b.Content) != "", "content", "Chưa ghi nội dung chi.", "It is not said what for.")
	c.refuse(min(b.Planned, b.Spent) >= 0, "planned", "Số tiền không thể âm.", "Amounts cannot be negative.")
	return c.err()
}
