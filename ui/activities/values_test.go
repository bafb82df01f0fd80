package activities

import (
	"errors"
	"fmt"
	"testing"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func TestReadClock(t *testing.T) {
	good := map[string]record.Clock{
		"": "", "8:00": "08:00", "8h": "08:00", "8h30": "08:30", "8g30": "08:30", "0830": "08:30", "14": "14:00", "14.15": "14:15", " 7H ": "07:00",
	}
	for text, want := range good {
		if got, err := readClock(text); err != nil || got != want {
			t.Errorf("%q is %q (%v), want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"25h", "8:60", "sáng", "8:5", "-1", "8::00", "12:30:45"} {
		if got, err := readClock(text); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%q is taken for %q (%v)", text, got, err)
		}
	}
}

func TestReadCount(t *testing.T) {
	good := map[string]int64{"": 0, "60": 60, "1.200": 1200, "1 500 000": 1500000, "-3": -3}
	for text, want := range good {
		if got, err := readCount(text); err != nil || got != want {
			t.Errorf("%q is %d (%v), want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"sáu", "1,5", "6o", "99999999999999999999"} {
		if _, err := readCount(text); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%q is taken for a number", text)
		}
	}
}

func TestReadBirth(t *testing.T) {
	office := uitest.NewOffice()
	good := map[string]record.Birth{"": "", "1987": "1987", "05/03/1987": "1987-03-05", " 1990 ": "1990"}
	for text, want := range good {
		if got, err := kit.ReadBirth(text, office.ParseDate); err != nil || got != want {
			t.Errorf("%q is %q (%v), want %q", text, got, err, want)
		}
	}
	if got, err := kit.ReadBirth("hồi xưa", office.ParseDate); err == nil {
		t.Errorf("nonsense is taken for %q", got)
	}
}

// Whatever bytes a draft holds, reading it gives a paper or nothing.
func FuzzReadPaper(f *testing.F) {
	f.Add([]byte(nil))
	f.Add([]byte("{}"))
	f.Add(paperOf(record.Activity{Title: "Tập huấn", Topics: []string{"LD02"}}).bytes())
	f.Add([]byte(`{"texts":{},"codes":{},"materials":[["a"]],"costs":[[]]}`))
	date := uitest.NewOffice().ParseDate
	f.Fuzz(func(t *testing.T, text []byte) {
		p, ok := readPaper(text)
		if !ok {
			return
		}
		if _, err := p.activity(date); err != nil && !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%v", err)
		}
		again, ok := readPaper(p.bytes())
		if !ok || string(again.bytes()) != string(p.bytes()) {
			t.Error("a draft that was read is not the same when written again")
		}
	})
}

// FuzzReadPeopleDraft does the same for the list of people.
func FuzzReadPeopleDraft(f *testing.F) {
	f.Add([]byte(`{"columns":["full_name"],"rows":[{"Key":"r1","Cells":["An"]}],"facts":{"r1":{"question":"?"}},"next":1}`))
	f.Add([]byte(`{"rows":null,"facts":{"r1":null}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		columns := personColumns(record.Office{})
		d, ok := readPeopleDraft(text, columns)
		if !ok {
			return
		}
		for _, facts := range d.Facts {
			if facts == nil {
				t.Error("a row without facts was let in")
			}
		}
		for _, r := range d.Rows {
			if len(r.Cells) != len(columns) {
				t.Error("a row is not as wide as the grid")
			}
		}
	})
}

func TestLineOf(t *testing.T) {
	about := func(field string) error {
		r := record.Refuse(record.ErrInvalid, "x", "x")
		r.Field = field
		return fmt.Errorf("saving: %w", record.Problems{r})
	}
	cases := []struct {
		err  error
		line int
		ok   bool
	}{
		{about("3.birth"), 2, true}, {about("attendees[12].full_name"), 11, true}, {about("birth"), 0, false},
		{about("0.birth"), 0, false}, {errors.New("boom"), 0, false},
	}
	for _, c := range cases {
		if line, ok := lineOf(c.err); ok != c.ok || ok && line != c.line {
			t.Errorf("%v: line %d %v, want %d %v", c.err, line, ok, c.line, c.ok)
		}
	}
}
