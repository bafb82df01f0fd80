package record

// The nouns, in the order in which their rows depend on each other. Adding one
// is one line here; see the package doc.
var ordered = []*Description{
	describe(Office{}),
	describe(Unit{}),
	describe(Activity{}),
	describe(Person{}),
	describe(Attendance{}),
	describe(Instructor{}),
	describe(Question{}),
	describe(Import{}),
	describe(Layout{}),
	describe(SamePerson{}),
}

var descriptions = func() map[string]*Description {
	m := make(map[string]*Description, len(ordered))
	for _, d := range ordered {
		m[d.Name] = d
	}
	return m
}()
