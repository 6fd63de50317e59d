package journal

import (
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/rs/zerolog"
)

// embed runs a NATS server in this process. It listens nowhere: only this process reaches it.
func embed(dir string, log zerolog.Logger) (*server.Server, error) {
	ns, err := server.NewServer(&server.Options{
		ServerName:         "drover",
		DontListen:         true,
		JetStream:          true,
		StoreDir:           dir,
		SyncAlways:         true,
		JetStreamMaxMemory: 64 << 20,
		JetStreamMaxStore:  1 << 50, // each stream has a bound of its own
		NoSigs:             true,
		NoSystemAccount:    true,
	})
	if err != nil {
		return nil, fmt.Errorf("journal: NATS in this process: %w", err)
	}
	ns.SetLoggerV2(natsLog{log.With().Str("part", "nats").Logger()}, false, false, false)
	go ns.Start()
	if !ns.ReadyForConnections(30 * time.Second) {
		ns.Shutdown()
		return nil, fmt.Errorf("journal: NATS in this process did not start within 30 s (folder %s)", dir)
	}
	return ns, nil
}

// natsLog hands NATS' words to the server's log, its notices one level lower.
type natsLog struct{ log zerolog.Logger }

func (l natsLog) Noticef(format string, v ...any) { l.log.Debug().Msgf(format, v...) }
func (l natsLog) Warnf(format string, v ...any)   { l.log.Warn().Msgf(format, v...) }
func (l natsLog) Errorf(format string, v ...any)  { l.log.Error().Msgf(format, v...) }
func (l natsLog) Fatalf(format string, v ...any)  { l.log.Error().Msgf(format, v...) }
func (l natsLog) Debugf(format string, v ...any)  { l.log.Trace().Msgf(format, v...) }
func (l natsLog) Tracef(format string, v ...any)  { l.log.Trace().Msgf(format, v...) }
