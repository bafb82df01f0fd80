// Package workday counts working days: by when a question is to be answered, how
// many days are left, and why the due day is the day it is.
//
// # What it promises
//
//   - The day after receipt is day 1 (Civil Code, article 147: the day of the event
//     itself is not counted). [Calendar.Add] and [Calendar.Between] are each other's
//     inverse.
//   - A day is worked when it is neither Saturday, Sunday nor a declared day off, or
//     when it is declared a day of work: a Saturday made up after a swap.
//   - Declaring one more day off never makes a due day earlier, declaring one more
//     day of work never makes it later.
//   - Every day left out can be named: a [Count] carries the days and the reasons,
//     and [Count.Sentence] says them.
//
// # What it refuses
//
// To count from a day that does not exist, backwards, or further than [MostDays];
// a calendar in which one day is declared twice.
//
// # What it does not know
//
// Which five days are Tết, which day beside 2 September, and which working days are
// swapped is decided by the State year by year. The catalogue that ships says of
// each day how sure it is; the office's own corrections go over it with
// [Calendar.With]. Years of which nothing is declared are counted with weekends only,
// and the [Count] says so.
//
// The package keeps no clock: who asks says from which day.
package workday
