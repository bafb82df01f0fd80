package recount

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// Script is the same count as a script for the stock sqlite3 shell, which proves the
// figures without any program of ours:
//
//	sophobienctl recount --year 2026 --sql | sqlite3 -readonly sophobien.db
//
// A figure that is a column is printed under its name, one that is a row beside it.
func Script(p record.FigurePeriod, rules Rules) (string, error) {
	c := counter{p: p}
	targets, err := json.Marshal(c.valid(rules, "units"))
	if err != nil {
		return "", err
	}
	documents, err := json.Marshal(rules.Documents)
	if err != nil {
		return "", err
	}
	s := script{}
	s.WriteString(".bail on\n.parameter init\n")
	s.set(sql.Named("from", string(p.From)), sql.Named("to", string(p.To)), sql.Named("map", p.Map), sql.Named("targets", string(targets)), sql.Named("documents", string(documents)))
	fmt.Fprintf(&s, "INSERT OR REPLACE INTO temp.sqlite_parameters (key, value) SELECT ':events', (\n%s);\n", strings.TrimSpace(eventsSQL))
	s.WriteString(".mode line\n")
	s.run(figuresSQL)
	s.run(unitsSQL + businessSQL)
	s.WriteString(".mode list\n.separator ' = '\n")
	s.run(openSQL)
	s.run(registersSQL)
	s.WriteString(".separator ' '\n")
	s.run(unitsSQL + unitTargetsSQL)
	for _, how := range []string{"documents", "questions", "dialogue"} {
		for _, t := range c.valid(rules, how) {
			s.set(sql.Named("how", how), sql.Named("owner", t.Owner))
			fmt.Fprintf(&s, ".print %s\n", t.Code)
			s.run(targetsSQL)
		}
	}
	return s.String(), nil
}

// script is what the shell reads.
type script struct{ strings.Builder }

// set gives parameters their values: in their table, since a line of the shell has its own
// quotes.
func (s *script) set(args ...sql.NamedArg) {
	for _, a := range args {
		fmt.Fprintf(s, "INSERT OR REPLACE INTO temp.sqlite_parameters (key, value) VALUES (':%s', '%s');\n", a.Name, strings.ReplaceAll(fmt.Sprint(a.Value), "'", "''"))
	}
}

func (s *script) run(query string) {
	s.WriteString(strings.TrimRight(strings.TrimSpace(query), ";") + ";\n")
}
