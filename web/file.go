package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
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
	plain  *form // as it is; nil if only compressed forms are there
	gzip   *form
	brotli *form
	kind   string // Content-Type
	keep   string // Cache-Control
}

// form is a file's content in one coding.
type form struct {
	data   []byte
	etag   string
	coding string // Content-Encoding
}

// load reads all files of the build, by the path at which they are served. "x.js.gz" and "x.js.br" are forms of "x.js".
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
		sum := sha256.Sum256(data)
		read := &form{data: data, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
		plain := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".br")
		f := files["/"+plain]
		if f == nil {
			f = &file{kind: kindOf(plain), keep: eachTime}
			files["/"+plain] = f
		}
		if strings.HasPrefix(plain, "assets/") {
			f.keep = forever
		}
		switch path.Ext(name) {
		case ".gz":
			read.coding, f.gzip = "gzip", read
		case ".br":
			read.coding, f.brotli = "br", read
		default:
			f.plain = read
		}
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
	case ".webmanifest":
		return "application/manifest+json"
	case ".png":
		return "image/png"
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

// choose gives the smallest form that the client takes; one without a coding is unpacked if need be.
func (f *file) choose(r *http.Request) (*form, error) {
	switch {
	case f.brotli != nil && accepts(r, "br"):
		return f.brotli, nil
	case f.gzip != nil && accepts(r, "gzip"):
		return f.gzip, nil
	case f.plain != nil:
		return f.plain, nil
	case f.gzip == nil:
		return nil, errors.New("web: there is a Brotli form alone")
	}
	data, err := unpack(f.gzip.data)
	return &form{data: data, etag: f.gzip.etag}, err
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	sent, err := f.choose(r)
	if err != nil {
		http.Error(w, "this file cannot be read", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", f.keep)
	h.Set("ETag", sent.etag)
	if f.gzip != nil || f.brotli != nil {
		h.Set("Vary", "Accept-Encoding")
	}
	if strings.Contains(r.Header.Get("If-None-Match"), sent.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if sent.coding != "" {
		h.Set("Content-Encoding", sent.coding)
	}
	h.Set("Content-Length", strconv.Itoa(len(sent.data)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(sent.data) // the client is gone, nobody to tell
	}
}

func unpack(packed []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

// accepts tells whether the client takes a coding (RFC 9110, 12.5.3). Browsers take gzip always, and Brotli (br) over
// https and from their own machine.
func accepts(r *http.Request, wanted string) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, parameters, _ := strings.Cut(coding, ";")
		if strings.TrimSpace(name) != wanted {
			continue
		}
		weight, given := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !given || err != nil || q > 0
	}
	return false
}
