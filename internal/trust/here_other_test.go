//go:build !windows

package trust

var protectionsHere = []Protection{Passphrase, Keyring, Demo}
