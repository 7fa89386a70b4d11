// Chooses the widest vectors the processor has, once, when the program is loaded.

#include "bounded_quadratic.h"
#include "powers.h"
#include "row_program.h"
#include "row_sums.h"
#include "trigonometry.h"
#include "vector_math.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
  void (*exp)(const double *, double *, ptrdiff_t);
  void (*log)(const double *, double *, ptrdiff_t);
  void (*expm1)(const double *, double *, ptrdiff_t);
  void (*log1p)(const double *, double *, ptrdiff_t);
  void (*tanh)(const double *, double *, ptrdiff_t);
  void (*sigmoid)(const double *, double *, ptrdiff_t);
  void (*softplus)(const double *, double *, ptrdiff_t);
  double (*coefficients)(vm_residual_kind, vm_loss, double, int32_t, const vm_rows *);
  double (*dot)(const double *, const double *, ptrdiff_t);
  void (*multiply)(const double *, const double *, double *, ptrdiff_t);
  void (*scale)(const double *, double, double *, ptrdiff_t);
  void (*add_products)(
      const double *, ptrdiff_t, const ptrdiff_t *, ptrdiff_t, const double *, const double *,
      ptrdiff_t, double *, double *, double *);
  void (*dot_pairs)(const double *, ptrdiff_t, const int32_t *, ptrdiff_t, ptrdiff_t, double *);
  void (*gather)(const double *, const ptrdiff_t *, const double *, double *, ptrdiff_t);
  void (*bounded_minima)(
      const vm_problems *, const ptrdiff_t *, ptrdiff_t, ptrdiff_t, double *, double *, int32_t *);
  double (*largest)(const double *, ptrdiff_t);
  void (*combine)(
      const double *, const double *, ptrdiff_t, const double *, ptrdiff_t, double *, ptrdiff_t);
  void (*pow)(const double *, const double *, double *, ptrdiff_t);
  void (*pow_to)(const double *, double, double *, ptrdiff_t);
  void (*pow_of)(double, const double *, double *, ptrdiff_t);
  void (*log2)(const double *, double *, ptrdiff_t);
  void (*log10)(const double *, double *, ptrdiff_t);
  void (*sin)(const double *, double *, ptrdiff_t);
  void (*cos)(const double *, double *, ptrdiff_t);
  void (*atan)(const double *, double *, ptrdiff_t);
  void (*apply)(vm_op, vm_shape, const double *, const double *, double *, ptrdiff_t);
  void (*run)(const vm_instruction *, ptrdiff_t, const vm_block *);
} vm_kernels;

/// Unknowns of the problems that are solved side by side.
#define VM_MAXIMUM_LANE_UNKNOWNS 3

#define VM(name) vm_128_##name
#define VM_INTERLEAVED 4
#include "kernels.h"
#undef VM
#undef VM_INTERLEAVED

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define VM(name) vm_256_##name
#define VM_INTERLEAVED 2
#include "kernels.h"
#undef VM
#undef VM_INTERLEAVED
#pragma clang attribute pop

#pragma clang attribute push(                                                            \
    __attribute__((target("avx512f,avx512dq,avx512vl"))), apply_to = function)
#define VM(name) vm_512_##name
#define VM_INTERLEAVED 1
#include "kernels.h"
#undef VM
#undef VM_INTERLEAVED
#pragma clang attribute pop
#endif

double vm_sin(double x) { return vm_is_turned_exactly(x) ? vm_sin_in_range(x) : sin(x); }
double vm_cos(double x) { return vm_is_turned_exactly(x) ? vm_cos_in_range(x) : cos(x); }

static const vm_kernels *kernels = &vm_128_table;
static int width = 128;

void vm_use_width(int bits) {
  kernels = &vm_128_table;
  width = 128;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (bits >= 256 && __builtin_cpu_supports("avx2")) {
    kernels = &vm_256_table;
    width = 256;
  }
  if (bits >= 512 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl")) {
    kernels = &vm_512_table;
    width = 512;
  }
#else
  (void)bits;
#endif
}

int vm_width(void) { return width; }

// Before main: no other thread runs yet.
__attribute__((constructor)) static void choose(void) {
  const char *asked = getenv("FITLAWS_VECTOR_BITS");
  vm_use_width(asked ? atoi(asked) : 512);
}

void vm_exp_array(const double *x, double *y, ptrdiff_t n) { kernels->exp(x, y, n); }
void vm_log_array(const double *x, double *y, ptrdiff_t n) { kernels->log(x, y, n); }
void vm_expm1_array(const double *x, double *y, ptrdiff_t n) { kernels->expm1(x, y, n); }
void vm_log1p_array(const double *x, double *y, ptrdiff_t n) { kernels->log1p(x, y, n); }
void vm_tanh_array(const double *x, double *y, ptrdiff_t n) { kernels->tanh(x, y, n); }
void vm_sigmoid_array(const double *x, double *y, ptrdiff_t n) { kernels->sigmoid(x, y, n); }
void vm_softplus_array(const double *x, double *y, ptrdiff_t n) { kernels->softplus(x, y, n); }
void vm_log2_array(const double *x, double *y, ptrdiff_t n) { kernels->log2(x, y, n); }
void vm_log10_array(const double *x, double *y, ptrdiff_t n) { kernels->log10(x, y, n); }

void vm_pow_array(const double *x, const double *p, double *y, ptrdiff_t n) {
  kernels->pow(x, p, y, n);
}

void vm_pow_to(const double *x, double p, double *y, ptrdiff_t n) { kernels->pow_to(x, p, y, n); }

void vm_pow_of(double x, const double *p, double *y, ptrdiff_t n) { kernels->pow_of(x, p, y, n); }

void vm_sin_array(const double *x, double *y, ptrdiff_t n) { kernels->sin(x, y, n); }
void vm_cos_array(const double *x, double *y, ptrdiff_t n) { kernels->cos(x, y, n); }
void vm_atan_array(const double *x, double *y, ptrdiff_t n) { kernels->atan(x, y, n); }

void vm_apply(
    vm_op op, vm_shape shape, const double *a, const double *b, double *out, ptrdiff_t n) {
  kernels->apply(op, shape, a, b, out, n);
}

void vm_run(const vm_instruction *program, ptrdiff_t length, const vm_block *block) {
  kernels->run(program, length, block);
}

double vm_coefficients(
    vm_residual_kind kind, vm_loss loss, double delta, int32_t order, const vm_rows *rows) {
  return kernels->coefficients(kind, loss, delta, order, rows);
}

double vm_dot(const double *a, const double *b, ptrdiff_t n) { return kernels->dot(a, b, n); }

void vm_multiply(const double *a, const double *b, double *y, ptrdiff_t n) {
  kernels->multiply(a, b, y, n);
}

void vm_scale(const double *a, double b, double *y, ptrdiff_t n) { kernels->scale(a, b, y, n); }

void vm_add_products(
    const double *columns, ptrdiff_t stride, const ptrdiff_t *moving, ptrdiff_t count,
    const double *c, const double *d, ptrdiff_t n, double *work, double *gradient, double *matrix) {
  kernels->add_products(columns, stride, moving, count, c, d, n, work, gradient, matrix);
}

void vm_dot_pairs(
    const double *columns, ptrdiff_t stride, const int32_t *pairs, ptrdiff_t pair_count,
    ptrdiff_t n, double *products) {
  kernels->dot_pairs(columns, stride, pairs, pair_count, n, products);
}

double vm_largest(const double *x, ptrdiff_t n) { return kernels->largest(x, n); }

void vm_combine(
    const double *offset, const double *columns, ptrdiff_t stride, const double *factors,
    ptrdiff_t count, double *y, ptrdiff_t n) {
  kernels->combine(offset, columns, stride, factors, count, y, n);
}

void vm_gather(
    const double *x, const ptrdiff_t *rows, const double *factors, double *y, ptrdiff_t n) {
  kernels->gather(x, rows, factors, y, n);
}

void vm_bounded_minima(
    const vm_problems *problems, const ptrdiff_t *chosen, ptrdiff_t count, ptrdiff_t held,
    double *values, double *solutions, int32_t *sides) {
  kernels->bounded_minima(problems, chosen, count, held, values, solutions, sides);
}
