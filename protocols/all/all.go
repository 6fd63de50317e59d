// Package all lists the protocols that Drover speaks. It holds nothing else.
package all

import (
	"drover/protocols"
	"drover/protocols/arnavi"
	"drover/protocols/atrack"
	"drover/protocols/bce"
	"drover/protocols/calamp"
	"drover/protocols/castel"
	"drover/protocols/cellocator"
	"drover/protocols/eelink"
	"drover/protocols/egts"
	"drover/protocols/fifotrack"
	"drover/protocols/galileosky"
	"drover/protocols/gosafe"
	"drover/protocols/gps103"
	"drover/protocols/gt06"
	"drover/protocols/h02"
	"drover/protocols/its"
	"drover/protocols/jt600"
	"drover/protocols/jt808"
	"drover/protocols/khd"
	"drover/protocols/megastek"
	"drover/protocols/meiligao"
	"drover/protocols/meitrack"
	"drover/protocols/minifinder2"
	"drover/protocols/navtelecom"
	"drover/protocols/osmand"
	"drover/protocols/queclink"
	"drover/protocols/ruptela"
	"drover/protocols/starlink"
	"drover/protocols/startek"
	"drover/protocols/suntech"
	"drover/protocols/taip"
	"drover/protocols/teltonika"
	"drover/protocols/tk103"
	"drover/protocols/topflytech"
	"drover/protocols/totem"
	"drover/protocols/upro"
	"drover/protocols/watch"
	"drover/protocols/wialon"
	"drover/protocols/wialoncombine"
	"drover/protocols/xexun2"
	"drover/protocols/xirgo"
)

// Protocols gives every protocol, in the order of their names.
func Protocols() []*protocols.Protocol {
	return []*protocols.Protocol{
		arnavi.Protocol(),
		atrack.Protocol(),
		bce.Protocol(),
		calamp.Protocol(),
		castel.Protocol(),
		cellocator.Protocol(),
		eelink.Protocol(),
		egts.Protocol(),
		fifotrack.Protocol(),
		galileosky.Protocol(),
		gosafe.Protocol(),
		gps103.Protocol(),
		gt06.Protocol(),
		h02.Protocol(),
		its.Protocol(),
		jt600.Protocol(),
		jt808.Protocol(),
		khd.Protocol(),
		megastek.Protocol(),
		meiligao.Protocol(),
		meitrack.Protocol(),
		minifinder2.Protocol(),
		navtelecom.Protocol(),
		osmand.Protocol(),
		queclink.Protocol(),
		ruptela.Protocol(),
		starlink.Protocol(),
		startek.Protocol(),
		suntech.Protocol(),
		taip.Protocol(),
		teltonika.Protocol(),
		tk103.Protocol(),
		topflytech.Protocol(),
		totem.Protocol(),
		upro.Protocol(),
		watch.Protocol(),
		wialon.Protocol(),
		wialoncombine.Protocol(),
		xexun2.Protocol(),
		xirgo.Protocol(),
	}
}

// Named gives the protocol of that name, nil if there is none.
func Named(name string) *protocols.Protocol {
	for _, p := range Protocols() {
		if p.Name == name {
			return p
		}
	}
	return nil
}
