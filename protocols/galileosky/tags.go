package galileosky

// kind is how a tag's value is read.
type kind uint8

const (
	special kind = iota // special.go knows it
	number              // unsigned, low byte first
	signed              // two's complement, low byte first
)

// tag is what is known of one tag: its size in bytes (0: the tag is not known, or its value says how long it is), and
// its value: the number on the wire × mul × 10^-scale.
type tag struct {
	size  uint8
	kind  kind
	mul   uint8
	scale uint8
	name  string
}

// Tags whose value says how long it is.
const (
	tagReefer   = 0x5B // a refrigerator, whose state says how much there is
	tagTyres    = 0x5C // 34 wheels, or two bytes if no sensor answers
	tagText     = 0xE1 // of a command or an answer, a byte of length
	tagUser     = 0xEA // array of the user's, a byte of length
	tagBinary   = 0xEB // binary answer, a byte of length
	tagExtended = 0xFE // further tags, two bytes of length
)

// tags are the tags of fixed size.
var tags = [256]tag{
	0x01: {1, number, 1, 0, "hardware_version"}, 0x02: {1, number, 1, 0, "firmware_version"}, 0x03: {size: 15},
	0x04: {size: 2}, 0x10: {2, number, 1, 0, "record"}, 0x11: {4, number, 1, 0, "archive_record"}, 0x20: {size: 4},
	0x21: {size: 2}, 0x30: {size: 9}, 0x33: {size: 4}, 0x34: {size: 2}, 0x35: {size: 1},
	0x36: {1, number, 1, 1, "pdop"}, 0x40: {size: 2}, 0x41: {size: 2}, 0x42: {size: 2},
	0x43: {1, signed, 1, 0, "device_temperature_c"}, 0x44: {size: 4}, 0x45: {size: 2}, 0x46: {size: 2},
	0x47: {size: 4}, 0x48: {2, number, 1, 0, "extended_status"}, 0x49: {1, number, 1, 0, "channel"},
	0x50: {2, number, 1, 0, "analog_0"}, 0x51: {2, number, 1, 0, "analog_1"}, 0x52: {2, number, 1, 0, "analog_2"},
	0x53: {2, number, 1, 0, "analog_3"}, 0x54: {2, number, 1, 0, "analog_4"}, 0x55: {2, number, 1, 0, "analog_5"},
	0x56: {2, number, 1, 0, "analog_6"}, 0x57: {2, number, 1, 0, "analog_7"}, 0x58: {2, number, 1, 0, "rs232_0"},
	0x59: {2, number, 1, 0, "rs232_1"}, 0x5a: {4, number, 1, 0, "energy_meter"}, 0x5b: {size: 7}, 0x5c: {size: 68},
	0x5d: {size: 3}, 0x60: {2, number, 1, 0, "rs485_0"}, 0x61: {2, number, 1, 0, "rs485_1"},
	0x62: {2, number, 1, 0, "rs485_2"}, 0x63: {size: 3}, 0x64: {size: 3}, 0x65: {size: 3}, 0x66: {size: 3},
	0x67: {size: 3}, 0x68: {size: 3}, 0x69: {size: 3}, 0x6a: {size: 3}, 0x6b: {size: 3}, 0x6c: {size: 3},
	0x6d: {size: 3}, 0x6e: {size: 3}, 0x6f: {size: 3}, 0x70: {size: 2}, 0x71: {size: 2}, 0x72: {size: 2},
	0x73: {size: 2}, 0x74: {size: 2}, 0x75: {size: 2}, 0x76: {size: 2}, 0x77: {size: 2},
	0x78: {2, number, 1, 0, "analog_8"}, 0x79: {2, number, 1, 0, "analog_9"}, 0x7a: {2, number, 1, 0, "analog_10"},
	0x7b: {2, number, 1, 0, "analog_11"}, 0x7c: {2, number, 1, 0, "analog_12"},
	0x7d: {2, number, 1, 0, "analog_13"}, 0x80: {size: 3}, 0x81: {size: 3}, 0x82: {size: 3}, 0x83: {size: 3},
	0x84: {size: 3}, 0x85: {size: 3}, 0x86: {size: 3}, 0x87: {size: 3}, 0x88: {1, signed, 1, 0, "rs232_0_c"},
	0x89: {1, signed, 1, 0, "rs232_1_c"}, 0x8a: {1, signed, 1, 0, "rs485_0_c"},
	0x8b: {1, signed, 1, 0, "rs485_1_c"}, 0x8c: {1, signed, 1, 0, "rs485_2_c"}, 0x90: {size: 4},
	0xa0: {1, number, 1, 0, "can_u8_15"}, 0xa1: {1, number, 1, 0, "can_u8_16"},
	0xa2: {1, number, 1, 0, "can_u8_17"}, 0xa3: {1, number, 1, 0, "can_u8_18"},
	0xa4: {1, number, 1, 0, "can_u8_19"}, 0xa5: {1, number, 1, 0, "can_u8_20"},
	0xa6: {1, number, 1, 0, "can_u8_21"}, 0xa7: {1, number, 1, 0, "can_u8_22"},
	0xa8: {1, number, 1, 0, "can_u8_23"}, 0xa9: {1, number, 1, 0, "can_u8_24"},
	0xaa: {1, number, 1, 0, "can_u8_25"}, 0xab: {1, number, 1, 0, "can_u8_26"},
	0xac: {1, number, 1, 0, "can_u8_27"}, 0xad: {1, number, 1, 0, "can_u8_28"},
	0xae: {1, number, 1, 0, "can_u8_29"}, 0xaf: {1, number, 1, 0, "can_u8_30"},
	0xb0: {2, number, 1, 0, "can_u16_5"}, 0xb1: {2, number, 1, 0, "can_u16_6"},
	0xb2: {2, number, 1, 0, "can_u16_7"}, 0xb3: {2, number, 1, 0, "can_u16_8"},
	0xb4: {2, number, 1, 0, "can_u16_9"}, 0xb5: {2, number, 1, 0, "can_u16_10"},
	0xb6: {2, number, 1, 0, "can_u16_11"}, 0xb7: {2, number, 1, 0, "can_u16_12"},
	0xb8: {2, number, 1, 0, "can_u16_13"}, 0xb9: {2, number, 1, 0, "can_u16_14"},
	0xc0: {4, number, 5, 1, "can_fuel_used_l"}, 0xc1: {size: 4}, 0xc2: {4, number, 5, 0, "can_odometer_m"},
	0xc3: {4, number, 1, 0, "can_b1"}, 0xc4: {1, number, 1, 0, "can_u8_0"}, 0xc5: {1, number, 1, 0, "can_u8_1"},
	0xc6: {1, number, 1, 0, "can_u8_2"}, 0xc7: {1, number, 1, 0, "can_u8_3"}, 0xc8: {1, number, 1, 0, "can_u8_4"},
	0xc9: {1, number, 1, 0, "can_u8_5"}, 0xca: {1, number, 1, 0, "can_u8_6"}, 0xcb: {1, number, 1, 0, "can_u8_7"},
	0xcc: {1, number, 1, 0, "can_u8_8"}, 0xcd: {1, number, 1, 0, "can_u8_9"}, 0xce: {1, number, 1, 0, "can_u8_10"},
	0xcf: {1, number, 1, 0, "can_u8_11"}, 0xd0: {1, number, 1, 0, "can_u8_12"},
	0xd1: {1, number, 1, 0, "can_u8_13"}, 0xd2: {1, number, 1, 0, "can_u8_14"}, 0xd3: {size: 4}, 0xd4: {size: 4},
	0xd5: {1, number, 1, 0, "ibutton_states"}, 0xd6: {2, number, 1, 0, "can_u16_0"},
	0xd7: {2, number, 1, 0, "can_u16_1"}, 0xd8: {2, number, 1, 0, "can_u16_2"},
	0xd9: {2, number, 1, 0, "can_u16_3"}, 0xda: {2, number, 1, 0, "can_u16_4"},
	0xdb: {4, number, 1, 0, "can_u32_0"}, 0xdc: {4, number, 1, 0, "can_u32_1"},
	0xdd: {4, number, 1, 0, "can_u32_2"}, 0xde: {4, number, 1, 0, "can_u32_3"},
	0xdf: {4, number, 1, 0, "can_u32_4"}, 0xe0: {size: 4}, 0xe2: {4, number, 1, 0, "user_0"},
	0xe3: {4, number, 1, 0, "user_1"}, 0xe4: {4, number, 1, 0, "user_2"}, 0xe5: {4, number, 1, 0, "user_3"},
	0xe6: {4, number, 1, 0, "user_4"}, 0xe7: {4, number, 1, 0, "user_5"}, 0xe8: {4, number, 1, 0, "user_6"},
	0xe9: {4, number, 1, 0, "user_7"}, 0xf0: {4, number, 1, 0, "can_u32_5"}, 0xf1: {4, number, 1, 0, "can_u32_6"},
	0xf2: {4, number, 1, 0, "can_u32_7"}, 0xf3: {4, number, 1, 0, "can_u32_8"},
	0xf4: {4, number, 1, 0, "can_u32_9"}, 0xf5: {4, number, 1, 0, "can_u32_10"},
	0xf6: {4, number, 1, 0, "can_u32_11"}, 0xf7: {4, number, 1, 0, "can_u32_12"},
	0xf8: {4, number, 1, 0, "can_u32_13"}, 0xf9: {4, number, 1, 0, "can_u32_14"},
	0xfa: {3, number, 1, 0, "io250"}, 0xfd: {8, number, 1, 0, "io253"},
}
