package app

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// How the files are called that the three persons keep.
const (
	rootKeyPrefix  = "SPB_goc_"
	recoveryPrefix = "SPB_phuc-hoi_"
	stickSuffix    = ".age"
)

func rootKeyName(unit string, holder int) string {
	return fmt.Sprintf("%s%s_%d%s", rootKeyPrefix, unit, holder, stickSuffix)
}

// recoveryName is that of a recovery identity; one that takes the place of another has the
// day in it, since the one before opens older files.
func recoveryName(unit string, day record.Date) string {
	parts := append([]string{recoveryPrefix + unit}, strings.Split(string(day), "-")...)
	if day == "" {
		parts = parts[:1]
	}
	return strings.Join(parts, "_") + stickSuffix
}

// rootKeys opens a root key on each stick, no key twice.
func rootKeys(sticks []record.RootStick) ([]ed25519.PrivateKey, error) {
	var out []ed25519.PrivateKey
	for _, s := range sticks {
		key, err := rootKey(s, out)
		if err != nil {
			return nil, err
		}
		out = append(out, key)
	}
	return out, nil
}

// rootKey opens the key of one stick that is none of those opened before.
func rootKey(s record.RootStick, before []ed25519.PrivateKey) (ed25519.PrivateKey, error) {
	files, err := filesOn(s.Place, rootKeyPrefix)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, record.Refuse(record.ErrNotFound,
			"Không có khóa gốc nào trong "+s.Place+" (tệp "+rootKeyPrefix+"….age). Hãy chọn đúng USB của người giữ khóa.",
			"There is no root key in "+s.Place+" (a file "+rootKeyPrefix+"….age). Choose the stick of a keeper.")
	}
	var problem error
	for _, file := range files {
		raw, err := readStick(file)
		if err != nil {
			return nil, err
		}
		key, err := trust.OpenRootKey(raw, s.Passphrase)
		known := func(k ed25519.PrivateKey) bool { return k.Equal(key) }
		switch {
		case err != nil:
			problem = errors.Join(problem, err)
		case !slices.ContainsFunc(before, known):
			return key, nil
		default:
			problem = errors.Join(problem, record.Refuse(record.ErrInvalid,
				"Khóa gốc trong "+s.Place+" trùng với khóa trước. Cần hai khóa gốc khác nhau, trên USB của hai người giữ.",
				"The root key in "+s.Place+" is the one before. Two different root keys are needed, from the sticks of two keepers."))
		}
	}
	if errors.Is(problem, trust.ErrWrongPassphrase) {
		return nil, record.Refuse(record.ErrPassphrase,
			"Mật khẩu không mở được khóa gốc trong "+s.Place+". Hãy kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.",
			"The passphrase does not open the root key in "+s.Place+". Check the keyboard and Caps Lock and try again.").Because(problem)
	}
	return nil, explain(problem)
}

// identitiesOn are the recovery identities on sticks that their keepers' passphrases open,
// the newest first, and where the newest lies.
func identitiesOn(sticks []record.RootStick) (found []string, place record.RootStick, err error) {
	type kept struct {
		name, identity string
		stick          record.RootStick
	}
	var all []kept
	for _, s := range sticks {
		files, err := filesOn(folderOf(s.Place), recoveryPrefix)
		if err != nil {
			return nil, place, err
		}
		for _, file := range files {
			raw, err := readStick(file)
			if err != nil {
				return nil, place, err
			}
			if id, err := trust.OpenIdentity(raw, s.Passphrase); err == nil { // else another keeper's
				all = append(all, kept{filepath.Base(file), id, s})
			}
		}
	}
	slices.SortFunc(all, func(x, y kept) int { return strings.Compare(stem(y.name), stem(x.name)) })
	for _, k := range all {
		if !slices.Contains(found, k.identity) {
			found = append(found, k.identity)
		}
	}
	if len(all) > 0 {
		place = all[0].stick
	}
	return found, place, nil
}

func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// folderOf is the folder a place on a stick is, or lies in.
func folderOf(place string) string {
	if st, err := os.Stat(place); err == nil && !st.IsDir() {
		return filepath.Dir(place)
	}
	return place
}

// filesOn is a file that was named itself, or those of a folder that are called so.
func filesOn(place, prefix string) ([]string, error) {
	st, err := os.Stat(place)
	if err != nil {
		return nil, explain(err)
	}
	if !st.IsDir() {
		return []string{place}, nil
	}
	entries, err := os.ReadDir(place)
	if err != nil {
		return nil, explain(err)
	}
	var out []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) && strings.HasSuffix(e.Name(), stickSuffix) {
			out = append(out, filepath.Join(place, e.Name()))
		}
	}
	return out, nil
}

// maxStickFile is more than any file of a keeper takes.
const maxStickFile = 64 << 10

func readStick(file string) ([]byte, error) {
	if st, err := os.Stat(file); err == nil && st.Size() > maxStickFile {
		return nil, record.Refuse(record.ErrInvalid, file+" không phải tệp khóa.", file+" is no file of a key.")
	}
	raw, err := os.ReadFile(file)
	return raw, explain(err)
}

// explainRoots says of signatures that are not enough whose they must be.
func explainRoots(err error) error {
	if !errors.Is(err, trust.ErrSignature) {
		return explain(err)
	}
	return record.Refuse(record.ErrNotTrusted,
		"Cần hai khóa gốc khác nhau của chính tỉnh này; khóa chưa thay. Hãy cắm đúng USB của hai người giữ khóa.",
		"Two different root keys of this very province are needed; nothing was replaced. Use the sticks of two of the keepers.").Because(err)
}
