package seal

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tool finds a program of the system; `make test` installs the ones needed.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is not installed; this test compares with the stock tool (make test installs it)", name)
	}
	return path
}

// stockAge builds the age command of the module this package uses.
func stockAge(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "age")
	if out, err := exec.Command("go", "build", "-o", path, "filippo.io/age/cmd/age").CombinedOutput(); err != nil {
		t.Fatalf("building age: %v\n%s", err, out)
	}
	return path
}

// run executes a tool in a folder and gives what it printed.
func run(t *testing.T, folder, path string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(path, args...)
	cmd.Dir = folder
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", filepath.Base(path), strings.Join(args, " "), err, out, problems.String())
	}
	return out
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestStockToolsAgree opens a bundle with nothing of ours, as the manual tells
// a person who does not trust this program.
func TestStockToolsAgree(t *testing.T) {
	unzip, minisign, sum, gunzip := tool(t, "unzip"), tool(t, "minisign"), tool(t, "sha256sum"), tool(t, "gunzip")
	age := stockAge(t)
	for name, classic := range map[string]bool{"post-quantum": false, "classical": true} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			to := newIdentity(t, classic)
			sealed, plain, env := sealSample(t, to, 300)
			write(t, folder, "bundle.sopb.zip", string(sealed))
			write(t, folder, "sender.pub", PublicKeyText(publicOf(deviceKey(1))))
			write(t, folder, "secret.txt", to.Secret()+"\n")

			run(t, folder, unzip, "-tq", "bundle.sopb.zip")
			run(t, folder, unzip, "-q", "bundle.sopb.zip")
			said := string(run(t, folder, minisign, "-V", "-H", "-p", "sender.pub", "-m", EnvelopeName, "-x", SignatureName))
			want := fmt.Sprintf("Trusted comment: sopb-bundle/1 from=%s no=42 payload=sha256:%s\n", env.From, env.PayloadSHA256)
			if !strings.Contains(said, want) {
				t.Errorf("minisign says %q, not %q", said, want)
			}
			if got := run(t, folder, sum, PayloadName); string(got) != env.PayloadSHA256+"  "+PayloadName+"\n" {
				t.Errorf("sha256sum of the payload: %s", got)
			}
			run(t, folder, age, "-d", "-i", "secret.txt", "-o", "payload.jsonl.gz", PayloadName)
			run(t, folder, gunzip, "payload.jsonl.gz")
			if got, err := os.ReadFile(filepath.Join(folder, "payload.jsonl")); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("the opened payload has %d bytes, want %d, %v", len(got), len(plain), err)
			}
			if got := run(t, folder, sum, "payload.jsonl"); string(got) != env.PlainSHA256+"  payload.jsonl\n" {
				t.Errorf("sha256sum of the content: %s, signed %s", got, env.PlainSHA256)
			}
		})
	}
}

// TestStockMinisignRefusesWhatWeRefuse keeps the test above honest.
func TestStockMinisignRefusesWhatWeRefuse(t *testing.T) {
	minisign, folder := tool(t, "minisign"), t.TempDir()
	sealed, _, _ := sealSample(t, newIdentity(t, true), 1)
	entries := parts(t, sealed)
	write(t, folder, "sender.pub", PublicKeyText(publicOf(deviceKey(1))))
	write(t, folder, SignatureName, string(entries[1].Data))
	write(t, folder, EnvelopeName, strings.Replace(string(entries[0].Data), `"no":42`, `"no":43`, 1))
	cmd := exec.Command(minisign, "-V", "-H", "-p", "sender.pub", "-m", EnvelopeName, "-x", SignatureName)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Errorf("accepted: %s", out)
	}
}

// TestOpensWhatStockAgeWrites is the way back: a person seals by hand.
func TestOpensWhatStockAgeWrites(t *testing.T) {
	age := stockAge(t)
	for name, classic := range map[string]bool{"post-quantum": false, "classical": true} {
		folder, id := t.TempDir(), newIdentity(t, classic)
		write(t, folder, "plain", "hello")
		run(t, folder, age, "-r", id.Recipient().String(), "-o", "sealed", "plain")
		sealed, err := os.ReadFile(filepath.Join(folder, "sealed"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Decrypt(sealed, 5, []Identity{id}); err != nil || string(got) != "hello" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestPythonReadsTheArchive uses the third independent reader, where there is one.
func TestPythonReadsTheArchive(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("no python3 here; unzip and archive/zip have read the archive")
		return
	}
	folder := t.TempDir()
	sealed, _, env := sealSample(t, newIdentity(t, false), 3)
	write(t, folder, "bundle.sopb.zip", string(sealed))
	program := `import zipfile,hashlib
z=zipfile.ZipFile("bundle.sopb.zip")
assert z.testzip() is None and z.comment==b""
print([i.filename for i in z.infolist()], hashlib.sha256(z.read("payload.jsonl.gz.age")).hexdigest())`
	want := fmt.Sprintf("['envelope.json', 'envelope.json.minisig', 'payload.jsonl.gz.age'] %s\n", env.PayloadSHA256)
	if got := run(t, folder, python, "-c", program); string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
