package egts

// reply answers a packet: its result, a result for each record, and, to a login, whether it is welcome.
func (d *decoder) reply(id uint16, result, login byte) []byte {
	b := d.appendPacket(make([]byte, 0, 64+6*len(d.answers)), packetResponse)
	b = append(b, byte(id), byte(id>>8), result)
	for i := 0; i < len(d.answers); {
		from, service := len(b), d.answers[i].service
		b = d.appendRecord(b, service)
		for ; i < len(d.answers) && d.answers[i].service == service; i++ {
			a := d.answers[i]
			if result == resultBadData {
				a.result = resultBadData
			}
			b = appendPart(b, partResponse, byte(a.number), byte(a.number>>8), a.result)
		}
		b = closeRecord(b, from)
	}
	b = closePacket(b, 0)
	if !d.login || result != resultOK {
		return b
	}
	from := len(b)
	b = d.appendPacket(b, packetData)
	record := len(b)
	b = appendPart(d.appendRecord(b, serviceAuth), partResult, login)
	return closePacket(closeRecord(b, record), from)
}
