package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// Local facts of the lock.
const (
	metaLockMinutes = "lock_minutes"
	metaLockHash    = "lock_hash"
	metaLockTries   = "lock_tries"
)

// lockGate lets one passphrase be tried at a time and remembers the wrong ones, so
// that guessing is slow whatever becomes of the disk.
type lockGate struct {
	mu    sync.Mutex
	tries wrongTries
	read  bool
}

// LockState tells how the window is locked.
func (a *App) LockState(ctx context.Context) (record.LockState, error) {
	minutes, err := a.db.Meta(ctx, metaLockMinutes)
	if err != nil {
		return record.LockState{}, explain(err)
	}
	hash, err := a.db.Meta(ctx, metaLockHash)
	if err != nil {
		return record.LockState{}, explain(err)
	}
	n, _ := strconv.Atoi(minutes) // what is no number is never
	registers := a.keys.Protection() == trust.Passphrase
	return record.LockState{Minutes: n, Set: registers || hash != "", Own: !registers && hash != ""}, nil
}

// SetLockAfter covers the window after some minutes without input; 0 only by hand.
func (a *App) SetLockAfter(ctx context.Context, minutes int) error {
	if minutes < 0 || minutes > record.MostLockMinutes {
		return record.Refuse(record.ErrInvalid, fmt.Sprintf("Số phút phải từ 1 đến %d; để trống là không tự khóa.", record.MostLockMinutes),
			fmt.Sprintf("Minutes lie between 1 and %d; leave it empty to lock only by hand.", record.MostLockMinutes))
	}
	st, err := a.LockState(ctx)
	if err != nil {
		return err
	}
	if minutes > 0 && !st.Set {
		return record.Refuse(record.ErrPassphrase, "Hãy đặt mật khẩu khóa màn hình trước: khóa rồi phải có mật khẩu để mở.",
			"Set the passphrase of the lock first: what is locked must be opened again.")
	}
	if err := a.db.SetMeta(ctx, metaLockMinutes, strconv.Itoa(minutes)); err != nil {
		return a.explainWrite(err)
	}
	a.announce(record.Change{Nouns: []string{"lock"}})
	return nil
}

// leastLock is how many letters a passphrase of the window has: a PIN is enough,
// since whoever guesses is made to wait.
const leastLock = 4

// SetLockPassphrase sets, changes or ("") takes away the passphrase of the window;
// the one that is set must be given. A register with a passphrase has no second one.
func (a *App) SetLockPassphrase(ctx context.Context, current, next string) error {
	st, err := a.LockState(ctx)
	if err != nil {
		return err
	}
	if a.keys.Protection() == trust.Passphrase {
		return record.Refuse(record.ErrConflict, "Sổ này đã có mật khẩu; màn hình khóa cũng mở bằng mật khẩu đó.",
			"This register has a passphrase; it opens the lock as well.")
	}
	if st.Own {
		if err := a.Unlock(ctx, current); err != nil {
			return err
		}
	}
	next = trimmed(next)
	if next != "" && utf8.RuneCountInString(next) < leastLock {
		return record.Refuse(record.ErrInvalid, "Mật khẩu khóa màn hình cần ít nhất 4 chữ số hoặc chữ cái.", "The passphrase of the lock needs at least 4 digits or letters.")
	}
	if err := a.keepLock(ctx, next); err != nil {
		return a.explainWrite(err)
	}
	a.announce(record.Change{Nouns: []string{"lock"}})
	return nil
}

// keepLock stores the hash of a passphrase; without one nothing locks by itself.
func (a *App) keepLock(ctx context.Context, passphrase string) error {
	if passphrase == "" {
		return errors.Join(a.db.SetMeta(ctx, metaLockMinutes, "0"), a.db.SetMeta(ctx, metaLockHash, ""))
	}
	return a.db.SetMeta(ctx, metaLockHash, lockHash(passphrase))
}

// Unlock proves a passphrase: the register's, that of the window, or, for who forgot
// it, the code of the recovery sheet. After three wrong ones the next has to wait,
// twice as long each time.
func (a *App) Unlock(ctx context.Context, passphrase string) error {
	a.gate.mu.Lock()
	defer a.gate.mu.Unlock()
	if !a.gate.read {
		text, err := a.db.Meta(ctx, metaLockTries)
		if err != nil {
			return explain(err)
		}
		a.gate.tries, a.gate.read = readTries(text), true
	}
	now := a.opts.Now()
	if wait := a.gate.tries.wait(now); wait > 0 {
		return waitSentence("Đã gõ sai nhiều lần.", "Wrong too often.", wait)
	}
	if err := a.opensLock(ctx, passphrase); err != nil {
		if !errors.Is(err, record.ErrPassphrase) {
			return err
		}
		a.keepTries(ctx, wrongTries{a.gate.tries.n + 1, now})
		if wait := a.gate.tries.wait(now); wait > 0 {
			return waitSentence("Mật khẩu không đúng.", "The passphrase is wrong.", wait)
		}
		return err
	}
	if a.gate.tries.n > 0 {
		a.keepTries(ctx, wrongTries{})
	}
	return nil
}

// keepTries notes wrong tries, also for the next start. They are kept in memory when
// the disk takes nothing more.
func (a *App) keepTries(ctx context.Context, t wrongTries) {
	a.gate.tries = t
	a.db.SetMeta(ctx, metaLockTries, t.String())
}

func (a *App) opensLock(ctx context.Context, passphrase string) error {
	if a.keys.Protection() == trust.Passphrase {
		_, err := a.openKeys(passphrase)
		if errors.Is(err, trust.ErrWrongPassphrase) && a.opensRecovery(passphrase) {
			return nil
		}
		return explain(err)
	}
	hash, err := a.db.Meta(ctx, metaLockHash)
	if err != nil {
		return explain(err)
	}
	if hash == "" || opensHash(hash, trimmed(passphrase)) || a.opensRecovery(passphrase) {
		return nil
	}
	return record.Refuse(record.ErrPassphrase, "Mật khẩu không đúng. Sổ vẫn khóa; hãy kiểm tra bộ gõ và phím Caps Lock rồi gõ lại.",
		"The passphrase is wrong. The register stays locked; check the keyboard and Caps Lock and try again.")
}

// opensRecovery reports whether a text is the code of this register's recovery sheet.
func (a *App) opensRecovery(text string) bool {
	code := canonicalCode(text)
	if code == "" {
		return false
	}
	sealed, err := os.ReadFile(trust.RecoveryFile(a.dir))
	if err != nil {
		return false
	}
	found, err := trust.OpenRecovery(sealed, code)
	return err == nil && found.Office == a.keys.Office
}

// How hard a guess is made: a quarter of a second and 64 MB on a two-core machine.
const (
	lockTime    = 3
	lockMemory  = 64 << 10 // KB
	lockThreads = 2
	lockKey     = 32
)

// lockHash is a slow salted hash, written as argon2 writes it elsewhere.
func lockHash(passphrase string) string {
	var salt [16]byte
	rand.Read(salt[:])
	key := argon2.IDKey([]byte(passphrase), salt[:], lockTime, lockMemory, lockThreads, lockKey)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, lockMemory, lockTime, lockThreads, b64(salt[:]), b64(key))
}

// opensHash compares a passphrase with a hash in constant time. A hash of another
// form, or one that asks for more than ours ever did, opens to nobody.
func opensHash(hash, passphrase string) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return false
	}
	var memory, times uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &times, &threads); err != nil {
		return false
	}
	if memory > 4*lockMemory || times < 1 || times > 4*lockTime || threads < 1 {
		return false
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	want, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(passphrase), salt, times, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// wrongTries are the wrong passphrases one after the other, and when the last came.
type wrongTries struct {
	n    int
	last time.Time
}

const (
	freeTries   = 3
	firstWait   = 5 * time.Second
	longestWait = 5 * time.Minute
)

// wait is how long the next try has to wait. A clock that was set back makes nobody
// wait longer than the wait itself.
func (t wrongTries) wait(now time.Time) time.Duration {
	if t.n < freeTries {
		return 0
	}
	all := longestWait
	if doubled := t.n - freeTries; doubled < 7 {
		all = min(firstWait<<doubled, longestWait)
	}
	return min(all, max(0, all-now.Sub(t.last)))
}

// String is how tries are kept.
func (t wrongTries) String() string {
	if t.n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", t.n, t.last.UTC().Format(time.RFC3339))
}

func readTries(text string) wrongTries {
	n, last, _ := strings.Cut(text, " ")
	tries, err := strconv.Atoi(n)
	at, errAt := time.Parse(time.RFC3339, last)
	if err != nil || errAt != nil {
		return wrongTries{}
	}
	return wrongTries{tries, at}
}

func waitSentence(vi, en string, wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	return record.Refuse(record.ErrPassphrase, fmt.Sprintf("%s Hãy đợi %d giây rồi gõ lại; dữ liệu vẫn nguyên.", vi, seconds),
		fmt.Sprintf("%s Wait %d seconds and try again; nothing was changed.", en, seconds))
}
