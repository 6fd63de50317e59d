// Package postgres runs the private PostGIS that a machine without a database server of its own gets.
//
// Start makes a cluster from the PostgreSQL programs installed on the machine, or takes up the one that is there, and
// leaves a database "drover" with the extension postgis in it. Everything lives under one folder:
//
//	cluster/      the cluster itself (initdb), with our settings in drover.conf, rewritten at each start
//	run/          the Unix socket
//	log/          PostgreSQL's log, at most ten files of 10 MB
//	drover.lock   held by the Drover that uses the folder
//
// Settings made with ALTER SYSTEM are kept and win over drover.conf.
//
// # Who may connect
//
// The server listens on no TCP port, only on a Unix socket in a folder of mode 0700, and trusts whoever reaches it:
// the folder's permissions are the password. So only the user the cluster runs as, and root, get in. PostgreSQL
// refuses to run as root; when Drover runs as root, the cluster runs as its folder's owner, at first the user
// "postgres", which the packages of PostgreSQL create. Other programs of that user may then connect, too. Root writes
// into the folder only through os.Root, so that a link placed there by that user leads nowhere else.
// A socket's path has at most 103 bytes; when the folder's own is longer, or holds a character that cannot stand in
// a list of hosts, the socket moves to a folder of mode 0700 under os.TempDir, named after a hash of the path.
//
// # Life
//
// PostgreSQL gets a session of its own, so that a terminal's Ctrl-C ends Drover, and Drover then ends PostgreSQL in
// order (Stop). It is started again when it dies by itself. When Drover is killed, PostgreSQL runs on: the next Start
// finds the running server by its postmaster.pid, adopts it, and stops it in the end like one of its own. A pid file
// whose process is gone, or is something else by now, is removed. Two Drovers never share a folder: the second is
// told of the first.
//
// # Collation
//
// Text is UTF-8, ordered by code point (LC_COLLATE C: fast, and no index breaks when the machine's C library is
// upgraded), while upper and lower case are known for every script (LC_CTYPE).
//
// One goroutine owns the running server's process; URL may be called by anyone, Stop by anyone and more than once.
// The package must not import any other of Drover's. It needs a Unix system: Linux or macOS.
package postgres
