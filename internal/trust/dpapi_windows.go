package trust

import (
	"bytes"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// dpapiPurpose keeps another program of the same account from opening our file
// unasked; it is no secret.
var dpapiPurpose = []byte("sophobien keys 1")

// sealDPAPI binds the text to the Windows account. An administrator who resets the
// account's password can make it unreadable; the recovery copy is for that.
func sealDPAPI(text []byte) ([]byte, error) {
	in, purpose := blob(text), blob(dpapiPurpose)
	var out windows.DataBlob
	err := windows.CryptProtectData(in, nil, purpose, 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	runtime.KeepAlive(text)
	if err != nil {
		return nil, because(ErrNotHere, err)
	}
	return takeBlob(&out), nil
}

func openDPAPI(file []byte) ([]byte, error) {
	if len(file) == 0 {
		return nil, because(ErrKeysDamaged, "keys.dpapi is empty")
	}
	in, purpose := blob(file), blob(dpapiPurpose)
	var out windows.DataBlob
	err := windows.CryptUnprotectData(in, nil, purpose, 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	runtime.KeepAlive(file)
	if err != nil {
		return nil, because(ErrKeysDamaged, err)
	}
	return takeBlob(&out), nil
}

func blob(b []byte) *windows.DataBlob {
	return &windows.DataBlob{Size: uint32(len(b)), Data: unsafe.SliceData(b)}
}

// takeBlob copies what the system allocated and gives the memory back.
func takeBlob(b *windows.DataBlob) []byte {
	defer windows.LocalFree(windows.Handle(unsafe.Pointer(b.Data)))
	return bytes.Clone(unsafe.Slice(b.Data, b.Size))
}
