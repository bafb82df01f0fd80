package law

import (
	"sophobien/internal/record"
)

// refuse builds a refusal about a file; its name stands before both sentences.
func refuse(kind error, name, vi, en string) *record.Refusal {
	r := record.Refuse(kind, "“"+name+"” "+vi, "“"+name+"” "+en)
	r.Field = "file"
	return r
}

func (s *signature) refuse(name string) error {
	return refuse(record.ErrInvalid, name, "là "+s.vi+", không phải loại tệp như tên gọi. Hãy lưu văn bản thành .docx, .html hoặc .txt.",
		"is "+s.en+", not what its name says. Save the text as .docx, .html or .txt.")
}

func refuseKind(name string) error {
	return refuse(record.ErrInvalid, name, "không phải .docx, .html hay .txt nên không tách được thành điều, khoản. Hãy lưu văn bản thành một trong ba loại đó.",
		"is neither .docx, .html nor .txt and cannot be split into articles. Save the text as one of these.")
}

func refuseBig(name string) error {
	return refuse(record.ErrInvalid, name, "quá lớn (hơn 64 MB, hoặc hơn thế khi mở ra). Hãy bỏ ảnh hoặc chia văn bản thành nhiều tệp.",
		"is too large (more than 64 MB, or beyond bounds once unpacked). Remove the pictures or split the text into several files.")
}

func refuseEmpty(name string) error {
	return refuse(record.ErrInvalid, name, "không có chữ nào. Hãy kiểm tra lại đã chọn đúng tệp chưa; bản quét phải nhận dạng chữ trước.",
		"has no text. Check that it is the right file; a scan must be turned into text first.")
}

func refuseScript(name string) error {
	return refuse(record.ErrInvalid, name, "chỉ có mã lệnh, không có chữ. Hãy mở trang trong trình duyệt, chép nội dung văn bản rồi lưu thành .docx hoặc .txt.",
		"has only scripts and no text. Open the page in a browser, copy the text and save it as .docx or .txt.")
}

func refuseNoPage(name string) error {
	return refuse(record.ErrInvalid, name, "không phải trang HTML. Nếu là văn bản thường, hãy đổi đuôi tệp thành .txt.",
		"is no HTML page. If it is plain text, name it .txt.")
}

func refuseNoText(name string) error {
	return refuse(record.ErrInvalid, name, "không phải tệp văn bản. Hãy lưu lại thành .docx, .html hoặc .txt.", "is not a text file. Save it as .docx, .html or .txt.")
}

func refuseLetters(name string) *record.Refusal {
	return refuse(record.ErrInvalid, name, "dùng bảng mã không nhận ra được. Hãy mở tệp và lưu lại với bảng mã UTF-8.",
		"is written in an unknown character set. Open it and save it as UTF-8.")
}

func refuseNoDocument(name string) *record.Refusal {
	return refuse(record.ErrInvalid, name, "không phải tệp Word .docx. Hãy mở bằng Word và lưu lại thành .docx.", "is not a Word .docx file. Open it in Word and save it as .docx.")
}

func refusePassword(name string) error {
	return refuse(record.ErrInvalid, name, "có mật khẩu hoặc là tệp Word kiểu cũ (.doc). Hãy mở bằng Word, gỡ mật khẩu và lưu lại thành .docx.",
		"has a password or is an old Word document (.doc). Open it in Word, remove the password and save it as .docx.")
}

func refuseDamaged(name string, cause error) error {
	return refuse(record.ErrDamaged, name, "bị hỏng hoặc chép thiếu, không đọc được. Hãy chép lại hoặc xin bản khác.",
		"is damaged or incomplete. Copy it again or ask for another copy.").Because(cause)
}
