package demo

import "strings"

// The parts of Kinh names, roughly as often as they are met.
var (
	families     weighted[string]
	maleMiddle   weighted[string]
	femaleMiddle weighted[string]
	maleGiven    = strings.Fields(`An Bảo Bình Chiến Công Cường Dũng Duy Đạt Đức Giang Hải Hậu Hiếu Hòa Hoàng Hùng Huy Hưng Khánh Khoa
		Kiên Lâm Long Lộc Mạnh Minh Nam Nghĩa Nhân Phong Phú Phúc Quân Quang Quyết Sơn Sang Tài Tâm Tân Thành Thắng Thịnh Tiến Toàn
		Trí Trung Trường Tuấn Tùng Việt Vinh Vũ`)
	femaleGiven = strings.Fields(`Anh Ánh Bích Châu Chi Cúc Diễm Diệp Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hiếu Hoa Hòa Hồng Huệ Huyền
		Hương Lan Lệ Liên Linh Loan Ly Mai My Nga Ngân Ngọc Nguyệt Nhàn Nhi Nhung Oanh Phương Phượng Quyên Quỳnh Sương Tâm Thảo Thắm
		Thơm Thu Thúy Thủy Thương Trang Trâm Trinh Tuyết Uyên Vân Xuân Yến`)
)

func init() {
	families.add(315, "Nguyễn")
	families.add(109, "Trần")
	families.add(89, "Lê")
	families.add(59, "Phạm")
	families.add(28, "Hoàng", "Huỳnh", "Phan", "Bùi", "Võ", "Ngô")
	families.add(22, "Vũ", "Trương", "Đặng", "Đỗ")
	families.add(16, "Dương", "Đinh", "Hồ")
	families.add(8, "Lý", "Mai", "Đào", "Lương", "Cao", "Trịnh", "Đoàn", "Hà", "Tạ", "Lâm", "Tô", "Thái", "Châu", "Phùng", "Tống")
	maleMiddle.add(40, "Văn")
	maleMiddle.add(5, "Đình", "Hữu", "Quang", "Minh", "Công", "Đức", "Xuân", "Ngọc", "Thanh", "Quốc")
	maleMiddle.add(2, "Trọng", "Tấn", "Viết", "Bá", "Duy", "Anh", "Thế", "Hoàng", "Gia", "")
	femaleMiddle.add(48, "Thị")
	femaleMiddle.add(4, "Thị Thu", "Thị Kim", "Thị Ngọc", "Thị Thanh", "Thị Hồng", "Ngọc", "Thanh", "Thu", "Kim")
	femaleMiddle.add(2, "Thị Bích", "Thị Mỹ", "Thị Minh", "Thị Phương", "Bích", "Mỹ", "Phương", "Hồng", "Diệu", "Thùy", "")
}

// Names of the peoples of the highlands: men A, women Y with one more word among
// the Xơ-đăng, Ba-na and Gié-Triêng, now and then one word alone; family names
// among the Gia-rai.
var (
	highMale = strings.Fields(`Blan Thút Nhây Đeng Klâng Phem Hyưng Khôi Tuấn Dim Nhuân Thoan Viên Yang Phiên Brốt Hlah Kiêng Lân Mát Ngheo
		Pơn Rơm Sâm Sắt Tân Thưk Treng Ui Vượng Xem Đam Đun Krung Long Huy Ring Bút Chương Hnol Kram Nglơm`)
	highFemale = strings.Fields(`Ngọc Blăk Hlui Mlanh Phiên Hyên Duyên Bleh Brui Chăn Dâng Đel Grei Hạnh Kiều Linh Lơi Mai Nhớ Nhung Ny Pyưn
		Rai Sanh Thảo Thoi Thuk Tươi Uên Vưn Xuyến Yêm Byen Hnuy Krơi Lut Mưng Nêr`)
	alone          = strings.Fields(`Blui Thưng Byưk Hmrik Yưih Pyơl Khưnh Glưh Nhênh Srơi Bơih Tyưm`)
	bahnarFamily   = strings.Fields(`Đinh`)
	trieng         = strings.Fields(`Bloong Kring Xiêng Hiêng Un`)
	jraiFamily     = []string{"Rơ Châm", "Rơ Mah", "Rơ Lan", "Siu", "Ksor", "Kpă", "Puih", "Rah Lan", "Nay"}
	jraiMale       = strings.Fields(`Blơi Tlơi Hyan Thim Phun Jek Bhung Lăm Mlơt Nguh Dun Sơr`)
	jraiFemale     = strings.Fields(`H'Blik H'Nhan H'Lim H'Dịu H'Mơi H'Prang H'Ngơl H'Loan H'Bi H'Rin`)
	northernFamily = map[string][]string{
		"Tày":   {"Nông", "Hoàng", "Bế", "Ma", "Lý"},
		"Nùng":  {"Nông", "Lương", "Vi", "Triệu", "Hoàng"},
		"Thái":  {"Lò", "Quàng", "Vi", "Hà", "Lương"},
		"Mường": {"Bùi", "Đinh", "Hà", "Quách", "Phạm"},
	}
)

// minorities are the other peoples of a commune in the highlands.
var minorities weighted[string]

func init() {
	minorities.add(22, "Xơ-đăng")
	minorities.add(11, "Ba-na")
	minorities.add(8, "Gié-Triêng")
	minorities.add(7, "Gia-rai")
	minorities.add(2, "Tày", "Nùng", "Mường")
	minorities.add(1, "Thái")
}

// name makes up a name that fits people and sex.
func (c chance) name(ethnicity, sex string) string {
	man := sex == "nam"
	switch ethnicity {
	case "Xơ-đăng", "Ba-na", "Gié-Triêng":
		return c.highlandName(ethnicity, man)
	case "Gia-rai":
		if man {
			return one(c, jraiFamily) + " " + one(c, jraiMale)
		}
		return one(c, jraiFamily) + " " + one(c, jraiFemale)
	}
	family := families.draw(c)
	if list := northernFamily[ethnicity]; list != nil {
		family = one(c, list)
	}
	middle, given := &femaleMiddle, femaleGiven
	if man {
		middle, given = &maleMiddle, maleGiven
	}
	for {
		m, g := middle.draw(c), one(c, given)
		if !strings.HasSuffix(m, g) && g != family {
			return strings.Join(strings.Fields(family+" "+m+" "+g), " ")
		}
	}
}

func (c chance) highlandName(ethnicity string, man bool) string {
	first, given := "Y", one(c, highFemale)
	if man {
		first, given = "A", one(c, highMale)
	}
	switch {
	case ethnicity == "Ba-na" && c.yes(12):
		return one(c, alone)
	case ethnicity == "Ba-na" && man && c.yes(15):
		return one(c, bahnarFamily) + " " + given
	case ethnicity == "Gié-Triêng" && c.yes(30):
		return one(c, trieng) + " " + given
	}
	return first + " " + given
}
