package ui

import "sophobien/assets"

// Words are the window's sentences in a language; Vietnamese for an unknown one.
func Words(language string) []byte {
	b, err := assets.Words.ReadFile("words/" + language + ".json")
	if err != nil {
		b, err = assets.Words.ReadFile("words/vi.json")
	}
	if err != nil {
		panic("ui: the words are not embedded: " + err.Error())
	}
	return b
}
