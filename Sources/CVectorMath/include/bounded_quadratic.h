// Least squares in a few unknowns with bounds, from its normal equations.

#ifndef FITLAWS_BOUNDED_QUADRATIC_H
#define FITLAWS_BOUNDED_QUADRATIC_H

#include <stddef.h>
#include <stdint.h>

/// The most unknowns there can be.
#define VM_MAXIMUM_UNKNOWNS 12

/// The minimum of x' G x - 2 b' x with lower <= x <= upper; infinity where a column is zero.
///
/// Violated bounds are fixed one after the other, worst first; if every multiplier then has the
/// right sign, that is the solution, as the problem is convex. If not, up to four unknowns have
/// their active sets enumerated; beyond four the point is good enough for a seed.
///
/// - n: unknowns. gram: G, row-major. right: b.
/// - held: an unknown that stays at its bound nearest to zero; -1 for none.
/// - solution: gets x. side: gets 0 for an unknown inside, 1 at the lower bound, 2 at the upper.
double vm_bounded_minimum(
    ptrdiff_t n, const double *gram, const double *right, const double *lower,
    const double *upper, ptrdiff_t held, double *solution, int32_t *side);

#endif
