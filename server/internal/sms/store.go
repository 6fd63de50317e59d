package sms

import (
	"context"
	"time"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// Store is what the desk asks of the database; see package store.
type Store interface {
	outgoingStore
	incomingStore
	modemStore
}

type outgoingStore interface {
	SMSSender(ctx context.Context, device fleet.DeviceID, peer string) (iccid string, only bool, err error)
	QueueSMS(ctx context.Context, m fleet.SMS, tpdus [][]byte) (fleet.SMS, error)
	EndSMS(ctx context.Context, id fleet.SMSID) (fleet.SMS, error)
	QueuedSMS(context.Context) ([]fleet.SMSWaiting, error)
	TakeSMS(ctx context.Context, id fleet.SMSID, modem, iccid string) (fleet.SMS, []int, [][]byte, error)
	SettleSMSPart(context.Context, fleet.SMSPart) (fleet.SMS, error)
	ReportSMS(context.Context, fleet.SMSReport) (fleet.SMS, error)
	InterruptedSMS(ctx context.Context, modems []string, age time.Duration) ([]fleet.SMS, error)
	OverdueSMS(context.Context) ([]fleet.SMS, error)
	SentLately(ctx context.Context, iccid string, since time.Time) ([]fleet.SMSUse, error)
	CountSent(ctx context.Context, iccid string, since time.Time) (int, error)
}

type incomingStore interface {
	PhonesLike(ctx context.Context, number string) ([]store.PhoneOf, error)
	KeepSMS(context.Context, fleet.SMS) error
	KeepSMSPart(context.Context, fleet.SMSPiece) ([]fleet.SMSPiece, error)
	DueSMSParts(ctx context.Context, before time.Time) ([]fleet.SMSPiece, error)
	JoinSMSParts(ctx context.Context, m fleet.SMS, keys []string) error
	UnheardSMS(ctx context.Context, after fleet.SMSID) ([]fleet.SMS, error)
	HeardSMS(ctx context.Context, id fleet.SMSID, reason string) error
}

type modemStore interface {
	Modems(context.Context) ([]store.ModemRow, error)
	SaveModem(ctx context.Context, name string, state []byte, p *fleet.ModemPoint) error
	SeeModemSIM(ctx context.Context, modem, iccid, imsi, msisdn, operator string) error
}
