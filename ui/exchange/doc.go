// Package exchange is the area Trao đổi: what is handed over and how far it came, what
// is taken in, what two PCs said differently, and which PCs may speak for the office.
//
// A file that was written is handed over and no more: nothing is called received or
// accepted, and nothing is green, before the receiver has said so under its signature.
// A stick may be removed only when all that was written to it was read back.
package exchange
