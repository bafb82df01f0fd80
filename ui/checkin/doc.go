// Package checkin is the panel at the door of an activity: one field that always has
// the keyboard takes what a card reader types, or four letters of the name of somebody
// without a card; a large line says who came and when.
//
// It promises that no scan is lost: one that arrives while another is being stored
// waits its turn, and one that could not be stored stays in sight until it is.
package checkin
