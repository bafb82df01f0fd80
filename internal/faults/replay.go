package faults

import (
	"maps"
	"math/rand/v2"
	"path/filepath"
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

// inode is a file apart from its name.
type inode struct {
	synced  []byte
	pending []Op
}

// disk is a folder as it may be seen after a cut: contents, and the names that
// lead to them now and after a cut.
type disk struct {
	now, durable map[string]*inode
}

// Replay makes the folder after the first n operations and a cut of some fate:
// the content of each file by its path. said is what the child had said by then.
func (t *Trace) Replay(n int, fate Fate, random *rand.Rand) (files map[string][]byte, said []byte) {
	d := disk{now: map[string]*inode{}, durable: map[string]*inode{}}
	for _, o := range t.Ops[:n] {
		if o.Call == "said" {
			said = append(said, o.Data...)
			continue
		}
		d.do(o)
	}
	names := d.durable
	if fate == All || fate != None && random.IntN(2) == 0 {
		names = d.now
	}
	files = map[string][]byte{}
	for path, f := range names {
		files[path] = f.after(fate, random)
	}
	return files, said
}

func (d *disk) do(o Op) {
	switch o.Call {
	case "create":
		if d.now[o.Path] == nil {
			d.now[o.Path] = &inode{}
		}
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
	if f := d.now[path]; f != nil {
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
	content := append([]byte(nil), f.synced...)
	for i, o := range f.pending {
		switch {
		case fate == None:
			return content
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
