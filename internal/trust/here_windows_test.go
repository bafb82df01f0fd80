package trust

var protectionsHere = []Protection{Passphrase, Keyring, DPAPI, Demo}
