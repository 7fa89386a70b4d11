// The loops, once for every vector width: included with VM(name) giving each its own names, inside
// a region that sets the instructions the compiler may use.

typedef double VM(lanes) __attribute__((vector_size(64), aligned(8)));

// x may be y, never overlap it otherwise: no iteration reads what another wrote.
#define VM_LOOP _Pragma("clang loop vectorize(assume_safety) interleave(enable)")

#include "function_loops.h"

static void VM(multiply)(const double *a, const double *b, double *y, ptrdiff_t n) {
  VM_LOOP for (ptrdiff_t i = 0; i < n; i++) y[i] = a[i] * b[i];
}

static void VM(scale)(const double *a, double b, double *y, ptrdiff_t n) {
  VM_LOOP for (ptrdiff_t i = 0; i < n; i++) y[i] = a[i] * b;
}

static void VM(combine)(
    const double *offset, const double *columns, ptrdiff_t stride, const double *factors,
    ptrdiff_t count, double *y, ptrdiff_t n) {
  VM_LOOP for (ptrdiff_t i = 0; i < n; i++) y[i] = offset[i];
  for (ptrdiff_t k = 0; k < count; k++) {
    const double factor = factors[k], *column = columns + k * stride;
    VM_LOOP for (ptrdiff_t i = 0; i < n; i++) y[i] += factor * column[i];
  }
}

static double VM(largest)(const double *x, ptrdiff_t n) {
  // The bits of sizes are ordered as the sizes are, infinity and NaN above all numbers.
  uint64_t most = 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    const uint64_t size = vm_bits(x[i]) & 0x7fffffffffffffffu;
    most = size > most ? size : most;
  }
  return vm_of_bits(most);
}

static void VM(gather)(
    const double *x, const ptrdiff_t *rows, const double *factors, double *y, ptrdiff_t n) {
  VM_LOOP for (ptrdiff_t i = 0; i < n; i++) y[i] = x[rows[i]] * factors[i];
}

// MARK: - Programs

#include "row_program_loops.h"

// MARK: - Sums

// Vectors are passed between functions that are always inlined: no calling convention is involved.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

static inline __attribute__((always_inline)) VM(lanes) VM(load)(const double *x) {
  VM(lanes) v;
  memcpy(&v, x, sizeof v);
  return v;
}

static inline __attribute__((always_inline)) double VM(total)(VM(lanes) s) {
  return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
}

/// The rest of a sum, from row i on: row i goes to running sum i mod 8 here too.
static inline __attribute__((always_inline)) VM(lanes)
VM(rest)(VM(lanes) s, const double *a, const double *b, ptrdiff_t i, ptrdiff_t n) {
  VM(lanes) x = {0}, y = {0};
  for (ptrdiff_t j = 0; i + j < n; j++) {
    x[j] = a[i + j];
    y[j] = b[i + j];
  }
  return s + x * y;
}

static double VM(dot)(const double *a, const double *b, ptrdiff_t n) {
  VM(lanes) s = {0};
  ptrdiff_t i = 0;
  for (; i + 8 <= n; i += 8) s += VM(load)(a + i) * VM(load)(b + i);
  if (i < n) s = VM(rest)(s, a, b, i, n);
  return VM(total)(s);
}

/// The scalar products of one column with four others, each with the bits of `dot`.
static inline __attribute__((always_inline)) void VM(dot4)(
    const double *a, const double *const b[4], ptrdiff_t n, double result[4]) {
  VM(lanes) s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
  ptrdiff_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const VM(lanes) x = VM(load)(a + i);
    s0 += x * VM(load)(b[0] + i);
    s1 += x * VM(load)(b[1] + i);
    s2 += x * VM(load)(b[2] + i);
    s3 += x * VM(load)(b[3] + i);
  }
  if (i < n) {
    s0 = VM(rest)(s0, a, b[0], i, n);
    s1 = VM(rest)(s1, a, b[1], i, n);
    s2 = VM(rest)(s2, a, b[2], i, n);
    s3 = VM(rest)(s3, a, b[3], i, n);
  }
  result[0] = VM(total)(s0);
  result[1] = VM(total)(s1);
  result[2] = VM(total)(s2);
  result[3] = VM(total)(s3);
}

static void VM(add_products)(
    const double *columns, ptrdiff_t stride, const ptrdiff_t *moving, ptrdiff_t count,
    const double *c, const double *d, ptrdiff_t n, double *work, double *gradient, double *matrix) {
  for (ptrdiff_t k = 0; k < count; k++) {
    const double *x = columns + moving[k] * stride;
    gradient[k] += VM(dot)(x, c, n);
    VM(multiply)(x, d, work, n);
    ptrdiff_t l = 0;
    for (; l + 4 <= k + 1; l += 4) {
      const double *others[4];
      double sums[4];
      for (int j = 0; j < 4; j++) others[j] = columns + moving[l + j] * stride;
      VM(dot4)(work, others, n, sums);
      for (int j = 0; j < 4; j++) matrix[k * count + l + j] += sums[j];
    }
    for (; l <= k; l++) matrix[k * count + l] += VM(dot)(work, columns + moving[l] * stride, n);
  }
}

static void VM(dot_pairs)(
    const double *columns, ptrdiff_t stride, const int32_t *pairs, ptrdiff_t pair_count,
    ptrdiff_t n, double *products) {
  for (ptrdiff_t p = 0; p < pair_count; p++) {
    const int32_t *own = pairs + 2 * p, a = own[0];
    // Runs of pairs with one first column: over one axis of a grid.
    if (p + 4 <= pair_count && a >= 0 && own[2] == a && own[4] == a && own[6] == a
        && (own[1] | own[3] | own[5] | own[7]) >= 0) {
      const double *const others[4] = {
          columns + own[1] * stride, columns + own[3] * stride, columns + own[5] * stride,
          columns + own[7] * stride};
      VM(dot4)(columns + a * stride, others, n, products + p);
      p += 3;
    } else {
      products[p] = a < 0 || own[1] < 0
          ? VM_NAN : VM(dot)(columns + a * stride, columns + own[1] * stride, n);
    }
  }
}

// MARK: - Linear problems

#include "bounded_minima.h"

// MARK: - Coefficients

static inline __attribute__((always_inline)) double VM(coefficients_of)(
    vm_residual_kind kind, vm_loss loss, double delta, int32_t order, const vm_rows *rows) {
  const ptrdiff_t n = rows->count;
  const double *f = rows->prediction, *y = rows->target, *w = rows->weights;
  const double *inverse = rows->inverse;
  double *slope = rows->slope, *curvature = rows->curvature, *work = rows->work;
  const double floor = rows->floor;
  if (kind == vm_log_residuals) {
    int64_t outside = 0;
    for (ptrdiff_t i = 0; i < n; i++) outside |= f[i] > 0 ? 0 : 1;
    if (outside) return VM_INFINITY;
    VM(log)(f, work, n);
  }
  VM_LOOP for (ptrdiff_t i = 0; i < n; i++) {
    double r, s;
    if (kind == vm_log_residuals) {
      r = y[i] - work[i];
      s = 1 / f[i];
    } else if (kind == vm_relative_residuals) {
      s = inverse[i];
      r = (y[i] - f[i]) * s;
    } else {
      r = y[i] - f[i];
      s = 1;
    }
    const vm_loss_terms terms = vm_terms(loss, delta, r);
    if (order > 0) {
      const double bend = order == 2
          ? terms.slope + (kind == vm_log_residuals ? terms.psi : 0)
          : terms.slope > floor * terms.weight ? terms.slope : floor * terms.weight;
      slope[i] = -w[i] * terms.psi * s;
      curvature[i] = w[i] * bend * s * s;
    }
    work[i] = terms.rho;
  }
  return VM(dot)(w, work, n);
}

#define VM_ORDERS(kind, loss)                                                            \
  switch (order) {                                                                       \
    case 0: return VM(coefficients_of)(kind, loss, delta, 0, rows);                      \
    case 1: return VM(coefficients_of)(kind, loss, delta, 1, rows);                      \
    default: return VM(coefficients_of)(kind, loss, delta, 2, rows);                     \
  }

#define VM_LOSSES(kind)                                                                  \
  switch (loss) {                                                                        \
    case vm_squares: VM_ORDERS(kind, vm_squares)                                         \
    case vm_huber: VM_ORDERS(kind, vm_huber)                                             \
    case vm_soft_l1: VM_ORDERS(kind, vm_soft_l1)                                         \
    case vm_cauchy: VM_ORDERS(kind, vm_cauchy)                                           \
    case vm_absolute: VM_ORDERS(kind, vm_absolute)                                       \
  }

static double VM(coefficients)(
    vm_residual_kind kind, vm_loss loss, double delta, int32_t order, const vm_rows *rows) {
  switch (kind) {
    case vm_log_residuals: VM_LOSSES(vm_log_residuals)
    case vm_raw_residuals: VM_LOSSES(vm_raw_residuals)
    case vm_relative_residuals: VM_LOSSES(vm_relative_residuals)
  }
}

static const vm_kernels VM(table) = {
    VM(exp),      VM(log),    VM(expm1),        VM(log1p),     VM(tanh),
    VM(sigmoid),  VM(softplus), VM(coefficients), VM(dot),     VM(multiply),
    VM(scale),
    VM(add_products), VM(dot_pairs), VM(gather), VM(bounded_minima),
    VM(largest), VM(combine),
    VM(pow), VM(pow_to), VM(pow_of), VM(log2), VM(log10), VM(sin),
    VM(cos), VM(atan), VM(apply), VM(run),
};

#pragma clang diagnostic pop

#undef VM_LOOP
#undef VM_ORDERS
#undef VM_LOSSES
