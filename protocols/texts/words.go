package texts

import (
	"strings"

	"drover/protocols"
)

// judgement is what an answer's words say of the command.
type judgement int

const (
	unclear judgement = iota
	done
	refused
	deferred
)

// The words are those of the vendors' manuals; the Chinese ones are general knowledge but 指令格式错误 (format error).
var (
	deferrals = [...]string{
		"will be executed after", "relay delay", "executed when speed", "after speed less", "speed is more than", "稍后执行",
	}
	refusals = [...]string{
		"error", "fail", "invalid", "wrong", "incorrect", "illegal", "denied", "refuse", "not support", "unsupport",
		"no permission", "no right", "not author", "unauthor", "unknown command", "unknown cmd", "bad command", "not allowed",
		"+nack", "错误", "失败", "无效", "不支持", "无权限", "没有权限", "拒绝", "密码错",
	}
	successes = [...]string{
		"success", "succeed", "reset", "saved", "new value", "accepted", "done", "+ack", "已执行", "成功",
	}
	fixless = [...]string{
		"error gps", "gps unfixed", "no fix", "not fixed", "no gps", "gps signal lost", "lost gps", "last position",
		"last location", "未定位",
	}
	warnings = [...]struct {
		words string
		alarm protocols.Alarms
	}{
		{"cut power", protocols.AlarmPowerCut}, {"power cut", protocols.AlarmPowerCut},
		{"power alarm", protocols.AlarmPowerCut}, {"help me", protocols.AlarmSOS}, {"sos alarm", protocols.AlarmSOS},
		{"sos!", protocols.AlarmSOS}, {"low battery", protocols.AlarmLowBattery}, {"batt low", protocols.AlarmLowBattery},
		{"vibration alarm", protocols.AlarmVibration}, {"shock alarm", protocols.AlarmVibration},
		{"sensor alarm", protocols.AlarmVibration}, {"move!", protocols.AlarmMovement},
		{"speed!", protocols.AlarmOverspeed}, {"over speed", protocols.AlarmOverspeed},
		{"overspeed", protocols.AlarmOverspeed}, {"stockade!", protocols.AlarmGeofence},
		{"door alarm", protocols.AlarmDoor},
	}
)

// verdict judges words in lower case. That a receiver has no fix is no refusal.
func verdict(lower string) judgement {
	switch {
	case has(lower, deferrals[:]):
		return deferred
	case has(strings.ReplaceAll(lower, "error gps", ""), refusals[:]):
		return refused
	case has(lower, successes[:]), hasWord(lower, "ok"), strings.Contains(lower, "error gps"):
		return done
	}
	return unclear
}

// saysUnfixed: LBS is a place from cells.
func saysUnfixed(lower string) bool { return has(lower, fixless[:]) || hasWord(lower, "lbs") }

func alarmsIn(lower string) (a protocols.Alarms) {
	for _, w := range warnings {
		if strings.Contains(lower, w.words) {
			a |= w.alarm
		}
	}
	return a
}

func has(lower string, words []string) bool {
	for _, w := range words {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

// hasWord is whether word stands in s with no letter or digit beside it.
func hasWord(s, word string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], word)
		if i < 0 {
			return false
		}
		i += from
		if (i == 0 || !isAlnum(s[i-1])) && (i+len(word) == len(s) || !isAlnum(s[i+len(word)])) {
			return true
		}
		from = i + len(word)
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isAlnum(c byte) bool { return isDigit(c) || isAlpha(c) }
