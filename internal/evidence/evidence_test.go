package evidence

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
)

var ctx = context.Background()

func add(t testing.TB, s *Store, name string, raw []byte) record.Evidence {
	t.Helper()
	e, err := s.Add(ctx, name, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func read(t testing.TB, s *Store, sha string) []byte {
	t.Helper()
	b, err := s.Read(sha)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestKinds(t *testing.T) {
	photo := asJPEG(t, quarters(640, 480))
	for _, tt := range []struct {
		name, file string
		raw        []byte
		want       record.Evidence // but for hash and size
	}{
		{"photo of a camera", "IMG_1.JPG", withExif(photo, binary.LittleEndian, 1), record.Evidence{Name: "IMG_1.JPG", Kind: "photo", Width: 640, Height: 480, Day: "2026-03-05"}},
		{"the other order of bytes", `D:\ảnh\IMG_1.jpg`, withExif(photo, binary.BigEndian, 1), record.Evidence{Name: "IMG_1.jpg", Kind: "photo", Width: 640, Height: 480, Day: "2026-03-05"}},
		{"turned by the camera", "a.jpg", withExif(photo, binary.BigEndian, 6), record.Evidence{Name: "a.jpg", Kind: "photo", Width: 480, Height: 640, Day: "2026-03-05"}},
		{"photo sent by chat", "a.jpg", photo, record.Evidence{Name: "a.jpg", Kind: "photo", Width: 640, Height: 480}},
		{"scanned sheet", "trang 1.png", asPNG(t, quarters(1240, 1754)), record.Evidence{Name: "trang 1.png", Kind: "scan", Width: 1240, Height: 1754}},
		{"large scanned sheet", "trang 1.png", asPNG(t, quarters(1488, 2105)), record.Evidence{Name: "trang 1.jpg", Kind: "scan", Width: 1448, Height: 2048}},
		{"a name that lies", "ảnh.pdf", photo, record.Evidence{Name: "ảnh.jpg", Kind: "photo", Width: 640, Height: 480}},
		{"no name", "", photo, record.Evidence{Name: ".jpg", Kind: "photo", Width: 640, Height: 480}},
		{"one pixel", "1.png", asPNG(t, quarters(1, 1)), record.Evidence{Name: "1.png", Kind: "photo", Width: 1, Height: 1}},
		{"a line of pixels", "1.png", asPNG(t, quarters(9000, 1)), record.Evidence{Name: "1.jpg", Kind: "photo", Width: 2048, Height: 1}},
		{"pdf", "danh sách.pdf", pdf(), record.Evidence{Name: "danh sách.pdf", Kind: "pdf"}},
		{"pdf without its ending", "danh sách", pdf(), record.Evidence{Name: "danh sách.pdf", Kind: "pdf"}},
		{"webp", "zalo.webp", smallWebP(t), record.Evidence{Name: "zalo.jpg", Kind: "photo", Width: 1, Height: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			got := add(t, s, tt.file, tt.raw)
			kept := read(t, s, got.SHA256)
			tt.want.SHA256, tt.want.Size = shaOf(kept), int64(len(kept))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if record.Word(record.EvidenceKinds, got.Kind) == nil {
				t.Error("a kind without words")
			}
			sealed, err := os.ReadFile(onlyFile(t, s))
			if err != nil || bytes.Contains(sealed, kept[len(kept)/2:]) || !strings.HasSuffix(onlyFile(t, s), filepath.Join(got.SHA256[:2], got.SHA256)) {
				t.Error("not sealed under its name")
			}
		})
	}
}

// smallWebP is one transparent pixel.
func smallWebP(t testing.TB) []byte {
	raw, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestNothingOfTheCameraStays(t *testing.T) {
	photo := withExif(asJPEG(t, quarters(64, 48)), binary.LittleEndian, 1)
	photo = withSegment(photo, markCOM, []byte(secret))
	photo = withSegment(photo, markAPP1, []byte("http://ns.adobe.com/xap/1.0/\x00"+secret))
	photo = withSegment(photo, markAPP15-2, []byte("Photoshop "+secret))
	photo = append(photo, secret+" a film behind the photo"...)
	scan := withChunk(withChunk(asPNG(t, quarters(64, 48)), "eXIf", tiff(binary.BigEndian, 1)), "tEXt", []byte("Author\x00"+secret))
	scan = append(scan, secret...)
	for name, raw := range map[string][]byte{
		"jpeg": photo, "png": scan,
		"turned":   withExif(asJPEG(t, quarters(64, 48)), binary.LittleEndian, 3),
		"large":    withExif(asJPEG(t, quarters(2100, 1400)), binary.LittleEndian, 1),
		"odd jpeg": append(withExif(asJPEG(t, quarters(64, 48)), binary.LittleEndian, 1), 0xff, 0xd8),
	} {
		t.Run(name, func(t *testing.T) {
			if !bytes.Contains(raw, []byte(secret)) {
				t.Fatal("the test has no secret")
			}
			s := open(t)
			kept := read(t, s, add(t, s, "a", raw).SHA256)
			if bytes.Contains(kept, []byte(secret)) || bytes.Contains(kept, []byte("Exif")) {
				t.Error("what the camera wrote is still there")
			}
		})
	}
}

// A picture that is small and upright keeps its very pixels.
func TestSmallPicturesAreNotEncodedAnew(t *testing.T) {
	for name, plain := range map[string][]byte{"a.jpg": asJPEG(t, quarters(640, 480)), "a.png": asPNG(t, quarters(640, 480))} {
		s := open(t)
		if kept := read(t, s, add(t, s, name, plain).SHA256); !bytes.Equal(kept, plain) {
			t.Errorf("%s: other bytes", name)
		}
	}
}

func TestOrientation(t *testing.T) {
	// What stands in the corners of the upright picture, for each orientation:
	// red, green, blue and white as quarters has them.
	const r, g, b, w = "red", "green", "blue", "white"
	for orientation, want := range map[uint16][4]string{
		1: {r, g, b, w}, 2: {g, r, w, b}, 3: {w, b, g, r}, 4: {b, w, r, g}, 5: {r, b, g, w}, 6: {b, r, w, g}, 7: {w, g, b, r}, 8: {g, w, r, b}, 9: {r, g, b, w},
	} {
		for _, size := range []image.Point{{96, 64}, {2100, 1400}} {
			if size.X > LongSide && orientation != 6 {
				continue // made smaller and turned: once is enough
			}
			s := open(t)
			e := add(t, s, "a.jpg", withExif(asJPEG(t, quarters(size.X, size.Y)), binary.BigEndian, orientation))
			img, err := jpeg.Decode(bytes.NewReader(read(t, s, e.SHA256)))
			if err != nil {
				t.Fatal(err)
			}
			if got := corners(img); got != want {
				t.Errorf("orientation %d of %v: %v, want %v", orientation, size, got, want)
			}
			if size := img.Bounds().Size(); int64(size.X) != e.Width || int64(size.Y) != e.Height || (orientation >= 5 && orientation <= 8) != (size.Y > size.X) {
				t.Errorf("orientation %d: %v, said %d×%d", orientation, size, e.Width, e.Height)
			}
		}
	}
}

func corners(img image.Image) (got [4]string) {
	b := img.Bounds()
	for i := range got {
		c := color.RGBAModel.Convert(img.At(b.Dx()/4+i%2*b.Dx()/2, b.Dy()/4+i/2*b.Dy()/2)).(color.RGBA)
		switch {
		case c.R > 150 && c.G > 150:
			got[i] = "white"
		case c.R > 150:
			got[i] = "red"
		case c.G > 130:
			got[i] = "green"
		default:
			got[i] = "blue"
		}
	}
	return got
}

func TestLargePhotosAreMadeSmaller(t *testing.T) {
	s := open(t)
	for _, tt := range []struct {
		name string
		raw  []byte
		w, h int64
	}{
		{"many pixels", asJPEG(t, quarters(2400, 1800)), 2048, 1536},
		{"upright", asJPEG(t, quarters(1800, 2400)), 1536, 2048},
		{"many bytes", asPNG(t, noisy(900, 800)), 900, 800},
	} {
		e := add(t, s, "a", tt.raw)
		if e.Width != tt.w || e.Height != tt.h || e.Size >= int64(len(tt.raw)) {
			t.Errorf("%s: %d×%d, %d bytes of %d", tt.name, e.Width, e.Height, e.Size, len(tt.raw))
		}
		if _, err := jpeg.Decode(bytes.NewReader(read(t, s, e.SHA256))); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestRefused(t *testing.T) {
	photo, scan := asJPEG(t, quarters(640, 480)), asPNG(t, noisy(100, 100))
	for name, tt := range map[string]struct {
		raw  []byte
		says string
		kind error
	}{
		"empty":               {nil, "tệp rỗng", record.ErrInvalid},
		"text":                {[]byte("xin chào"), "nhận ảnh JPEG, PNG, WebP và tệp PDF", record.ErrInvalid},
		"Word":                {[]byte("PK\x03\x04 word"), "Word, Excel hãy lưu thành PDF", record.ErrInvalid},
		"gif":                 {[]byte("GIF89a..........."), "nhận ảnh JPEG", record.ErrInvalid},
		"heic":                {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "Tương thích nhất", record.ErrInvalid},
		"film":                {[]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), "là phim", record.ErrInvalid},
		"bomb":                {bomb(12000, 12000), "12000 × 12000 điểm ảnh", record.ErrInvalid},
		"thin bomb":           {bomb(2_000_000_000, 1), "bộ nhớ", record.ErrInvalid},
		"jpeg cut short":      {photo[:len(photo)/2], "chép thiếu", record.ErrDamaged},
		"jpeg of a beginning": {photo[:4], "chép thiếu", record.ErrDamaged},
		"png cut short":       {scan[:len(scan)/2], "chép thiếu", record.ErrDamaged},
		"png altered":         {bytes.Replace(scan, []byte("IDAT"), []byte("IDAT\x01"), 1), "chép thiếu", record.ErrDamaged},
		"webp cut short":      {[]byte("RIFF\x1a\x00\x00\x00WEBPVP8L"), "chép thiếu", record.ErrDamaged},
		"pdf cut short":       {pdf()[:20], "chép thiếu", record.ErrDamaged},
		"too large":           {append(pdf(), make([]byte, MostBytes)...), "tối đa 25 MB", record.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			_, err := s.Add(ctx, "ảnh 1.jpg", onlyReader{bytes.NewReader(tt.raw)})
			if !errors.Is(err, tt.kind) {
				t.Fatalf("kind: %v", err)
			}
			vi, en := record.SentenceOf(err, "vi"), record.SentenceOf(err, "en")
			if !strings.Contains(vi, tt.says) || !strings.Contains(vi, "“ảnh 1.jpg”") || !strings.Contains(vi, "Chưa có gì được lưu") || !strings.Contains(en, "Nothing was stored") || strings.Contains(vi+en, "%!") {
				t.Errorf("says %q / %q", vi, en)
			}
			if c, err := s.Verify(ctx); err != nil || c.Files != 0 {
				t.Errorf("left behind: %+v, %v", c, err)
			}
		})
	}
}

// onlyReader hides that a size could be asked.
type onlyReader struct{ io.Reader }

func TestFileThatIsFarTooLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ảnh to.jpg")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("\xff\xd8\xff")
	if err := errors.Join(f.Truncate(300<<20), f.Close()); err != nil {
		t.Fatal(err)
	}
	s := open(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err = s.AddFile(ctx, path)
	runtime.ReadMemStats(&after)
	if vi := record.SentenceOf(err, "vi"); !errors.Is(err, record.ErrInvalid) || !strings.Contains(vi, "“ảnh to.jpg” nặng 300 MB") {
		t.Errorf("says %q", vi)
	}
	if took, grew := time.Since(start), after.TotalAlloc-before.TotalAlloc; took > time.Second || grew > 1<<20 {
		t.Errorf("took %v and %d bytes to see it", took, grew)
	}
}

func TestAddFile(t *testing.T) {
	s, folder := open(t), t.TempDir()
	if _, err := s.AddFile(ctx, folder); !errors.Is(err, record.ErrInvalid) || !strings.Contains(record.SentenceOf(err, "vi"), "thư mục") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := s.AddFile(ctx, filepath.Join(folder, "mất.pdf")); !errors.Is(err, record.ErrNotFound) || strings.Contains(record.SentenceOf(err, "vi"), folder) {
		t.Errorf("no file: %v", err)
	}
	path := filepath.Join(folder, "a.pdf")
	if err := os.WriteFile(path, pdf(), 0o600); err != nil {
		t.Fatal(err)
	}
	if e, err := s.AddFile(ctx, path); err != nil || e.Name != "a.pdf" {
		t.Errorf("%+v, %v", e, err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.AddFile(stopped, path); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestTwiceIsOneFile(t *testing.T) {
	s := open(t)
	raw := withExif(asJPEG(t, quarters(2100, 1400)), binary.BigEndian, 6)
	a, b := add(t, s, "a.jpg", raw), add(t, s, "b.jpg", raw)
	if a.SHA256 != b.SHA256 || b.Name != "b.jpg" {
		t.Errorf("%+v\n%+v", a, b)
	}
	path := onlyFile(t, s)
	if err := os.WriteFile(path, []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	add(t, s, "c.jpg", raw) // puts a spoilt file right
	read(t, s, a.SHA256)
}

func TestManyAtOnce(t *testing.T) {
	s := open(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			raw := asJPEG(t, quarters(600+i%2*2, 400))
			for range 5 {
				e, err := s.Add(ctx, "a.jpg", bytes.NewReader(raw))
				if err != nil {
					t.Error(err)
				}
				if _, err := s.Thumbnail(e.SHA256, 100); err != nil {
					t.Error(err)
				}
			}
			if _, err := s.Verify(ctx); err != nil {
				t.Error(err)
			}
			if _, err := s.Sweep(map[string]bool{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if c, err := s.Verify(ctx); err != nil || c.Files != 2 || len(c.Bad) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestVanishedTruncatedAltered(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(path string, sealed []byte) error
		kind  error
		says  string
	}{
		"vanished":        {func(path string, _ []byte) error { return os.Remove(path) }, record.ErrNotFound, "không còn trong thư mục"},
		"truncated":       {func(path string, b []byte) error { return os.WriteFile(path, b[:len(b)-5], 0o600) }, record.ErrDamaged, "bị hỏng"},
		"nothing of it":   {func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o600) }, record.ErrDamaged, "bị hỏng"},
		"altered":         {func(path string, b []byte) error { b[len(b)/2] ^= 1; return os.WriteFile(path, b, 0o600) }, record.ErrDamaged, "bị hỏng"},
		"made plain":      {func(path string, _ []byte) error { return os.WriteFile(path, pdf(), 0o600) }, record.ErrDamaged, "bị hỏng"},
		"made far larger": {func(path string, _ []byte) error { return os.Truncate(path, 1<<33) }, record.ErrDamaged, "bị hỏng"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			e := add(t, s, "a.jpg", asJPEG(t, quarters(64, 48)))
			path := onlyFile(t, s)
			sealed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.spoil(path, sealed); err != nil {
				t.Fatal(err)
			}
			for what, err := range map[string]error{"read": second(s.Read(e.SHA256)), "thumbnail": second(s.Thumbnail(e.SHA256, 32))} {
				if !errors.Is(err, tt.kind) || !strings.Contains(record.SentenceOf(err, "vi"), tt.says) {
					t.Errorf("%s: %v: %s", what, err, record.SentenceOf(err, "vi"))
				}
			}
			c, err := s.Verify(ctx)
			if err != nil || (len(c.Bad) == 1) != (tt.kind == record.ErrDamaged) {
				t.Errorf("verify: %+v, %v", c, err)
			}
		})
	}
}

func second(_ []byte, err error) error { return err }

// A file put in another's place, or opened with another office's key, is damaged.
func TestSealedToNameAndKey(t *testing.T) {
	s := open(t)
	a, b := add(t, s, "a.pdf", pdf()), add(t, s, "b.jpg", asJPEG(t, quarters(8, 8)))
	sealed, _ := os.ReadFile(s.path(a.SHA256))
	if err := os.WriteFile(s.path(b.SHA256), sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Read(b.SHA256); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("another file in its place: %v", err)
	}
	other := reopen(t, filepath.Dir(s.folder))
	other.box = newBox([32]byte{9})
	if _, err := other.Read(a.SHA256); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("another key: %v", err)
	}
}

func TestHashesOfOtherForms(t *testing.T) {
	s := open(t)
	for _, sha := range []string{"", "..", "../../keys/x", strings.Repeat("A", 64), strings.Repeat("a", 63), strings.Repeat("a", 62) + "/x"} {
		if err := second(s.Read(sha)); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("read %q: %v", sha, err)
		}
		if err := second(s.Thumbnail(sha, 64)); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("thumbnail %q: %v", sha, err)
		}
		if s.Has(sha) {
			t.Errorf("has %q", sha)
		}
	}
}

func TestThumbnail(t *testing.T) {
	s := open(t)
	e := add(t, s, "a.jpg", withExif(asJPEG(t, quarters(2100, 1400)), binary.BigEndian, 6))
	for px, want := range map[int]image.Point{128: {85, 128}, 1: {11, 16}, 9999: {683, 1024}} {
		thumb, err := s.Thumbnail(e.SHA256, px)
		if err != nil {
			t.Fatal(err)
		}
		config, err := jpeg.DecodeConfig(bytes.NewReader(thumb))
		if err != nil || (image.Point{config.Width, config.Height}) != want {
			t.Errorf("%d: %d×%d, %v", px, config.Width, config.Height, err)
		}
	}
	path := s.path(e.SHA256) + ".t128"
	sealed, err := os.ReadFile(path)
	if err != nil || bytes.Contains(sealed, []byte("\xff\xd8\xff")) {
		t.Fatalf("not kept, or not sealed: %v", err)
	}
	first, _ := s.Thumbnail(e.SHA256, 128)
	if err := os.WriteFile(path, sealed[:40], 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Thumbnail(e.SHA256, 128); err != nil || !bytes.Equal(first, again) {
		t.Errorf("a spoilt one is not made again: %v", err)
	}
	if _, err := s.Thumbnail(add(t, s, "a.pdf", pdf()).SHA256, 128); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("of a PDF: %v", err)
	}
	small := add(t, s, "s.png", asPNG(t, quarters(20, 10)))
	thumb, err := s.Thumbnail(small.SHA256, 500)
	if config, _ := jpeg.DecodeConfig(bytes.NewReader(thumb)); err != nil || config.Width != 20 {
		t.Errorf("a small one grew to %d: %v", config.Width, err)
	}
}

func TestSweep(t *testing.T) {
	s := open(t)
	kept, gone := add(t, s, "a.pdf", pdf()), add(t, s, "b.jpg", asJPEG(t, quarters(64, 48)))
	if _, err := s.Thumbnail(gone.SHA256, 64); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(filepath.Dir(s.path(gone.SHA256)), ".~x.0123456789abcdef.tmp")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Sweep(map[string]bool{kept.SHA256: true}); n != 0 || err != nil || !s.Has(gone.SHA256) {
		t.Fatalf("what was just added went: %d, %v", n, err)
	}
	s = reopen(t, filepath.Dir(s.folder))
	if n, err := s.Sweep(nil); n != 0 || err == nil || !s.Has(gone.SHA256) {
		t.Fatalf("no map: %d, %v", n, err)
	}
	if n, err := s.Sweep(map[string]bool{kept.SHA256: true}); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if onlyFile(t, s) != s.path(kept.SHA256) {
		t.Error("another file stayed")
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Verify(stopped); !errors.Is(err, context.Canceled) {
		t.Errorf("verify cancelled: %v", err)
	}
}

// What was said to be kept is there after a kill, and nothing that is not whole.
func TestKilledWhileAdding(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so")
	all := 0
	for round := range 6 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "EVIDENCE_TEST_ADD="+path)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines, said := bufio.NewScanner(out), []string(nil)
		hear := func() bool {
			more := lines.Scan()
			if isSHA(lines.Text()) {
				said = append(said, lines.Text())
			}
			return more
		}
		if round%2 == 0 { // the clock starts only when one is there: a slow machine gets that far too
			hear()
		}
		time.AfterFunc(time.Duration(60+time.Now().UnixNano()%40)*time.Millisecond, func() { c.Process.Kill() })
		for hear() {
		}
		c.Wait()
		all += len(said)
		s := reopen(t, path)
		for _, sha := range said {
			read(t, s, sha)
		}
		if check, err := s.Verify(ctx); err != nil || len(check.Bad) > 0 || check.Files < len(said) {
			t.Fatalf("said %d: %+v, %v", len(said), check, err)
		}
		if _, err := s.Sweep(map[string]bool{}); err != nil {
			t.Fatal(err)
		}
		if check, _ := s.Verify(ctx); check.Files != 0 {
			t.Fatalf("%d files no record names stay", check.Files)
		}
	}
	if all == 0 {
		t.Error("every child was killed before it added anything")
	}
}

// The mean of a picture is that of the picture made smaller, whatever the sizes.
func TestShrinkKeepsTheMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 40).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
		to := image.Pt(rapid.IntRange(1, w).Draw(t, "to w"), rapid.IntRange(1, h).Draw(t, "to h"))
		img := noisy(w, h)
		out := shrink(img, to)
		if out.Bounds().Size() != to {
			t.Fatalf("%v", out.Bounds())
		}
		for c := range 3 {
			if a, b := mean(img, c), mean(out, c); a-b > 0.51 || b-a > 0.51 {
				t.Fatalf("%d×%d to %v: mean %v became %v", w, h, to, a, b)
			}
		}
		if to == image.Pt(w, h) && !bytes.Equal(out.Pix, img.Pix) {
			t.Fatal("the same size is another picture")
		}
	})
}

func mean(img *image.RGBA, c int) float64 {
	sum := 0
	for i := c; i < len(img.Pix); i += 4 {
		sum += int(img.Pix[i])
	}
	return float64(sum) / float64(len(img.Pix)/4)
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"/home/a/ảnh.jpg": "ảnh.jpg", `C:\Ảnh\a.jpg`: "a.jpg", "a\x00\n\u202eb.jpg": "ab.jpg", "": "", "/": "", "a/..": "..", "a\u0309nh.jpg": "ảnh.jpg",
		strings.Repeat("ả", 200) + ".jpg": strings.Repeat("ả", 116) + ".jpg", "\xff.jpg": ".jpg",
	} {
		if got := cleanName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func FuzzStrip(f *testing.F) {
	photo := asJPEG(f, quarters(16, 16))
	for _, seed := range [][]byte{photo, withExif(photo, binary.BigEndian, 6), asPNG(f, quarters(16, 16)), withChunk(asPNG(f, quarters(4, 4)), "eXIf", tiff(binary.LittleEndian, 3)), smallWebP(f), pdf()} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		kind := typeOf(raw)
		about := readExif(exifOf(kind, raw))
		if about.orientation < 1 || about.orientation > 8 || !about.taken.Valid() {
			t.Fatalf("%+v", about)
		}
		bare, ok := strip(kind, raw)
		if !ok {
			return
		}
		was, err := decode("", kind, raw)
		if err != nil || was.Bounds().Dx()*was.Bounds().Dy() > 1<<16 {
			return
		}
		is, err := decode("", kind, bare)
		if err != nil {
			t.Fatalf("what was stripped does not open: %v", err)
		}
		size := was.Bounds().Size()
		if !bytes.Equal(shrink(was, size).Pix, shrink(is, size).Pix) {
			t.Fatal("another picture")
		}
	})
}

// A photo of twelve megapixels, as a phone takes it: some detail, some noise.
func phonePhoto(t testing.TB) []byte {
	img := quarters(4000, 3000)
	noise := noisy(512, 512)
	for i := range img.Pix {
		if i%4 != 3 {
			img.Pix[i] = byte((int(img.Pix[i])*15 + int(noise.Pix[i%len(noise.Pix)])) / 16)
		}
	}
	return withExif(asJPEG(t, img), binary.BigEndian, 6)
}

func BenchmarkAdd12MP(b *testing.B) {
	s, raw := open(b), phonePhoto(b)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := s.Add(ctx, fmt.Sprint(i), bytes.NewReader(raw)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThumbnail(b *testing.B) {
	s := open(b)
	e := add(b, s, "a.jpg", phonePhoto(b))
	b.Run("made", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.makeThumb(e.SHA256, 256); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("kept", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Thumbnail(e.SHA256, 256); err != nil {
				b.Fatal(err)
			}
		}
	})
}
