package datadir

import (
	"bufio"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// The first copy listens on a socket and writes where into app.raise, which only
// this user can read. The second sends the token from there; the answer is one
// line. The token matters on a loopback port, where any user of the machine can
// knock; on a Unix socket it costs nothing.

const (
	raiseTime  = 2 * time.Second
	raiseLimit = 1024
	raiseDone  = "raised\n"
	// socketPath is the longest path a Unix socket has on every system.
	socketPath = 100
)

// raiseAddress is the content of app.raise.
type raiseAddress struct {
	Network string `json:"network"`
	Address string `json:"address"`
	Token   string `json:"token"`
}

type raiseListener struct {
	net.Listener
	token string
}

func (d *Dir) listen() (*raiseListener, error) {
	l, err := listenLocal(d.raiseSocket())
	if err != nil {
		return nil, err
	}
	at := raiseAddress{Network: l.Addr().Network(), Address: l.Addr().String(), Token: rand.Text()}
	text, err := json.Marshal(at)
	if err == nil {
		err = WriteFile(d.raiseFile(), text)
	}
	if err != nil {
		l.Close()
		return nil, err
	}
	return &raiseListener{l, at.Token}, nil
}

// listenLocal prefers a Unix socket (Windows has them since 10); a long path or a
// file system without sockets leads to a loopback port.
func listenLocal(socket string) (net.Listener, error) {
	if len(socket) <= socketPath {
		if l, err := net.Listen("unix", socket); err == nil {
			return l, nil
		}
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

func (l *raiseListener) serve(onRaise func()) {
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(50 * time.Millisecond) // out of descriptors: it passes
			continue
		}
		go l.answer(c, onRaise)
	}
}

func (l *raiseListener) answer(c net.Conn, onRaise func()) {
	defer c.Close()
	c.SetDeadline(time.Now().Add(raiseTime))
	line, err := bufio.NewReader(io.LimitReader(c, raiseLimit)).ReadString('\n')
	if err != nil || subtle.ConstantTimeCompare([]byte(line), []byte(l.token+"\n")) != 1 {
		return
	}
	onRaise()
	io.WriteString(c, raiseDone)
}

func (d *Dir) askToRaise() error {
	at, err := readRaise(d.raiseFile())
	if err != nil {
		return err
	}
	c, err := net.DialTimeout(at.Network, at.Address, raiseTime)
	if err != nil {
		return err
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(raiseTime))
	if _, err := io.WriteString(c, at.Token+"\n"); err != nil {
		return err
	}
	answer, err := io.ReadAll(io.LimitReader(c, raiseLimit))
	if err == nil && string(answer) != raiseDone {
		err = errors.New("the other copy did not answer")
	}
	return err
}

func readRaise(path string) (raiseAddress, error) {
	f, err := os.Open(path)
	if err != nil {
		return raiseAddress{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, raiseLimit))
	if err != nil {
		return raiseAddress{}, err
	}
	return parseRaise(text)
}

// parseRaise accepts only an address on this machine.
func parseRaise(text []byte) (raiseAddress, error) {
	var at raiseAddress
	if err := json.Unmarshal(text, &at); err != nil {
		return raiseAddress{}, fmt.Errorf("raise address: %w", err)
	}
	if at.Network == "unix" && at.Address != "" {
		return at, nil
	}
	host, _, err := net.SplitHostPort(at.Address)
	if at.Network != "tcp" || err != nil || host != "127.0.0.1" {
		return raiseAddress{}, errors.New("raise address: not on this machine")
	}
	return at, nil
}
