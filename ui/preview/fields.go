package preview

import (
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// termsOf is the closed list a field is one of; nil for a field that is free.
func termsOf(of, field string) []record.Term {
	switch field {
	case "audience", "asker_group":
		return record.Audiences
	case "kind":
		if of == "unit" {
			return record.UnitKinds
		}
		return record.InstructorKinds
	case "level":
		return record.Levels
	case "channel":
		return record.Channels
	}
	return nil
}

// choicesOf are the words a field's cell may hold; nil for any.
func choicesOf(of, field string) []string {
	if field == "sex" {
		return []string{"nam", "nữ"}
	}
	var out []string
	for _, t := range termsOf(of, field) {
		out = append(out, kit.In(t.Words))
	}
	return out
}

// show is a field's value as it stands in a cell.
func show(of, field, value string) string {
	switch {
	case value == "":
		return ""
	case field == "birth":
		return record.Birth(value).String()
	case isDay(field):
		if d := record.Date(value); d.Valid() {
			return d.String()
		}
	}
	if terms := termsOf(of, field); terms != nil {
		return kit.Term(terms, value)
	}
	return value
}

func isDay(field string) bool {
	return field == "received" || field == "answered_on" || field == "valid_from"
}

// read is the value that a cell's text says.
func read(of, field, text string, date func(string) (record.Date, error)) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", nil
	case field == "birth":
		b, err := kit.ReadBirth(text, date)
		return string(b), err
	case isDay(field):
		d, err := date(text)
		return string(d), err
	case field == "sex":
		return strings.ToLower(text), nil
	case field == "phone", field == "id_number":
		return strings.NewReplacer(" ", "", ".", "", "-", "").Replace(text), nil
	case strings.HasPrefix(field, "workers_"):
		return strings.NewReplacer(" ", "", ".", "").Replace(text), nil
	}
	for _, t := range termsOf(of, field) {
		if strings.EqualFold(kit.In(t.Words), text) {
			return t.Code, nil
		}
	}
	return text, nil
}
