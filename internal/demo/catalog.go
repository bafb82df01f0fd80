package demo

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/record"
)

// The catalogues this package reads, as they are shipped.
const (
	unitsFile  = "admin_units_2025_quangngai.csv"
	topicsFile = "topics.csv"
	typesFile  = "enterprise_types.csv"
)

// catalog is what the shipped lists offer.
type catalog struct {
	province, commune record.Unit
	topics            []topic
	types             map[string]string // code of an enterprise type → short words
}

type topic struct{ code, words string }

func readCatalog(files fs.FS, r *rand.Rand) (catalog, error) {
	c := catalog{types: map[string]string{}}
	units, err := readCSV(files, unitsFile)
	if err != nil {
		return c, err
	}
	var communes []record.Unit
	for _, row := range units {
		switch u := unitOf(row); {
		case u.Kind == "province":
			c.province = u
		case u.Kind == "commune" && u.Type == "xã" && u.Code >= "23":
			communes = append(communes, u)
		}
	}
	if len(communes) == 0 || c.province.ID.IsZero() {
		return c, fmt.Errorf("%w: %s names no commune", record.ErrDamaged, unitsFile)
	}
	c.commune = communes[r.IntN(len(communes))]
	return c, c.readLists(files)
}

func (c *catalog) readLists(files fs.FS) error {
	topics, err := readCSV(files, topicsFile)
	if err != nil {
		return err
	}
	for _, row := range topics {
		if row["parent_code"] != "" {
			c.topics = append(c.topics, topic{row["code"], lowerFirst(row["name_vi"])})
		}
	}
	types, err := readCSV(files, typesFile)
	for _, row := range types {
		c.types[row["code"]] = row["short_vi"]
	}
	if err == nil && (len(c.topics) == 0 || len(c.types) == 0) {
		err = fmt.Errorf("%w: an empty catalogue", record.ErrDamaged)
	}
	return err
}

// unitOf is a row of the list of administrative units. Its id follows from code
// and first day, like that of every shipped unit.
func unitOf(row map[string]string) record.Unit {
	u := record.Unit{
		ID:   record.CatalogID("unit", row["code"], row["valid_from"]),
		Kind: row["level"], Type: row["type"], Name: row["name"], Code: row["code"],
		Valid: record.Validity{From: record.Date(row["valid_from"]), To: record.Date(row["valid_to"])},
	}
	if parent := row["parent_code"]; parent != "" {
		u.ParentID = record.CatalogID("unit", parent, row["valid_from"])
	}
	return u
}

func readCSV(files fs.FS, name string) ([]map[string]string, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%w: %s: %v", record.ErrDamaged, name, err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, column := range rows[0] {
			m[column] = row[i]
		}
		out = append(out, m)
	}
	return out, nil
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(next) {
		return s // an abbreviation
	}
	return string(unicode.ToLower(r)) + s[n:]
}
