package gateway

import (
	"context"

	"drover/server/internal/fleet"
)

// exchange is the working memory between a read and the replies to it. There are at most Limits.Groups of them: who
// wants one more waits, and so does the socket.
type exchange struct {
	in        []byte         // what was read
	records   []fleet.Record // to be journaled as one group
	positions int            // in records
	out       []byte         // owed once they are
}

// borrow waits for a place and gives an empty exchange.
func (g *Gateway) borrow() *exchange {
	g.groups <- struct{}{}
	if x, ok := g.pool.Get().(*exchange); ok {
		return x
	}
	return &exchange{in: make([]byte, 0, readSize)}
}

// giveBack returns an exchange; what outgrew its use is left to the collector.
func (g *Gateway) giveBack(x *exchange) {
	<-g.groups
	clear(x.records)
	x.in, x.records, x.out, x.positions = x.in[:0], x.records[:0], x.out[:0], 0
	if cap(x.in) <= 2*readSize && cap(x.records) <= 256 && cap(x.out) <= readSize {
		g.pool.Put(x)
	}
}

// keep journals the records; then what is owed may be sent.
func (x *exchange) keep(ctx context.Context, j Journal) error {
	if len(x.records) == 0 {
		return nil
	}
	return j.Append(ctx, x.records...)
}
