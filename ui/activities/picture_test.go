package activities_test

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func aMonth() *uitest.Office {
	o := uitest.NewOffice()
	host := record.Unit{ID: o.ID(), Kind: "enterprise", Name: "Công ty Sao Mai"}
	o.Units = append(o.Units, host)
	add := func(title, kind, status, day, end, start, stop string, people int64) {
		a := training(title, day, people)
		a.Kind, a.Status = kind, status
		a.When.EndDate, a.When.Start, a.When.End = record.Date(end), record.Clock(start), record.Clock(stop)
		a.Topics = []string{"LD02", "BH01"}
		if kind == "broadcast" {
			a.Channel, a.Times = "Đài truyền thanh xã Đăk Hà", 12
		}
		o.Add(a)
	}
	add("Tập huấn Bộ luật Lao động cho công nhân cao su", "training", "held", "2026-03-05", "", "08:00", "11:30", 60)
	add("Phổ biến BHXH thôn Đăk Mơ Nua", "direct", "held", "2026-03-05", "", "14:00", "16:00", 42)
	add("Đối thoại với người sử dụng lao động", "dialogue", "planned", "2026-03-03", "", "08:00", "", 0)
	add("Tuần lễ an toàn lao động", "woven", "planned", "2026-03-18", "2026-03-20", "", "", 0)
	add("Tập huấn tiền lương, tiền thưởng", "training", "closed", "2026-02-25", "", "07:30", "11:00", 55)
	add("Ngày hội việc làm xã Đăk Hà", "woven", "cancelled", "2026-03-13", "", "08:00", "", 0)
	add("Phát thanh về hợp đồng lao động", "broadcast", "held", "2026-03-09", "2026-03-15", "", "", 0)
	add("Đối thoại định kỳ ở Công ty Sao Mai", "dialogue", "planned", "2026-03-26", "", "13:30", "16:30", 0)
	for _, x := range []string{"Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"} {
		add("Phổ biến trực tiếp ở "+x, "direct", "planned", "2026-03-12", "", "19:00", "20:30", 0)
	}
	o.DaysOff = []record.Holiday{{Day: "2026-03-30", Name: "Giỗ Tổ Hùng Vương"}}
	return o
}

func idOf(o *uitest.Office, title string) record.ID {
	page, _ := o.Activities(context.Background(), record.ActivityFilter{Text: title})
	return page.Lines[0].ID
}

// TestPictures draws the area into the folder named in ACTS_PICTURES.
func TestPictures(t *testing.T) {
	folder := os.Getenv("ACTS_PICTURES")
	if folder == "" {
		t.Skip("no folder for pictures")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, variant := range []string{"light", "dark"} {
		for _, scale := range []float32{1, 1.5} {
			pictures(t, folder, variant, scale)
		}
	}
}

func pictures(t *testing.T, folder, variant string, scale float32) {
	office := aMonth()
	uitest.App(t)
	v := theme.Light
	if variant == "dark" {
		v = theme.Dark
	}
	fyne.CurrentApp().Settings().SetTheme(theme.New(v, scale))
	w := uitest.Window(t, kit.Line(""))
	rail := float32(200)
	if scale > 1 {
		rail = 60
	}
	w.Resize(fyne.NewSize(1366-rail, 718))
	s := activities.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: w, Now: func() time.Time { return uitest.Now }, Restate: func() {}, Say: func(string, func()) {},
	}, office)
	w.SetContent(s)
	w.Resize(fyne.NewSize(1366-rail, 718))
	s.Reload()
	n := 0
	shot := func(name string) {
		t.Helper()
		n++
		for _, width := range []float32{1360, 1366} { // words that changed take their room at the next layout
			w.Resize(fyne.NewSize(width-rail, 718))
		}
		file, err := os.Create(filepath.Join(folder, variant+strconv.Itoa(int(scale*100))+"-"+strconv.Itoa(n)+"-"+name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if err := png.Encode(file, w.Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
	}
	open := func(title string) {
		page, _ := office.Activities(t.Context(), record.ActivityFilter{Text: title})
		s.Open(page.Lines[0].ID)
	}
	office.Warnings = []record.Warning{
		{Field: "status", Words: record.Words{VI: "Ngày dự kiến đã qua: ghi “Đã tổ chức”, dời ngày hoặc hủy kế hoạch."}},
		{Field: "when.date", Words: record.Words{VI: "ngày nghỉ: Giỗ Tổ Hùng Vương"}, Hint: true},
		{Field: "heads", Words: record.Words{VI: "Đã tổ chức nhưng chưa có người nào."}},
	}
	open("Đối thoại với")
	shot("list-planned-late")
	s.Hold()
	shot("hold")
	office.Warnings = nil
	open("Tập huấn Bộ luật")
	shot("held")
	s.Shut()
	shot("closed")
	for i := range 5 {
		a := office.Stored(idOf(office, "Tập huấn Bộ luật"))
		a.Result, a.Reason = strconv.Itoa(i), "thiếu kết quả, lần "+strconv.Itoa(i)
		office.Note(a.ID, "Sửa kết quả: trống → “Bà con hỏi nhiều về bảo hiểm xã hội, đề nghị có thêm một buổi về tiền lương và giờ làm thêm”; lý do sửa sau khi chốt “"+a.Reason+"”")
	}
	s.ShowHistory()
	shot("history")
	kit.CloseDialogs(w.Canvas())
	s.Reopen()
	shot("reason")
	kit.CloseDialogs(w.Canvas())
	open("Phát thanh")
	shot("broadcast")
	office.Warnings = []record.Warning{{Field: "speakers", Words: record.Words{VI: "Y Ngọc cũng nói ở “Thôn 2”."}}}
	open("Đối thoại định kỳ")
	shot("below")
	office.Warnings = nil
	s.Turn()
	shot("month")
	uitest.TapButton(t, w.Content(), "Tuần")
	shot("week")
	s.Close()
	uitest.TapButton(t, w.Content(), "Tháng")
	shot("month-alone")
}
