// Package card reads the text of the QR code on a Vietnamese citizen card, as a USB
// reader types it into a field: a person at the door is taken into the list without
// anybody spelling a name.
//
// # The text
//
//	number|old number|full name|birth|sex|address|day of issue
//	001090123456|012345678|Nguyễn Văn An|05031990|Nam|Thôn 1, Đăk Hà, Kon Tum|15042021
//
// Days are ddmmyyyy. The old number may be empty; some older cards leave out its
// separator too. Cards issued since July 2024 put more fields behind these (cancelled
// numbers, names of parents): they are not read, because nobody here needs them.
//
// # What it promises
//
//   - A [Card] that comes back agrees with itself: sex and year of birth are those
//     its number is made of, every day exists, the name is in NFC and in usual case.
//   - Nothing is guessed. Readers type into whatever keyboard is on; text that came
//     through a Vietnamese input method, a wrong code page or a reader that drops
//     marks is recognised and refused with what to do, never stored.
//   - Nothing is kept: no number stands in an error, a log or a variable that
//     outlives the call.
//
// # What it refuses
//
// With a sentence and [record.ErrInvalid]: what is no card ([LooksLikeCard] says so
// while someone types), a text cut short, letters that were changed on the way, a
// number that does not fit sex or birth.
//
// # Offices that keep no numbers
//
// [Fingerprint] tells whether two cards are the same without the number being there:
// a keyed hash, since a plain one of twelve digits is turned back in minutes. [Tail]
// is what people may see. Images of cards are not read and must not be kept.
package card
