// Package outbox knows how far what was handed over has come, and keeps sealed files on
// shelves while they wait.
//
// # How far
//
// A hand-over has five honest states (see [record.HandOverState]). What the program itself did
// makes a file packed and then handed over. Everything beyond is said by the receiver
// under its signature: received, parked and refused by the name of the file, accepted by
// the vector of the receipt alone. So a receipt is right even where the list of files was
// lost, and a file nobody mentions is accepted all the same once all that is in it is.
//
// # Shelves
//
// A [Shelf] is a folder of sealed files that are kept as they are: to be sent again, to be
// tried again, to be carried on, to be looked at. Each has bounds, since what others put
// there must not fill the disk.
package outbox
