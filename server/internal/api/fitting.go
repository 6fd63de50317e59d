package api

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
	"drover/server/internal/profile"
)

const (
	fitFrames = 20 // that a trial reads at most
	fitWait   = 10 * time.Second
)

type fitInput struct {
	PathID
	Body struct {
		Protocol string   `json:"protocol,omitempty" maxLength:"50" doc:"Left out: the device's."`
		Model    *string  `json:"model,omitempty" maxLength:"100"`
		Offset   clock    `json:"clock_offset_s,omitempty"`
		Options  options  `json:"options,omitempty"`
		Frames   []string `json:"frames,omitempty" maxItems:"20" doc:"Hex of frames, the oldest first, as if they came now. Left out: the next ones that the device sends."`
		Wait     *int     `json:"wait_s,omitempty" minimum:"1" maximum:"60" doc:"How long to listen to the device; 10 if left out."`
	}
}

type fitAnswer struct {
	Protocol  string       `json:"protocol"`
	Fits      bool         `json:"fits" doc:"Every frame was understood, and nothing in it is hard to believe."`
	Failed    int          `json:"failed" doc:"Frames that were not understood."`
	Positions int          `json:"positions"`
	Odd       int          `json:"odd" doc:"Positions that are hard to believe: at 0, 0, in the future, or too fast."`
	Behind    float64      `json:"behind_s" doc:"How long before its arrival a position was made, in the middle."`
	Frames    []fitFrame   `json:"frames" nullable:"false"`
	Better    orNull[best] `json:"better" doc:"A profile that fits better; null: none was found."`
}

type fitFrame struct {
	Hex     string  `json:"hex"`
	Message message `json:"message" doc:"What it means: {device, positions, reply, result}."`
	Error   string  `json:"error" doc:"Why it was not understood; empty if it was."`
}

// message is a protocols.Message as JSON.
type message json.RawMessage

// MarshalJSON gives it as it is.
func (m message) MarshalJSON() ([]byte, error) { return m, nil }

// Schema says that it is an object.
func (message) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}

type best struct {
	Offset  orNull[int32] `json:"clock_offset_s"`
	Options options       `json:"options"`
}

func (a *api) addFitting() {
	register(a, huma.Operation{
		OperationID: "try-profile", Method: http.MethodPost, Path: "/api/devices/{id}/profile/test",
		Tags: []string{"devices"}, Summary: "Try a profile on what the device says, without changing anything",
		Description: "Reads the given frames, or the next ones of the device's open line, as the profile would have them " +
			"read, says whether that can be believed, and looks for a better one. What is left out is as the device has it.",
	}, a.tryProfile)
}

func (a *api) tryProfile(ctx context.Context, in *fitInput) (*body[fitAnswer], error) {
	d, err := a.Store.Device(ctx, scope(ctx), fleet.DeviceID(in.ID))
	if err != nil {
		return nil, err
	}
	b := &in.Body
	p, err := a.protocolFor(b.Protocol, d.Protocol)
	if err != nil {
		return nil, err
	}
	if err := checkOptions(p, b.Options); err != nil {
		return nil, err
	}
	tried := d.Profile()
	if b.Model != nil {
		tried.Model = *b.Model
	}
	if b.Offset.said {
		tried.Offset = b.Offset.value
	}
	if b.Options != nil {
		tried.Options = b.Options
	}
	frames, err := framesIn(b.Frames)
	if err != nil {
		return nil, err
	}
	if frames == nil {
		if frames, err = a.listen(ctx, d.ID, b.Wait); err != nil {
			return nil, err
		}
	}
	return &body[fitAnswer]{Body: judge(p, tried, frames)}, nil
}

// protocolFor finds the family that is asked for, or else the device's.
func (a *api) protocolFor(asked, own string) (*protocols.Protocol, error) {
	name := asked
	if name == "" {
		name = own
	}
	for _, p := range a.Protocols {
		if p.Name == name {
			return p, nil
		}
	}
	if name == "" {
		return nil, huma.Error422UnprocessableEntity("the device may speak any protocol: say which to try")
	}
	return nil, huma.Error422UnprocessableEntity("there is no protocol " + name)
}

func framesIn(texts []string) (frames []profile.Frame, err error) {
	now := time.Now().UTC().Truncate(time.Millisecond)
	for i, text := range texts {
		data, err := hex.DecodeString(text)
		if err != nil || len(data) == 0 {
			return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
				Location: "body.frames[" + strconv.Itoa(i) + "]", Message: "hex is needed, two digits a byte", Value: text})
		}
		frames = append(frames, profile.Frame{Bytes: data, At: now})
	}
	return frames, nil
}

// listen waits for the device's next frames.
func (a *api) listen(ctx context.Context, device fleet.DeviceID, wait *int) (frames []profile.Frame, err error) {
	if a.Frames == nil {
		return nil, huma.Error409Conflict(dispatch.ErrNoLine.Error())
	}
	select {
	case a.watchers <- struct{}{}:
		defer func() { <-a.watchers }()
	default:
		return nil, huma.Error503ServiceUnavailable("too many watch frames already; try again later")
	}
	patience := fitWait
	if wait != nil {
		patience = time.Duration(*wait) * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	heard, _, stop := a.Frames.Watch(device)
	defer stop()
	for len(frames) < fitFrames {
		select {
		case f := <-heard:
			if !f.Out {
				frames = append(frames, profile.Frame{Network: f.Network, Bytes: f.Bytes, At: f.Time})
			}
		case <-ctx.Done():
			if len(frames) == 0 {
				return nil, huma.Error409Conflict("the device said nothing meanwhile; wait longer, or give frames")
			}
			return frames, nil
		}
	}
	return frames, nil
}

func judge(p *protocols.Protocol, tried protocols.Device, frames []profile.Frame) fitAnswer {
	fit := profile.Try(p, tried, frames)
	answer := fitAnswer{Protocol: p.Name, Failed: fit.Failed, Positions: fit.Positions, Odd: fit.Odd,
		Behind: fit.Behind.Seconds(), Frames: []fitFrame{}}
	for i := range fit.Heard {
		h := &fit.Heard[i]
		shown := fitFrame{Hex: hex.EncodeToString(frames[i].Bytes),
			Message: append(h.Message.AppendJSON([]byte{'{'}), '}')}
		if h.Err != nil {
			shown.Error = h.Err.Error()
		}
		answer.Frames = append(answer.Frames, shown)
	}
	better, differs := profile.Suggest(p, tried, frames)
	if differs {
		answer.Better.value = &best{offsetOf(better.Offset), optionsOf(better.Options)}
	}
	answer.Fits = fit.Failed == 0 && fit.Odd == 0 && !differs
	return answer
}

// checkOptions says which option a protocol has not, or what it can not be.
func checkOptions(p *protocols.Protocol, given options) error {
	for name, value := range given {
		found := false
		for i := range p.Options {
			if p.Options[i].Name != name {
				continue
			}
			found = true
			if err := p.Options[i].Takes(value); err != nil {
				return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
					Location: "body.options." + name, Message: err.Error(), Value: value})
			}
		}
		if !found {
			return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
				Location: "body.options." + name, Message: "the protocol " + p.Name + " has no such option", Value: value})
		}
	}
	return nil
}
