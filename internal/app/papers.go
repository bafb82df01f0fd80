package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/report/pdf"
	"sophobien/internal/report/xlsx"
)

// WriteSignSheetPDF writes the sheet that people sign by hand: those on the list, and
// empty lines after them. The words say what is to be watched when it names people.
func (a *App) WriteSignSheetPDF(ctx context.Context, activity record.ID, spare int, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		in, err := a.peopleOf(ctx, activity, true)
		if err != nil {
			return paper{}, err
		}
		if len(in.List) == 0 && spare <= 0 {
			spare = emptyLines
		}
		b, err := pdf.SignSheet(pdf.Attendance{
			Office: in.Office, Activity: in.Activity, People: participants(in, in.List), Spare: spare,
			PreparedBy: a.officerName(ctx, in.Office), Notice: shortNotice(in.Office), PrintedOn: in.PrintedOn,
		})
		return paper{bytes: b, what: "Tờ ký tên để in: " + in.Activity.Title, names: len(in.List)}, err
	})
}

// emptyLines are those of a sheet for people nobody knows yet.
const emptyLines = 30

// participants are what papers may say of people.
func participants(in xlsx.People, list []record.Attendee) []pdf.Participant {
	out := make([]pdf.Participant, len(list))
	for i := range list {
		out[i] = pdf.NewParticipant(list[i].Person, in.UnitNames)
	}
	return out
}

// WriteMinutes writes the short minutes of an activity, with the questions asked there.
// They name nobody who came.
func (a *App) WriteMinutes(ctx context.Context, activity record.ID, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		m, err := a.meeting(ctx, activity)
		if err != nil {
			return paper{}, err
		}
		b, err := pdf.Minutes(m)
		return paper{bytes: b}, err
	})
}

func (a *App) meeting(ctx context.Context, activity record.ID) (pdf.Meeting, error) {
	act, err := a.Activity(ctx, activity)
	if err != nil {
		return pdf.Meeting{}, err
	}
	office, err := a.Office(ctx)
	if err != nil {
		return pdf.Meeting{}, err
	}
	asked, err := a.db.QuestionsAt(ctx, activity)
	if err != nil {
		return pdf.Meeting{}, err
	}
	m := pdf.Meeting{Office: office, Activity: act, Secretary: a.officerName(ctx, office), MadeOn: act.When.Last()}
	if !act.HostUnitID.IsZero() {
		m.Host = a.title(ctx, record.Ref{Noun: "unit", ID: act.HostUnitID})
	}
	for _, id := range act.CoOrganisers {
		m.With = append(m.With, a.title(ctx, record.Ref{Noun: "unit", ID: id}))
	}
	for _, code := range act.Topics {
		m.Topics = append(m.Topics, record.WordIn(a.Topics(), code, "vi"))
	}
	for _, q := range asked {
		m.Questions = append(m.Questions, pdf.Asked{Question: q.Text, Answer: q.Answer})
	}
	return m, nil
}

// WriteCertificates writes a confirmation of attendance for each of the people, or with
// nil for all who signed or were ticked at the door. The words say what is to be watched.
func (a *App) WriteCertificates(ctx context.Context, activity record.ID, people []record.ID, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		in, err := a.peopleOf(ctx, activity, true)
		if err != nil {
			return paper{}, err
		}
		if in.Activity.Status != "held" && in.Activity.Status != "closed" {
			return paper{}, record.Refuse(record.ErrInvalid, "Hoạt động này chưa diễn ra nên chưa xác nhận ai tham dự được; hãy ghi tình trạng “Đã tổ chức” trước.",
				"This activity was not held, so nobody can be confirmed; set its status to “Held” first.")
		}
		list, err := confirmed(in.List, people)
		if err != nil {
			return paper{}, err
		}
		b, err := pdf.Certificates(pdf.Confirmation{
			Office: in.Office, Activity: in.Activity, Hours: duration(in.Activity.When), People: participants(in, list), SignedOn: in.Activity.When.Last(),
		})
		return paper{bytes: b, what: "Giấy xác nhận tham dự: " + in.Activity.Title, names: len(list)}, err
	})
}

// confirmed are the people whose attendance is confirmed.
func confirmed(list []record.Attendee, people []record.ID) ([]record.Attendee, error) {
	var out []record.Attendee
	for _, at := range list {
		came := at.Attendance.Signed || at.Attendance.Arrived != ""
		helps := at.Attendance.Role == "speaker" || at.Attendance.Role == "organiser"
		if people == nil && came && !helps || slices.Contains(people, at.Person.ID) {
			out = append(out, at)
		}
	}
	if len(out) == 0 {
		return nil, record.Refuse(record.ErrInvalid, "Trong danh sách chưa có ai đã ký tên hoặc đã đến; chưa ghi tệp nào.", "Nobody on the list has signed or come; no file was written.")
	}
	if len(out) < len(people) {
		return nil, record.Refuse(record.ErrNotFound, "Có người được chọn không nằm trong danh sách của hoạt động này; chưa ghi tệp nào.",
			"Somebody chosen is not on the list of this activity; no file was written.")
	}
	return out, nil
}

// duration says how long something took: "4 giờ 30 phút", "2 ngày".
func duration(o record.Occasion) string {
	if days := int(o.Last().Time().Sub(o.Date.Time())/(24*time.Hour)) + 1; days > 1 {
		return fmt.Sprintf("%d ngày", days)
	}
	from, err1 := time.Parse("15:04", string(o.Start))
	to, err2 := time.Parse("15:04", string(o.End))
	minutes := int(to.Sub(from) / time.Minute)
	if err1 != nil || err2 != nil || minutes <= 0 {
		return ""
	}
	var parts []string
	if minutes >= 60 {
		parts = append(parts, fmt.Sprintf("%d giờ", minutes/60))
	}
	if minutes%60 > 0 {
		parts = append(parts, fmt.Sprintf("%d phút", minutes%60))
	}
	return strings.Join(parts, " ")
}
