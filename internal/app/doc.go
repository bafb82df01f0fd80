// Package app is the running office: one method for one thing a person can do.
// Each opens a transaction, loads, applies the rule, writes, commits, and only
// then tells the window what changed. The window and the command line call the
// same methods.
//
// Errors carry a sentence for people (record.Refusal, record.Problems). Nothing is
// half stored: an action is done as a whole or refused.
package app
