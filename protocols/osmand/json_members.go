package osmand

import "drover/protocols"

// battery reads the level, 0 to 1, and whether it is charged.
func (l *locations) battery(p *protocols.Position) {
	if !l.open('{') {
		l.skip(0)
		return
	}
	for {
		key, more := l.key()
		if !more {
			return
		}
		switch string(key) {
		case "level":
			b, _ := l.scalar()
			if v, ok := float(b); ok && v >= 0 && v <= 1 {
				p.BatteryPercent = protocols.Some(v * 100)
			}
		case "is_charging":
			b, _ := l.scalar()
			l.add("charging", b, false)
		default:
			l.skip(0)
		}
	}
}

// activity reads what the phone thinks that its owner does.
func (l *locations) activity() {
	if !l.open('{') {
		b, isText := l.scalar()
		l.add("activity", b, isText)
		return
	}
	for {
		key, more := l.key()
		if !more {
			return
		}
		name := "activity_percent"
		if string(key) == "type" {
			name = "activity"
		}
		b, isText := l.scalar()
		l.add(name, b, isText)
	}
}

// extras reads what the owner had added.
func (l *locations) extras(p *protocols.Position) {
	if !l.open('{') {
		l.skip(0)
		return
	}
	for {
		key, more := l.key()
		if !more {
			return
		}
		l.other(p, key)
	}
}

// other reads a member that has no field of its own, or an alarm.
func (l *locations) other(p *protocols.Position, key []byte) {
	alarm, name := string(key) == "alarm", attributeName(key)
	b, isText := l.scalar()
	if alarm && isText && len(b) > 0 {
		p.Alarms |= alarmOf(b)
		return
	}
	l.add(name, b, isText)
}
