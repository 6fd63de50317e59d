package modems

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// agendaLimit is how many things may be to do; beyond it the network refuses new messages.
const agendaLimit = 200_000

// agenda does things at their time, one after the other, those of one time in the order in which they were given.
type agenda struct {
	mu   sync.Mutex
	todo todo
	seq  int
	wake chan struct{}
}

type task struct {
	at  time.Time
	seq int
	do  func()
}

func newAgenda() *agenda { return &agenda{wake: make(chan struct{}, 1)} }

// after notes something to do in d; it never blocks.
func (a *agenda) after(d time.Duration, do func()) {
	a.mu.Lock()
	a.seq++
	heap.Push(&a.todo, task{time.Now().Add(d), a.seq, do})
	a.mu.Unlock()
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

func (a *agenda) full() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.todo) >= agendaLimit
}

// run does what is due, until ctx ends.
func (a *agenda) run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		do, wait := a.next()
		if do != nil {
			do()
			continue
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-a.wake:
		case <-ctx.Done():
		}
	}
}

// next takes what is due; else it says how long to wait.
func (a *agenda) next() (do func(), wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.todo) == 0 {
		return nil, time.Hour
	}
	if wait := time.Until(a.todo[0].at); wait > 0 {
		return nil, wait
	}
	return heap.Pop(&a.todo).(task).do, 0
}

// todo is a heap of tasks, the next one first.
type todo []task

func (t todo) Len() int { return len(t) }
func (t todo) Less(i, j int) bool {
	if t[i].at.Equal(t[j].at) {
		return t[i].seq < t[j].seq
	}
	return t[i].at.Before(t[j].at)
}
func (t todo) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t *todo) Push(x any)   { *t = append(*t, x.(task)) }
func (t *todo) Pop() any {
	last := (*t)[len(*t)-1]
	(*t)[len(*t)-1] = task{}
	*t = (*t)[:len(*t)-1]
	return last
}
