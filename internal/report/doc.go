// Package report turns the office's activities into the figures it owes: the
// days of a reporting period, the indicators I1–I5, I7 and I8 with their splits,
// and the tables by month and by audience.
//
// # What it promises
//
//   - Functions of their arguments: no clock, no database, no files. The same
//     input gives the same figures in the same order, however it is ordered.
//   - Two years of one rule, each told the cut-off of the one before, share no day
//     and leave none out.
//   - Every figure names the activities that add to it, so that it can be pointed at.
//   - An indicator without activities stands there with the value 0.
//   - Package recount counts the same in plain SQL and shares no code with this one.
//
// # What is counted
//
// Activities that are held or closed and whose first day lies in the period; the
// first day decides, so that an activity over the turn of a period counts once.
// Planned and cancelled ones never count. A training marked as direct
// dissemination is a training (I2, I3) and one direct session (I4, I5): the
// columns of different indicators are not to be added up. People are counted once
// per event ("lượt người"). An activity without a head count adds nobody.
//
// # What it refuses
//
// It makes no estimate of days to come, and it prints no form number: forms are
// dated data of the pack that brings them.
package report
