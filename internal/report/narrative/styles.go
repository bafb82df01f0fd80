package narrative

// Align is where the lines of a paragraph stand. The words are those of Word.
type Align string

// The places of a line.
const (
	AlignLeft   Align = "left"
	AlignCentre Align = "center"
	AlignRight  Align = "right"
	AlignBoth   Align = "both" // every line but the last ends at the margin
)

// StyleName names a style.
type StyleName string

// The styles of the report.
const (
	BodyText   StyleName = "BodyText"
	Heading1   StyleName = "Heading1"
	Heading2   StyleName = "Heading2"
	Letterhead StyleName = "Head"
	Title      StyleName = "Title"
	Addressee  StyleName = "To"
	Signature  StyleName = "Sign"
	Copies     StyleName = "Copies"
	AnnexTitle StyleName = "AnnexTitle"
	AnnexNote  StyleName = "AnnexNote"
	CellText   StyleName = "Cell"
)

// Style is how paragraphs are set. Sizes are in points, lengths in twips.
type Style struct {
	ID           StyleName
	Name         string // as Word lists it
	Size         int
	Bold, Italic bool
	Align        Align
	First        int // indent of the first line
	Before       int
	After        int
	Lines        int  // height of a line; 240 is single
	Keep         bool // on the page of what follows
	Level        int  // in the outline, from 1; 0 is text
}

// Styles are all of them. The text is of size 14, justified, its first line 1,27 cm in, 6 pt
// below each paragraph and 1,15 lines high.
var Styles = []Style{
	{ID: BodyText, Name: "Body Text", Size: 14, Align: AlignBoth, First: firstLine, After: 120, Lines: 276},
	{ID: Heading1, Name: "heading 1", Size: 14, Bold: true, Align: AlignBoth, First: firstLine, Before: 120, After: 120, Lines: 276, Keep: true, Level: 1},
	{ID: Heading2, Name: "heading 2", Size: 14, Bold: true, Align: AlignBoth, First: firstLine, After: 120, Lines: 276, Keep: true, Level: 2},
	{ID: Letterhead, Name: "Letterhead", Size: 12, Align: AlignCentre, Lines: 240},
	{ID: Title, Name: "Title", Size: 14, Bold: true, Align: AlignCentre, Lines: 240, Keep: true},
	{ID: Addressee, Name: "Recipient", Size: 14, Align: AlignLeft, After: 120, Lines: 240},
	{ID: Signature, Name: "Signature", Size: 14, Bold: true, Align: AlignCentre, Lines: 240},
	{ID: Copies, Name: "Copies", Size: 11, Align: AlignLeft, Lines: 240},
	{ID: AnnexTitle, Name: "Annex Title", Size: 14, Bold: true, Align: AlignCentre, Lines: 240, Keep: true, Level: 1},
	{ID: AnnexNote, Name: "Annex Note", Size: 13, Italic: true, Align: AlignCentre, After: 120, Lines: 240, Keep: true},
	{ID: CellText, Name: "Cell", Size: 12, Align: AlignLeft, Before: 20, After: 20, Lines: 240},
}

// Look is the style of the paragraph with what it has of its own.
func (q Para) Look() Style {
	s := StyleOf(q.Style)
	if q.Align != "" {
		s.Align = q.Align
	}
	if q.Before > 0 {
		s.Before = q.Before
	}
	if q.Size > 0 {
		s.Size = q.Size
	}
	if q.Left > 0 || q.Hanging > 0 {
		s.First = -q.Hanging
	}
	s.Bold, s.Italic, s.Keep = s.Bold || q.Bold, s.Italic || q.Italic, s.Keep || q.Keep
	return s
}

// StyleOf is the style of a name.
func StyleOf(name StyleName) Style {
	for _, s := range Styles {
		if s.ID == name {
			return s
		}
	}
	return Style{}
}
