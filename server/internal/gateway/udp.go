package gateway

import (
	"container/list"
	"context"
	"errors"
	"hash/maphash"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"

	"drover/protocols"
	"drover/server/internal/fleet"
)

const (
	udpWorkers = 8   // of a port
	udpQueue   = 128 // datagrams in wait for a worker
	udpBatch   = 64  // datagrams that share an append
)

// datagram is one that arrived.
type datagram struct {
	from  netip.AddrPort
	at    time.Time
	bytes int
	post  bool // it did not arrive: there is a command for the address
	data  [datagramSize]byte
}

// talk is a UDP conversation and when it was last heard.
type talk struct {
	conversation
	last time.Time
}

// udpWorker has the conversations of some of a port's remote addresses.
type udpWorker struct {
	port  *port
	queue chan *datagram
	most  int
	talks map[netip.AddrPort]*list.Element // of *talk
	order *list.List                       // longest silent first
	pool  *sync.Pool
}

// owed is what a datagram is answered with.
type owed struct {
	to         netip.AddrPort
	device     fleet.DeviceID // 0 for a stranger
	family     *family
	carried    *traffic // of its conversation
	start, end int      // in exchange.out
}

// serveUDP starts the port's reader and workers. They end when the port takes no more calls.
func (p *port) serveUDP(work context.Context, doors *sync.WaitGroup) {
	pool := &sync.Pool{New: func() any { return new(datagram) }}
	workers := make([]*udpWorker, udpWorkers)
	for i := range workers {
		w := &udpWorker{port: p, queue: make(chan *datagram, udpQueue), most: max(1, p.gate.limits.Connections/udpWorkers),
			talks: make(map[netip.AddrPort]*list.Element), order: list.New(), pool: pool}
		workers[i] = w
		p.gate.busy.Go(func() { w.run(work) })
	}
	doors.Go(func() {
		p.readUDP(workers, pool)
		p.door.Lock()
		defer p.door.Unlock()
		p.closed = true
		for _, w := range workers {
			close(w.queue)
		}
	})
}

// readUDP hands datagrams out until the port takes no more calls; an address always goes to the same worker.
func (p *port) readUDP(workers []*udpWorker, pool *sync.Pool) {
	seed := maphash.MakeSeed()
	for {
		d := pool.Get().(*datagram)
		d.post = false
		n, from, err := p.udp.ReadFromUDPAddrPort(d.data[:])
		if errors.Is(err, net.ErrClosed) || errors.Is(err, os.ErrDeadlineExceeded) {
			return
		}
		if err != nil || n == len(d.data) {
			p.drop("datagram_unread", from)
			pool.Put(d)
			continue
		}
		d.from, d.bytes = netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), n
		d.at = time.Now().UTC().Truncate(time.Millisecond)
		w := workers[maphash.Comparable(seed, d.from)%uint64(len(workers))]
		select {
		case w.queue <- d:
		default:
			p.drop("datagram_dropped", from)
			pool.Put(d)
		}
	}
}

func (p *port) drop(kind string, from netip.AddrPort) {
	p.gate.metrics.errors.WithLabelValues(p.family.name, kind).Inc()
	p.gate.often.add(p.family.name+" "+kind, func() string {
		return p.family.name + " over UDP from " + from.String() + ": " + kind
	})
}

// run works until the queue is closed.
func (w *udpWorker) run(ctx context.Context) {
	var answers []owed
	tick := time.NewTicker(w.port.gate.limits.Silence / 4)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			w.forget(now)
		case d, ok := <-w.queue:
			if !ok {
				w.forget(time.Now().Add(w.port.gate.limits.Silence))
				return
			}
			x := w.port.gate.borrow()
			answers = w.collect(ctx, x, d, answers[:0])
			w.finish(ctx, x, answers)
			w.port.gate.giveBack(x)
		}
	}
}

// collect hears d and what else is waiting, up to udpBatch.
func (w *udpWorker) collect(ctx context.Context, x *exchange, d *datagram, answers []owed) []owed {
	for range udpBatch {
		if d.post {
			w.post(d.from)
		} else {
			start := len(x.out)
			t := w.hear(ctx, x, d)
			if len(x.out) > start {
				answers = append(answers, owed{to: d.from, device: t.device, family: t.family,
					carried: &t.carried, start: start, end: len(x.out)})
			}
			if t.mail.Load().waiting() {
				w.post(d.from)
			}
		}
		w.pool.Put(d)
		var ok bool
		select {
		case d, ok = <-w.queue:
		default:
		}
		if !ok {
			return answers
		}
	}
	return answers
}

// hear puts a datagram into its conversation and gives that. A stranger's is not kept.
func (w *udpWorker) hear(ctx context.Context, x *exchange, d *datagram) *talk {
	t := w.find(d.from)
	t.last = d.at
	t.family.counts[protocols.UDP].in.Add(float64(d.bytes))
	t.carried.in.Add(int64(d.bytes))
	used, err := t.conversation.hear(ctx, x, d.data[:d.bytes], true, d.at)
	switch {
	case err != nil && t.login == 0 && !t.knocked && !errors.Is(err, errLater):
		t.fail("unreadable", err)
		t.knock(reasonUnreadable, t.identity, d.at)
	case errors.Is(err, errRefused) || errors.Is(err, errMisdial) || errors.Is(err, errLater):
	case err != nil:
		t.fail("split", err)
	case used < d.bytes:
		t.fail("short", errCut)
	}
	if e := w.talks[d.from]; err != nil || t.login == 0 {
		w.drop(e)
	} else if e == nil {
		w.keep(t)
	} else {
		w.order.MoveToBack(e)
	}
	return t
}

var errCut = errors.New("the datagram ends within a frame")

func (w *udpWorker) find(from netip.AddrPort) *talk {
	if e := w.talks[from]; e != nil {
		return e.Value.(*talk)
	}
	t := new(talk)
	w.port.converse(&t.conversation, protocols.UDP, from)
	return t
}

// keep remembers a conversation; the longest silent one makes room.
func (w *udpWorker) keep(t *talk) {
	if len(w.talks) >= w.most {
		w.drop(w.order.Front())
	}
	w.talks[t.remote] = w.order.PushBack(t)
	w.port.gate.lines.talks(t, func() { w.wake(t.remote) })
	w.port.gate.arrived(t.login)
	t.count(true)
}

func (w *udpWorker) drop(e *list.Element) {
	if e == nil {
		return
	}
	t := w.order.Remove(e).(*talk)
	delete(w.talks, t.remote)
	t.count(false)
	w.port.gate.lines.silent(t)
	t.mail.Load().end()
}

// wake has the worker deliver a command; when its queue is full, the next datagram of the address does.
func (w *udpWorker) wake(to netip.AddrPort) {
	d := w.pool.Get().(*datagram)
	d.from, d.bytes, d.post = to, 0, true
	w.port.door.RLock()
	defer w.port.door.RUnlock()
	if w.port.closed {
		return
	}
	select {
	case w.queue <- d:
	default:
		w.pool.Put(d)
	}
}

// post sends the next command for an address.
func (w *udpWorker) post(to netip.AddrPort) {
	e := w.talks[to]
	if e == nil {
		return
	}
	err := e.Value.(*talk).deliver(func(data []byte) error {
		_, err := w.port.udp.WriteToUDPAddrPort(data, to)
		return err
	})
	if err != nil {
		w.port.drop("command_unsent", to)
	}
}

// forget drops the conversations that have been silent for too long.
func (w *udpWorker) forget(now time.Time) {
	for e := w.order.Front(); e != nil; e = w.order.Front() {
		if now.Sub(e.Value.(*talk).last) < w.port.gate.limits.Silence {
			return
		}
		w.drop(e)
	}
}

// finish journals what the batch said and sends what is owed then.
func (w *udpWorker) finish(ctx context.Context, x *exchange, answers []owed) {
	if err := x.keep(ctx, w.port.gate.config.Journal); err != nil {
		w.port.gate.metrics.errors.WithLabelValues(w.port.family.name, "journal").Inc()
		w.port.gate.often.add(w.port.family.name+" journal", func() string { return "over UDP: " + err.Error() })
		return
	}
	for i := range x.records {
		r := &x.records[i]
		w.port.gate.families[r.Protocol].counts[protocols.UDP].positions.Add(float64(len(r.Positions)))
	}
	for _, a := range answers {
		if _, err := w.port.udp.WriteToUDPAddrPort(x.out[a.start:a.end], a.to); err != nil {
			w.port.drop("reply_unsent", a.to)
			continue
		}
		a.family.counts[protocols.UDP].out.Add(float64(a.end - a.start))
		a.carried.out.Add(int64(a.end - a.start))
		w.port.gate.said(a.device, protocols.UDP, x.out[a.start:a.end])
	}
}
