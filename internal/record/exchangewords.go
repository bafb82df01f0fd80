package record

// TakenStates are the words for what became of a file.
var TakenStates = []Term{
	term("applied", "Đã vào sổ", "Taken in"),
	term("known", "Đã có từ trước", "Known before"),
	term("parked", "Giữ chờ", "Held"),
	term("refused", "Bị từ chối", "Refused"),
	term("carried", "Chuyển hộ", "To be carried on"),
	term("ignored", "Bỏ qua", "Passed over"),
}

// SealedKinds are the words for what a file that travels holds.
var SealedKinds = []Term{
	term("log", "gói dữ liệu", "entries"),
	term("blob", "ảnh và tệp", "photos and files"),
	term("answers", "trả lời", "answers"),
	term("ack", "biên nhận", "receipt"),
	term("roster", "danh bạ", "roster"),
	term("units", "sắp xếp đơn vị", "reorganisation"),
	term("enrolment", "đăng ký máy", "enrolment"),
}

// Protections are the words for how the keys of a PC are kept.
var Protections = []Term{
	term("passphrase", "tệp khóa dưới mật khẩu", "a key file under a passphrase"),
	term("dpapi", "tài khoản Windows", "the Windows account"),
	term("keyring", "kho khóa của hệ điều hành", "the keyring of the system"),
	term("demo", "để ngỏ, chỉ dùng cho sổ mẫu", "in plain, for demonstrations only"),
}

// KeyState is how this PC and its province are known to one another.
type KeyState struct {
	Device              string `json:"device"`
	Fingerprint         string `json:"fingerprint"` // 30 digits
	Protection          string `json:"protection"`  // one of Protections
	State               string `json:"state"`       // one of MachineStates
	Practice            bool   `json:"practice"`
	Province            string `json:"province"`
	ProvinceFingerprint string `json:"province_fingerprint"` // of its first root; "" until a roster came
	Confirmed           bool   `json:"confirmed"`            // somebody compared it with the letter
	RosterVersion       int64  `json:"roster_version"`
}
