//go:build !windows

package trust

func sealDPAPI([]byte) ([]byte, error) { return nil, ErrNotHere }

func openDPAPI([]byte) ([]byte, error) { return nil, ErrNotHere }
