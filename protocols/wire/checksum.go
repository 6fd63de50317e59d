package wire

// crcTable is the byte-wise table of a CRC-16.
type crcTable [256]uint16

// crcTables are the tables of a reflected CRC-16 that takes eight bytes at once: the nth is for a byte that n follow.
type crcTables [8]crcTable

func reflectedTables(poly uint16) *crcTables {
	t := new(crcTables)
	for i := range t[0] {
		c := uint16(i)
		for range 8 {
			if c&1 != 0 {
				c = c>>1 ^ poly
			} else {
				c >>= 1
			}
		}
		t[0][i] = c
	}
	for n := 1; n < len(t); n++ {
		for i, c := range t[n-1] {
			t[n][i] = c>>8 ^ t[0][byte(c)]
		}
	}
	return t
}

func forwardTable(poly uint16) *crcTable {
	t := new(crcTable)
	for i := range t {
		c := uint16(i) << 8
		for range 8 {
			if c&0x8000 != 0 {
				c = c<<1 ^ poly
			} else {
				c <<= 1
			}
		}
		t[i] = c
	}
	return t
}

var (
	table8005 = reflectedTables(0xA001) // 0x8005 reflected
	table1021 = reflectedTables(0x8408) // 0x1021 reflected
	forward21 = forwardTable(0x1021)
)

func reflected(t *crcTables, crc uint16, data []byte) uint16 {
	for len(data) >= 8 {
		d := data[:8]
		crc = t[7][byte(crc)^d[0]] ^ t[6][byte(crc>>8)^d[1]] ^ t[5][d[2]] ^ t[4][d[3]] ^
			t[3][d[4]] ^ t[2][d[5]] ^ t[1][d[6]] ^ t[0][d[7]]
		data = data[8:]
	}
	for _, c := range data {
		crc = crc>>8 ^ t[0][byte(crc)^c]
	}
	return crc
}

func forward(t *crcTable, crc uint16, data []byte) uint16 {
	for _, c := range data {
		crc = crc<<8 ^ t[byte(crc>>8)^c]
	}
	return crc
}

// CRC16ARC is CRC-16/ARC (0x8005 reflected, init 0): Teltonika, Wialon, ATrack.
func CRC16ARC(data []byte) uint16 { return reflected(table8005, 0, data) }

// CRC16Modbus is CRC-16/MODBUS (0x8005 reflected, init 0xFFFF): Galileosky.
func CRC16Modbus(data []byte) uint16 { return reflected(table8005, 0xFFFF, data) }

// CRC16X25 is CRC-16/X-25 (0x1021 reflected, init and final xor 0xFFFF): GT06, Castel.
func CRC16X25(data []byte) uint16 { return ^reflected(table1021, 0xFFFF, data) }

// CRC16Kermit is CRC-16/KERMIT (0x1021 reflected, init 0): Ruptela.
func CRC16Kermit(data []byte) uint16 { return reflected(table1021, 0, data) }

// CRC16XModem is CRC-16/XMODEM (0x1021, init 0): MiniFinder.
func CRC16XModem(data []byte) uint16 { return forward(forward21, 0, data) }

// CRC16CCITTFalse is CRC-16/CCITT-FALSE (0x1021, init 0xFFFF): Meiligao, EGTS.
func CRC16CCITTFalse(data []byte) uint16 { return forward(forward21, 0xFFFF, data) }

// Xor is the exclusive or of all bytes.
func Xor(data []byte) byte {
	var x byte
	for _, c := range data {
		x ^= c
	}
	return x
}

// Sum8 is the sum of all bytes, modulo 256.
func Sum8(data []byte) byte {
	var s byte
	for _, c := range data {
		s += c
	}
	return s
}
