// Sums over the rows of a fit: the residuals, the loss and its derivatives, and scalar products.
//
// Every sum has eight running sums, row i going to sum i mod 8, added in a fixed order: the result
// depends on the values and their order alone, never on the vector width.

#ifndef FITLAWS_ROW_SUMS_H
#define FITLAWS_ROW_SUMS_H

#include "vector_math.h"

#pragma STDC FP_CONTRACT OFF

// MARK: - Losses

/// The losses rho(r), in the order of the Swift enumeration `Loss`.
typedef enum : int32_t {
  vm_squares = 0,
  vm_huber = 1,
  vm_soft_l1 = 2,
  vm_cauchy = 3,
  vm_absolute = 4,
} vm_loss;

/// A loss and its derivatives at one residual.
typedef struct {
  /// rho(r).
  double rho;
  /// psi = rho'(r).
  double psi;
  /// rho''(r).
  double slope;
  /// psi(r) / r, the weight of reweighted least squares; its limit at 0.
  double weight;
} vm_loss_terms;

VM_INLINE vm_loss_terms vm_terms(vm_loss loss, double delta, double r) {
  vm_loss_terms t;
  switch (loss) {
    case vm_squares:
      t.rho = r * r;
      t.psi = 2 * r;
      t.slope = 2;
      t.weight = 2;
      return t;
    case vm_huber: {
      const double size = vm_magnitude(r);
      // Written with selects, not branches: which side a row is on is close to random.
      const double above = r > -delta ? r : -delta;
      const double psi = above < delta ? above : delta;
      const double clipped = vm_magnitude(psi);
      t.rho = clipped * (size - 0.5 * clipped);
      t.psi = psi;
      t.slope = size <= delta ? 1 : 0;
      t.weight = size <= delta ? 1 : delta / size;
      return t;
    }
    case vm_soft_l1: {
      const double z = r / delta;
      const double root = vm_sqrt(1 + z * z);
      // r² / (root + 1) is delta² (root - 1) without the cancellation.
      t.rho = r * r / (root + 1);
      t.psi = r / root;
      t.slope = 1 / (root * root * root);
      t.weight = 1 / root;
      return t;
    }
    case vm_cauchy: {
      const double z = r / delta;
      const double q = 1 + z * z;
      t.rho = 0.5 * delta * delta * vm_log1p(z * z);
      t.psi = r / q;
      t.slope = (1 - z * z) / (q * q);
      t.weight = 1 / q;
      return t;
    }
    case vm_absolute:
      t.rho = vm_magnitude(r);
      t.psi = r > 0 ? 1 : r < 0 ? -1 : 0;
      t.slope = 0;
      t.weight = 1 / vm_magnitude(r);
      return t;
  }
}

// MARK: - Residuals

/// How a residual is formed, in the order of the Swift enumeration `ResidualKind`.
typedef enum : int32_t {
  /// r = ln y - ln f; `target` is ln y.
  vm_log_residuals = 0,
  /// r = y - f.
  vm_raw_residuals = 1,
  /// r = (y - f) / y.
  vm_relative_residuals = 2,
} vm_residual_kind;

/// One block of rows: what is known of each, and where its coefficients go.
typedef struct {
  ptrdiff_t count;
  /// The prediction f.
  const double *prediction;
  /// ln y for log residuals, else y.
  const double *target;
  /// 1 / y for relative residuals; not read otherwise.
  const double *inverse;
  const double *weights;
  /// -w psi s, s = dg/df: the coefficient of df/dtheta in the gradient, and of the second
  /// derivatives in the Hessian.
  double *slope;
  /// w (psi' + c psi) s² in the Hessian (c = 1 for log residuals, else 0), or w psi / r s² in the
  /// reweighted Gauss-Newton matrix: the coefficient of the products of df/dtheta.
  double *curvature;
  /// Room for one number a row.
  double *work;
  /// Order 1 takes max(psi', floor psi / r) in the place of psi / r; 1 gives psi / r itself.
  double floor;
} vm_rows;

/// sum w rho(r) over a block of rows; infinity where log residuals meet f that is not positive.
///
/// - order: 0 the sum alone; 1 `slope` and the reweighted `curvature`; 2 `slope` and the exact one.
double vm_coefficients(
    vm_residual_kind kind, vm_loss loss, double delta, int32_t order, const vm_rows *rows);

// MARK: - Scalar products

/// sum a[i] b[i].
double vm_dot(const double *a, const double *b, ptrdiff_t n);

/// Adds sum x c to each entry of the gradient and sum x_k d x_l to the lower triangle of a matrix.
///
/// - columns: df/dtheta of all parameters, `stride` numbers each; parameter j is columns[j].
/// - moving: the parameters that count, `count` of them, ascending.
/// - c, d: coefficients of the rows. work: room for n numbers.
/// - gradient: `count` numbers. matrix: `count` squared, row-major.
void vm_add_products(
    const double *columns, ptrdiff_t stride, const ptrdiff_t *moving, ptrdiff_t count,
    const double *c, const double *d, ptrdiff_t n, double *work, double *gradient, double *matrix);

/// products[p] = sum of columns[pairs[2p]] columns[pairs[2p + 1]], `stride` numbers a column, of
/// which n count; NaN for a pair with a negative entry.
void vm_dot_pairs(
    const double *columns, ptrdiff_t stride, const int32_t *pairs, ptrdiff_t pair_count,
    ptrdiff_t n, double *products);

/// y[i] = offset[i] + sum over k of factors[k] columns[k][i], `stride` numbers a column.
void vm_combine(
    const double *offset, const double *columns, ptrdiff_t stride, const double *factors,
    ptrdiff_t count, double *y, ptrdiff_t n);

/// The largest |x[i]|, 0 where there is none; NaN or infinity where one of them is not finite.
double vm_largest(const double *x, ptrdiff_t n);

/// y[i] = x[rows[i]] factors[i].
void vm_gather(
    const double *x, const ptrdiff_t *rows, const double *factors, double *y, ptrdiff_t n);

#endif
