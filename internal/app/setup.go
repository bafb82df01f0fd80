package app

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/assets"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

//go:embed presets.json
var presetBytes []byte

// preset proposes what an office of a kind usually fills in. All of it can be
// changed: names of bodies and titles change with every reorganisation.
type preset struct {
	Level        string      `json:"level"`
	Home         string      `json:"home"`  // code of the province whose units are offered first
	On           record.Date `json:"on"`    // the day on which its units are looked up; "" today
	Since        record.Date `json:"since"` // before it there were no such units, whatever the clock says
	Office       string      `json:"office"`
	Parent       string      `json:"parent"`
	Recipient    string      `json:"recipient"`
	HeadTitle    string      `json:"head_title"`
	OfficerTitle string      `json:"officer_title"`
	Series       string      `json:"series"`
	PeriodRule   string      `json:"period_rule"`
}

func presetNamed(name string) (preset, error) {
	var all map[string]preset
	if err := json.Unmarshal(presetBytes, &all); err != nil {
		return preset{}, fmt.Errorf("presets: %w", err)
	}
	p, ok := all[name]
	if !ok {
		return preset{}, record.Refuse(record.ErrInvalid,
			"Không có mẫu thiết lập “"+name+"”. Hãy dùng 2025-commune hoặc 2024-district; cơ quan cấp tỉnh: 2025-province hoặc 2024-province.",
			"There is no preset “"+name+"”. Use 2025-commune or 2024-district; at the province: 2025-province or 2024-province.")
	}
	return p, nil
}

// Starter sets up an office where there is none yet: the first run.
type Starter struct {
	Folder  string
	Options Options
}

// FindUnits offers the units a preset reports for.
func (s Starter) FindUnits(_ context.Context, presetName, query string, limit int) ([]record.UnitChoice, error) {
	p, err := presetNamed(presetName)
	if err != nil {
		return nil, err
	}
	c, err := loadCatalog()
	if err != nil {
		return nil, err
	}
	found := c.find(query, p.Level, s.day(p), 4*limit)
	slices.SortStableFunc(found, func(x, y record.UnitChoice) int { return c.homeFirst(p.Home, x, y) })
	return found[:min(limit, len(found))], nil
}

func (s Starter) day(p preset) record.Date {
	if p.On != "" {
		return p.On
	}
	now := s.Options.Now
	if now == nil {
		now = time.Now
	}
	return max(record.DateOf(now()), p.Since)
}

// Propose fills a setup with what offices of the preset usually write.
func (s Starter) Propose(presetName string, unit record.ID) (record.Setup, error) {
	p, err := presetNamed(presetName)
	if err != nil {
		return record.Setup{}, err
	}
	c, err := loadCatalog()
	if err != nil {
		return record.Setup{}, err
	}
	u, ok := c.unit(unit)
	if !ok {
		return record.Setup{}, unknownUnit(unit.String())
	}
	line := c.line(u)
	fill := strings.NewReplacer("{unit}", u.FullName(), "{province}", line[len(line)-1].FullName()).Replace
	return record.Setup{
		Preset: presetName, Unit: c.choice(u), OfficeName: p.Office, ParentName: fill(p.Parent), Place: u.Name,
		Recipient: fill(p.Recipient), HeadTitle: p.HeadTitle, OfficerTitle: p.OfficerTitle, Protection: string(trust.Suggest()),
	}, nil
}

// UnitByCode finds the unit a code means for a preset.
func (s Starter) UnitByCode(presetName, code string) (record.UnitChoice, error) {
	p, err := presetNamed(presetName)
	if err != nil {
		return record.UnitChoice{}, err
	}
	c, err := loadCatalog()
	if err != nil {
		return record.UnitChoice{}, err
	}
	u, ok := c.byCode(strings.TrimSpace(code), s.day(p))
	if !ok || u.Kind != p.Level {
		return record.UnitChoice{}, unknownUnit(code)
	}
	return c.choice(u), nil
}

func unknownUnit(code string) error {
	return record.Refuse(record.ErrNotFound,
		"Không có đơn vị mã “"+code+"” trong danh mục của mẫu này vào ngày này. Hãy kiểm tra mã, hoặc chọn mẫu khác.",
		"No unit with code “"+code+"” is in the catalogue of this preset on this day. Check the code or choose the other preset.")
}

// Made is a new office: open, with the code to write down.
type Made struct {
	App          *App
	RecoveryCode string
	RecoveryPDF  string // path of the sheet to print
}

// Create sets the office up. When it fails, nothing of it is left behind.
func (s Starter) Create(ctx context.Context, setup record.Setup) (Made, error) {
	p, err := presetNamed(setup.Preset)
	if err != nil {
		return Made{}, err
	}
	if strings.TrimSpace(setup.OfficerName) == "" {
		return Made{}, record.Refuse(record.ErrInvalid, "Chưa có họ tên cán bộ.", "The officer's name is missing.")
	}
	a, err := prepare(s.Folder, s.Options)
	if err != nil {
		return Made{}, err
	}
	u, ok := a.catalog().unit(setup.Unit.ID)
	if !ok {
		return Made{}, errors.Join(unknownUnit(setup.Unit.Code), a.Close())
	}
	if err := a.checkUnused(); err != nil {
		return Made{}, errors.Join(err, a.Close())
	}
	made, err := a.create(ctx, setup, p, u)
	if err != nil {
		err = errors.Join(err, a.Close())
		a.removeHalfMade()
		return Made{}, err
	}
	return made, nil
}

func (a *App) create(ctx context.Context, setup record.Setup, p preset, u record.Unit) (Made, error) {
	err := a.setupBegins()
	if err != nil {
		return Made{}, err
	}
	if a.keys, err = trust.Create(a.dir, trust.Protection(setup.Protection), setup.Passphrase); err != nil {
		return Made{}, explain(err)
	}
	a.opts.Passphrase = setup.Passphrase // backups of this very session seal the office key under it
	if setup.ProvinceKeyFile != "" {
		if err := a.SetProvinceKey(ctx, setup.ProvinceKeyFile); err != nil {
			return Made{}, err
		}
	}
	if err := a.openStore(); err != nil {
		return Made{}, err
	}
	office := a.officeOf(setup, p)
	a.officer = office.Officers[0].ID
	if err := office.Validate(); err != nil {
		return Made{}, err
	}
	_, err = a.commitQuietly(ctx, func(*store.Tx) ([]record.Edit, error) {
		edits := []record.Edit{}
		for _, unit := range a.catalog().line(u) {
			edits = append(edits, record.Create(unit))
		}
		return append(edits, record.Create(office)), nil
	})
	if err != nil {
		return Made{}, err
	}
	if setup.BackupFolder != "" {
		if err := a.db.SetMeta(ctx, metaBackupFolder, setup.BackupFolder); err != nil {
			return Made{}, explain(err)
		}
	}
	code, pdf, err := a.NewRecoverySheet(ctx)
	if err != nil {
		return Made{}, err
	}
	if err := a.setupDone(); err != nil {
		return Made{}, err
	}
	return Made{App: a, RecoveryCode: code, RecoveryPDF: pdf}, a.startExchange(ctx)
}

// setupMark stands in the folder while an office is set up. Where it is found
// later, the setup was cut off and nobody has opened what it made: the next one
// begins anew. Opening a register removes it.
func (a *App) setupMark() string { return filepath.Join(a.dir.Path(), "dang-lap") }

func (a *App) setupBegins() error {
	return explain(datadir.WriteFile(a.setupMark(), []byte("setup\n")))
}

func (a *App) setupDone() error {
	if err := a.markMade(); err != nil {
		return err
	}
	if err := os.Remove(a.setupMark()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return explain(err)
	}
	return nil
}

// markMade leaves a first fact sealed under the office key: by it a backup that
// holds no person yet is still told from another office's.
func (a *App) markMade() error {
	ctx := context.Background()
	if at, err := a.db.Meta(ctx, metaMade); err != nil || at != "" {
		return explain(err)
	}
	return explain(a.db.SetMeta(ctx, metaMade, a.opts.Now().UTC().Format(time.RFC3339)))
}

// checkUnused refuses a folder that holds a register, or the keys of one: without
// them its backups could not be read again.
func (a *App) checkUnused() error {
	if _, err := os.Lstat(a.setupMark()); err == nil {
		a.removeHalfMade()
	}
	if _, err := os.Lstat(a.dir.Database()); err == nil {
		return record.Refuse(record.ErrConflict,
			"Thư mục "+a.dir.Path()+" đã có sổ; không ghi đè. Hãy mở sổ đó hoặc chọn thư mục trống.",
			"The folder "+a.dir.Path()+" already has a register; it is not overwritten. Open it or choose an empty folder.")
	}
	if _, err := trust.ProtectionOf(a.dir); !errors.Is(err, trust.ErrNoKeys) {
		return explain(cmp.Or(err, trust.ErrKeysExist))
	}
	return nil
}

func (a *App) officeOf(s record.Setup, p preset) record.Office {
	o := record.Office{
		ID: a.newID(), UnitID: s.Unit.ID, Name: s.OfficeName, ParentName: s.ParentName, Place: s.Place, Recipient: s.Recipient,
		Preset: s.Preset, PeriodRule: p.PeriodRule, Series: p.Series,
		Head:     record.Signer{Name: s.HeadName, Title: s.HeadTitle},
		Officers: []record.Officer{{ID: a.newID(), Name: s.OfficerName, Title: s.OfficerTitle}},
	}
	normal(&o)
	return o
}

// removeHalfMade takes back what a failed setup had begun; the folder had neither
// register nor keys before: see checkUnused.
func (a *App) removeHalfMade() {
	for _, name := range []string{"", "-wal", "-shm", "-journal"} {
		os.Remove(a.dir.Database() + name)
	}
	files, _ := os.ReadDir(a.dir.Keys())
	for _, f := range files {
		os.Remove(filepath.Join(a.dir.Keys(), f.Name()))
	}
	os.Remove(a.recoverySheetPath())
	os.Remove(a.setupMark())
}

func (a *App) recoverySheetPath() string { return filepath.Join(a.dir.Path(), "phieu-khoi-phuc.pdf") }

// NewRecoverySheet makes a new recovery code, puts the office key under it and
// writes the sheet to print. Earlier sheets keep opening earlier copies only.
func (a *App) NewRecoverySheet(ctx context.Context) (code, path string, err error) {
	if code, err = trust.NewRecoveryCode(); err != nil {
		return "", "", explain(err)
	}
	if err := trust.WriteRecovery(a.keys, code); err != nil {
		return "", "", explain(err)
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return "", "", explain(err)
	}
	fonts, err := sheetFonts()
	if err != nil {
		return "", "", err
	}
	pdf, err := trust.RecoverySheetPDF(fonts, trust.Sheet{
		Office: strings.TrimSpace(office.Name + ", " + office.ParentName), Officer: office.Officers[0].Name,
		Created: record.DateOf(a.opts.Now()).String(), Code: code,
	})
	if err != nil {
		return "", "", explain(err)
	}
	path = a.recoverySheetPath()
	return code, path, explain(datadir.WriteFile(path, pdf))
}

func sheetFonts() (trust.Fonts, error) {
	regular, err1 := assets.Fonts.ReadFile("fonts/NotoSans-Regular.ttf")
	bold, err2 := assets.Fonts.ReadFile("fonts/NotoSans-Bold.ttf")
	return trust.Fonts{Regular: regular, Bold: bold}, errors.Join(err1, err2)
}

// RemoveRecoverySheet deletes the sheet once it has been printed: it shows the
// code in clear.
func (a *App) RemoveRecoverySheet(context.Context) error {
	if err := os.Remove(a.recoverySheetPath()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return explain(err)
	}
	return nil
}

// SetProvinceKey enrols the province's key from a file it handed out.
func (a *App) SetProvinceKey(_ context.Context, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return explain(err)
	}
	_, err = trust.SetProvince(a.dir, string(text))
	return explain(err)
}
