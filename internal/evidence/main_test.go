package evidence

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"

	"sophobien/internal/datadir"
)

// The test binary plays another process: one that is killed while it adds.
func TestMain(m *testing.M) {
	path := os.Getenv("EVIDENCE_TEST_ADD")
	if path == "" {
		os.Exit(m.Run())
	}
	dir, err := datadir.Open(path)
	if err != nil {
		panic(err)
	}
	s, err := Open(dir, key)
	if err != nil {
		panic(err)
	}
	for i := 0; ; i++ {
		e, err := s.Add(context.Background(), "x.pdf", bytes.NewReader(manyPDF(i)))
		if err != nil {
			panic(err)
		}
		fmt.Println(e.SHA256)
	}
}

func manyPDF(i int) []byte {
	return fmt.Appendf(bytes.Repeat(fmt.Appendf(nil, "%%PDF-1.7 %08d\n", i), 20_000), "%%%%EOF")
}
