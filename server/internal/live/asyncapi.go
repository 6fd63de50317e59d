package live

import _ "embed"

//go:embed asyncapi.json
var asyncAPI []byte

// AsyncAPI is the live line as a document of AsyncAPI 3.0.
func AsyncAPI() []byte { return asyncAPI }
