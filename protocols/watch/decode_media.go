package watch

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// escape starts an escaped byte; the byte behind it is its place in escaped, from 1.
const escape = 0x7D

const escaped = "}[],*"

// plainBytes copies b without its escapes.
func plainBytes(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == escape && i+1 < len(b) && b[i+1] >= 1 && int(b[i+1]) <= len(escaped) {
			i++
			out = append(out, escaped[b[i]-1])
			continue
		}
		out = append(out, b[i])
	}
	return out
}

// voice reads a message of sound, AMR; TK with one byte answers one of the server's.
func (w *words) voice() {
	if len(w.rest) <= 1 {
		w.m.Result = &protocols.Result{Text: string(w.data), Nack: string(w.rest) == "0"}
		return
	}
	w.r.open(w.m).Note("voice_data", protocols.Bytes(plainBytes(w.rest)))
	w.reply("TK,1")
}

// voicePart reads a part of a longer message: two words, its number, their count and the sound. Each part is given
// as it comes, so that what is acknowledged is not kept here.
func (w *words) voicePart() error {
	f := wire.NewFields(w.rest, ',')
	f.Next()
	name, part, of := f.Next(), f.Next(), f.Next()
	at := f.Offset()
	data := f.Rest()
	if data == nil {
		return &wire.Error{Field: "voice", Offset: w.offset() + min(at, len(w.rest)), Err: wire.ErrShort}
	}
	p := w.r.open(w.m)
	p.Note("voice", protocols.Text(string(name)))
	count(p, "voice_part", part)
	count(p, "voice_parts", of)
	p.Note("voice_data", protocols.Bytes(plainBytes(data)))
	w.reply("JXTKR,1")
	return nil
}

// picture reads a kind, the time in twelve digits and the picture.
func (w *words) picture() error {
	kind, rest, _ := bytes.Cut(w.rest, []byte{','})
	stamp, data, ok := bytes.Cut(rest, []byte{','})
	if !ok {
		return &wire.Error{Field: "picture", Offset: w.offset() + len(w.rest), Err: wire.ErrShort}
	}
	p := w.r.open(w.m)
	p.Note("photo", protocols.Text(string(kind)))
	p.Note("photo_time", protocols.Text(string(stamp)))
	p.Note("photo_data", protocols.Bytes(plainBytes(data)))
	return nil
}
