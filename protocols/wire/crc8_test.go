package wire

import "testing"

func TestCRC8NRSC5(t *testing.T) {
	check := []byte("123456789")
	if got := CRC8NRSC5(check); got != 0xF7 {
		t.Errorf("%02x, want f7", got)
	}
	if got := CRC8NRSC5More(CRC8NRSC5(check[:4]), check[4:]); got != 0xF7 {
		t.Errorf("in two parts %02x, want f7", got)
	}
}
