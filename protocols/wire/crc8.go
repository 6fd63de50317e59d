package wire

// crc8Table is the byte-wise table of CRC-8/NRSC-5.
type crc8Table [256]byte

func forwardTable8(poly byte) *crc8Table {
	t := new(crc8Table)
	for i := range t {
		c := byte(i)
		for range 8 {
			if c&0x80 != 0 {
				c = c<<1 ^ poly
			} else {
				c <<= 1
			}
		}
		t[i] = c
	}
	return t
}

var table31 = forwardTable8(0x31)

// CRC8NRSC5 is CRC-8/NRSC-5 (0x31, init 0xFF): EGTS, Navtelecom FLEX.
func CRC8NRSC5(data []byte) byte { return CRC8NRSC5More(0xFF, data) }

// CRC8NRSC5More goes on with a CRC8NRSC5 of what came before data.
func CRC8NRSC5More(crc byte, data []byte) byte {
	for _, c := range data {
		crc = table31[crc^c]
	}
	return crc
}
