// Powers, and logarithms to the bases 2 and 10: the rules and goals are those of `vector_math.h`.
//
// | Function      | Largest error seen, ulp | Operands tested                         |
// | ------------- | ----------------------: | --------------------------------------- |
// | vm_pow        |                    1.00 | all positive x, results in double range |
// | vm_log2       |                    0.51 | all positive numbers                    |
// | vm_log10      |                    0.51 | all positive numbers                    |
//
// Method of pow: log x to 66 bits as the sum of two numbers, of which the first has 26 bits, so that
// its product with the leading half of y is exact; then exp of the sum. An error of e in y log x is a
// relative error of e in the power, and y log x goes up to 745.

#ifndef FITLAWS_POWERS_H
#define FITLAWS_POWERS_H

#include "vector_math.h"

#pragma STDC FP_CONTRACT OFF

/// A number as a sum of two, the second far smaller.
typedef struct {
  double high, low;
} vm_sum;

/// x without its lower 27 bits: the product of two such numbers is exact.
VM_INLINE double vm_leading_half(double x) { return vm_of_bits(vm_bits(x) & 0xfffffffff8000000); }

/// log(1 + f) for f = m - 1, m in [√½, √2), to some 2^-67 of itself.
VM_INLINE vm_sum vm_log_of_mantissa(double f) {
  // s = f / (2 + f) = high + low. 2 + f is rounded; what that lost is exact, as in Fast2Sum.
  const double u = 2 + f;
  const double lost = f - (u - 2);
  const double inverse = 1 / u;
  const double s = f * inverse;
  const double s_high = vm_leading_half(s);
  const double u_high = vm_leading_half(u);
  const double remainder = ((f - s_high * u_high) - s_high * (u - u_high)) - s_high * lost;
  const double s_low = remainder * inverse;
  // log(1 + f) = 2 atanh(s) = 2/3 s (3 + s² + s⁴ r(s²)).
  const double square = s_high * s_high;
  const double cross = s_low * (s_high + s);
  const double z = square + cross;
  const double z2 = z * z;
  const double r01 = 0x1.3333333333459p-1 + 0x1.b6db6db685f00p-2 * z;
  const double r23 = 0x1.555555a0b2253p-2 + 0x1.1745afd5d5c09p-2 * z;
  const double r45 = 0x1.d8ae3e9adc5e6p-3 + 0x1.9742dc4aa4a39p-3 * z;
  const double r = (r01 + r23 * z2) + (r45 + 0x1.954a0c2c95b75p-3 * z2) * (z2 * z2);
  const double small = z2 * r + cross;
  const double t_high = vm_leading_half(3 + square + small);
  const double t_low = small - ((t_high - 3) - square);
  const double product = s_high * t_high;
  const double rest = s_low * t_high + t_low * s;
  const double p_high = vm_leading_half(product + rest);
  const double p_low = rest - (p_high - product);
  const double two_thirds_high = 0x1.555555p-1, two_thirds_low = 0x1.5555555555555p-27;
  const vm_sum result = {
      p_high * two_thirds_high, p_high * two_thirds_low + p_low * 0x1.5555555555555p-1};
  return result;
}

/// k ln 2 + log m, the first part of 26 bits.
VM_INLINE vm_sum vm_log_in_two(double k, double m) {
  const vm_sum part = vm_log_of_mantissa(m - 1);
  const double whole = k * VM_LN2_HIGH;
  const double sum = whole + part.high;
  const double rest = (part.high - (sum - whole)) + (part.low + k * VM_LN2_LOW);
  const double high = vm_leading_half(sum + rest);
  const vm_sum result = {high, rest - (high - sum)};
  return result;
}

/// e^(high + low) for |low| far below |high|; 0 and infinity out of range.
VM_INLINE double vm_exp_of_sum(double high, double low) {
  const double sum = high + low;
  // Out of range the rest may be anything, infinity minus infinity included. NaN passes both tests.
  const int is_inside = vm_magnitude(sum) < 746;
  const double rest = is_inside ? low - (sum - high) : 0;
  const vm_exp_parts part = vm_reduce_for_exp(sum);
  // The sum's own remainder, and what the remainder rounds off once more.
  const double r = part.r + (part.c + rest);
  const double c = (part.c + rest) - (r - part.r);
  const double r2 = r * r;
  const double mantissa = 1 + (r + (r2 * vm_exp_tail(r, r2) + c));
  return mantissa * part.scale1 * part.scale2;
}

/// xʸ for a positive normal x and |y| <= 2^65.
VM_INLINE double vm_pow_of_parts(vm_sum logarithm, double y) {
  const double y_high = vm_leading_half(y);
  return vm_exp_of_sum(y_high * logarithm.high, (y - y_high) * logarithm.high + y * logarithm.low);
}

/// Whether vm_pow needs no thought but that of vm_pow_of_parts.
VM_INLINE int vm_pow_is_plain(double x, double y) {
  return (x >= 0x1p-1022) & (x < VM_INFINITY) & (vm_magnitude(y) <= 0x1p65);
}

/// vm_pow where vm_pow_is_plain.
VM_INLINE double vm_pow_of_normal(double x, double y) {
  const vm_log_parts part = vm_split_for_log(x);
  return vm_pow_of_parts(vm_log_in_two(part.k, part.m), y);
}

/// xʸ, in special cases as C has it: x⁰ and 1ʸ are 1 even of NaN, a negative x needs an integer y.
VM_INLINE double vm_pow(double x, double y) {
  const double size = vm_magnitude(x), size_y = vm_magnitude(y);
  const int is_subnormal = size < 0x1p-1022;
  const vm_log_parts part = vm_split_for_log(size * (is_subnormal ? 0x1p54 : 1));
  const double k = part.k - (is_subnormal ? 54 : 0);
  // From 2^65 on every number but 1 has gone to 0 or infinity.
  const double below = y > 0x1p65 ? 0x1p65 : y;
  const double power =
      vm_pow_of_parts(vm_log_in_two(k, part.m), below < -0x1p65 ? -0x1p65 : below);
  // Of 0 and infinity.
  const double grown = (size == 0) == (y < 0) ? VM_INFINITY : 0;
  const double edge = y == y ? grown : y;
  const double value = ((size == 0) | (size == VM_INFINITY)) ? edge : power;
  const double known = x == x ? value : x;
  // Adding 2^52 rounds to an integer, whose last bit is that of the sum; beyond, all are integers.
  const int is_small = size_y < 0x1p52;
  const double shifted = is_small ? size_y + 0x1p52 : size_y;
  const int is_integer = !is_small | (shifted - 0x1p52 == size_y);
  const uint64_t odd = (is_integer & (size_y < 0x1p53)) ? vm_bits(shifted) << 63 : 0;
  const double real = ((x < 0) & (size < VM_INFINITY) & !is_integer) ? VM_NAN : known;
  const double result = vm_of_bits(vm_bits(real) | (vm_bits(x) & odd));
  return ((x == 1) | (y == 0)) ? 1 : result;
}

// MARK: - Logarithms to other bases

/// The logarithm of x to a base b, given log_b(2) and log_b(e) as sums whose first part has few bits.
VM_INLINE double vm_log_to_base(double x, vm_sum of_two, vm_sum of_e, double of_e_rounded) {
  const int is_subnormal = x < 0x1p-1022;
  const vm_log_parts part = vm_split_for_log(x * (is_subnormal ? 0x1p54 : 1));
  const double k = part.k - (is_subnormal ? 54 : 0);
  const vm_sum log = vm_log_of_mantissa(part.m - 1);
  const double high = vm_leading_half(log.high + log.low);
  const double low = log.low - (high - log.high);
  const double whole = k * of_two.high;
  const double fraction = high * of_e.high;
  const double rest = k * of_two.low + (high * of_e.low + low * of_e_rounded);
  const double sum = whole + fraction;
  const double value = sum + (rest + (fraction - (sum - whole)));
  // As in vm_log.
  const double upper = x < VM_INFINITY ? value : x;
  const double lower = x < 0 ? VM_NAN : upper;
  return x == 0 ? -VM_INFINITY : lower;
}

/// Logarithm to the base 2, exact of powers of two; in special cases as vm_log.
VM_INLINE double vm_log2(double x) {
  const vm_sum of_two = {1, 0}, of_e = {0x1.715476p+0, 0x1.4ae0bf85ddf44p-26};
  return vm_log_to_base(x, of_two, of_e, 0x1.71547652b82fep+0);
}

/// Logarithm to the base 10; in special cases as vm_log.
VM_INLINE double vm_log10(double x) {
  const vm_sum of_two = {0x1.34413508p-2, 0x1.f79fef311f12bp-34};
  const vm_sum of_e = {0x1.bcb7b1p-2, 0x1.49b9438ca9aaep-28};
  return vm_log_to_base(x, of_two, of_e, 0x1.bcb7b1526e50ep-2);
}

// MARK: - Arrays

/// y[i] = x[i]^p[i]; y may be x or p.
void vm_pow_array(const double *x, const double *p, double *y, ptrdiff_t n);

/// y[i] = x[i]^p; y may be x.
void vm_pow_to(const double *x, double p, double *y, ptrdiff_t n);

/// y[i] = x^p[i]; y may be p.
void vm_pow_of(double x, const double *p, double *y, ptrdiff_t n);

void vm_log2_array(const double *x, double *y, ptrdiff_t n);
void vm_log10_array(const double *x, double *y, ptrdiff_t n);

#endif
