package kit

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// lastFolderKey remembers where something was chosen last, on this PC.
const lastFolderKey = "chooser.folder"

// FileQuestion asks for a file or a folder that is there.
type FileQuestion struct {
	Heading string   // "" says what is to be chosen
	Folder  bool     // a folder is wanted
	Several bool     // files can be chosen together
	Endings []string // of the files to choose among, such as ".pdf"; nil for all
	From    string   // a file or a folder to begin at
}

// chooser is a sheet to choose a file or a folder on:
//
//	letters          narrow the list, marks or none; a whole path goes there
//	arrows, PageUp/Down   move in the list
//	Enter            opens the folder, chooses the file
//	Backspace        the folder above, where nothing is typed; Alt+↑ always
//	Space, Ctrl+A    marks files in the list, where several can be chosen
//	Ctrl+Enter       chooses the folder in sight, or the files that are marked
//	Ctrl+Shift+N     makes a folder of the name that is typed, where a folder is wanted
//	Esc              leaves, with the keyboard where it was
type chooser struct {
	desk   Desk
	ask    FileQuestion
	chosen func(paths []string)

	reading *Latest
	looking *Latest
	folder  string
	read    bool // the folder could be read
	all     []folderEntry
	shown   []int // of all, by the place in the list
	from    string
	places  []place

	dialog *Dialog
	taking *PushButton // takes the folder, or the files marked; nil where one file is wanted
	find   *KeyEntry
	moved  bool // in the list, since something was typed
	where  *Text
	rooms  *Table // the places to begin
	list   *Table
	state  *Note
}

// ChooseFile lets a person choose a file or a folder. chosen gets its path; it is not
// called when the person leaves.
func ChooseFile(desk Desk, ask FileQuestion, chosen func(path string)) *Dialog {
	ask.Several = false
	return choose(desk, ask, func(paths []string) { chosen(paths[0]) })
}

// ChooseFiles lets a person choose one file or several. chosen gets their paths, in the
// order of the list.
func ChooseFiles(desk Desk, ask FileQuestion, chosen func(paths []string)) *Dialog {
	ask.Several = true
	return choose(desk, ask, chosen)
}

func choose(desk Desk, ask FileQuestion, chosen func(paths []string)) *Dialog {
	c := &chooser{desk: desk, ask: ask, chosen: chosen, reading: NewLatest(desk.Runner), looking: NewLatest(desk.Runner)}
	c.build()
	c.begin()
	return c.dialog
}

func (c *chooser) build() {
	c.find, c.where, c.state = NewKeyEntry(), Line(""), NewNote(Plain, "")
	c.find.SetPlaceHolder(T("Gõ để tìm trong thư mục, hoặc dán đường dẫn"))
	c.find.Icon = theme.Icon(fynetheme.IconNameSearch)
	c.find.OnChanged = func(string) { c.moved = false; c.narrow() }
	c.find.OnKey, c.find.OnRune = c.findKey, c.findRune
	c.rooms = NewTable(Column{Heading: T("Nơi")})
	c.rooms.OnOpen = func(i int) { c.visit(c.places[i].path) }
	c.rooms.OnSearch = c.search
	c.list = NewTable(Column{Heading: T("Tên")}, Column{Heading: T("Cỡ"), Ems: 7, Number: true}, Column{Heading: T("Sửa lúc"), Ems: 11})
	c.list.Row = c.row
	c.list.OnOpen = c.open
	c.list.OnSearch = c.search
	c.list.Selects, c.list.OnSelect = c.ask.Several, c.nameTaken
	head := VStack(theme.SizeGap, Section(c.heading()), c.where, c.find)
	buttons := HStack(theme.SizeGap)
	if c.ask.Folder {
		buttons.Add(Button(T("Thư mục mới"), fynetheme.IconNameFolderNew, c.makeFolder))
	}
	if c.ask.Folder || c.ask.Several {
		c.taking = Primary("", "", c.take)
		c.nameTaken()
		buttons.Add(c.taking)
	}
	buttons.Add(Button(T("Thôi"), "", func() { c.dialog.Hide() }))
	up := Button(T("Lên trên (Alt+↑)"), fynetheme.IconNameMoveUp, c.up)
	foot := Border(nil, nil, up, buttons, InsetXY(theme.SizeGap, theme.SizeGap, c.state))
	sheet := container.New(chooserLayout{}, head, c.list, c.rooms, foot)
	c.dialog = ShowSheet(c.desk.Window, sheet, c.find, c.key)
	c.dialog.OnShortcut(c.shortcut)
}

func (c *chooser) heading() string {
	switch {
	case c.ask.Heading != "":
		return c.ask.Heading
	case c.ask.Folder:
		return T("Chọn thư mục")
	}
	return T("Chọn tệp")
}

// begin finds the places and the first folder away from the window: a drive that was
// pulled out may take its time.
func (c *chooser) begin() {
	named, last := c.ask.From, fyne.CurrentApp().Preferences().String(lastFolderKey)
	type start struct {
		places []place
		folder string
	}
	Ask(c.looking, func(context.Context) (start, error) {
		return start{places(), firstFolder(named, last)}, nil
	}, func(s start, _ error) {
		c.places = s.places
		var rows [][]string
		for _, p := range s.places {
			rows = append(rows, []string{p.word})
		}
		c.rooms.SetRows(rows)
		if c.folder == "" && s.folder != "" {
			c.visit(s.folder)
		}
	})
}

// longestFolder is how many letters of a folder's name stand on the button.
const longestFolder = 30

// nameTaken says on the button what it takes: the folder in sight, not the one that is
// marked in it, or how many files are marked.
func (c *chooser) nameTaken() {
	switch {
	case c.taking == nil:
		return
	case c.ask.Several:
		n := len(c.marked())
		c.taking.SetText(T("Chọn {{.N}} tệp (Ctrl+Enter)", map[string]any{"N": Number(int64(n))}))
		if n == 0 {
			c.taking.Disable()
		} else {
			c.taking.Enable()
		}
		return
	}
	name := c.folder
	if base := filepath.Base(c.folder); len(base) > 1 { // a drive has no name but its path
		name = base
	}
	if letters := []rune(name); len(letters) > longestFolder {
		name = string(letters[:longestFolder]) + "…"
	}
	c.taking.SetText(T("Chọn “{{.Name}}” (Ctrl+Enter)", map[string]any{"Name": name}))
}

// visit reads a folder and shows it.
func (c *chooser) visit(folder string) {
	folder = filepath.Clean(folder)
	from := c.folder
	c.folder, c.all, c.read = folder, nil, false
	c.list.SelectNone()
	c.where.SetText(folder)
	c.nameTaken()
	c.find.SetText("")
	c.narrow()
	c.state.Set(Plain, T("Đang đọc thư mục…"))
	Ask(c.reading, func(ctx context.Context) ([]folderEntry, error) {
		return readFolder(ctx, folder, c.ask.Folder, c.ask.Endings)
	}, func(all []folderEntry, err error) {
		if err != nil {
			c.state.Set(Wrong, folderSentence(err))
			return
		}
		c.all, c.read = all, true
		if filepath.Dir(from) == folder {
			c.from = filepath.Base(from)
		}
		c.narrow()
	})
}

// narrow shows the entries in which a word begins with what is typed; the first that
// itself begins so has the keyboard.
func (c *chooser) narrow() {
	typed := bare(c.find.Text)
	want := wordsIn(typed)
	c.shown = c.shown[:0]
	at := -1
	for i, e := range c.all {
		if !matches(e.key, want) || len(want) == 0 && !strings.Contains(e.key, strings.TrimSpace(typed)) {
			continue
		}
		if at < 0 && (len(want) > 0 && strings.HasPrefix(e.key, want[0]) || typed == "" && e.name == c.from) {
			at = len(c.shown)
		}
		c.shown = append(c.shown, i)
	}
	c.from = ""
	c.list.SetTotal(len(c.shown))
	c.list.MoveTo(max(at, 0))
	c.nameTaken()
	c.tell()
}

// tell says how many entries are in sight, and of which kind.
func (c *chooser) tell() {
	n := map[string]any{"N": Number(int64(len(c.shown))), "Kinds": strings.Join(c.ask.Endings, ", ")}
	switch {
	case len(c.shown) == 0 && len(c.all) > 0:
		c.state.Set(Plain, T("Không có tên nào như vậy trong thư mục này."))
	case c.ask.Folder:
		c.state.Set(Plain, T("{{.N}} thư mục.", n))
	case len(c.ask.Endings) > 0:
		c.state.Set(Plain, T("{{.N}} mục; chỉ hiện thư mục và tệp {{.Kinds}}.", n))
	default:
		c.state.Set(Plain, T("{{.N}} mục.", n))
	}
}

func (c *chooser) row(i int) (TableRow, bool) {
	e := c.all[c.shown[i]]
	cells := []string{e.name, Size(e.size), e.changed.Format("02/01/2006 15:04")}
	if e.folder {
		cells[0], cells[1] = e.name+string(filepath.Separator), ""
	}
	return TableRow{Key: e.name, Cells: cells}, true
}

// open goes into a folder, or chooses the files that are marked; this one, where none is.
func (c *chooser) open(i int) {
	e := c.all[c.shown[i]]
	path := filepath.Join(c.folder, e.name)
	if e.folder {
		c.visit(path)
		return
	}
	if marked := c.marked(); len(marked) > 0 {
		c.choose(marked...)
		return
	}
	c.choose(path)
}

// marked are the paths of the files that are marked, in the order of the folder.
func (c *chooser) marked() []string {
	s := c.list.Selection()
	var out []string
	for i, e := range c.all {
		listed := slices.Contains(s.Keys, e.name)
		if !e.folder && (listed && !s.All || !listed && s.All && slices.Contains(c.shown, i)) {
			out = append(out, filepath.Join(c.folder, e.name))
		}
	}
	return out
}

// take chooses the folder in sight, where it can be used, or the files that are marked.
func (c *chooser) take() {
	if marked := c.marked(); c.ask.Several && len(marked) > 0 {
		c.choose(marked...)
	} else if c.ask.Folder && c.read {
		c.choose(c.folder)
	}
}

func (c *chooser) choose(paths ...string) {
	fyne.CurrentApp().Preferences().SetString(lastFolderKey, c.folder)
	c.dialog.Hide()
	c.chosen(paths)
}

// makeFolder makes a folder of the name that stands in the search, and goes there.
func (c *chooser) makeFolder() {
	name := FileName("", c.find.Text) // as every system can name it
	c.desk.Window.Canvas().Focus(c.find)
	switch {
	case !c.ask.Folder || !c.read:
		return
	case name == "":
		c.state.Set(Attention, T("Hãy gõ tên thư mục mới vào ô tìm, rồi bấm “Thư mục mới”."))
		return
	}
	folder := filepath.Join(c.folder, name)
	Ask(c.looking, func(context.Context) (string, error) { return folder, os.Mkdir(folder, 0o777) }, func(_ string, err error) {
		switch {
		case err == nil:
			c.visit(folder)
		case errors.Is(err, fs.ErrExist):
			c.state.Set(Attention, T("Ở đây đã có thư mục hoặc tệp tên như vậy."))
		case errors.Is(err, fs.ErrPermission):
			c.state.Set(Wrong, T("Không có quyền tạo thư mục ở đây. Hãy chọn nơi khác."))
		default:
			c.state.Set(Wrong, T("Chưa tạo được thư mục. Hãy xem ổ đĩa còn cắm và còn chỗ không, rồi thử lại."))
		}
	})
}

// up shows the folder above, with the keyboard on the one that was left.
func (c *chooser) up() {
	if above := filepath.Dir(c.folder); c.folder != "" && above != c.folder {
		c.visit(above)
	}
}

// search takes letters typed into a list to the search.
func (c *chooser) search(r rune) {
	c.desk.Window.Canvas().Focus(c.find)
	c.find.TypedRune(r)
}

// key sees the keys nothing in the sheet takes.
func (c *chooser) key(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		c.enter()
		return true
	case fyne.KeyBackspace:
		c.up()
		return true
	}
	return false
}

// enter opens the entry with the keyboard, or goes to the path that was typed.
func (c *chooser) enter() {
	typed := strings.Trim(strings.TrimSpace(c.find.Text), `"`) // as the system copies paths
	if filepath.IsAbs(typed) {
		c.goTo(typed)
		return
	}
	c.list.Open(c.list.Cursor())
}

// goTo shows a folder that was typed, or chooses a file that was.
func (c *chooser) goTo(path string) {
	Ask(c.looking, func(context.Context) (fs.FileInfo, error) { return os.Stat(path) }, func(info fs.FileInfo, err error) {
		switch {
		case err == nil && info.IsDir():
			c.visit(path)
		case err == nil && !c.ask.Folder:
			c.folder = filepath.Dir(path)
			c.choose(path)
		default:
			c.state.Set(Attention, T("Không có thư mục hay tệp nào như vậy."))
		}
	})
}

// findKey moves in the list from the search, and goes up where nothing is typed.
func (c *chooser) findKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		c.list.body.TypedKey(key)
		c.moved = true
		return true
	case fyne.KeyBackspace:
		if c.find.Text == "" {
			c.up()
			return true
		}
	}
	return false
}

// findRune marks the file the arrows stand on, where several can be chosen: a blank that
// begins a search, or comes after a step in the list, is not meant for it.
func (c *chooser) findRune(r rune) bool {
	if r != ' ' || !c.ask.Several || c.find.Text != "" && !c.moved {
		return false
	}
	c.list.body.TypedRune(r)
	return true
}

// shortcut is Alt+↑, Ctrl+Enter and Ctrl+Shift+N.
func (c *chooser) shortcut(s fyne.Shortcut) bool {
	k, ok := s.(*desktop.CustomShortcut)
	switch {
	case !ok:
		return false
	case k.Modifier == fyne.KeyModifierAlt && k.KeyName == fyne.KeyUp:
		c.up()
	case k.Modifier == fyne.KeyModifierControl && slices.Contains([]fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter}, k.KeyName):
		c.take()
	case k.Modifier == fyne.KeyModifierControl|fyne.KeyModifierShift && k.KeyName == fyne.KeyN:
		c.makeFolder()
	default:
		return false
	}
	return true
}

// chooserLayout puts the places at the left of the list, though Tab reaches the list
// first, and the search above and the buttons below them.
type chooserLayout struct{}

func (chooserLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	head, list, rooms, foot := o[0].MinSize(), o[1].MinSize(), o[2].MinSize(), o[3].MinSize()
	gap := sizeOf(theme.SizeGap)
	return fyne.NewSize(max(head.Width, list.Width+rooms.Width+gap, foot.Width), head.Height+foot.Height+max(list.Height, rooms.Height)+2*gap)
}

func (chooserLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap, head, foot := sizeOf(theme.SizeGap), o[0].MinSize().Height, o[3].MinSize().Height
	left := min(max(size.Width/4, o[2].MinSize().Width), 18*em())
	top, height := head+gap, size.Height-head-foot-2*gap
	put := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	put(o[0], 0, 0, size.Width, head)
	put(o[1], left+gap, top, size.Width-left-gap, height)
	put(o[2], 0, top, left, height)
	put(o[3], 0, size.Height-foot, size.Width, foot)
}
