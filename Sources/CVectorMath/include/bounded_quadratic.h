// Least squares in a few unknowns with bounds, from its normal equations.

#ifndef FITLAWS_BOUNDED_QUADRATIC_H
#define FITLAWS_BOUNDED_QUADRATIC_H

#include <stddef.h>
#include <stdint.h>

/// The most unknowns there can be.
#define VM_MAXIMUM_UNKNOWNS 12

/// Which product of two columns is that of problem p = row * row_width + column of a grid:
/// number `first + row * place.row + column * place.column`.
typedef struct {
  int32_t first, row, column;
} vm_place;

/// Many linear least squares problems that share columns.
///
/// Each has the columns 0...unknowns - 1, then its target, then, where there is one, an offset that
/// is taken from the target.
typedef struct {
  /// Columns of a problem that have a coefficient.
  ptrdiff_t unknowns;
  int32_t has_offset;
  ptrdiff_t row_width;
  /// Where the product of columns i <= j is, row by row.
  const vm_place *places;
  /// NaN where a column does not exist: such a problem has no solution.
  const double *products;
  /// What a problem's columns were divided by, `unknowns` numbers each; coefficients are of the
  /// columns as they were.
  const double *scales;
  /// Bounds of the coefficients.
  const double *lower, *upper;
} vm_problems;

/// The minimum of x' G x - 2 b' x + c with lower <= x <= upper; infinity where there is none.
///
/// Violated bounds are fixed one after the other, worst first; if every multiplier then has the
/// right sign, that is the solution, as the problem is convex. If not, up to four unknowns have
/// their active sets enumerated; beyond four the point is good enough for a seed.
///
/// - number: the problem. held: an unknown that stays at its bound nearest to zero; -1 for none.
/// - outside: where it is known which unknown the problem without bounds violates most, its number,
///   plus `unknowns` for its upper bound; else -1.
/// - solution: gets x. side: gets 0 for an unknown inside, 1 at the lower bound, 2 at the upper.
double vm_bounded_minimum(
    const vm_problems *problems, ptrdiff_t number, ptrdiff_t held, ptrdiff_t outside,
    double *solution, int32_t *side);

/// The minima of many: eight are solved side by side, and those that violate a bound alone.
///
/// - chosen, count: the problems to solve; where `chosen` is null, the first `count`.
/// - values, solutions, sides: get the result of each, as above.
void vm_bounded_minima(
    const vm_problems *problems, const ptrdiff_t *chosen, ptrdiff_t count, ptrdiff_t held,
    double *values, double *solutions, int32_t *sides);

#endif
