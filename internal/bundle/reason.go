package bundle

import (
	"errors"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// withReason is an error with the code that a receipt gives for it.
type withReason struct {
	code string
	err  error
}

func (r *withReason) Error() string { return r.code + ": " + r.err.Error() }
func (r *withReason) Unwrap() error { return r.err }

// WithReason gives an error one of the Reasons, which Explain and ReasonOf then find.
func WithReason(code string, err error) error { return &withReason{code, err} }

// reasoned gives what was found wrong with the lines of a bundle a reason, unless it
// has one.
func reasoned(err error) error {
	if err == nil || explicit(err) != "" {
		return err
	}
	return WithReason(ReasonOf(err), err)
}

// ReasonOf is the code that says best why something was refused, "" for nil and for
// what is no refusal of a file: then the file may be good, and is tried again.
func ReasonOf(err error) string {
	if code := explicit(err); code != "" {
		return code
	}
	for _, k := range kindReasons {
		if errors.Is(err, k.is) {
			return k.code
		}
	}
	return ""
}

// explicit is the reason somebody gave an error, or package seal's.
func explicit(err error) string {
	if r := (*withReason)(nil); errors.As(err, &r) {
		return r.code
	}
	for _, k := range sealReasons {
		if errors.Is(err, k.is) {
			return k.code
		}
	}
	return ""
}

type reasonOf struct {
	is   error
	code string
}

// sealReasons has the narrower before the wider.
var sealReasons = []reasonOf{
	{seal.ErrForeign, "foreign"},
	{seal.ErrNewer, "newer"},
	{seal.ErrCritical, "critical"},
	{seal.ErrUnknownDevice, "unknown-device"},
	{seal.ErrNotTrusted, "not-trusted"},
	{seal.ErrTooLarge, "too-large"},
	{seal.ErrWrongRecipient, "wrong-recipient"},
	{seal.ErrTruncated, "truncated"},
	{seal.ErrDamaged, "damaged"},
}

// kindReasons are what errors say that nobody gave a reason.
var kindReasons = []reasonOf{
	{oplog.ErrTooLong, "too-large"},
	{record.ErrNewer, "newer"},
	{record.ErrNotTrusted, "not-trusted"},
	{record.ErrSpace, "no-space"},
	{record.ErrDamaged, "damaged"},
	{record.ErrInvalid, "damaged"},
}

// Explain turns a refusal of a bundle into a sentence for people. What has no reason
// of its own is given back as it came.
func Explain(err error) error {
	if r := reasonAt(explicit(err)); r != nil {
		return record.Refuse(r.kind, r.words.VI, r.words.EN).Because(err)
	}
	return err
}

// Sentence is what a reason says to people: what happened, where, and what to do. A
// code this version does not know has no sentence.
func Sentence(code string) (record.Words, bool) {
	if r := reasonAt(code); r != nil {
		return r.words, true
	}
	return record.Words{}, false
}

// Reasons are the codes a receipt may give.
func Reasons() []string {
	out := make([]string, len(reasons))
	for i := range reasons {
		out[i] = reasons[i].code
	}
	return out
}

func reasonAt(code string) *reason {
	for i := range reasons {
		if reasons[i].code == code {
			return &reasons[i]
		}
	}
	return nil
}

type reason struct {
	code  string
	kind  error
	words record.Words
}

var reasons = []reason{
	{"damaged", record.ErrDamaged, record.Words{
		VI: "Tệp bị hỏng trên đường đi; nơi nhận không nhận gì từ tệp này. Hãy chép lại tệp từ máy đã đóng gói rồi giao lại.",
		EN: "The file was damaged on its way; the receiver took nothing from it. Copy it again from the PC that made it and hand it over again."}},
	{"truncated", record.ErrDamaged, record.Words{
		VI: "Tệp bị cắt ngang, thường do rút USB hay ngắt tải giữa chừng; nơi nhận không nhận gì. Hãy chép lại tệp, chờ báo xong rồi mới rút.",
		EN: "The file is cut short, mostly because a stick was pulled or a download broke off; the receiver took nothing. Copy it again and wait until it says it is done."}},
	{"foreign", record.ErrInvalid, record.Words{
		VI: "Tệp này không phải là gói của chương trình; không nhận gì, tệp để nguyên. Hãy chọn tệp có tên bắt đầu bằng SPB_.",
		EN: "This file is no bundle of this program; nothing was taken in, the file is untouched. Choose a file whose name begins with SPB_."}},
	{"newer", record.ErrNewer, record.Words{
		VI: "Gói do bản chương trình mới hơn đóng nên nơi nhận chưa đọc được; hãy cài bản mới ở nơi nhận rồi nhận lại tệp.",
		EN: "The bundle was made by a newer version than the receiver has; install the new version there and take the file in again."}},
	{"critical", record.ErrNewer, record.Words{
		VI: "Gói cần một tính năng mà bản chương trình ở nơi nhận chưa có; gói được giữ lại, cài bản mới xong thì nhận lại.",
		EN: "The bundle needs a feature the receiver's version lacks; it is kept there: install the new version and take it in again."}},
	{"not-trusted", record.ErrNotTrusted, record.Words{
		VI: "Chữ ký trong gói không đúng, có thể tệp đã bị sửa; nơi nhận không nhận gì. Hãy gọi cho đơn vị gửi và xin tệp mới.",
		EN: "A signature of the bundle is wrong, perhaps the file was altered; the receiver took nothing. Call the sending office and ask for a new file."}},
	{"unknown-device", record.ErrNotTrusted, record.Words{
		VI: "Không xác nhận được chữ ký của gói: máy đã đóng gói chưa có trong danh sách máy ở nơi nhận; tệp được giữ lại, chưa tính gì. Hãy gửi tệp đăng ký máy lên tỉnh; được duyệt thì tệp vào sổ, không phải giao lại.",
		EN: "The signature of the bundle cannot be confirmed: the PC that made it is not on the receiver's roster; the file is kept and counts nowhere yet. Send the PC's enrolment to the province: once it is approved the file is taken in, and need not be handed over again."}},
	{"revoked", record.ErrNotTrusted, record.Words{
		VI: "Máy đã ghi phần này đã bị thu hồi; nơi nhận giữ riêng phần ghi sau lúc thu hồi. Hãy gọi cho cán bộ phụ trách ở tỉnh để xem lại.",
		EN: "The PC that wrote this was revoked; the receiver keeps apart what it wrote after that. Call the officer in charge at the province to look at it."}},
	{"wrong-unit", record.ErrNotTrusted, record.Words{
		VI: "Gói ghi tên một đơn vị khác với đơn vị của máy đã ký; nơi nhận không nhận gì. Hãy xem lại đơn vị trong phần cài đặt của máy gửi rồi đóng gói lại.",
		EN: "The bundle names another unit than that of the PC that signed it; the receiver took nothing. Check the unit in the settings of the sending PC and seal again."}},
	{"wrong-recipient", record.ErrNotTrusted, record.Words{
		VI: "Gói được đóng cho nơi nhận khác nên máy này không mở được. Hãy chuyển tệp cho đúng nơi nhận, hoặc xin đơn vị gửi đóng gói lại.",
		EN: "The bundle is sealed to another recipient, so this PC cannot open it. Pass the file on to its recipient, or ask the sender to seal it again."}},
	{"too-large", record.ErrDamaged, record.Words{
		VI: "Gói, hoặc một tệp trong gói, lớn hơn mức cho phép; nơi nhận không nhận gì. Hãy giảm dung lượng ảnh, bản quét ở máy gửi rồi giao lại.",
		EN: "The bundle, or a file in it, is larger than allowed; the receiver took nothing. Make photos and scans smaller on the sending PC and hand over again."}},
	{"replay", record.ErrConflict, record.Words{
		VI: "Gói này cũ hơn gói nơi nhận đã có và không có gì mới; nơi nhận giữ dữ liệu đang có. Hãy giao gói mới nhất.",
		EN: "This bundle is older than what the receiver has and brings nothing new; the receiver keeps what it has. Hand over the newest one."}},
	{"bad-chain", record.ErrDamaged, record.Words{
		VI: "Các mục trong gói không nối tiếp nhau; nơi nhận không nhận gì. Hãy kiểm tra sổ ở máy gửi (Trao đổi, Kiểm tra) rồi đóng gói lại.",
		EN: "The entries of the bundle do not follow one another; the receiver took nothing. Check the register on the sending PC (Exchange, Check) and seal again."}},
	{"bad-value", record.ErrNotTrusted, record.Words{
		VI: "Gói có giá trị khác với giá trị đã cam kết khi ghi sổ; nơi nhận không nhận gì. Hãy kiểm tra sổ ở máy gửi rồi đóng gói lại.",
		EN: "The bundle holds a value other than the one promised when it was written; the receiver took nothing. Check the register on the sending PC and seal again."}},
	{"no-space", record.ErrSpace, record.Words{
		VI: "Ổ đĩa ở nơi nhận không còn đủ chỗ nên chưa nhận gì; tệp vẫn dùng được. Hãy giải phóng dung lượng ở đó rồi nhận lại.",
		EN: "The receiver's disk has no room left, so nothing was taken in; the file is still good. Free some space there and take it in again."}},
	{"roster-old", record.ErrConflict, record.Words{
		VI: "Danh sách máy trong tệp cũ hơn danh sách đang dùng ở nơi nhận nên không dùng đến. Hãy xin danh sách mới nhất của tỉnh.",
		EN: "The roster in the file is older than the one the receiver uses, so it was not used. Ask the province for the newest one."}},
	{"roster-fork", record.ErrNotTrusted, record.Words{
		VI: "Có hai danh sách máy cùng số mà nội dung khác nhau; nơi nhận không dùng danh sách mới đến. Hãy gọi ngay cho cán bộ phụ trách ở tỉnh.",
		EN: "There are two rosters of one number with different contents; the receiver did not use the one that came later. Call the officer in charge at the province at once."}},
	{"not-for-us", record.ErrNotTrusted, record.Words{
		VI: "Gói này gửi cho đơn vị khác; nơi nhận không nhận gì vào sổ. Hãy chuyển tệp cho đơn vị có tên trên gói.",
		EN: "This bundle is for another unit; nothing was taken into the register. Pass the file on to the unit it names."}},
}
