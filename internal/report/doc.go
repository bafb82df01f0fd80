// Package report turns the office's record into the figures it owes: the days of a
// reporting period, the indicators I1–I15 with their splits, the targets of the plan,
// and the tables by month and by audience.
//
// # What it promises
//
//   - Functions of their arguments: no clock, no database, no files. The same
//     input gives the same figures in the same order, however it is ordered.
//   - Two years of one rule, each told the cut-off of the one before, share no day
//     and leave none out.
//   - Every figure names the rows that add to it, so that it can be pointed at; a target
//     also names the rows that are missing.
//   - An indicator with nothing to count stands there with the value 0, and every rate
//     lies between 0 and 1.
//   - Units that open, close, split or merge are counted as they were or by the map of
//     the last day, as the period says; no total of people, sessions, copies or money
//     depends on which.
//   - Package recount counts the same in plain SQL and shares no code with this one.
//
// # What is counted
//
// Activities that are held or closed and whose first day lies in the period; the
// first day decides, so that an activity over the turn of a period counts once.
// Planned and cancelled ones never count. A training marked as direct
// dissemination is a training (I2, I3) and one direct session (I4, I5): the
// columns of different indicators are not to be added up. People are counted once
// per event ("lượt người"). An activity without a head count adds nobody. An event
// organised together is one row and counts once.
//
// A question belongs to the period it was received in and is answered if it was by the
// last day; what was still open when the period began is told apart. A budget line has
// a year and no day: it counts in a period that holds its year. Targets are dated data;
// which units they ask, and for how much of the period a unit must have stood, is
// theirs.
//
// # What it refuses
//
// An estimate of the days to come stands apart from the figures and says so ([Estimate]).
// It prints no form number: forms are dated data of the pack that brings them.
package report
