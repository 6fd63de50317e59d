package wire

import (
	"errors"
	"testing"
)

// The check values are those of the CRC catalogue for "123456789".
func TestChecksums(t *testing.T) {
	data := []byte("123456789")
	for name, got := range map[string][2]uint16{
		"arc":         {CRC16ARC(data), 0xBB3D},
		"modbus":      {CRC16Modbus(data), 0x4B37},
		"x-25":        {CRC16X25(data), 0x906E},
		"kermit":      {CRC16Kermit(data), 0x2189},
		"xmodem":      {CRC16XModem(data), 0x31C3},
		"ccitt-false": {CRC16CCITTFalse(data), 0x29B1},
		"xor":         {uint16(Xor(data)), 0x31},
		"sum":         {uint16(Sum8(data)), 0xDD},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: got %04X, want %04X", name, got[0], got[1])
		}
	}
}

// Taking eight bytes at once gives what taking them one by one does, at every length.
func TestReflectedInEights(t *testing.T) {
	data := make([]byte, 100)
	for i := range data {
		data[i] = byte(i * 37)
	}
	for n := range data {
		want := uint16(0)
		for _, c := range data[:n] {
			want = want>>8 ^ table8005[0][byte(want)^c]
		}
		if got := CRC16ARC(data[:n]); got != want {
			t.Fatalf("%d bytes: got %04X, want %04X", n, got, want)
		}
	}
}

func TestReaderReadsInOrder(t *testing.T) {
	r := NewReader([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	if got := r.U8("a"); got != 1 {
		t.Errorf("U8: %d", got)
	}
	if got := r.U16("b"); got != 0x0203 {
		t.Errorf("U16: %x", got)
	}
	if got := r.U24("c"); got != 0x040506 {
		t.Errorf("U24: %x", got)
	}
	if got := r.U16LE("d"); got != 0x0807 {
		t.Errorf("U16LE: %x", got)
	}
	if got := string(r.Rest()); got != "\x09\x0a" || r.Len() != 0 || r.Err() != nil {
		t.Errorf("Rest: %q, len %d, err %v", got, r.Len(), r.Err())
	}
}

func TestReaderFirstFailureSticks(t *testing.T) {
	r := NewReader([]byte{1, 2, 3})
	r.U16("latitude")
	if got := r.U32("longitude"); got != 0 {
		t.Errorf("a failed read gave %d", got)
	}
	if got := r.U8("altitude"); got != 0 {
		t.Errorf("a read after a failure gave %d", got)
	}
	want := "longitude at byte 2: frame too short"
	if err := r.Err(); err == nil || err.Error() != want || !errors.Is(err, ErrShort) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestReaderNegativeLength(t *testing.T) {
	r := NewReader([]byte{1, 2, 3})
	if b := r.Bytes("body", -1); b != nil || r.Err() == nil {
		t.Errorf("a negative length gave %x, %v", b, r.Err())
	}
}

func TestBCD(t *testing.T) {
	if s, ok := BCD([]byte{0x08, 0x69}); s != "0869" || !ok {
		t.Errorf("got %q %v", s, ok)
	}
	if _, ok := BCD([]byte{0x0A}); ok {
		t.Error("0A is no BCD")
	}
	if n, ok := BCDNumber([]byte{0x12, 0x34}); n != 1234 || !ok {
		t.Errorf("got %d %v", n, ok)
	}
	if got := AppendBCD(nil, "123"); string(got) != "\x01\x23" {
		t.Errorf("got %x", got)
	}
}

func TestNMEADegrees(t *testing.T) {
	if got := NMEADegrees(4531.5); got != 45.525 {
		t.Errorf("got %v", got)
	}
}
