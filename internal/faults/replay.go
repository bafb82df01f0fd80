package faults

import (
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
)

// Fate says what becomes of writes that were not synced when the power went.
type Fate int

// The fates a cut is tried with.
const (
	None  Fate = iota // none of them reached the disk
	All               // all of them did
	Some              // some did, in no order
	Torn              // some did, and one of those only in part
	Fates             // how many there are
)

// sector is what a disk writes whole.
const sector = 512

// inode is a file apart from its name, or a folder.
type inode struct {
	synced  []byte
	pending []Op
	folder  bool
	own     bool // synced may be written over: it is not the folder's first content
}

// disk is a folder as it may be seen after a cut: contents, and the names that
// lead to them now and after a cut.
type disk struct {
	now, durable map[string]*inode
	made         map[string]bool // folders that were not there at first
}

// Replay is a folder on its way through a trace.
type Replay struct {
	disk
	ops  []Op // yet to come
	done int
	said []byte
}

// Replay begins with the files as they were before, by their paths; nil: none.
func (t *Trace) Replay(before map[string][]byte) *Replay {
	d := disk{now: map[string]*inode{}, durable: map[string]*inode{}, made: map[string]bool{}}
	for path, content := range before {
		f := &inode{synced: content}
		d.now[path], d.durable[path] = f, f
	}
	return &Replay{disk: d, ops: t.Ops}
}

// To goes on until n operations are done, or all.
func (r *Replay) To(n int) {
	for ; r.done < n && len(r.ops) > 0; r.done++ {
		if o := r.ops[0]; o.Call == "said" {
			r.said = append(r.said, o.Data...)
		} else {
			r.do(o)
		}
		r.ops = r.ops[1:]
	}
}

// Cut makes the folder after a cut of some fate at this moment: the content of each
// file by its path, to be read and not kept. said is what the child had said by then.
func (r *Replay) Cut(fate Fate, random *rand.Rand) (files map[string][]byte, said []byte) {
	names := r.durable
	if fate == All || fate != None && random.IntN(2) == 0 {
		names = r.now
	}
	files = map[string][]byte{}
	for _, path := range slices.Sorted(maps.Keys(names)) { // sorted: the random numbers fall alike
		if f := names[path]; !f.folder && r.reached(names, path) {
			files[path] = f.after(fate, random)
		}
	}
	return files, r.said
}

// reached reports whether the folders above a file are there.
func (d *disk) reached(names map[string]*inode, path string) bool {
	for up := filepath.Dir(path); d.made[up]; up = filepath.Dir(up) {
		if names[up] == nil {
			return false
		}
	}
	return true
}

func (d *disk) do(o Op) {
	switch o.Call {
	case "create":
		if d.now[o.Path] == nil {
			d.now[o.Path] = &inode{own: true}
		}
	case "mkdir":
		d.now[o.Path], d.made[o.Path] = &inode{folder: true}, true
	case "rename":
		if f := d.now[o.Path]; f != nil {
			d.now[o.To] = f
			delete(d.now, o.Path)
		}
	case "remove":
		delete(d.now, o.Path)
	case "write", "truncate":
		if f := d.now[o.Path]; f != nil {
			f.pending = append(f.pending, o)
		}
	case "sync":
		d.sync(o.Path)
	}
}

// sync makes a file's content last, or a folder's names.
func (d *disk) sync(path string) {
	if f := d.now[path]; f != nil && !f.folder {
		if len(f.pending) > 0 && !f.own {
			f.synced, f.own = slices.Clone(f.synced), true
		}
		for _, o := range f.pending {
			f.synced = apply(f.synced, o)
		}
		f.pending = nil
		return
	}
	maps.DeleteFunc(d.durable, func(name string, _ *inode) bool { return filepath.Dir(name) == path })
	for name, f := range d.now {
		if filepath.Dir(name) == path {
			d.durable[name] = f
		}
	}
}

func (f *inode) after(fate Fate, random *rand.Rand) []byte {
	if len(f.pending) == 0 || fate == None {
		return f.synced
	}
	content := slices.Clone(f.synced)
	for i, o := range f.pending {
		switch {
		case fate != All && random.IntN(2) == 0:
			continue
		case fate == Torn && (i == len(f.pending)-1 || random.IntN(4) == 0) && o.Call == "write":
			o.Data = o.Data[:min(len(o.Data), sector*random.IntN(1+len(o.Data)/sector))]
		}
		content = apply(content, o)
	}
	return content
}

func apply(content []byte, o Op) []byte {
	end := o.At
	if o.Call == "write" {
		end += int64(len(o.Data))
	}
	if grow := end - int64(len(content)); grow > 0 {
		content = append(content, make([]byte, grow)...)
	}
	if o.Call == "truncate" {
		return content[:o.At]
	}
	copy(content[o.At:], o.Data)
	return content
}
