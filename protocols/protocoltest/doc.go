// Package protocoltest holds every protocol to the promises of package protocols.
//
// A protocol's test is
//
//	func TestProtocol(t *testing.T) { protocoltest.Run(t, Protocol()) }
//	func FuzzCodec(f *testing.F)    { protocoltest.Fuzz(f, Protocol()) }
//	func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }
//
// and its cases are files: testdata/NAME.hex is one conversation, testdata/NAME.json what it means.
//
// In a .hex file, a line that starts with # is a comment (the first says what the case shows, the second where the
// bytes come from), "udp" alone on a line says that it is a conversation over UDP, and every other line is hex, or a
// quoted Go string, of what arrived at once. A family that takes commands by SMS has testdata/texts.txt too: what
// trackers answered, each a quoted Go string below a comment with its source, "at" with a time (RFC 3339) for when the
// next ones were sent, and what they mean. The .json holds one object per frame. `go test -update` writes it anew:
// read the difference before committing it.
package protocoltest
