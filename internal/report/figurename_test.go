package report_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func TestFiguresHaveNamesOfTheirOwn(t *testing.T) {
	part := func(topic string) record.Figure {
		return record.Figure{Code: "I4", Split: map[string]string{"topic": topic}}
	}
	now := []record.Figure{{Code: "I4"}, part("LD01"), part("ld01"), part("Tiếng Việt")}
	names := report.NameFigures(now, []record.Figure{{Code: "I4"}, part("ld-01"), part("LD01")})
	for key, want := range map[string]string{
		"": "I4_total", "topic=LD01": "I4_topic_LD01", "topic=ld01": "I4_topic_ld01_2", "topic=Tiếng Việt": "I4_topic_Ti_ng_Vi_t",
		"topic=ld-01": "I4_topic_ld_01", "topic=none": "",
	} {
		if got := names.Of("I4", key); got != want {
			t.Errorf("%s is called %q, want %q", key, got, want)
		}
	}
}
