// Package freeport finds ports for servers that tests and trials start, and start again on the same port. Port 0 gives
// one of those that outgoing connections get too: while the server is away, somebody's connection may take it. It keeps
// nothing, may be used by any goroutine, and imports nothing of the server.
package freeport

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
)

// Where ports are looked for: below those of outgoing connections (from 32768 on, by Linux' ip_local_port_range).
const (
	lowest = 12_000
	span   = 20_000
	tries  = 100
)

var errNone = errors.New("no free port was found")

// Find gives a port of 127.0.0.1 that is free for TCP and UDP.
func Find() (int, error) {
	for range tries {
		if port := lowest + rand.IntN(span); free(port) {
			return port, nil
		}
	}
	return 0, fmt.Errorf("%w from %d to %d", errNone, lowest, lowest+span-1)
}

func free(port int) bool {
	address := fmt.Sprintf("127.0.0.1:%d", port)
	tcp, err := net.Listen("tcp", address)
	if err != nil {
		return false
	}
	defer tcp.Close()
	udp, err := net.ListenPacket("udp", address)
	if err != nil {
		return false
	}
	return udp.Close() == nil
}
