package exchange

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/ledger"
)

// Office is what this area asks of the running office. What else it shows, it shows for
// an office that has the methods of Taker, Mailer, Differing and MachineKeeper.
type Office interface {
	Exchange(ctx context.Context) (record.Exchange, error)
	// Sent are the sealed files made here, the newest first.
	Sent(ctx context.Context) ([]record.Sent, error)
	// HandOver seals what is to be handed over, writes it to a folder and reads it back.
	HandOver(ctx context.Context, folder string, o record.HandOverOptions) (record.HandedOver, error)
	// HandOverAgain writes one sealed file once more, as it is.
	HandOverAgain(ctx context.Context, id, folder string) (record.HandedOver, error)
}

// Taker is an office that takes in files of others.
type Taker interface {
	TakeIn(ctx context.Context, paths []string, progress func(done, total int)) (record.TakenIn, error)
}

// Mailer is an office that writes what is to be handed over as a draft of a mail, whose
// file is the last place of what is in it.
type Mailer interface {
	WriteMail(ctx context.Context, folder string) (record.HandedOver, error)
}

// Dismisser is an office whose alarm, and whose news of the roster, go once a person has
// read them.
type Dismisser interface {
	DismissAlarm(ctx context.Context) error
	SeenRoster(ctx context.Context) error
}

// Differing is an office whose rows may have been said differently on two PCs.
type Differing interface {
	ledger.Settler
	Conflicts(ctx context.Context) ([]record.Conflict, error)
}

// MachineKeeper is an office that says which PCs speak for it.
type MachineKeeper interface {
	Machines(ctx context.Context) ([]record.Machine, error)
	// AskEnrolment writes the file that asks for this PC to be put on the roster.
	AskEnrolment(ctx context.Context, folder string) (path, fingerprint string, err error)
	// ConfirmProvince compares the digits of the letter with the province's key.
	ConfirmProvince(ctx context.Context, fingerprint string) error
	// AddMachine lets another PC of the office in, and writes the file it waits for.
	AddMachine(ctx context.Context, enrolFile, digits, folder string) (record.HandedOver, error)
}
