package xirgo

import (
	"testing"

	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }
