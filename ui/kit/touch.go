package kit

// touched hears that somebody is at the window.
var touched func()

// OnTouched names who hears of each key and each movement of the mouse that widgets
// get; nil for nobody. It is how the window knows that nobody is at the desk.
func OnTouched(told func()) { touched = told }

// Touch tells that somebody is there. A widget that takes keys without PassKey says
// it itself.
func Touch() {
	if touched != nil {
		touched()
	}
}
