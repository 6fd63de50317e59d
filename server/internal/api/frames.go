package api

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"drover/server/internal/fleet"
)

const (
	maxWatchers = 32               // of frames, at once
	heartbeat   = 15 * time.Second // between two signs of life, so that proxies keep the line
)

// Frames shows what goes over the lines of a device. Who reads too slowly loses some: dropped tells how many since it
// was last asked. stop must be called once.
type Frames interface {
	Watch(device fleet.DeviceID) (frames <-chan fleet.Frame, dropped func() uint64, stop func())
}

func (a *api) addFrames() {
	register(a, huma.Operation{
		OperationID: "watch-frames", Method: http.MethodGet, Path: "/api/devices/{id}/frames", Tags: []string{"devices"},
		Summary: "What a device and the server say to each other, as it happens",
		Description: "Server-sent events. An event frame is {time, direction: in or out, transport: tcp or udp, hex, " +
			"message: what a frame in was understood to say or null, error: why it was not or null}; an event dropped is " +
			"{frames}, how many were left out because they were not taken in time. It ends after 15 minutes; an EventSource " +
			"then asks again.",
		Responses: streamedResponse(map[string]*huma.Schema{"text/event-stream": {Type: huma.TypeString}}),
	}, a.watchFrames)
}

func (a *api) watchFrames(ctx context.Context, in *struct{ PathID }) (*streamOutput, error) {
	device := fleet.DeviceID(in.ID)
	if _, err := a.Store.Device(ctx, scope(ctx), device); err != nil {
		return nil, err
	}
	return &streamOutput{func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		select {
		case a.watchers <- struct{}{}:
			defer func() { <-a.watchers }()
		default:
			a.writeError(w, r, huma.Error503ServiceUnavailable("too many watch frames already; try again later"))
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		if r.Method == http.MethodHead || a.Frames == nil {
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), streamLife)
		defer cancel()
		if err := a.showFrames(ctx, w, device); err != nil && !errors.Is(err, ctx.Err()) {
			a.Log.Debug().Err(err).Int32("device", in.ID).Msg("who watched frames went away")
		}
	}}, nil
}

// showFrames writes events until ctx ends, the reader goes away, or there are no more frames.
func (a *api) showFrames(ctx context.Context, w http.ResponseWriter, device fleet.DeviceID) error {
	frames, dropped, stop := a.Frames.Watch(device)
	defer stop()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	out := http.NewResponseController(w)
	b := []byte(": frames from now on\n\n")
	for {
		if n := dropped(); n > 0 {
			b = append(strconv.AppendUint(append(b, "event: dropped\ndata: {\"frames\":"...), n, 10), "}\n\n"...)
		}
		if err := out.SetWriteDeadline(time.Now().Add(readerPatience)); err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
		b = b[:0]
		select {
		case f, more := <-frames:
			if !more {
				return nil
			}
			b = appendFrame(b, &f)
		case <-beat.C:
			b = append(b, ": still here\n\n"...)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func appendFrame(b []byte, f *fleet.Frame) []byte {
	b = appendTime(append(b, "event: frame\ndata: {\"time\":"...), f.Time)
	direction := "in"
	if f.Out {
		direction = "out"
	}
	b = append(append(b, `,"direction":"`...), direction...)
	b = append(append(b, `","transport":"`...), f.Network.String()...)
	b = append(hex.AppendEncode(append(b, `","hex":"`...), f.Bytes), `","message":`...)
	if f.Message == nil {
		b = append(b, "null"...)
	} else {
		b = append(b, f.Message...)
	}
	b = append(b, `,"error":`...)
	if f.Error == "" {
		b = append(b, "null"...)
	} else {
		b = appendText(b, f.Error)
	}
	return append(b, "}\n\n"...)
}
