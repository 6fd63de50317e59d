// Package misread collects bytes of trackers that no decoder understood, and tries them again with the decoders of
// today.
//
// A Book takes them from the gateway without ever blocking: at most MaxPerAddress of one address and MaxInAll between
// two writings, so that a flood of noise from one end neither fills the memory nor hides what others said. Understand
// reads a piece as the gateway would: in the language of the port it came on, or, where nobody's was recognised, in
// the one that its first bytes tell now.
//
// A Book is safe for concurrent use. The package knows neither sockets nor SQL.
package misread
