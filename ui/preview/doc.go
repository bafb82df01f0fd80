// Package preview shows what was read of a list before it is stored: every row as
// it will stand in the register, what was put right in it, what only a person can
// answer, and who is known already.
//
// Nothing is stored before the person says so. What is ready then goes in as one
// action that can be taken back as a whole; what waits for an answer is handed back
// to the screen that showed the preview. Columns that were understood wrongly are
// put right from their titles, which reads the list again; what was typed stays.
package preview
