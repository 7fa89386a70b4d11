// Sine, cosine and arc tangent: the rules and goals are those of `vector_math.h`.
//
// | Function      | Largest error seen, ulp | Operands tested                         |
// | ------------- | ----------------------: | --------------------------------------- |
// | vm_sin        |                    0.94 | [-1e6, 1e6], ±1e-300 … ±1               |
// | vm_cos        |                    0.85 | [-1e6, 1e6], ±1e-300 … ±1               |
// | vm_atan       |                    1.91 | ±1e-300 … ±1e300                        |
//
// Method of sin and cos: x = k π/2 + r, with π/2 in parts of 33 bits, whose products with k are exact
// up to 1e6. Beyond, the platform's library is called: only there may bits differ between platforms.

#ifndef FITLAWS_TRIGONOMETRY_H
#define FITLAWS_TRIGONOMETRY_H

#include "vector_math.h"

#pragma STDC FP_CONTRACT OFF

/// Whether vm_sin_in_range and vm_cos_in_range hold; they do of what is no finite number too.
VM_INLINE int vm_is_turned_exactly(double x) {
  const double size = vm_magnitude(x);
  return (size > 1e6 ? 0 : 1) | (size < VM_INFINITY ? 0 : 1);
}

/// sin(x + quarters π/2) for |x| <= 1e6.
VM_INLINE double vm_sine_of_turned(double x, uint64_t quarters) {
  // As in vm_reduce_for_exp.
  const double shifted = x * 0x1.45f306dc9c883p-1 + 0x1.8p52;
  const double k = shifted - 0x1.8p52;
  const uint64_t quadrant = vm_bits(shifted) + quarters;
  const double first = x - k * 0x1.921fb544p+0;
  const double second = k * 0x1.0b4611a6p-34;
  const double coarse = first - second;
  // What the difference rounds off, whichever operand is the larger (Knuth's two-sum).
  const double back = coarse - first;
  const double lost = (first - (coarse - back)) - (second + back);
  const double low = (lost - k * 0x1.3198a2ep-69) - k * 0x1.b839a252049c1p-104;
  const double r = coarse + low;
  const double rest = low - (r - coarse);
  const double z = r * r;
  const double z2 = z * z;
  const double s01 = -0x1.5555555555549p-3 + 0x1.111111110f889p-7 * z;
  const double s23 = -0x1.a01a019c133d5p-13 + 0x1.71de35790fb71p-19 * z;
  const double s45 = -0x1.ae5e673f9ddf5p-26 + 0x1.5d934b003731ap-33 * z;
  const double half = 0.5 * z;
  const double sine = r + (r * z * ((s01 + s23 * z2) + s45 * (z2 * z2)) + rest * (1 - half));
  const double c01 = 0x1.555555555554cp-5 - 0x1.6c16c16c1518ap-10 * z;
  const double c23 = 0x1.a01a019cb2eb7p-16 - 0x1.27e4f80ac775cp-22 * z;
  const double c45 = 0x1.1ee9ec7a2924bp-29 - 0x1.8faee75ded292p-37 * z;
  const double start = 1 - half;
  const double cosine = start
      + (((1 - start) - half) + (z2 * ((c01 + c23 * z2) + c45 * (z2 * z2)) - r * rest));
  const double value = quadrant & 1 ? cosine : sine;
  return vm_of_bits(vm_bits(value) ^ ((quadrant & 2) << 62));
}

/// vm_sin where vm_is_turned_exactly.
VM_INLINE double vm_sin_in_range(double x) {
  const double value = vm_sine_of_turned(x, 0);
  // Keeps the sign of -0.
  return x == 0 ? x : value;
}

/// vm_cos where vm_is_turned_exactly.
VM_INLINE double vm_cos_in_range(double x) { return vm_sine_of_turned(x, 1); }

/// sin x, x in radians.
double vm_sin(double x);

/// cos x, x in radians.
double vm_cos(double x);

/// The arc tangent, in radians.
VM_INLINE double vm_atan(double x) {
  // atan x = base + atan t with |t| <= √2 - 1: t is x, (x - 1) / (x + 1) or -1 / x.
  const double size = vm_magnitude(x);
  const int is_large = size > 0x1.3504f333f9de6p+1, is_middle = size > 0x1.bp-2;
  const double above = is_middle ? size - 1 : size;
  const double below = is_middle ? size + 1 : 1;
  const double t = (is_large ? -1 : above) / (is_large ? size : below);
  const double middle = is_middle ? 0x1.921fb54442d18p-1 : 0;
  const double middle_low = is_middle ? 0x1.1a62633145c07p-55 : 0;
  const double base = is_large ? 0x1.921fb54442d18p+0 : middle;
  const double base_low = is_large ? 0x1.1a62633145c07p-54 : middle_low;
  const double z = t * t, z2 = z * z, z4 = z2 * z2;
  const double p01 = -0x1.5555555555554p-2 + 0x1.999999999966cp-3 * z;
  const double p23 = -0x1.249249247645bp-3 + 0x1.c71c71b7a6568p-4 * z;
  const double p45 = -0x1.745d14c5569adp-4 + 0x1.3b136f1d1a8f6p-4 * z;
  const double p67 = -0x1.110c7f8e7b182p-4 + 0x1.e172e8fc7fa56p-5 * z;
  const double p89 = -0x1.ab8302a06065ap-5 + 0x1.71027cece4d57p-5 * z;
  const double p1011 = -0x1.1266c0a6eb457p-5 + 0x1.f29f673eead18p-7 * z;
  const double p =
      (p01 + p23 * z2) + ((p45 + p67 * z2) + (p89 + p1011 * z2) * z4) * z4;
  const double sum = base + t;
  const double lost = t - (sum - base);
  const double value = sum + (lost + (t * z * p + base_low));
  return vm_of_bits(vm_bits(value) | (vm_bits(x) & 0x8000000000000000));
}

void vm_sin_array(const double *x, double *y, ptrdiff_t n);
void vm_cos_array(const double *x, double *y, ptrdiff_t n);
void vm_atan_array(const double *x, double *y, ptrdiff_t n);

#endif
