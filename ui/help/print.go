package help

// OnPrint shows the button that prints the page in sight, and who writes it.
func (v *Viewer) OnPrint(write func(Page)) {
	v.write = write
	v.print.Show()
}

// Print hands over the page that is shown.
func (v *Viewer) Print() {
	if p, there := v.find(v.page); there && v.write != nil {
		v.write(p)
	}
}
