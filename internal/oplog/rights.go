package oplog

import (
	"bytes"
	"cmp"

	"sophobien/internal/record"
)

// Speaker is whose machine a stream is.
type Speaker struct {
	Unit     string // code; "" is this office
	Province bool
}

// Rights say whose machines the streams are. A stream that is not listed is one of this
// office. Empty rights, or such as know one unit only, leave nothing out.
//
// What a machine may say of a row hangs on whose row it is: see package record. Whose it
// is, is worked out from all operations on it that are here and from nothing else, so the
// order in which they came decides nothing:
//
//   - the row is of the unit whose machine made it. Making is an operation that sets
//     several fields and replaces nothing; the province filling what only it fills
//     makes no row. Of several the smallest (time, device, dot) counts;
//   - as long as no such operation has come, the smallest of all counts.
//
// Cells their author has no right to are passed over as if the operation did not have
// them. Values are erased by whom they are of: an erasure counts for the versions that
// the unit of its author wrote, since what is erased cannot come back should the row
// prove to be another's.
type Rights map[Device]Speaker

// Limit reports whether the rights leave anything out at all.
func (r Rights) Limit() bool {
	for _, s := range r {
		if s.Unit != "" {
			return true
		}
	}
	return false
}

// Spoken is an operation on a row.
type Spoken struct {
	Commit *Commit
	Op     int
}

func (s Spoken) op() *Op { return &s.Commit.Ops[s.Op] }

// before orders operations by what decides whose a row is.
func (s Spoken) before(t Spoken) bool {
	a, b := s.Commit, t.Commit
	return cmp.Or(cmp.Compare(a.Time, b.Time), bytes.Compare(a.Device[:], b.Device[:]),
		bytes.Compare(a.Hash[:], b.Hash[:]), cmp.Compare(s.Op, t.Op)) < 0
}

// makes reports whether an operation makes its row.
func (r Rights) makes(s Spoken) bool {
	o := s.op()
	if o.Single() || len(o.Over) > 0 {
		return false
	}
	for i := range o.Cells {
		if !r[s.Commit.Device].Province || !record.ProvinceMay(o.Ref.Noun, o.Cells[i].Field) {
			return true
		}
	}
	return false
}

// Owner is the unit a row is of, given all operations on it.
func (r Rights) Owner(all []Spoken) string {
	var first *Spoken
	made := false
	for i := range all {
		makes := r.makes(all[i])
		if first == nil || makes && !made || makes == made && all[i].before(*first) {
			first, made = &all[i], makes
		}
	}
	if first == nil {
		return ""
	}
	return r[first.Commit.Device].Unit
}

// May reports whether a device may set a field of a row of a unit.
func (r Rights) May(d Device, owner, noun, field string) bool {
	s := r[d]
	return s.Unit == owner || record.Shared(noun) || s.Province && record.ProvinceMay(noun, field)
}

// Denied lists the fields an operation on a row of a unit sets without the right to.
func (r Rights) Denied(s Spoken, owner string) (fields []string) {
	o := s.op()
	for i := range o.Cells {
		if !r.May(s.Commit.Device, owner, o.Ref.Noun, o.Cells[i].Field) {
			fields = append(fields, o.Cells[i].Field)
		}
	}
	return fields
}

// MayErase reports whether what a device says erases a value that another wrote.
func (r Rights) MayErase(by, of Device) bool { return r[by].Unit == r[of].Unit }
