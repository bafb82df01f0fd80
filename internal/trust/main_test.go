package trust

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sophobien/internal/datadir"
)

// roleVariable makes the test binary play another process: one with the session
// bus of its environment, or one that is killed while it makes new streams.
const roleVariable = "TRUST_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "":
		keyring.MockInit()
		os.Exit(m.Run())
	case "keyring":
		began := time.Now()
		fmt.Println(KeyringAvailable(), time.Since(began) < probeTime+time.Second)
	case "stream":
		newStreams(os.Getenv("TRUST_TEST_PATH"))
	}
}

// newStreams names each stream once it is promised to be kept.
func newStreams(path string) {
	dir, err := datadir.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	k, err := Open(dir, "")
	for err == nil {
		fmt.Println(k.ID())
		k, err = k.NewStream(0, "")
	}
	fmt.Println(err)
}

func openDir(t testing.TB) *datadir.Dir {
	t.Helper()
	d, err := datadir.Open(filepath.Join(t.TempDir(), "so"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const testPassphrase = "sáu từ dễ nhớ khó đoán"

func newKeys(t testing.TB, p Protection) *Keys {
	t.Helper()
	k, err := Create(openDir(t), p, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	return k
}
