// Package pack makes and reads law packs: what the province publishes for the desks of
// its offices, documents and leaflets, catalogues, units and report templates, as one
// file that may come by any hand. FORMAT.md beside it says the same to somebody who writes
// another reader.
//
// # What a pack is
//
// A listing that names everything a channel has, whole in every version, and the blobs it
// consists of, by hash. A pack is whole, or it leaves out the blobs that whoever took in an
// earlier version has; the listing is complete either way, so two packs can never be
// mixed. Items stand on pages, which are blobs too: what did not change need not travel.
//
// # What it promises
//
// [Open] takes only what enough content keys of the province's newest root have signed, and
// decodes nothing of the listing before. It reads [State] and changes nothing: whoever
// refuses a pack is where it was, and the next good pack opens. It goes from any version
// to any later one in one step, however many packs and roots lie between.
//
// [Build] hands out only what Open takes, and the same draft gives the same bytes.
//
// Neither holds a pack in memory. A blob is read once, while [File.Copy] writes it, and
// what was written is the blob only if there was no error.
//
// # What it refuses
//
// Every refusal is one of the Err values, with a code and a sentence ([Explain]):
//
//   - an older version than the one here, or the same with other content;
//   - a version more than [MaxStep] ahead, as a thief of a key would publish to shut
//     out every later one. A root with "reset" clears what is stored of a channel, once;
//   - a listing without an item that was there: what is wrong is withdrawn, not removed;
//   - another channel or audience, a later format, a feature it does not know;
//   - a signature, entry or byte that nothing accounts for.
//
// A pack that should have been followed by another long ago is taken: [File.Overdue]
// warns. The day is the later of the clock and the newest signed time seen, so that a
// clock set back does not make it fresh.
//
// # What it does not know
//
// What a wording, a catalogue or a template says: blobs are bytes here. Which provisions
// of a wording differ is for package law, what is installed for package library.
package pack
