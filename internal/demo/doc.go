// Package demo makes up a believable office: its units, some years of activities
// and the people who came. The same options give the same values on every
// machine, so that pictures, benchmarks and tests can speak of them.
//
// # What it promises
//
//   - Every value passes its own Validate, and every id a row names was given before.
//   - People come back: over eight years of 400 activities with 45 people about
//     60,000 different people come 144,000 times.
//   - Memory follows the people, not the attendances: activities are handed out one by one.
//
// # What it refuses
//
// Real persons and real companies. Communes, topics and kinds of enterprise come
// from the shipped catalogues; all names are put together from parts by chance,
// and nothing looks at a clock or a file of its own.
package demo
