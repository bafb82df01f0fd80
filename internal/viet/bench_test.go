package viet

import "testing"

func BenchmarkKey(b *testing.B) {
	for name, s := range map[string]string{
		"key":   "nguyen thi huong",
		"ascii": "Nguyen Thi Huong",
		"name":  "Nguyễn Thị Hường",
		"long":  "Ủy ban nhân dân xã Đăk Hà, tỉnh Quảng Ngãi – Phòng Văn hóa - Xã hội",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Key(s)
			}
		})
	}
}

func BenchmarkMatchKey(b *testing.B) {
	for b.Loop() {
		MatchKey("nguyen thi thu huong", "ng hu")
	}
}

func BenchmarkSortKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		SortKey("Nguyễn Thị Hường")
	}
}

func BenchmarkNameSortKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		NameSortKey("Nguyễn Thị Hường")
	}
}

func BenchmarkDetect(b *testing.B) {
	for name, s := range map[string]string{"legacy": "NguyÔn ThÞ H\u00adêng", "unicode": "Nguyễn Thị Hường"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Detect(s)
			}
		})
	}
}
