package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	forever  = "public, max-age=31536000, immutable"
	eachTime = "no-cache"
)

// file is one file of the page, ready to be sent.
type file struct {
	data   []byte
	packed bool   // data is gzip-compressed
	kind   string // Content-Type
	etag   string
	keep   string // Cache-Control
}

// load reads all files of the build, by the path at which they are served. "x.js.gz" is served as "x.js".
func load(built fs.FS) (map[string]*file, error) {
	files := map[string]*file{}
	err := fs.WalkDir(built, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		data, err := fs.ReadFile(built, name)
		if err != nil {
			return err
		}
		plain, packed := strings.CutSuffix(name, ".gz")
		sum := sha256.Sum256(data)
		f := &file{data: data, packed: packed, kind: kindOf(plain), etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
		f.keep = eachTime
		if strings.HasPrefix(plain, "assets/") {
			f.keep = forever
		}
		files["/"+plain] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("web: reading the page: %w", err)
	}
	return files, nil
}

// kindOf does not rely on the machine's own list of types, which may lack these or be wrong.
func kindOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	default:
		if kind := mime.TypeByExtension(ext); kind != "" {
			return kind
		}
		return "application/octet-stream"
	}
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", f.keep)
	h.Set("ETag", f.etag)
	if f.packed {
		h.Set("Vary", "Accept-Encoding")
	}
	if strings.Contains(r.Header.Get("If-None-Match"), f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.data
	if f.packed {
		if acceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
		} else {
			var err error
			if body, err = unpack(f.data); err != nil {
				http.Error(w, "this file cannot be read", http.StatusInternalServerError)
				return
			}
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the client is gone, nobody to tell
	}
}

func unpack(packed []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

// acceptsGzip tells whether the client takes gzip (RFC 9110, 12.5.3), as all browsers do.
func acceptsGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, parameters, _ := strings.Cut(coding, ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		weight, given := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !given || err != nil || q > 0
	}
	return false
}
