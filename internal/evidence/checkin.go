package evidence

import (
	"bytes"
	"context"
)

// CheckIn opens files in a folder that [Store.CopyTo] wrote and gives the hashes of
// those that are not whole there. It writes nothing.
func (s *Store) CheckIn(ctx context.Context, folder string, shas []string) (bad []string, _ error) {
	for _, sha := range uniqueSHA(shas) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sealed, err := readSealed(pathIn(folder, sha))
		if err == nil {
			var plain []byte
			plain, err = s.box.open(s.box.files, sha, bytes.Clone(sealed))
			if err == nil && shaOf(plain) == sha {
				continue
			}
		}
		bad = append(bad, sha)
	}
	return bad, nil
}
