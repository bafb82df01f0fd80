package main

import (
	"log/slog"
	"os"
	"path/filepath"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/ui"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
)

func (p *program) screenOptions() ui.ScreenOptions {
	return ui.ScreenOptions{
		Words:     vocabulary{p.office.Topics()},
		Documents: documents(),
		Settings: settings.Options{
			Look: p.look, OnLook: p.changeLook, DataFolder: p.office.Folder(),
			Recovery: p.office.NewRecoverySheet, AddKey: p.office.SetProvinceKey, Restore: p.askRestore,
		},
	}
}

// documents is the person's folder for documents, or home where there is none.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	for _, name := range []string{"Documents", "Tài liệu"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// vocabulary takes the words of the figures from the engine that counts them.
type vocabulary struct{ topics []record.Term }

func (v vocabulary) Name(code string) record.Words {
	for _, i := range report.Infos {
		if i.Code == code {
			return i.Name
		}
	}
	return record.Words{VI: code}
}

func (v vocabulary) Part(dim, part string) record.Words {
	return record.Words{VI: report.PartIn(dim, part, v.topics, "vi"), EN: report.PartIn(dim, part, v.topics, "en")}
}

func (vocabulary) Whole(f record.Figure, all record.Figures) (int64, bool) {
	return report.WholeOf(f, all)
}

func (v vocabulary) Unit(f record.Figure) record.Words {
	return record.Words{VI: report.UnitIn(f, "vi"), EN: report.UnitIn(f, "en")}
}

// The look is kept with the person's preferences, not in the office's record.
const (
	lookVariant  = "look.variant"
	lookScale    = "look.scale"
	lookLanguage = "look.language"
)

func (p *program) readLook() settings.Look {
	if p.flags.screens != "" {
		return settings.Look{Variant: p.flags.variant, Scale: float32(p.flags.scale), Language: "vi"}
	}
	kept := p.fyne.Preferences()
	return settings.Look{
		Variant:  theme.Variant(kept.StringWithFallback(lookVariant, string(theme.Light))),
		Scale:    float32(kept.FloatWithFallback(lookScale, 1)),
		Language: kept.StringWithFallback(lookLanguage, "vi"),
	}
}

// changeLook wears a look and keeps it. Another language needs other screens.
func (p *program) changeLook(l settings.Look) {
	spoke := p.look.Language
	if err := p.wear(l); err != nil {
		slog.Error("the words of the window", "error", err)
	}
	kept := p.fyne.Preferences()
	kept.SetString(lookVariant, string(l.Variant))
	kept.SetFloat(lookScale, float64(l.Scale))
	kept.SetString(lookLanguage, l.Language)
	if l.Language != spoke {
		p.build()
		p.shell.Go(ui.AreaSettings)
		p.screens.Settings.Open(settings.PartLook)
	}
}
