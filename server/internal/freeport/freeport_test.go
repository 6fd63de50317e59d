package freeport

import (
	"fmt"
	"net"
	"testing"
)

func TestFind(t *testing.T) {
	for range 20 {
		port, err := Find()
		if err != nil {
			t.Fatal(err)
		}
		if port < lowest || port >= lowest+span {
			t.Errorf("port %d", port)
		}
	}
}

// TestTaken: a port that TCP or UDP holds is not free.
func TestTaken(t *testing.T) {
	port, err := Find()
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	tcp, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	if free(port) {
		t.Error("free, though TCP holds it")
	}
	tcp.Close()
	udp, err := net.ListenPacket("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	if free(port) {
		t.Error("free, though UDP holds it")
	}
}
