// Sums over columns of one buffer. Four running sums, added in a fixed order: the result depends
// on the values and their order alone, and the loop is one the compiler turns into vector code.
// The ranges are checked once on entry; the loads are not checked again.

/// Sum over i < n of s[a + i] * s[b + i].
@inline(__always)
func dot(_ s: Span<Double>, _ a: Int, _ b: Int, _ n: Int) -> Double {
  precondition(a >= 0 && b >= 0 && n >= 0 && a + n <= s.count && b + n <= s.count)
  var even = SIMD2<Double>.zero
  var odd = SIMD2<Double>.zero
  var i = 0
  while i + 4 <= n {
    even += pair(s, a + i) * pair(s, b + i)
    odd += pair(s, a + i + 2) * pair(s, b + i + 2)
    i += 4
  }
  var tail = 0.0
  while i < n {
    unsafe tail += s[unchecked: a + i] * s[unchecked: b + i]
    i += 1
  }
  let sum = even + odd
  return sum.x + sum.y + tail
}

/// Two neighbours; the caller has checked the range.
@inline(__always)
private func pair(_ s: Span<Double>, _ i: Int) -> SIMD2<Double> {
  unsafe SIMD2<Double>(s[unchecked: i], s[unchecked: i + 1])
}

/// s[out + i] = s[a + i] * s[b + i] for i < n.
@inline(__always)
func multiply(_ s: inout MutableSpan<Double>, _ a: Int, _ b: Int, into out: Int, _ n: Int) {
  precondition(a >= 0 && b >= 0 && out >= 0 && n >= 0)
  precondition(a + n <= s.count && b + n <= s.count && out + n <= s.count)
  for i in 0..<n {
    unsafe s[unchecked: out + i] = s[unchecked: a + i] * s[unchecked: b + i]
  }
}
