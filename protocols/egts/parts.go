package egts

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// Subrecords of all services; what a number means depends on the service.
const (
	partResponse   = 0
	partTerminal   = 1
	partModule     = 2
	partVehicle    = 3
	partDispatcher = 5
	partAuth       = 7
	partResult     = 9

	partPosition   = 16
	partExtended   = 17
	partSensors    = 18
	partCounters   = 19
	partState      = 20 // of five bytes; else acceleration
	partState21    = 21
	partLoops      = 22
	partDigital    = 23
	partAnalog     = 24
	partCounter    = 25
	partLoop       = 26
	partLiquid     = 27
	partPassengers = 28

	partCommand = 51
)

// part reads a subrecord.
func (d *decoder) part(service, kind byte, b []byte) {
	switch {
	case kind == partResponse:
	case service == serviceAuth:
		d.auth(kind, b)
	case service == serviceCommands:
		d.command(kind, b)
	case service == serviceTeledata:
		d.teledata(kind, b)
	default:
		d.add("service", protocols.Int(int64(service)))
		d.unknown(kind, b)
	}
}

// unknown keeps a subrecord that is not known, or too short for what it is.
func (d *decoder) unknown(kind byte, b []byte) {
	d.add("subrecord", protocols.Int(int64(kind)))
	d.add("payload", protocols.Bytes(b))
}

func (d *decoder) auth(kind byte, b []byte) {
	switch {
	case kind == partTerminal && len(b) >= 5:
		d.identify(b)
	case kind == partDispatcher && len(b) >= 5:
		d.login = true // a platform is no device, so that nothing is told of it
	case kind == partAuth:
		d.login = true
		if d.terminal == 0 && d.m.Device == "" {
			return
		}
		user, _, _ := bytes.Cut(b, []byte{0})
		d.add("user", protocols.Text(clean(user)))
	case kind == partVehicle && len(b) >= 17:
		d.add("vin", protocols.Text(clean(b[:17])))
	case kind == partModule && len(b) >= 11:
		d.add("module", protocols.Int(int64(b[0])))
		d.add("firmware", protocols.Text(strconv.Itoa(int(b[5]))+"."+strconv.Itoa(int(b[6]))))
	case kind == partResult:
	default:
		d.unknown(kind, b)
	}
}

// identify reads a terminal's identity: number, flags, and what the flags say that follows.
func (d *decoder) identify(b []byte) {
	d.login, d.self = true, true
	r := wire.NewReader(b)
	d.terminal = r.U32LE("terminal")
	d.alone = d.terminal == 0
	imsi, number := "", ""
	flags := r.U8("flags")
	if flags&0x01 != 0 {
		d.add("home_dispatcher", protocols.Int(int64(r.U16LE("home dispatcher"))))
	}
	if flags&0x02 != 0 {
		imei := bytes.Trim(r.Bytes("IMEI", 15), "\x00 ")
		if wire.Digits(imei) && !zeros(imei) {
			d.m.Device = string(imei)
		}
	}
	if flags&0x04 != 0 {
		if b := bytes.Trim(r.Bytes("IMSI", 16), "\x00 "); wire.Digits(b) {
			imsi = string(b)
			d.position().IMSI = imsi
		}
	}
	if flags&0x08 != 0 {
		d.add("language", protocols.Text(clean(r.Bytes("language", 3))))
	}
	if flags&0x20 != 0 {
		r.Skip("network", 3)
	}
	if flags&0x40 != 0 {
		r.Skip("buffer size", 2)
	}
	if flags&0x80 != 0 {
		if number = clean(bytes.Trim(r.Bytes("telephone", 15), "\x00 ")); number != "" {
			d.add("telephone", protocols.Text(number))
		}
	}
	switch {
	case d.m.Device != "":
	case d.terminal == 0 && imsi != "" && !zeros([]byte(imsi)):
		d.m.Device = imsi
	case d.terminal == 0 && number != "":
		d.m.Device = number
	default:
		d.m.Device = strconv.FormatUint(uint64(d.terminal), 10)
	}
	d.has = false // what follows in this record is of the one that named himself
}

func zeros(digits []byte) bool {
	for _, c := range digits {
		if c != '0' {
			return false
		}
	}
	return true
}

// clean is text without what can not be printed.
func clean(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c >= ' ' && c <= '~' {
			out = append(out, c)
		}
	}
	return string(out)
}

// command reads the answer to a command: kind and result, ids, optional character set and authorisation, data.
func (d *decoder) command(kind byte, b []byte) {
	if kind != partCommand || len(b) < 10 {
		d.unknown(kind, b)
		return
	}
	result := &protocols.Result{ID: binary.LittleEndian.Uint32(b[1:])}
	data := b[10:]
	if b[9]&1 != 0 && len(data) > 0 { // character set
		data = data[1:]
	}
	if b[9]&2 != 0 && len(data) > 0 { // authorisation
		data = data[min(len(data), 1+int(data[0])):]
	}
	outcome := b[0] & 0x0F
	result.Nack = outcome != 0 && outcome != 6 // 6: under way
	text := data
	if b[0]>>4 == commandConfirm && len(data) >= 4 { // address and code of what is confirmed
		text = data[4:]
	}
	if printable(text) {
		result.Text = string(text)
	} else {
		result.Data = append([]byte{}, data...)
	}
	if result.Text == "" {
		result.Text = outcomes[min(int(outcome), len(outcomes)-1)]
	}
	d.m.Result = result
}

var outcomes = [...]string{"OK", "error", "illegal", "deleted", "not found", "not confirmed", "in progress", "unknown"}

func printable(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}
