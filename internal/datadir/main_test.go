package datadir

import (
	"fmt"
	"os"
	"testing"
)

// roleVariable makes the test binary play another process: one that is killed
// while it writes, or one that holds the lock.
const roleVariable = "DATADIR_TEST_ROLE"

func TestMain(m *testing.M) {
	role, path := os.Getenv(roleVariable), os.Getenv("DATADIR_TEST_PATH")
	switch role {
	case "":
		os.Exit(m.Run())
	case "write":
		writeForever(path)
	case "lock":
		holdForever(path)
	}
}

func writeForever(path string) {
	for i := 0; ; i++ {
		if err := WriteFile(path, version(i)); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		if i == 0 {
			fmt.Println("ready")
		}
	}
}

func holdForever(path string) {
	d, err := Open(path)
	if err == nil {
		_, err = d.Lock(nil)
	}
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	fmt.Println("ready")
	select {}
}
