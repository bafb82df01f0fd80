package record

import "strings"

// Directive is a document by which the office or those above it steer the work: a
// plan, an official letter, a decision (indicator I1).
type Directive struct {
	ID      ID
	Kind    string   `rec:"kind,A" say:"Loại văn bản|Kind"` // one of DirectiveKinds
	Number  string   `rec:"number,A" say:"Số, ký hiệu|Number"`
	Title   string   `rec:"title,A" say:"Trích yếu|Title"`
	Issued  Date     `rec:"issued,A" say:"Ngày ban hành|Issued"`
	Issuer  string   `rec:"issuer,A" say:"Cơ quan ban hành|Issuer"`
	Task    string   `rec:"task,A" say:"Nhiệm vụ trong kế hoạch|Plan task"`
	Topics  []string `rec:"topics,A,set" say:"Lĩnh vực|Topics"`
	Content string   `rec:"content,A" say:"Nội dung chính|Content"`
	Note    string   `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Ref names the directive's row.
func (d Directive) Ref() Ref { return Ref{"directive", d.ID} }

// Validate refuses a document without a kind, a title or a day.
func (d Directive) Validate() error {
	var c checks
	c.refuse(Word(DirectiveKinds, d.Kind) != nil, "kind", "Chưa chọn loại văn bản.", "The kind of document has not been chosen.")
	c.refuse(strings.TrimSpace(d.Title) != "", "title", "Chưa ghi trích yếu.", "The document has no title.")
	c.day(d.Issued, "issued", "Ngày ban hành", "The day of issue")
	return c.err()
}

// Publication is a legal text or a material made public: what, where and when. It
// is what target (b) counts.
type Publication struct {
	ID         ID
	Document   string `rec:"document,A" say:"Số hiệu văn bản|Document"` // number, "45/2019/QH14"; empty for a material
	MaterialID ID     `rec:"material_id,A" say:"Tài liệu|Material"`
	Title      string `rec:"title,A" say:"Tên văn bản, tài liệu|Title"`
	Channel    string `rec:"channel,A" say:"Nơi công khai|Channel"` // one of PublicChannels
	Place      string `rec:"place,A" say:"Địa điểm, tên trang|Place"`
	Link       string `rec:"link,A" say:"Đường dẫn|Link"`
	On         Date   `rec:"day,A" say:"Ngày công khai|Day"`
	Until      Date   `rec:"until,A" say:"Đến ngày|Until"` // empty: still there
	UnitID     ID     `rec:"unit_id,A" say:"Đơn vị công khai|Unit"`
	Note       string `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Ref names the publication's row.
func (p Publication) Ref() Ref { return Ref{"publication", p.ID} }

// Validate refuses a publication of nothing, nowhere or without a day.
func (p Publication) Validate() error {
	var c checks
	c.refuse(strings.TrimSpace(p.Title) != "", "title", "Chưa ghi tên văn bản hoặc tài liệu.", "The document or material has no title.")
	c.refuse(Word(PublicChannels, p.Channel) != nil, "channel", "Chưa chọn nơi công khai.", "It has not been chosen where it was made public.")
	c.day(p.On, "day", "Ngày công khai", "The day")
	c.refuse(p.Until.Valid(), "until", "Ngày kết thúc không có trong lịch.", "The last day does not exist.")
	c.refuse(p.Until == "" || p.On == "" || p.On <= p.Until, "until", "Ngày kết thúc sớm hơn ngày công khai.", "It ends before it starts.")
	return c.err()
}

// Material is something made to be handed out, put up, shown or played.
type Material struct {
	ID        ID
	Kind      string     `rec:"kind,A" say:"Loại tài liệu|Kind"` // one of MaterialKinds
	Title     string     `rec:"title,A" say:"Tên tài liệu|Title"`
	Languages []string   `rec:"languages,A,set" say:"Ngôn ngữ|Languages"`
	Topics    []string   `rec:"topics,A,set" say:"Lĩnh vực|Topics"`
	On        Date       `rec:"day,A" say:"Ngày hoàn thành|Finished on"`
	Made      int64      `rec:"made,A" say:"Số bản làm ra|Copies made"`
	Given     int64      `rec:"given,A" say:"Số bản đã phát|Copies given"` // beside what activities gave
	Source    string     `rec:"source,A" say:"Nơi biên soạn|Made by"`
	Link      string     `rec:"link,A" say:"Đường dẫn|Link"`
	Citations []Citation `rec:"citations,A" say:"Căn cứ pháp luật|Citations"`
	Note      string     `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Ref names the material's row.
func (m Material) Ref() Ref { return Ref{"material", m.ID} }

// Validate refuses a material without name or kind, and more copies given than made.
func (m Material) Validate() error {
	var c checks
	c.refuse(Word(MaterialKinds, m.Kind) != nil, "kind", "Chưa chọn loại tài liệu.", "The kind of material has not been chosen.")
	c.refuse(strings.TrimSpace(m.Title) != "", "title", "Chưa có tên tài liệu.", "The material has no title.")
	c.day(m.On, "day", "Ngày hoàn thành", "The day")
	c.refuse(min(m.Made, m.Given) >= 0, "made", "Số bản không thể âm.", "Copies cannot be negative.")
	c.refuse(m.Made == 0 || m.Given <= m.Made, "given", "Số bản đã phát lớn hơn số bản làm ra.", "More copies were given than made.")
	c.citations(m.Citations)
	return c.err()
}
