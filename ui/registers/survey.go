package registers

import (
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// Columns of the sheet of a survey.
const (
	colText = iota
	colOptions
	colRight
	colCounts // rounds follow in the order of rounds
)

// rounds are the counts a sheet can hold: a survey has one, a quiz two.
var rounds = []string{"", "before", "after"}

// surveySheet is the sheet of a survey: a line a question, with its options and how
// many sheets ticked each.
func surveySheet(f *ledger.Form) *kit.Field {
	field := f.Table("questions", ledger.TableOf{
		Columns: []kit.GridColumn{
			{Title: kit.T("Câu hỏi"), Width: 16, Grow: 1},
			{Title: kit.T("Lựa chọn, cách nhau bằng ;"), Width: 13},
			{Title: kit.T("Đáp án đúng"), Width: 6},
			{Title: kit.T("Số phiếu từng lựa chọn"), Width: 9},
			{Title: kit.T("Trước"), Width: 6},
			{Title: kit.T("Sau"), Width: 6},
		},
		High: 6,
		Show: func(v any) [][]string { return sheetRows(v.([]record.SurveyQuestion), shownAnswers(f)) },
		Read: func(cells [][]string) (any, error) { return readQuestions(cells) },
	}, kit.T("Phiếu hỏi và kết quả"))
	field.Hint(kit.T("Kết quả ghi số phiếu của từng lựa chọn, cách nhau bằng dấu ; theo thứ tự. Kiểm tra nhanh thì ghi ở cột Trước và cột Sau."))
	f.Beside("answers", "questions", func(cells [][]string) (any, error) { return readAnswers(cells) })
	return field
}

// shownAnswers are the answers of the row whose questions are being shown.
func shownAnswers(f *ledger.Form) []record.SurveyCount {
	return f.Base().(record.Survey).Answers
}

func sheetRows(questions []record.SurveyQuestion, answers []record.SurveyCount) [][]string {
	var rows [][]string
	for i, q := range questions {
		row := make([]string, colCounts+len(rounds))
		row[colText], row[colOptions] = q.Text, strings.Join(q.Options, "; ")
		if q.Right > 0 {
			row[colRight] = strconv.FormatInt(q.Right, 10)
		}
		for r, round := range rounds {
			row[colCounts+r] = countsOf(answers, int64(i+1), len(q.Options), round)
		}
		rows = append(rows, row)
	}
	return rows
}

// countsOf is "12; 30; 5", or nothing where nothing was counted.
func countsOf(answers []record.SurveyCount, question int64, options int, round string) string {
	counts := make([]string, options)
	for i := range counts {
		counts[i] = "0"
	}
	some := false
	for _, a := range answers {
		if a.Question == question && a.Round == round && a.Option >= 1 && a.Option <= int64(options) {
			counts[a.Option-1], some = strconv.FormatInt(a.Sheets, 10), true
		}
	}
	if !some {
		return ""
	}
	return strings.Join(counts, "; ")
}

func readQuestions(cells [][]string) ([]record.SurveyQuestion, error) {
	var out []record.SurveyQuestion
	for i, c := range cells {
		q := record.SurveyQuestion{Text: c[colText], Options: split(c[colOptions])}
		n, err := kit.ReadNumber(c[colRight])
		if err != nil || n < 0 || n > int64(len(q.Options)) {
			return nil, wrongLine(i, "đáp án đúng là số thứ tự của một lựa chọn", "the right answer is the number of an option")
		}
		q.Right = n
		out = append(out, q)
	}
	return out, nil
}

func readAnswers(cells [][]string) ([]record.SurveyCount, error) {
	var out []record.SurveyCount
	for i, c := range cells {
		options := len(split(c[colOptions]))
		for r, round := range rounds {
			counts := countsIn(c[colCounts+r])
			if len(counts) > options {
				return nil, wrongLine(i, "số phiếu nhiều hơn số lựa chọn", "there are more counts than options")
			}
			for o, text := range counts {
				n, err := kit.ReadNumber(text)
				if err != nil || n < 0 {
					return nil, wrongLine(i, "số phiếu ghi bằng chữ số, cách nhau bằng dấu ;", "counts are digits, parted by ;")
				}
				if n > 0 {
					out = append(out, record.SurveyCount{Question: int64(i + 1), Option: int64(o + 1), Round: round, Sheets: n})
				}
			}
		}
	}
	return out, nil
}

// countsIn are the counts of a cell in the order of the options; a gap is none.
func countsIn(cell string) []string {
	if strings.TrimSpace(cell) == "" {
		return nil
	}
	return strings.Split(strings.TrimRight(strings.TrimSpace(cell), ";"), ";")
}

func wrongLine(i int, vi, en string) error {
	n := strconv.Itoa(i + 1)
	return record.Refuse(record.ErrInvalid, "Dòng "+n+": "+vi+".", "Line "+n+": "+en+".")
}

func split(text string) []string {
	var out []string
	for _, part := range strings.Split(text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
