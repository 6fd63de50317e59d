package osmand

import (
	"bytes"

	"drover/protocols"
)

// sniff knows a request by the device and place that its query, form or JSON has. What names a device without a place
// is only a shape, and what names none is somebody else's.
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 1}
	}
	if !methodFits(first) {
		return protocols.Match{}
	}
	r, more, err := parse(first)
	prefix := protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
	switch {
	case err != nil:
		return protocols.Match{}
	case more:
		if line, _, whole := bytes.Cut(first, lineEnd); whole && bytes.HasPrefix(line, []byte("GET ")) {
			return sniffQuery(queryOf(line))
		}
		return prefix
	case len(r.query) > 0:
		return sniffQuery(r.query)
	case r.length == 0 && !r.chunked:
		return protocols.Match{}
	}
	body := first[r.head:]
	if r.chunked {
		if size, err := chunks(body, nil); err != nil || size == 0 {
			return waiting(prefix, err)
		}
		return sniffChunks(body)
	} else if len(body) < r.length {
		prefix.Need = r.head + r.length
		return prefix
	}
	if isJSON(body) {
		return sniffJSON(body)
	}
	m := sniffQuery(body)
	if m.Level == protocols.LevelShape { // a form with an id and no place may be anybody's
		m.Level = protocols.LevelPrefix
	}
	return m
}

// sniffChunks looks for the names in chunks without joining them, so that what it finds is only a shape.
func sniffChunks(body []byte) protocols.Match {
	shape := protocols.Match{Level: protocols.LevelShape}
	if bytes.Contains(body, []byte(`"device_id"`)) && bytes.Contains(body, []byte(`"location"`)) {
		return shape
	}
	if bytes.Contains(body, []byte("lat=")) && bytes.Contains(body, []byte("id=")) {
		return shape
	}
	return protocols.Match{}
}

// waiting is the answer while chunks are missing.
func waiting(prefix protocols.Match, err error) protocols.Match {
	if err != nil {
		return protocols.Match{}
	}
	return prefix
}

func queryOf(line []byte) []byte {
	_, query, _ := bytes.Cut(line, []byte{'?'})
	query, _, _ = bytes.Cut(query, space)
	return query
}

// sniffQuery looks for the names of a device and of a place.
func sniffQuery(query []byte) protocols.Match {
	device, lat, lon, place := false, false, false, false
	for len(query) > 0 {
		var pair []byte
		pair, query, _ = bytes.Cut(query, []byte{'&'})
		name, value, _ := bytes.Cut(pair, []byte{'='})
		switch string(name) {
		case "id", "deviceid", "device_id":
			device = len(value) > 0
		case "lat":
			lat = true
		case "lon":
			lon = true
		case "location", "cell", "wifi":
			place = place || len(value) > 0 && value[0] != '[' && value[0] != '{'
		case "gprmc":
			return protocols.Match{}
		}
	}
	switch {
	case !device:
		return protocols.Match{}
	case lat && lon || place:
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{Level: protocols.LevelShape}
}

// sniffJSON looks for the names of a device and of locations in the outermost object, or in the first of an array.
func sniffJSON(body []byte) protocols.Match {
	s := scanner{data: body}
	s.open('[')
	if !s.open('{') {
		return protocols.Match{}
	}
	device, location := false, false
	for {
		key, more := s.key()
		if !more {
			break
		}
		switch string(key) {
		case "device_id", "deviceId":
			device = true
		case "location", "locations":
			location = true
		}
		s.skip(0)
	}
	if !device || !location || s.why != nil {
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelProof}
}
