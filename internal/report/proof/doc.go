// Package proof puts into a report's file what it said when it was signed, and finds what
// was altered in it since.
//
// # What it promises
//
//   - A [Proof] holds every figure by its name and every cell or paragraph of the file, so
//     that whatever was altered is named, with what stood there.
//   - It lies in a custom XML part, which Excel, Word and LibreOffice keep when they save
//     the file, signed as stock minisign signs. [Attach] of the same parts gives the same bytes.
//   - A number that a program writes otherwise (0.6667 with fewer digits) is the same number.
//
// # What it refuses
//
// Files and parts beyond its limits, and a part that stands there twice: a file that means
// two things means nothing. It judges no key: whose it is, is for the caller to say.
package proof
