package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sophobienctl": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs testdata/script. A script says "ctl CODE ARGS…" for a call that
// ends with that exit code: inside this process, with everything DESIGN promises
// of every call checked (see ctlCall). "exec sophobienctl" is the real program,
// where the environment or the working folder matter.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"ctl":     ctlCall,
			"json":    jsonCall,
			"figures": figuresCall,
			"people":  peopleCall,
			"damage":  damageCall,
			"files":   filesCall,
			"sql":     sqlCall,
			"picture": pictureCall,
			"alter":   alterCall,

			"office":    officeCall,
			"plainkeys": plainKeysCall,
			"retitle":   retitleCall,
			"province":  provinceCall,
			"stranger":  strangerCall,
			"misread":   misreadCall,
			"taken":     takenCall,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_DATA_HOME", "")
			templates, err := filepath.Abs("../../assets/templates")
			if err != nil {
				return err
			}
			e.Setenv("TEMPLATES", templates)
			return os.WriteFile(e.WorkDir+"/passphrase", []byte("sáu từ dễ nhớ khó đoán\n"), 0o600)
		},
	})
}
