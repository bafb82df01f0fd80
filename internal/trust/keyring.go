package trust

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// keyringService is the name people see in the system's list of secrets.
const keyringService = "sophobien"

// maxKeyringItem is what Windows' Credential Manager takes, the least of all.
const maxKeyringItem = 2560

const (
	probeTime = 2 * time.Second
	// A locked keyring asks the person for its password; that takes a while.
	askTime = 2 * time.Minute
)

// keyringItem is the content of keyring.json. The item has a random name, so that a
// folder that is moved keeps it and one that is copied shares it knowingly.
type keyringItem struct {
	Version int    `json:"v"`
	Item    string `json:"item"`
}

// KeyringAvailable says within two seconds whether the system has a keyring that
// answers. One that is locked counts as none.
func KeyringAvailable() bool {
	_, err := within(probeTime, func() (string, error) { return keyring.Get(keyringService, "probe") })
	return err == nil || errors.Is(err, keyring.ErrNotFound)
}

// within gives up waiting, since a question to D-Bus can wait forever. The question
// itself cannot be called back; its goroutine ends when the answer comes.
func within(d time.Duration, ask func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	c := make(chan answer, 1)
	go func() {
		text, err := ask()
		c <- answer{text, err}
	}()
	select {
	case a := <-c:
		return a.text, a.err
	case <-time.After(d):
		return "", ErrNoKeyring
	}
}

// sealKeyring puts the text under a new item and returns the file that names it.
func sealKeyring(text []byte) ([]byte, error) {
	if len(text) > maxKeyringItem {
		return nil, errors.New("the keys are too long for a keyring")
	}
	item := keyringItem{Version: keysVersion, Item: strings.ToLower(rand.Text()[:16])}
	back, err := within(askTime, func() (string, error) {
		if err := keyring.Set(keyringService, item.Item, string(text)); err != nil {
			return "", err
		}
		return keyring.Get(keyringService, item.Item)
	})
	if err != nil {
		return nil, because(ErrNoKeyring, err)
	}
	if back != string(text) {
		return nil, because(ErrNoKeyring, "it gave back something else")
	}
	return json.Marshal(item)
}

func openKeyring(file []byte) ([]byte, error) {
	item, err := parseItem(file)
	if err != nil {
		return nil, err
	}
	text, err := within(askTime, func() (string, error) { return keyring.Get(keyringService, item.Item) })
	if errors.Is(err, keyring.ErrNotFound) {
		// The keyring answers and has no such item: another account or machine.
		return nil, because(ErrNoKeys, err)
	}
	if err != nil {
		return nil, because(ErrNoKeyring, err)
	}
	return []byte(text), nil
}

// dropItem removes an item that nothing leads to any more. A failure leaves it in
// the keyring, where it does no harm.
func dropItem(file []byte) {
	if item, err := parseItem(file); err == nil {
		_, _ = within(askTime, func() (string, error) { return "", keyring.Delete(keyringService, item.Item) })
	}
}

func parseItem(file []byte) (keyringItem, error) {
	var item keyringItem
	if err := decodeJSON(file, &item, func() int { return item.Version }); err != nil {
		return keyringItem{}, err
	}
	if item.Item == "" {
		return keyringItem{}, because(ErrKeysDamaged, "keyring.json names no item")
	}
	return item, nil
}
