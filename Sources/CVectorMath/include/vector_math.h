// Elementary functions whose results are the same bits on every processor, at every vector width.
//
// Goals, in order: the same result at every optimisation level, vector width and place in an array;
// a small error, stated in ulp and held by a test; speed. Each function has a form on one number,
// here, and one on arrays, which sets y[i] = f(x[i]) for i in 0..<n with the same bits. y may be x,
// or must not overlap it.
//
// The functions are plain IEEE arithmetic without branches, so that compilers pack the loops, and
// without fused multiply-add, which baseline x86-64 lacks and which would change the last bit.
//
// | Function      | Largest error seen, ulp | Operands tested                   |
// | ------------- | ----------------------: | --------------------------------- |
// | vm_exp        |                    0.98 | [-745, 709.78]                    |
// | vm_log        |                    0.78 | all positive numbers              |
// | vm_expm1      |                    1.27 | [-50, 709.78], ±1e-300 … ±1       |
// | vm_log1p      |                    0.76 | -1 + 1e-16 … 1e308, ±1e-300 … ±1  |
// | vm_tanh       |                    2.14 | [-25, 25], ±1e-300 … ±1           |
// | vm_sigmoid    |                    2.11 | [-745, 50]                        |
// | vm_softplus   |                    1.40 | [-745, 700]                       |
//
// Subnormal results are exact to the same bounds, in ulp of the smallest subnormal, but cost the
// processor more. `VectorMathAccuracyTests` holds the errors.
//
// Method:
// - exp: x = k ln 2 + r, and 1 + (r + r² q(r)) with a minimax polynomial q; 2^k is applied as two
//   powers of two, so overflow and gradual underflow round as they should.
// - expm1: the same parts, summed as ((2^k - 1) + 2^k r) + 2^k (r² q + c), c being what r lost.
// - log: x = 2^k m with m in [√½, √2), and a minimax polynomial in s², s = (m - 1) / (m + 1).
// - log1p: log of the rounded 1 + x, plus what the rounding lost over 1 + x.
//
// Rules for whoever changes this: no branches, calls or fused operations in a function of one
// number. The hashes in `VectorMathTests` change only with an algorithm or a coefficient, and such
// a change alters published numbers. The polynomials come from `Scripts/fit-kernel-coefficients.py`.

#ifndef FITLAWS_VECTOR_MATH_H
#define FITLAWS_VECTOR_MATH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define VM_INLINE static inline __attribute__((always_inline))

VM_INLINE double vm_of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

VM_INLINE uint64_t vm_bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/// The upper 32 bits of ln 2: its product with an exponent is exact. Then the rest of ln 2.
#define VM_LN2_HIGH 0x1.62e42feep-1
#define VM_LN2_LOW 0x1.a39ef35793c76p-33
#define VM_INFINITY __builtin_inf()
#define VM_NAN __builtin_nan("")

// MARK: - exp

/// x = k ln 2 + (r + c) with |r| <= ln2 / 2, and 2^k as a product of two normal numbers.
typedef struct {
  /// The remainder, and the part of it that r rounds off.
  double r, c;
  /// Powers of two whose product is 2^k, and the inverse of the second.
  double scale1, scale2, inverse2;
} vm_exp_parts;

/// Splits x for exp and expm1; a NaN stays NaN in r.
VM_INLINE vm_exp_parts vm_reduce_for_exp(double x) {
  // Both bounds are past the points where exp becomes 0 and infinity. NaN passes both tests.
  const double below = x > 710 ? 710 : x;
  const double clamped = below < -746 ? -746 : below;
  // Adding 1.5·2^52 rounds to an integer and leaves it in the low bits. The further 2046 makes
  // that integer positive and biased for two exponent fields.
  const double shift = 0x1.8p52 + 2046.0;
  const double shifted = clamped * 0x1.71547652b82fep0 + shift;
  const double k = shifted - shift;
  const uint64_t bits = vm_bits(shifted) & 0xfff;
  // Two half-sized powers of two: 2^k itself may be subnormal or too large.
  const uint64_t half1 = bits >> 1;
  const uint64_t half2 = bits - half1;
  const double high = clamped - k * VM_LN2_HIGH;
  const double low = k * VM_LN2_LOW;
  const double r = high - low;
  const vm_exp_parts parts = {
      r, (high - r) - low, vm_of_bits(half1 << 52), vm_of_bits(half2 << 52),
      vm_of_bits((2046 - half2) << 52)};
  return parts;
}

/// (e^r - 1 - r) / r² for |r| <= ln2 / 2.
VM_INLINE double vm_exp_tail(double r, double r2) {
  const double r4 = r2 * r2;
  const double p01 = 0x1.0000000000009p-1 + 0x1.55555555554fap-3 * r;
  const double p23 = 0x1.55555555508dap-5 + 0x1.1111111127b4cp-7 * r;
  const double p45 = 0x1.6c16c184186d3p-10 + 0x1.a01a012a6aae9p-13 * r;
  const double p67 = 0x1.a0199a37625edp-16 + 0x1.71df25617bc25p-19 * r;
  const double p89 = 0x1.28ad4e2fa4e58p-22 + 0x1.ad7f0b6ad37bbp-26 * r;
  const double low = p01 + p23 * r2;
  const double high = (p45 + p67 * r2) + p89 * r4;
  return low + high * r4;
}

/// eˣ; 0 below -745.13, infinity above 709.78, rounded once more where the result is subnormal.
VM_INLINE double vm_exp(double x) {
  const vm_exp_parts part = vm_reduce_for_exp(x);
  const double r2 = part.r * part.r;
  const double mantissa = 1 + (part.r + r2 * vm_exp_tail(part.r, r2));
  return mantissa * part.scale1 * part.scale2;
}

/// eˣ - 1, without cancellation near 0.
VM_INLINE double vm_expm1(double x) {
  const vm_exp_parts part = vm_reduce_for_exp(x);
  const double r2 = part.r * part.r;
  const double tail = r2 * vm_exp_tail(part.r, r2) + part.c;
  // 2^k (1 + r + tail) - 1 in units of scale2, so that neither end of the range overflows. The
  // sum with r comes first: it is exact for k = 1, where the result is smaller than its parts.
  const double large = (part.scale1 - part.inverse2) + part.scale1 * part.r;
  const double scaled = (large + part.scale1 * tail) * part.scale2;
  // Keeps the sign of -0.
  return x == 0 ? x : scaled;
}

/// √x; the plain builtin sets errno, and so is never packed.
VM_INLINE double vm_sqrt(double x) { return __builtin_elementwise_sqrt(x); }

VM_INLINE double vm_magnitude(double x) { return vm_of_bits(vm_bits(x) & 0x7fffffffffffffff); }

/// tanh x.
VM_INLINE double vm_tanh(double x) {
  // tanh is 1 to the last bit from 19.1 on; e^2x must not overflow. NaN passes the test.
  const double magnitude = vm_magnitude(x);
  const double size = magnitude > 20 ? 20 : magnitude;
  // The growing exponential, because t/(2 + t) damps the relative error of a large t.
  const double t = vm_expm1(2 * size);
  return vm_of_bits(vm_bits(t / (2 + t)) | (vm_bits(x) & 0x8000000000000000));
}

/// 1 / (1 + e⁻ˣ), with full relative accuracy in both tails.
VM_INLINE double vm_sigmoid(double x) {
  const double e = vm_exp(-vm_magnitude(x));
  return (x < 0 ? e : 1) / (1 + e);
}

// MARK: - log

/// A positive normal number as 2^k m with m in [√½, √2).
typedef struct {
  double k, m;
} vm_log_parts;

VM_INLINE vm_log_parts vm_split_for_log(double x) {
  const uint64_t root_half = 0x3fe6a09e667f3bcd;
  const uint64_t shifted = vm_bits(x) + (0x3ff0000000000000 - root_half);
  // The exponent becomes the low bits of a number at 2^52: SSE2 has no other 64-bit conversion.
  const vm_log_parts parts = {
      vm_of_bits((shifted >> 52) | 0x4330000000000000) - (0x1p52 + 1023.0),
      vm_of_bits((shifted & 0x000fffffffffffff) + root_half)};
  return parts;
}

/// k ln 2 + log(1 + f) + c for f in [√½ - 1, √2 - 1), c far smaller.
VM_INLINE double vm_assemble_log(double k, double f, double low_part) {
  // log(1 + f) = 2 atanh(s) = f - s (f - z p(z)) = f - (f²/2 - s (f²/2 + z p(z))).
  const double s = f / (2 + f);
  const double z = s * s;
  const double z2 = z * z;
  const double low = (0x1.555555555558fp-1 + 0x1.9999999980d5bp-2 * z)
      + (0x1.249249413771bp-2 + 0x1.c71c528d5eda1p-3 * z) * z2;
  const double high =
      (0x1.746626939d779p-3 + 0x1.39a3f926e6272p-3 * z) + 0x1.2ef06ce4d2c1p-3 * z2;
  const double tail = z * (low + high * (z2 * z2));
  const double half_square = 0.5 * f * f;
  return k * VM_LN2_HIGH - ((half_square - (s * (half_square + tail) + low_part)) - f);
}

/// Natural logarithm; -infinity at ±0, NaN below, subnormal operands treated exactly.
VM_INLINE double vm_log(double x) {
  const int is_subnormal = x < 0x1p-1022;
  const vm_log_parts part = vm_split_for_log(x * (is_subnormal ? 0x1p54 : 1));
  const double k = part.k - (is_subnormal ? 54 : 0);
  const double value = vm_assemble_log(k, part.m - 1, k * VM_LN2_LOW);
  // NaN and +infinity are their own logarithms.
  const double upper = x < VM_INFINITY ? value : x;
  const double lower = x < 0 ? VM_NAN : upper;
  return x == 0 ? -VM_INFINITY : lower;
}

/// The logarithm of a positive normal number, with the same bits as vm_log.
VM_INLINE double vm_log_of_normal(double x) {
  const vm_log_parts part = vm_split_for_log(x);
  return vm_assemble_log(part.k, part.m - 1, part.k * VM_LN2_LOW);
}

/// log(1 + x) for -1 < x < infinity, where u is the rounded 1 + x and lost what that rounded off.
VM_INLINE double vm_log1p_of_rounded(double x, double u, double lost) {
  const vm_log_parts part = vm_split_for_log(u);
  const int is_near_zero = part.k == 0;
  const double f = is_near_zero ? x : part.m - 1;
  const double correction = is_near_zero ? 0 : lost / u;
  return vm_assemble_log(part.k, f, part.k * VM_LN2_LOW + correction);
}

/// log(1 + x), without cancellation near 0; -infinity at -1, NaN below.
VM_INLINE double vm_log1p(double x) {
  const double u = 1 + x;
  // The larger operand is subtracted first, as in Fast2Sum.
  const double lost = x < 1 ? x - (u - 1) : 1 - (u - x);
  const double value = vm_log1p_of_rounded(x, u, lost);
  const double upper = x < VM_INFINITY ? value : x;
  const double lower = x < -1 ? VM_NAN : upper;
  const double whole = x == -1 ? -VM_INFINITY : lower;
  // Keeps the sign of -0.
  return x == 0 ? x : whole;
}

/// log(1 + eˣ) = max(x, 0) + log1p(e^-|x|), with full relative accuracy in both tails.
VM_INLINE double vm_softplus(double x) {
  // In 0...1, or NaN, which `lost` carries into the sum: no operand of log1p is special.
  const double e = vm_exp(-vm_magnitude(x));
  const double u = 1 + e;
  return (x > 0 ? x : 0) + vm_log1p_of_rounded(e, u, e - (u - 1));
}

// MARK: - Arrays

void vm_exp_array(const double *x, double *y, ptrdiff_t n);
void vm_log_array(const double *x, double *y, ptrdiff_t n);
void vm_expm1_array(const double *x, double *y, ptrdiff_t n);
void vm_log1p_array(const double *x, double *y, ptrdiff_t n);
void vm_tanh_array(const double *x, double *y, ptrdiff_t n);
void vm_sigmoid_array(const double *x, double *y, ptrdiff_t n);
void vm_softplus_array(const double *x, double *y, ptrdiff_t n);

/// y[i] = a[i] b[i]; y may be a or b.
void vm_multiply(const double *a, const double *b, double *y, ptrdiff_t n);

/// y[i] = a[i] b; y may be a.
void vm_scale(const double *a, double b, double *y, ptrdiff_t n);

// MARK: - The width in use

/// Bits of the vectors in use: 128, 256 or 512.
///
/// It is the widest the processor has, or less where the environment variable FITLAWS_VECTOR_BITS
/// asks for less. Results do not depend on it.
int vm_width(void);

/// Uses vectors of at most so many bits from now on, as far as the processor has them.
///
/// For tests and benchmarks: not to be called while other threads compute.
void vm_use_width(int bits);

#endif
