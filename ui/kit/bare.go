package kit

// Bare is a text in small letters without marks, đ as d, for finding by bare letters
// in what the window itself holds.
func Bare(s string) string { return bare(s) }
