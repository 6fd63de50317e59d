package trackers

import (
	"context"
	"errors"
	"time"

	"drover/protocols"
)

var errReboot = errors.New("the tracker starts anew, as it was told")

// live lets the vehicle drive until now, and do what it was told meanwhile. Its error is errReboot.
func (v *vehicle) live(now time.Time) error {
	reboot := v.obey(now)
	if v.line != nil || v.fleet.config.Interval > 0 {
		v.drivePast(now)
	}
	if reboot {
		return errReboot
	}
	return nil
}

// obey does what the vehicle was told, and says whether it is to start anew.
func (v *vehicle) obey(now time.Time) (reboot bool) {
	v.told.Lock()
	every, engine, report, reboot := v.told.every, v.told.engine, v.told.report, v.told.reboot
	v.told.every, v.told.engine, v.told.report, v.told.reboot = 0, protocols.Custom, false, false
	v.told.Unlock()
	switch engine {
	case protocols.Immobilise:
		v.brakes.hold(float64(v.told.now.speed))
	case protocols.Release:
		v.brakes.release()
	}
	if v.fleet.config.Interval == 0 {
		return reboot // it reports as fast as it can
	}
	last, at := time.Unix(int64(v.told.now.time), 0).UTC(), now.Truncate(v.lane.times)
	if every > 0 {
		v.every = every
		if v.next = last.Add(v.step()); v.next.Before(at) {
			v.next = at
		}
	}
	if report && at.Before(v.next) && at.After(last) {
		v.next = at
	}
	return reboot
}

// obeyed notes a command that came over the line, in its words there.
func (v *vehicle) obeyed(words string) {
	v.fleet.commands.Add(1)
	c, ok := v.lane.orders[words]
	if hear := v.lane.protocol.HearText; !ok && hear != nil {
		c, _, ok = hear(v.device(), words, protocols.Position{})
	}
	if !ok {
		return
	}
	v.told.Lock()
	defer v.told.Unlock()
	v.told.order(&c, v.lane.defers && v.told.now.speed > hurried, later{})
}

// noted keeps the last record, and does what waited for the vehicle to be slow: its second SMS says so.
func (v *vehicle) noted(r record) {
	v.told.Lock()
	v.told.now = r
	due := v.told.later
	if due != nil && r.speed > hurried {
		due = nil
	}
	if due != nil {
		v.told.engine, v.told.later = protocols.Immobilise, nil
	}
	v.told.Unlock()
	if due == nil || due.from == "" || v.send == nil {
		return
	}
	_, said, _ := v.lane.protocol.HearText(v.device(), due.text, r.position())
	for _, text := range said {
		v.send(due.from, text)
	}
}

// since is the time from the last record to the next.
func (v *vehicle) since() time.Duration {
	if last := v.told.now.time; last != 0 {
		return v.next.Sub(time.Unix(int64(last), 0))
	}
	return v.step()
}

// nap waits without a line, for so long or until an SMS comes; false if ctx ended.
func (v *vehicle) nap(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	v.told.Lock()
	v.told.nap = timer
	v.told.Unlock()
	defer func() {
		v.told.Lock()
		v.told.nap = nil
		v.told.Unlock()
	}()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// asleep lets a sleeper wait, recording nothing, until an SMS wakes it; false if ctx ended. Others never sleep.
func (v *vehicle) asleep(ctx context.Context) bool {
	for v.sleepy() {
		v.forget()
		if !v.nap(ctx, max(time.Second, v.step())) {
			return false
		}
		_ = v.live(time.Now()) // it has no line to hang up
	}
	return ctx.Err() == nil
}

// sleepy is whether the vehicle keeps no line now.
func (v *vehicle) sleepy() bool {
	if !v.sleeper {
		return false
	}
	v.told.Lock()
	defer v.told.Unlock()
	return !time.Now().Before(v.told.awake)
}
