package record

import "strings"

// Report is one version of a report the office owes: its own words while it is being
// written, and from the day it is signed the snapshot of the figures it was signed with. A
// signed one never changes; what changed since makes the next revision.
type Report struct {
	ID       ID
	Period   FigurePeriod `rec:"period,A" say:"Kỳ báo cáo|Period"`
	Revision int64        `rec:"revision,A" say:"Bản thứ|Revision"`           // 1 for the first
	Replaces ID           `rec:"replaces,A" say:"Thay cho|Replaces"`          // the revision before
	Reason   string       `rec:"reason,A" say:"Lý do lập lại|Why revised"`    // of a revision
	Status   string       `rec:"status,A" say:"Tình trạng|Status"`            // one of ReportStatuses
	Number   string       `rec:"number,A" say:"Số văn bản|Number"`            // without the series: "45"
	SignedOn Date         `rec:"signed_on,A" say:"Ngày ký|Signed on"`         // the day on the paper
	Signer   Signer       `rec:"signer,A" say:"Người ký|Signer"`              // as on the day of signing
	Template string       `rec:"template,A" say:"Mẫu sổ báo cáo|Template"`    // its code; "": the standard one
	Snapshot string       `rec:"snapshot,A" say:"Bản chốt số liệu|Snapshot"`  // SHA-256 of the snapshot kept with it, hex
	Changes  []string     `rec:"changes,A" say:"Điểm khác bản trước|Changes"` // from the revision before, in sentences

	Basis        string `rec:"basis,A" say:"Căn cứ thực hiện|Carried out"` // number, day, issuer and subject of the plan
	Leading      string `rec:"leading,A" say:"Công tác chỉ đạo, triển khai|Leading the work"`
	Results      string `rec:"results,A" say:"Đánh giá kết quả đạt được|What was reached"`
	Difficulties string `rec:"difficulties,A" say:"Khó khăn, vướng mắc|Difficulties"`
	Causes       string `rec:"causes,A" say:"Nguyên nhân|Causes"`
	Next         string `rec:"next,A" say:"Phương hướng, nhiệm vụ năm tiếp theo|The year to come"`
	Proposals    string `rec:"proposals,A" say:"Đề xuất, kiến nghị|Proposals"`
}

// ReportStatuses are how far a report has come.
var ReportStatuses = []Term{
	term("draft", "Đang soạn", "Draft"),
	term("signed", "Đã ký", "Signed"),
}

// Ref names the report's row.
func (r Report) Ref() Ref { return Ref{"report", r.ID} }

// Signed reports whether its figures are frozen.
func (r Report) Signed() bool { return r.Status == "signed" }

// Texts are what the office says itself under the headings of the report, by the section's code; empty ones are left out.
func (r Report) Texts() map[string]string {
	out := map[string]string{}
	for code, text := range map[string]string{
		"leading": r.Leading, "results": r.Results, "difficulties": r.Difficulties, "causes": r.Causes, "next": r.Next, "proposals": r.Proposals,
	} {
		if text != "" {
			out[code] = text
		}
	}
	return out
}

// SetText gives a section its words, or "basis" what the report carries out; false for a
// section that there is not.
func (r *Report) SetText(section, text string) bool {
	at := map[string]*string{
		"basis": &r.Basis, "leading": &r.Leading, "results": &r.Results, "difficulties": &r.Difficulties, "causes": &r.Causes, "next": &r.Next, "proposals": &r.Proposals,
	}[section]
	if at != nil {
		*at = text
	}
	return at != nil
}

// Validate refuses a report of no days, a revision of nothing, and a signature under
// nothing.
func (r Report) Validate() error {
	var c checks
	p := r.Period
	c.refuse(p.From != "" && p.From.Valid() && p.To.Valid() && p.From <= p.To, "period", "Kỳ báo cáo chưa đủ ngày đầu và ngày cuối.", "The period needs its first and last day.")
	c.refuse(r.Revision >= 1, "revision", "Số thứ tự bản báo cáo không đúng.", "The revision has no number.")
	c.refuse(r.Revision == 1 || !r.Replaces.IsZero(), "replaces", "Chưa rõ bản này thay cho bản nào.", "It is not said which report this one replaces.")
	c.refuse(r.Revision == 1 || strings.TrimSpace(r.Reason) != "", "reason", "Chưa ghi lý do lập lại báo cáo.", "It is not said why the report is revised.")
	c.refuse(Word(ReportStatuses, r.Status) != nil, "status", "Tình trạng không có trong danh mục.", "The status is not one of the list.")
	c.refuse(r.SignedOn.Valid(), "signed_on", "Ngày ký không có trong lịch.", "The day of signing does not exist.")
	c.refuse(!r.Signed() || r.SignedOn != "", "signed_on", "Chưa có ngày ký.", "The day of signing is missing.")
	c.refuse(!r.Signed() || isHash(r.Snapshot), "snapshot", "Báo cáo đã ký mà không có bản chốt số liệu.", "A signed report without its snapshot.")
	return c.err()
}

// SameReport reports whether two periods are those of one report: the same part of the
// same year by the same rule, wherever its cut-off, or the same days.
func (p FigurePeriod) SameReport(q FigurePeriod) bool {
	if p.Rule != q.Rule || p.Year != q.Year || p.Part != q.Part || p.Map != q.Map {
		return false
	}
	return p.Year > 0 || p.From == q.From && p.To == q.To
}

// Template is a workbook that reports are filled into.
type Template struct {
	Code     string   `json:"code"`
	File     string   `json:"file"` // its name; of the office's own its SHA-256
	Name     Words    `json:"name"`
	Version  int      `json:"version"`
	Valid    Validity `json:"valid"`    // the periods, by their last day, that it is used for
	Note     Words    `json:"note"`     // where it comes from and how sure that is
	Standard bool     `json:"standard"` // used where nobody chose another
	Own      bool     `json:"-"`        // put in by the office
}
