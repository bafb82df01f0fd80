package pack

import (
	"errors"
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// What can be wrong with a pack. Test with errors.Is; each is also one of the kinds of
// record, and has a code and a sentence for people.
var (
	ErrForeign       = fmt.Errorf("not a pack: %w", record.ErrInvalid)
	ErrDamaged       = fmt.Errorf("the pack is not what was written: %w", record.ErrDamaged)
	ErrTruncated     = fmt.Errorf("the pack is cut short: %w", record.ErrDamaged)
	ErrNewer         = fmt.Errorf("the pack has a later format: %w", record.ErrNewer)
	ErrCritical      = fmt.Errorf("the pack needs a feature this version lacks: %w", record.ErrNewer)
	ErrApp           = fmt.Errorf("the pack needs a later program: %w", record.ErrNewer)
	ErrChannel       = fmt.Errorf("the pack is of another channel: %w", record.ErrNotTrusted)
	ErrAudience      = fmt.Errorf("the pack is for another audience: %w", record.ErrNotTrusted)
	ErrNoRoot        = fmt.Errorf("no root of a province is here: %w", record.ErrNotTrusted)
	ErrOtherProvince = fmt.Errorf("the pack is another province's: %w", record.ErrNotTrusted)
	ErrNotTrusted    = fmt.Errorf("the pack is not signed by those who may: %w", record.ErrNotTrusted)
	ErrRoots         = fmt.Errorf("the roots of the pack do not follow one another: %w", record.ErrDamaged)
	ErrRollback      = fmt.Errorf("a later version is here: %w", record.ErrConflict)
	ErrFork          = fmt.Errorf("the same version is here with other content: %w", record.ErrNotTrusted)
	ErrTooFast       = fmt.Errorf("the version is too far ahead: %w", record.ErrNotTrusted)
	ErrRemoved       = fmt.Errorf("an item is no longer listed: %w", record.ErrNotTrusted)
	ErrContent       = fmt.Errorf("the pack contradicts itself: %w", record.ErrInvalid)
	ErrBlob          = fmt.Errorf("a blob is not what the listing says: %w", record.ErrDamaged)
	ErrMissing       = fmt.Errorf("a blob is neither in the pack nor here: %w", record.ErrNotFound)
	ErrTooLarge      = fmt.Errorf("the pack is too large: %w", record.ErrDamaged)
)

// because adds to a kind what the log shows. The cause's own kinds end here: what one of
// seal's means for a pack is said by fromSeal.
func because(kind error, format string, args ...any) error {
	return fmt.Errorf("%w: %s", kind, fmt.Sprintf(format, args...))
}

func content(format string, args ...any) error { return because(ErrContent, format, args...) }

// fromSeal turns what is wrong with a container into what is wrong with a pack. A disk
// that fails stays what it is.
func fromSeal(err error) error {
	for _, of := range []struct{ is, kind error }{
		{seal.ErrForeign, ErrForeign},
		{seal.ErrTruncated, ErrTruncated},
		{seal.ErrTooLarge, ErrTooLarge},
		{seal.ErrInvalid, ErrContent},
		{seal.ErrDamaged, ErrDamaged},
	} {
		if errors.Is(err, of.is) {
			return because(of.kind, "%v", err)
		}
	}
	return err
}

// fromTrust does so for the roots.
func fromTrust(err error) error {
	for _, of := range []struct{ is, kind error }{
		{trust.ErrOtherProvince, ErrOtherProvince},
		{trust.ErrSignature, ErrNotTrusted},
		{record.ErrNewer, ErrNewer},
		{record.ErrNotFound, ErrNoRoot},
	} {
		if errors.Is(err, of.is) {
			return because(of.kind, "%v", err)
		}
	}
	return because(ErrRoots, "%v", err)
}

// ReasonOf is the code that says why a pack was refused, "" for what is no refusal of one.
func ReasonOf(err error) string {
	if r := reasonFor(err); r != nil {
		return r.code
	}
	return ""
}

// Explain turns a refusal into a sentence for people. What is none is given back as it came.
func Explain(err error) error {
	if r := reasonFor(err); r != nil {
		return record.Refuse(r.kind, r.words.VI, r.words.EN).Because(err)
	}
	return err
}

// Sentence is what a code says to people: what happened and what to do.
func Sentence(code string) (record.Words, bool) {
	for _, r := range reasons {
		if r.code == code {
			return r.words, true
		}
	}
	return record.Words{}, false
}

// Reasons are the codes.
func Reasons() []string {
	out := make([]string, len(reasons))
	for i, r := range reasons {
		out[i] = r.code
	}
	return out
}

func reasonFor(err error) *reason {
	for i := range reasons {
		if errors.Is(err, reasons[i].is) {
			return &reasons[i]
		}
	}
	return nil
}

type reason struct {
	code     string
	is, kind error
	words    record.Words
}

var reasons = []reason{
	{"foreign", ErrForeign, record.ErrInvalid, record.Words{
		VI: "Tệp này không phải là gói pháp luật của chương trình; thư viện không thay đổi. Hãy chọn tệp có tên bắt đầu bằng SPB_pack_.",
		EN: "This file is no law pack of this program; the library is unchanged. Choose a file whose name begins with SPB_pack_."}},
	{"truncated", ErrTruncated, record.ErrDamaged, record.Words{
		VI: "Gói bị cắt ngang, thường do rút USB hay ngắt tải giữa chừng; thư viện không thay đổi. Hãy chép lại gói, chờ báo xong rồi mới rút.",
		EN: "The pack is cut short, mostly because a stick was pulled or a download broke off; the library is unchanged. Copy it again and wait until it says it is done."}},
	{"damaged", ErrDamaged, record.ErrDamaged, record.Words{
		VI: "Gói bị hỏng trên đường đi; thư viện không thay đổi. Hãy chép hoặc tải lại gói rồi nhập lại.",
		EN: "The pack was damaged on its way; the library is unchanged. Copy or download it again and import it again."}},
	{"newer", ErrNewer, record.ErrNewer, record.Words{
		VI: "Gói dùng định dạng mới mà bản chương trình này chưa đọc được; thư viện không thay đổi. Hãy cài bản mới rồi nhập lại gói.",
		EN: "The pack has a new format this version cannot read; the library is unchanged. Install the new version and import the pack again."}},
	{"critical", ErrCritical, record.ErrNewer, record.Words{
		VI: "Gói cần một tính năng mà bản chương trình này chưa có; thư viện không thay đổi. Hãy cài bản mới rồi nhập lại gói.",
		EN: "The pack needs a feature this version lacks; the library is unchanged. Install the new version and import the pack again."}},
	{"old-program", ErrApp, record.ErrNewer, record.Words{
		VI: "Gói yêu cầu bản chương trình mới hơn bản trên máy này; thư viện không thay đổi. Hãy cài bản mới rồi nhập lại gói.",
		EN: "The pack asks for a later program than the one on this PC; the library is unchanged. Install the new version and import the pack again."}},
	{"wrong-channel", ErrChannel, record.ErrNotTrusted, record.Words{
		VI: "Gói thuộc kênh khác với kênh đang cập nhật; thư viện không thay đổi. Hãy chọn đúng gói của kênh cần cập nhật.",
		EN: "The pack is of another channel than the one being updated; the library is unchanged. Choose the pack of that channel."}},
	{"wrong-audience", ErrAudience, record.ErrNotTrusted, record.Words{
		VI: "Gói được phát hành cho địa bàn khác; thư viện không thay đổi. Hãy lấy gói của tỉnh mình.",
		EN: "The pack was published for another area; the library is unchanged. Get the one of your own province."}},
	{"no-province", ErrNoRoot, record.ErrNotTrusted, record.Words{
		VI: "Máy này chưa có khóa của tỉnh nên chưa biết gói do ai phát hành; thư viện không thay đổi. Hãy nhận danh sách máy của tỉnh trong phần Trao đổi rồi nhập lại gói.",
		EN: "This PC does not have the province's key yet and cannot tell who published the pack; the library is unchanged. Take in the province's roster under Exchange and import the pack again."}},
	{"other-province", ErrOtherProvince, record.ErrNotTrusted, record.Words{
		VI: "Gói do một tỉnh khác ký, không phải tỉnh máy này tin; thư viện không thay đổi. Hãy lấy gói của tỉnh mình.",
		EN: "The pack is signed by another province than the one this PC believes; the library is unchanged. Get the one of your own province."}},
	{"not-trusted", ErrNotTrusted, record.ErrNotTrusted, record.Words{
		VI: "Chữ ký của gói không đúng hoặc không đủ, có thể tệp đã bị sửa; thư viện không thay đổi. Hãy gọi cho cán bộ phụ trách ở tỉnh và xin gói mới.",
		EN: "The signatures of the pack are wrong or too few, perhaps the file was altered; the library is unchanged. Call the officer in charge at the province and ask for a new pack."}},
	{"roots", ErrRoots, record.ErrDamaged, record.Words{
		VI: "Chuỗi khóa của tỉnh trong gói không liền nhau; thư viện không thay đổi. Hãy xin tỉnh gói mới nhất.",
		EN: "The chain of the province's keys in the pack is broken; the library is unchanged. Ask the province for the newest pack."}},
	{"older", ErrRollback, record.ErrConflict, record.Words{
		VI: "Gói này cũ hơn bản đã nhận nên không nhập; thư viện giữ bản mới hơn. Muốn xem lại bản trước, hãy dùng Xem bản trước trong danh sách gói.",
		EN: "This pack is older than what was taken in before, so it is not imported; the library keeps the later one. To look at the one before, use the list of packs."}},
	{"fork", ErrFork, record.ErrNotTrusted, record.Words{
		VI: "Có hai gói cùng số phiên bản mà nội dung khác nhau; thư viện giữ gói đã nhận. Hãy gọi ngay cho cán bộ phụ trách ở tỉnh.",
		EN: "There are two packs of one version with different contents; the library keeps the one taken in before. Call the officer in charge at the province at once."}},
	{"too-fast", ErrTooFast, record.ErrNotTrusted, record.Words{
		VI: "Số phiên bản của gói nhảy quá xa so với bản đang có, là dấu hiệu khóa phát hành bị lộ; thư viện không thay đổi. Hãy gọi ngay cho cán bộ phụ trách ở tỉnh.",
		EN: "The version of the pack leaps too far ahead of the one here, a sign that the publishing key has leaked; the library is unchanged. Call the officer in charge at the province at once."}},
	{"removed", ErrRemoved, record.ErrNotTrusted, record.Words{
		VI: "Gói bỏ mất một văn bản đã có mà không ghi là thu hồi; thư viện không thay đổi. Hãy gọi cho cán bộ phụ trách ở tỉnh.",
		EN: "The pack leaves out an item that was there without saying it is withdrawn; the library is unchanged. Call the officer in charge at the province."}},
	{"contradiction", ErrContent, record.ErrInvalid, record.Words{
		VI: "Gói được ký đúng nhưng bên trong ghi không hợp lệ; thư viện không thay đổi. Hãy báo cho cán bộ phụ trách ở tỉnh để làm lại gói.",
		EN: "The pack is signed rightly but what it says is not valid; the library is unchanged. Tell the officer in charge at the province to make it again."}},
	{"bad-blob", ErrBlob, record.ErrDamaged, record.Words{
		VI: "Một tệp trong gói không đúng kích thước hoặc mã kiểm tra đã ký; thư viện không thay đổi. Hãy chép lại gói; nếu vẫn lỗi, hãy xin tỉnh gói mới.",
		EN: "A file in the pack does not have the size or checksum that was signed; the library is unchanged. Copy the pack again; if that does not help, ask the province for a new one."}},
	{"missing-blobs", ErrMissing, record.ErrNotFound, record.Words{
		VI: "Gói này chỉ chứa phần thay đổi, còn máy chưa có phần gốc; thư viện không thay đổi. Hãy xin tỉnh gói đầy đủ của kênh này.",
		EN: "This pack holds only what changed, and this PC lacks what it builds on; the library is unchanged. Ask the province for the whole pack of the channel."}},
	{"too-large", ErrTooLarge, record.ErrDamaged, record.Words{
		VI: "Gói, hoặc một tệp trong gói, lớn hơn mức cho phép; thư viện không thay đổi. Hãy báo cho cán bộ phụ trách ở tỉnh để chia nhỏ.",
		EN: "The pack, or a file in it, is larger than allowed; the library is unchanged. Tell the officer in charge at the province to divide it."}},
}
