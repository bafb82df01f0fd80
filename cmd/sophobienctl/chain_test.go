package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// This file checks a decrypted bundle with the standard library alone, from what
// EXCHANGE §1.1 and §2 and the package doc of oplog say: nothing of our own code
// can vouch for itself here.

// chainCommit are the parts of a commit the contract names.
type chainCommit struct {
	Device   string `json:"d"`
	N        int64  `json:"n"`
	Previous string `json:"p"`
	Ops      []struct {
		Row    string         `json:"r"`
		Field  string         `json:"f"`
		Value  any            `json:"v"`
		Set    map[string]any `json:"set"`
		Hidden []string       `json:"h"`
		Made   string         `json:"c"`
	} `json:"ops"`
}

func checkChain(t *testing.T, plain []byte, keyFile, activity string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(string(plain), "\n"), "\n")
	if !strings.HasPrefix(lines[0], `{"sopb":"log/1","id":"`) {
		t.Errorf("the first line is no header: %s", lines[0])
	}
	commits := lines[1 : len(lines)-1]
	if end := fmt.Sprintf("E %d", len(commits)); lines[len(lines)-1] != end {
		t.Errorf("the last line is %q, want %q", lines[len(lines)-1], end)
	}
	if !strings.HasPrefix(commits[0], `H {"heads":{`) {
		t.Fatalf("the first line says nothing of what the sender holds: %s", commits[0])
	}
	commits = commits[1:]
	key := minisignKey(t, read(t, keyFile))
	rows := map[string]map[string]any{}
	var previous string
	for i, line := range commits {
		c, hash := checkLine(t, line, key)
		if c.N != int64(i+1) || c.Previous != previous && !(i == 0 && strings.Trim(c.Previous, "0") == "") {
			t.Fatalf("commit %d follows %q, says number %d after %q", i+1, previous, c.N, c.Previous)
		}
		previous = hash
		gather(rows, c)
	}
	if got := rows["activity/"+activity]["title"]; got != "Tập huấn Bộ luật Lao động" {
		t.Errorf("the activity's title inside is %v", got)
	}
	checkWithheld(t, rows)
}

// checkLine verifies "C <signature> <commit>" and gives the commit and its hash.
func checkLine(t *testing.T, line string, key ed25519.PublicKey) (chainCommit, string) {
	t.Helper()
	parts := strings.SplitN(line, " ", 3)
	if len(parts) != 3 || parts[0] != "C" || len(parts[1]) != 88 {
		t.Fatalf("no commit line, so values may be inside: %.60s", line)
	}
	signature, err := base64.StdEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256([]byte("sopb-commit/1\n" + parts[2]))
	if !ed25519.Verify(key, hash[:], signature) {
		t.Errorf("a commit's signature does not verify: %.60s", line)
	}
	var c chainCommit
	decode(t, []byte(parts[2]), &c)
	return c, hex.EncodeToString(hash[:])
}

// hidden stands for a value of which the log has only its place in a commitment.
type hidden struct{}

// gather keeps what each row is said to hold.
func gather(rows map[string]map[string]any, c chainCommit) {
	for _, o := range c.Ops {
		if rows[o.Row] == nil {
			rows[o.Row] = map[string]any{}
		}
		for field, v := range o.Set {
			rows[o.Row][field] = v
		}
		for _, field := range o.Hidden {
			if len(o.Made) == 44 {
				rows[o.Row][field] = hidden{}
			}
		}
		if o.Field != "" && o.Made == "" {
			rows[o.Row][o.Field] = o.Value
		}
	}
}

// checkWithheld finds 60 people of whom nothing but commitments is told.
func checkWithheld(t *testing.T, rows map[string]map[string]any) {
	t.Helper()
	people := 0
	for row, fields := range rows {
		if !strings.HasPrefix(row, "person/") {
			continue
		}
		people++
		for _, field := range []string{"full_name", "sex", "birth", "phone", "id_number", "position", "unit_text"} {
			if fields[field] != (hidden{}) {
				t.Errorf("%s %s is told as %v", row, field, fields[field])
			}
		}
	}
	if people != 60 {
		t.Errorf("%d people inside, want 60", people)
	}
}

// minisignKey takes the key out of a public key file: "Ed", key id, key.
func minisignKey(t *testing.T, text []byte) ed25519.PublicKey {
	t.Helper()
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	raw, err := base64.StdEncoding.DecodeString(string(lines[len(lines)-1]))
	if err != nil || len(raw) != 42 || string(raw[:2]) != "Ed" {
		t.Fatalf("no minisign key: %q, %v", text, err)
	}
	return raw[10:]
}
