package ui

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"maps"
	"slices"

	"sophobien/assets"
)

// Words are the window's sentences in a language, as JSON. A sentence's key is the
// sentence in Vietnamese, so Vietnamese needs a file for the toolkit's own words
// only; its other sentences are what English has keys for.
func Words(language string) []byte {
	words := map[string]string{}
	for name, english := range holidayNames() {
		words[name] = name
		if language == "en" {
			words[name] = english
		}
	}
	for key, sentence := range wordFiles("en") {
		words[key] = sentence
		if language != "en" {
			words[key] = key
		}
	}
	if language != "en" {
		maps.Copy(words, wordFiles(language))
	}
	out, err := json.Marshal(words)
	if err != nil {
		panic("ui: words that cannot be written: " + err.Error())
	}
	return out
}

// holidayNames are the names of the days off that ship with the program, with their
// English. A name the office gave itself stays as it is.
func holidayNames() map[string]string {
	file, err := assets.Catalog.Open("catalog/holidays.csv")
	if err != nil {
		panic("ui: " + err.Error())
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic("ui: the days off: " + err.Error())
	}
	names := map[string]string{}
	vi, en := slices.Index(rows[0], "name_vi"), slices.Index(rows[0], "name_en")
	for _, row := range rows[1:] {
		names[row[vi]] = row[en]
	}
	return names
}

// wordFiles are the sentences of all files of a language: en.json, toolkit.en.json.
func wordFiles(language string) map[string]string {
	words := map[string]string{}
	for _, pattern := range []string{"words/" + language + ".json", "words/*." + language + ".json"} {
		names, err := fs.Glob(assets.Words, pattern)
		if err != nil {
			panic("ui: " + err.Error())
		}
		for _, name := range names {
			text, err := assets.Words.ReadFile(name)
			if err == nil {
				err = json.Unmarshal(text, &words)
			}
			if err != nil {
				panic("ui: the words in " + name + ": " + err.Error())
			}
		}
	}
	return words
}
