package demo

import (
	"fmt"

	"sophobien/internal/record"
)

// group is where people come from: an employer's staff, or a village.
type group struct {
	unit   record.Unit // zero for a village
	name   string      // as people write it on a list
	place  string      // where such people meet
	roles  weighted[role]
	kinh   int // per cent
	people []member
}

// role is what somebody in a group does.
type role struct{ audience, position string }

// member is a person of a group and the last activity they were at.
type member struct {
	person record.Person
	last   int
}

var (
	inventedFirst  = []string{"Nắng", "Mây", "Suối", "Rừng", "Gió", "Trăng", "Sương", "Lửa", "Đồi", "Thác", "Lúa", "Chim"}
	inventedSecond = []string{"Kơ Nia Xanh", "Pơ Lang Vàng", "Tơ Nưng Nhỏ", "Chín Tầng", "Ngàn Thông Biếc", "Lưng Đèo", "Hoa Ban Tím", "Nhà Rông Mới", "Mười Hai Nhịp", "Đất Đỏ Tươi"}
	trades         = []struct{ words, sector, focus string }{
		{"Chế biến mủ cao su", "C", "labour_intensive"}, {"Nông lâm sản", "A", "ethnic_minority"}, {"Cà phê", "A", "ethnic_minority"},
		{"Xây dựng", "F", ""}, {"May mặc", "C", "labour_intensive"}, {"Vận tải", "H", ""}, {"Thương mại", "G", ""},
		{"Vật liệu xây dựng", "C", "zone"}, {"Dược liệu", "A", "ethnic_minority"}, {"Thủy điện nhỏ", "D", ""}, {"Dịch vụ du lịch", "I", ""},
	}
	companies = []struct{ code, words string }{
		{"TNHH1", "Công ty TNHH MTV"}, {"TNHH2", "Công ty TNHH"}, {"CP", "Công ty cổ phần"}, {"DNTN", "Doanh nghiệp tư nhân"},
		{"FDI100", "Công ty TNHH"},
	}
	villageNames = []string{"Đăk Mơ Nua", "Kon Trang Lơ", "Kon Hra Pơi", "Đăk Rơ Wăng", "Plei Tơ Ngol", "Kon Sơ Tiu", "Đăk Kơ Lung",
		"Plei Brăk Lo", "Tê Xô Mới", "Kon Pring Ha", "Đăk Tơ Kân Hạ", "Ngọc Yên Sơ"}
)

// makeGroups makes the bodies of the commune; more activities, more bodies.
func (o *Office) makeGroups(c chance, n int) {
	names := c.inventedNames()
	for i := range n {
		var g *group
		switch i % 8 {
		case 0, 2, 4:
			g = o.company(c, names[i%len(names)])
		case 1, 5:
			g = o.village(c, i)
		case 3:
			g = o.cooperative(c, names[i%len(names)])
		case 6:
			g = o.school(c, i/8)
		default:
			g = o.public(c, i/8)
		}
		if !g.unit.ID.IsZero() {
			g.unit.ParentID, g.unit.Address = o.commune.ID, one(c, villageWords(c))+", "+o.commune.FullName()
			o.Units = append(o.Units, g.unit)
		}
		o.groups = append(o.groups, g)
	}
}

// inventedNames are all pairs of words that no company bears, shuffled.
func (c chance) inventedNames() []string {
	var out []string
	for _, a := range inventedFirst {
		for _, b := range inventedSecond {
			out = append(out, a+" "+b)
		}
	}
	c.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func villageWords(c chance) []string {
	return []string{fmt.Sprintf("thôn %d", c.between(1, 9)), "thôn " + one(c, villageNames)}
}

func (o *Office) newUnit(c chance, kind, typ, name string) record.Unit {
	return record.Unit{ID: c.id(o.first, len(o.Units)), Kind: kind, Type: typ, Name: name,
		Valid: record.Validity{From: record.Date(fmt.Sprintf("%04d-%02d-01", c.between(2005, 2022), c.between(1, 12)))}}
}

// staff counts a unit's workers by group.
func staff(c chance, low, high, minority int) record.Workers {
	n := int64(c.between(low, high))
	share := func(percent int) int64 { return n * int64(percent) / 100 }
	return record.Workers{Total: n, Women: share(c.between(25, 65)), EthnicMinority: share(c.between(minority/2, minority)), Disabled: share(c.between(0, 3))}
}

func (o *Office) company(c chance, name string) *group {
	trade, form := one(c, trades), one(c, companies)
	u := o.newUnit(c, "enterprise", form.code, form.words+" "+trade.words+" "+name)
	u.Sector, u.Workers = "VSIC2025:"+trade.sector, staff(c, 12, 420, 60)
	if trade.focus != "" {
		u.Focus = append(u.Focus, trade.focus)
	}
	if form.code == "FDI100" {
		u.Focus = append(u.Focus, "fdi")
	}
	g := &group{unit: u, name: u.Name, place: "Nhà ăn " + u.Name, kinh: 55}
	g.roles.add(60, role{"worker", "Công nhân"})
	g.roles.add(12, role{"worker", "Nhân viên kỹ thuật"}, role{"worker", "Tổ trưởng sản xuất"})
	g.roles.add(6, role{"worker", "Kế toán"}, role{"employer", "Phó giám đốc"}, role{"employer", "Trưởng phòng nhân sự"})
	return g
}

func (o *Office) cooperative(c chance, name string) *group {
	u := o.newUnit(c, "cooperative", "HTX", "Hợp tác xã Nông nghiệp "+name)
	u.Sector, u.Workers, u.Focus = "VSIC2025:A", staff(c, 10, 80, 90), []string{"ethnic_minority"}
	g := &group{unit: u, name: u.Name, place: "Trụ sở " + u.Name, kinh: 25}
	g.roles.add(70, role{"worker", "Thành viên hợp tác xã"})
	g.roles.add(10, role{"employer", "Thành viên Hội đồng quản trị"}, role{"worker", "Kế toán"})
	return g
}

func (o *Office) school(c chance, n int) *group {
	level := []string{"Tiểu học", "THCS", "Mầm non", "THPT"}[n%4]
	u := o.newUnit(c, "school", "DVSN", "Trường "+level+" "+one(c, villageNames))
	u.Sector, u.Workers = "VSIC2025:P", staff(c, 15, 60, 30)
	g := &group{unit: u, name: u.Name, place: "Phòng hội đồng " + u.Name, kinh: 75}
	g.roles.add(80, role{"worker", "Giáo viên"})
	g.roles.add(8, role{"official", "Phó hiệu trưởng"}, role{"worker", "Nhân viên văn thư"})
	return g
}

// public is a body of the commune: its own office, or an association.
func (o *Office) public(c chance, n int) *group {
	name := []string{"Hội Nông dân", "Công đoàn", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên"}[n%4] + " " + o.commune.FullName()
	u := o.newUnit(c, "association", "CTXH", name)
	u.Workers = staff(c, 3, 12, 60)
	g := &group{unit: u, name: name, place: "Hội trường UBND " + o.commune.FullName(), kinh: 45}
	g.roles.add(40, role{"official", "Công chức"}, role{"other", "Hội viên"})
	g.roles.add(10, role{"reporter", "Tuyên truyền viên pháp luật"}, role{"mediator", "Hòa giải viên"}, role{"official", "Chi hội trưởng"})
	return g
}

func (o *Office) village(c chance, n int) *group {
	name := "Thôn " + villageNames[n/2%len(villageNames)]
	g := &group{name: name, place: "Nhà văn hóa " + lowerFirst(name), kinh: 15}
	if c.yes(40) {
		g.place = "Nhà rông " + lowerFirst(name)
	}
	g.roles.add(60, role{"worker", "Lao động tự do"}, role{"worker", "Công nhân cao su"})
	g.roles.add(8, role{"other", "Nông dân"}, role{"mediator", "Hòa giải viên"}, role{"official", "Thôn trưởng"}, role{"other", "Già làng"})
	return g
}
