package oidc

import (
	"io"
	"net/http"
	"time"
)

// The limits of one question to the provider.
const (
	patience = 10 * time.Second
	maxReply = 1 << 20 // bytes
)

func newHTTP() *http.Client {
	return &http.Client{Timeout: patience, Transport: limited{http.DefaultTransport}}
}

// limited cuts replies that are too long.
type limited struct{ http.RoundTripper }

// RoundTrip asks, and limits what is read of the reply.
func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := l.RoundTripper.RoundTrip(r)
	if err == nil {
		response.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(response.Body, maxReply), response.Body}
	}
	return response, err
}
