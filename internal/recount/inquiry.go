package recount

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

//go:embed inquiry.sql
var inquirySQL string

const (
	ofCame     = "SELECT id AS row, id AS activity, NULL AS question, %s AS value, day, task, topics, '' AS material, place FROM came WHERE counted"
	ofReached  = "SELECT DISTINCT p.unit AS row, came.id AS activity, NULL AS question, 1 AS value, day, task, topics, '' AS material, c.place FROM part p JOIN came ON came.id = p.activity LEFT JOIN commune c ON c.id = p.unit WHERE %s"
	ofAsked    = "SELECT asked.id AS row, NULL AS activity, asked.id AS question, 1 AS value, received AS day, '' AS task, topics, '' AS material, c.place FROM asked LEFT JOIN commune c ON c.id = asked.unit_id WHERE %s"
	wasReplied = "coalesce(answered_on, '') <> '' AND (:to = '' OR answered_on <= :to)"
)

// askedFor are the rows that a measure counts, each with what it counts, and where it stands.
var askedFor = map[string]string{
	"people": fmt.Sprintf(ofCame, "total"), "women": fmt.Sprintf(ofCame, "women"), "ethnic_minority": fmt.Sprintf(ofCame, "ethnic_minority"),
	"disabled": fmt.Sprintf(ofCame, "disabled"), "worker": fmt.Sprintf(ofCame, "worker"), "employer": fmt.Sprintf(ofCame, "employer"),
	"activity": fmt.Sprintf(ofCame, "1"), "direct": fmt.Sprintf(ofCame, "direct"),
	"business": fmt.Sprintf(ofReached, "p.kind IN ('enterprise', 'cooperative', 'household')"), "unit": fmt.Sprintf(ofReached, "p.unit NOT IN (SELECT id FROM apart)"),
	"question": fmt.Sprintf(ofAsked, "true"), "answered": fmt.Sprintf(ofAsked, wasReplied),
	"copies": `SELECT came.id AS row, came.id AS activity, NULL AS question, coalesce(json_extract(j.value, '$.copies'), 0) AS value, day, task, topics,
	    coalesce(json_extract(j.value, '$.kind'), '') AS material, place
	  FROM came, json_each(came.materials) j WHERE counted
	  UNION ALL
	  SELECT id, NULL, NULL, coalesce(given, 0), day, '', topics, coalesce(kind, ''), NULL
	  FROM material
	  WHERE coalesce(flags, 0) & 1 = 0 AND coalesce(day, '') <> '' AND (:from = '' OR day >= :from) AND (:to = '' OR day <= :to)`,
	"spent": `SELECT came.id AS row, came.id AS activity, NULL AS question, coalesce(json_extract(j.value, '$.amount'), 0) AS value, day, task, topics, '' AS material, place
	  FROM came, json_each(came.costs) j WHERE counted
	  UNION ALL
	  SELECT id, NULL, NULL, coalesce(spent, 0), '', coalesce(task, ''), NULL, '', NULL
	  FROM budget
	  WHERE coalesce(flags, 0) & 1 = 0 AND year IS NOT NULL
	    AND (:from = '' OR :from <= printf('%04d-02-01', year)) AND (:to = '' OR :to >= printf('%04d-10-31', year))`,
}

// standsIn are the parts of a split that a row stands in, each once, and what of it.
var standsIn = map[string]string{
	"month": "SELECT n, substr(day, 1, 7) AS part, value FROM fact",
	"task":  "SELECT n, task AS part, value FROM fact",
	"kind":  "SELECT n, came.kind AS part, value FROM fact JOIN came ON came.id = activity",
	"material": `SELECT n, CASE WHEN material IN ('leaflet', 'panel', 'book', 'clip', 'audio', 'bulletin', 'lesson', 'slides') THEN material ELSE 'other' END AS part, value
	  FROM fact`,
	"topic": "SELECT DISTINCT n, j.value AS part, fact.value AS value FROM fact, json_each(topics) j",
	"place": "SELECT n, " + idText("place") + " AS part, value FROM fact WHERE place IS NOT NULL",
	"unit": "SELECT DISTINCT n, " + idText("p.unit") + " AS part, value FROM fact JOIN held ON held.id = fact.activity JOIN part p ON p.event = held.event" +
		" UNION ALL SELECT n, " + idText("k.id") + ", value FROM fact JOIN question q ON q.id = fact.question JOIN known k ON k.id = q.unit_id",
	"audience": `SELECT n, CASE WHEN asker_group IN ('worker', 'employer', 'official', 'reporter', 'mediator') THEN asker_group ELSE 'other' END AS part, value
	  FROM fact JOIN question q ON q.id = fact.question
	  UNION ALL
	  SELECT fact.n, g.part, value FROM fact JOIN came ON came.id = fact.activity JOIN group_at g ON g.id = came.id
	  WHERE g.n > 0 OR g.part IN (SELECT j.value FROM json_each(came.meant) j)`,
	"heads": "SELECT fact.n, g.part, g.n AS value FROM fact JOIN group_at g ON g.id = fact.activity",
}

// idText writes an id as everything outside the tables does.
func idText(column string) string {
	var parts []string
	for _, at := range [][2]int{{1, 8}, {9, 4}, {13, 4}, {17, 4}, {21, 12}} {
		parts = append(parts, fmt.Sprintf("substr(lower(hex(%s)), %d, %d)", column, at[0], at[1]))
	}
	return strings.Join(parts, " || '-' || ")
}

// Inquire counts again what an inquiry comes to: the whole, and the parts that are not
// nothing. Units count as they were.
func Inquire(ctx context.Context, db *sql.DB, q record.Inquiry) ([]record.Figure, error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	defer tx.Rollback()
	c, err := newCounter(ctx, tx, record.FigurePeriod{From: q.Period.From, To: q.Period.To})
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	out := []record.Figure{{Code: q.Measure, Split: map[string]string{}}}
	err = c.inquired(q, "", func(_ string, n int64) { out[0].Value = n })
	if err == nil && q.Split != "" {
		err = c.inquired(q, q.Split, func(part string, n int64) {
			if n != 0 {
				out = append(out, record.Figure{Code: q.Measure, Split: map[string]string{q.Split: part}, Value: n})
			}
		})
	}
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	return out, nil
}

// inquired counts the whole, or with a split its parts.
func (c counter) inquired(q record.Inquiry, split string, each func(part string, n int64)) error {
	query, args := inquiry(q, split)
	return c.rows(query, args, func(rows *sql.Rows) error {
		var part string
		var n int64
		err := rows.Scan(&part, &n)
		each(part, n)
		return err
	})
}

// inquiry writes the query of which each row is a part and its value.
func inquiry(q record.Inquiry, split string) (query string, args []any) {
	var with, from strings.Builder
	fmt.Fprintf(&with, "%s,\nfact AS MATERIALIZED (SELECT row_number() OVER () AS n, * FROM (%s))", inquirySQL, askedFor[q.Measure])
	part, value := "''", "fact.value"
	for _, s := range record.Splits {
		only, narrowed := q.Only[s.Code]
		if !narrowed && s.Code != split {
			continue
		}
		said := standsIn[s.Code]
		if s.Code == "audience" {
			if q.Measure == "people" {
				said = standsIn["heads"]
			}
			value = "coalesce(in_audience.value, fact.value)"
		}
		fmt.Fprintf(&with, ",\nin_%s AS MATERIALIZED (%s)", s.Code, said)
		fmt.Fprintf(&from, " LEFT JOIN in_%[1]s ON in_%[1]s.n = fact.n", s.Code)
		if narrowed {
			args = append(args, sql.Named("only_"+s.Code, only))
		}
		if s.Code == split {
			part = "coalesce(in_" + split + ".part, '')"
		}
	}
	where := "true"
	for s := range q.Only {
		where += fmt.Sprintf(" AND coalesce(in_%[1]s.part, '') = :only_%[1]s", s)
	}
	sum := "coalesce(sum(" + value + "), 0)"
	if q.Measure == "business" || q.Measure == "unit" {
		sum = "count(DISTINCT fact.row)"
	}
	return fmt.Sprintf("%s\nSELECT %s, %s FROM fact%s WHERE %s GROUP BY 1", with.String(), part, sum, from.String(), where), args
}
