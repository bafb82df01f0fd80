// Package folder carries sealed files over a folder: a stick, a shared disk, the folder
// of downloads. It writes what is finished and finds what somebody put there. It opens
// nothing and trusts nothing; what a file says is for who can verify it.
//
// # What it promises
//
// [Write] gives a file its name only when it stands whole on the medium and was read
// back: pulled out at any moment, a stick has the whole file or none of that name. A file that is
// there already with the same bytes is not written again.
//
// [Find] changes nothing. It looks only at plain files, a few folders deep and not through links, and
// tells a sealed file by how its bytes begin, since mail programs and browsers rename
// what they save. Bundles that somebody unpacked with a double click are put together again.
package folder
