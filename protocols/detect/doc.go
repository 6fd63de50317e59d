// Package detect tells which family's tracker calls, from its first bytes: one port for all of them.
//
// # How
//
// The families that begin with the caller's first byte are asked (Protocol.Sniff); each answers no, "so many bytes
// would make it surer", or yes at a level. Proof (a right checksum, or a marker that nobody else has) decides at once.
// Otherwise the decision waits for as many bytes as were asked for, and the highest level wins; only a prefix is never
// enough, for scanners have prefixes too. Who waits sets a limit of its own, and takes what is surest then.
//
// Where several families are equally sure, their decoders read the message, and the one under which its identity is
// known wins (Settle).
//
// # Cost
//
// A decision allocates nothing and takes well under 2 µs (make bench-detect); only settling a tie decodes.
//
// # Concurrency and imports
//
// A Detector is read-only and may be shared. The package imports package protocols alone, and no family.
package detect
