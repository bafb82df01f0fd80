package record

// Guide is a page of the help, to be printed.
type Guide struct {
	Title string
	Parts []GuidePart
}

// GuidePart is a piece of a page, in the order they are read.
type GuidePart struct {
	Kind GuideKind
	Text string
}

// GuideKind is what a piece of a page is.
type GuideKind int

// The kinds.
const (
	GuideText GuideKind = iota
	GuideHeading
	GuideItem
	GuideStep // its text begins with its number
)
