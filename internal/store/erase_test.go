package store

import (
	"os"
	"strings"
	"testing"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// An erased value is gone from every table, every past version included, and
// the chain stays whole.
func TestErasureTakesEveryVersionAndKeepsTheChain(t *testing.T) {
	db := newTest(t)
	before := recordtest.Person(1)
	before.Phone = "0912345678"
	commit(t, db, 1, record.Create(before))
	after := before
	after.FullName, after.Phone = "Y Ngọc Tên Mới", "0987654321"
	edit, _ := record.Update(before, after)
	commit(t, db, 1, edit)

	commit(t, db, 1, record.Edit{Ref: after.Ref(), Erase: []string{"full_name", "phone"}})

	got, err := Find[record.Person](ctx, db, after.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.FullName != "" || got.Phone != "" || got.Sex != after.Sex || got.Birth != after.Birth {
		t.Errorf("after erasure: %+v", got)
	}
	for n := int64(1); n <= 2; n++ {
		for _, x := range secretsAt(t, db, n) {
			for _, field := range []string{"full_name", "phone"} {
				if _, here := x.Value(field); here {
					t.Errorf("commit %d still holds %s", n, field)
				}
			}
			if n == 1 && x.Seeded() {
				t.Error("the seed is still there, which gives the salts of what is erased")
			}
		}
	}
	if st, err := os.Stat(db.path + "-wal"); err == nil && st.Size() > 0 {
		t.Errorf("the write-ahead log still has %d bytes", st.Size())
	}
	if found, err := db.FindPeople(ctx, "ngoc", 5); err != nil || len(found) > 0 && strings.Contains(found[0].Name, "Ngọc") {
		t.Errorf("the name is still found: %v %v", found, err)
	}
	mustVerify(t, db)
}

func secretsAt(t *testing.T, db *DB, seq int64) []oplog.Secret {
	t.Helper()
	s, err := scanCommit(db.read.QueryRowContext(ctx, selectLog+" WHERE log.seq = ?", seq), db.box)
	if err != nil {
		t.Fatal(err)
	}
	return s.secrets
}

// TestManyAreErasedAtOnce: all versions of all, those of deleted rows too, in boxes
// they share with values that stay; and nothing comes back when the log is read anew.
func TestManyAreErasedAtOnce(t *testing.T) {
	db := newTest(t)
	var made, renamed, erase []record.Edit
	for n := range int64(300) {
		p := recordtest.Person(n)
		p.Phone = "0912345678"
		made = append(made, record.Create(p))
		after := p
		after.FullName += " mới"
		e, _ := record.Update(p, after)
		renamed = append(renamed, e)
		if n%3 > 0 {
			erase = append(erase, record.Edit{Ref: p.Ref(), Set: map[string]record.Value{"full_name": record.TextValue(record.NameHidden)}, Erase: []string{"full_name", "birth"}})
		}
	}
	commit(t, db, 1, made...)
	commit(t, db, 1, renamed...)
	commit(t, db, 1, record.Edit{Ref: recordtest.Person(1).Ref(), Delete: true})
	commit(t, db, 1, erase...)
	gone := map[record.ID]bool{}
	for _, e := range erase {
		gone[e.Ref.ID] = true
	}
	rows, err := db.read.Query(selectLog)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		s, err := scanCommit(rows, db.box)
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.secrets {
			ref := s.commit.Ops[s.secrets[i].Op].Ref
			name, here := s.secrets[i].Value("full_name")
			_, phone := s.secrets[i].Value("phone")
			if gone[ref.ID] && here && name.Text() != record.NameHidden || !gone[ref.ID] && s.seq < 3 && !here || s.seq == 1 && !phone {
				t.Fatalf("commit %d says of %s the name %q, phone %v", s.seq, ref, name, phone)
			}
		}
	}
	if page, err := db.Rows(ctx, record.ListFilter{Noun: "person", Text: "y ngoc"}); err != nil || page.Total != 100 {
		t.Errorf("%d people have a name, %v", page.Total, err)
	}
	mustVerify(t, db)
	again := openTest(t, db.path)
	commit(t, again, 1, record.Create(recordtest.Person(1000)))
	mustVerify(t, again)
}
