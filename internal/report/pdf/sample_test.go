package pdf_test

import (
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/report/pdf"
)

var office = record.Office{
	Name: "Phòng Văn hóa – Xã hội", ParentName: "Ủy ban nhân dân xã Đăk Hà", Place: "Đăk Hà",
	Head: record.Signer{Name: "Nguyễn Thị Ánh Nguyệt", Title: "Trưởng phòng"},
}

var activity = record.Activity{
	ID:    record.NewID(1767600000000, [10]byte{7, 1, 9, 4, 2, 8, 40, 77, 123, 5}),
	Title: "Hội nghị phổ biến Bộ luật Lao động và các văn bản hướng dẫn thi hành cho người lao động nông trường",
	When: record.Occasion{
		Date: "2026-01-05", Start: "08:00", End: "11:30",
		Place: "Nhà rông thôn Kon Trang Long Loi, xã Đăk Hà, tỉnh Quảng Ngãi",
	},
	Speakers:  []string{"Bà Trần Thị Mỹ Hạnh, báo cáo viên pháp luật", "Ông A Blan, tuyên truyền viên"},
	Materials: []record.MaterialGiven{{Name: "Tờ gấp “Hợp đồng lao động – những điều cần biết”", Copies: 1250}, {Name: "Sổ tay an toàn, vệ sinh lao động", Copies: 62}},
	Heads: record.HeadCount{
		Total: 62, Women: 31, Workers: 48, Employers: 4, Officials: 6, Reporters: 2, EthnicMinority: 40, Disabled: 1,
	},
	Result: "Người tham dự nắm được quyền và nghĩa vụ khi giao kết, thực hiện, chấm dứt hợp đồng lao động.\n" +
		"Hai doanh nghiệp cam kết rà soát lại thang lương, bảng lương trong quý I.",
}

var names = []string{
	"Nguyễn Thị Phượng Uyển", "A Blan", "Y Kim Hơ Rin", "Trần Quốc Tuấn", "Đặng Thị Mỹ Hạnh", "Phạm Văn Ước",
	"Nguyễn Phúc Hoàng Thiên Bảo Ngọc Quỳnh Như", "Lê Đỗ Bằng", "Rơ Châm H'Yéo", "Bùi Thị Ngọc Ẩn",
}

var units = []string{
	"Thôn Kon Trang Long Loi", "Công ty trách nhiệm hữu hạn một thành viên Cao su Kon Tum", "Trường Phổ thông Dân tộc nội trú Đăk Hà", "",
	"Hợp tác xã Nông nghiệp – Dịch vụ Đoàn Kết",
}

func people(n int) []pdf.Participant {
	var out []pdf.Participant
	for i := range n {
		who := pdf.Participant{Name: names[i%len(names)], Unit: units[i%len(units)]}
		if i%4 > 0 {
			who.Birth = record.Birth(fmt.Sprint(1960 + i%45))
		}
		if i%7 == 0 {
			who.Birth = "1987-03-05"
		}
		if i%3 == 0 {
			who.Position = "Công nhân cạo mủ"
		}
		out = append(out, who)
	}
	return out
}

const notice = "Thông tin trên danh sách này chỉ dùng để xác nhận người tham dự và tổng hợp số liệu báo cáo, được lưu tại cơ quan và không chuyển cho " +
	"nơi khác. Người tham dự có quyền xem, yêu cầu sửa hoặc xóa thông tin của mình."

func attendance(known, spare int) pdf.Attendance {
	return pdf.Attendance{
		Office: office, Activity: activity, People: people(known), Spare: spare, Notice: notice,
		PreparedBy: "Lê Thị Thu Hà", PrintedOn: "2026-01-04",
	}
}

func meeting() pdf.Meeting {
	return pdf.Meeting{
		Office: office, Activity: activity, Number: "Số: 05/BB-VHXH", Host: "Công ty trách nhiệm hữu hạn một thành viên Cao su Kon Tum",
		With:   []string{"Liên đoàn Lao động huyện", "Đoàn Thanh niên xã Đăk Hà"},
		Topics: []string{"Hợp đồng lao động: giao kết, thực hiện, chấm dứt", "Tiền lương, tiền lương tối thiểu, thưởng", "An toàn, vệ sinh lao động"},
		Questions: []pdf.Asked{
			{Question: "Người lao động nghỉ việc không báo trước thì có được trả sổ bảo hiểm xã hội không?", Answer: "Người sử dụng lao động có trách nhiệm hoàn thành thủ tục xác nhận thời gian đóng bảo hiểm và trả lại bản chính giấy tờ đã giữ của người lao động, kể cả khi người lao động chấm dứt hợp đồng trái pháp luật."},
			{Question: "Làm thêm giờ vào ngày nghỉ lễ thì tính tiền lương thế nào?"},
		},
		Chair: "Nguyễn Thị Ánh Nguyệt", Secretary: "Lê Thị Thu Hà", MadeOn: "2026-01-05",
	}
}

func confirmation(n int) pdf.Confirmation {
	return pdf.Confirmation{Office: office, Activity: activity, Hours: "3 giờ 30 phút", People: people(n), SignedOn: "2026-01-05"}
}

func listing(n int) pdf.Listing {
	in := pdf.Listing{
		Office: office, Title: "DANH SÁCH HOẠT ĐỘNG", Filter: fmt.Sprintf("%d hoạt động, tháng 3 năm 2026, xã Đăk Hà", n),
		Columns: []pdf.Column{
			{Name: "STT", Width: 12, Align: pdf.AlignCentre}, {Name: "Ngày", Width: 22, Align: pdf.AlignCentre},
			{Name: "Tên hoạt động", Width: 90}, {Name: "Địa điểm", Width: 50}, {Name: "Hình thức"},
			{Name: "Lượt người", Width: 20, Align: pdf.AlignRight}, {Name: "Kinh phí (đồng)", Width: 28, Align: pdf.AlignRight},
		},
		Total: []string{"", "", "Cộng", "", "", "31.000", "1.250.000.000"}, PrintedOn: "2026-04-01", PrintedBy: "Lê Thị Thu Hà",
	}
	for i := range n {
		in.Rows = append(in.Rows, []string{
			fmt.Sprint(i + 1), record.Date("2026-03-01").AddDays(i % 31).String(), activity.Title, units[i%len(units)],
			record.Modes[i%3].Words.VI, "62", "2.500.000",
		})
	}
	return in
}

func narrowListing(n int) pdf.Listing {
	in := pdf.Listing{
		Office: office, Title: "DANH SÁCH ĐƠN VỊ", Filter: "tất cả", PrintedOn: "2026-04-01", PrintedBy: "Lê Thị Thu Hà",
		Columns: []pdf.Column{{Name: "STT", Align: pdf.AlignCentre}, {Name: "Tên đơn vị"}, {Name: "Số lao động", Align: pdf.AlignRight}},
	}
	for i := range n {
		in.Rows = append(in.Rows, []string{fmt.Sprint(i + 1), units[i%len(units)], "1.234"})
	}
	return in
}

func paper() pdf.Paper {
	return pdf.Paper{
		Office: office, Title: "THÔNG BÁO VỀ VIỆC XỬ LÝ DỮ LIỆU CÁ NHÂN", About: "của người tham dự các hoạt động phổ biến pháp luật lao động",
		MadeOn: "2026-06-15", Signed: true,
		Sections: []pdf.Section{
			{Paragraphs: []string{"Phòng Văn hóa – Xã hội ghi nhận thông tin của người tham dự để thực hiện nhiệm vụ phổ biến pháp luật lao động. Thông báo này nói rõ ghi những gì, để làm gì, giữ bao lâu và người tham dự có những quyền nào."}},
			{Title: "1. Thông tin được ghi", Items: []string{"Họ và tên, năm sinh, giới tính;", "Đơn vị hoặc nơi ở, chức vụ, nhóm đối tượng;", "Chữ ký trên danh sách người tham dự."}},
			{Title: "2. Mục đích", Paragraphs: []string{"Xác nhận người tham dự, tổng hợp số liệu báo cáo hằng năm; số liệu gửi đi chỉ là con số, không có tên người."}},
			{Title: "3. Quyền của người tham dự", Paragraphs: []string{"Người tham dự có quyền biết, xem, yêu cầu sửa, xóa hoặc hạn chế việc xử lý thông tin của mình.", "Liên hệ: cán bộ phụ trách tại trụ sở cơ quan, trong giờ hành chính."}},
		},
	}
}
