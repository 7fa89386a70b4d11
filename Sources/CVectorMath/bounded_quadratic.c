#include "bounded_quadratic.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { most = VM_MAXIMUM_UNKNOWNS };

typedef struct {
  ptrdiff_t n;
  const double *gram, *right, *lower, *upper;
  double trial[most];
  int32_t side[most];
} problem;

/// Solves for the m unknowns inside, the others on their bounds; m is a constant where it is small,
/// so that the compiler unrolls the loops.
static inline __attribute__((always_inline)) int
solve_moving(problem *p, const ptrdiff_t *moving, ptrdiff_t m) {
  const ptrdiff_t n = p->n;
  const double *gram = p->gram;
  double factor[most][most], scale[most], x[most];
  for (ptrdiff_t a = 0; a < m; a++) {
    const double diagonal = gram[moving[a] * n + moving[a]];
    if (!(diagonal > 0)) return 0;
    scale[a] = 1 / sqrt(diagonal);
  }
  // Cholesky's factor of the matrix scaled to a unit diagonal; its own diagonal holds inverses.
  for (ptrdiff_t a = 0; a < m; a++) {
    for (ptrdiff_t b = 0; b <= a; b++) {
      double sum = gram[moving[a] * n + moving[b]] * scale[a] * scale[b];
      for (ptrdiff_t c = 0; c < b; c++) sum -= factor[a][c] * factor[b][c];
      // A column that the earlier ones make up adds nothing: a huge pivot keeps its unknown at
      // zero, so that a law with a redundant term still has seeds.
      factor[a][b] = a > b ? sum * factor[b][b] : sum > 1e-13 ? 1 / sqrt(sum) : 1e-8;
    }
  }
  for (ptrdiff_t a = 0; a < m; a++) {
    double sum = p->right[moving[a]];
    if (m < n)
      for (ptrdiff_t k = 0; k < n; k++)
        if (p->side[k] != 0) sum -= gram[moving[a] * n + k] * p->trial[k];
    sum *= scale[a];
    for (ptrdiff_t c = 0; c < a; c++) sum -= factor[a][c] * x[c];
    x[a] = sum * factor[a][a];
  }
  for (ptrdiff_t a = m - 1; a >= 0; a--) {
    for (ptrdiff_t c = a + 1; c < m; c++) x[a] -= factor[c][a] * x[c];
    x[a] *= factor[a][a];
  }
  for (ptrdiff_t a = 0; a < m; a++) p->trial[moving[a]] = x[a] * scale[a];
  return 1;
}

/// Solves for the unknowns inside, the others on their bounds, into `trial`.
static int solve_inside(problem *p) {
  ptrdiff_t moving[most], m = 0;
  for (ptrdiff_t k = 0; k < p->n; k++) {
    if (p->side[k] == 0) moving[m++] = k;
    else p->trial[k] = p->side[k] == 1 ? p->lower[k] : p->upper[k];
  }
  switch (m) {
    case 1: return solve_moving(p, moving, 1);
    case 2: return solve_moving(p, moving, 2);
    case 3: return solve_moving(p, moving, 3);
    case 4: return solve_moving(p, moving, 4);
    default: return solve_moving(p, moving, m);
  }
}

/// The unknown furthest outside its bounds, or -1.
static ptrdiff_t violated(const problem *p) {
  ptrdiff_t worst = -1;
  double distance = 0;
  for (ptrdiff_t k = 0; k < p->n; k++) {
    if (p->side[k] != 0) continue;
    const double outside = fmax(p->lower[k] - p->trial[k], p->trial[k] - p->upper[k]);
    if (outside > distance) {
      distance = outside;
      worst = k;
    }
  }
  return worst;
}

/// Whether no unknown on a bound, but the held one, would move inside.
static int multipliers_agree(const problem *p, ptrdiff_t held) {
  for (ptrdiff_t i = 0; i < p->n; i++) {
    if (p->side[i] == 0 || i == held) continue;
    double slope = -p->right[i];
    for (ptrdiff_t j = 0; j < p->n; j++) slope += p->gram[i * p->n + j] * p->trial[j];
    if (p->side[i] == 1 ? slope < 0 : slope > 0) return 0;
  }
  return 1;
}

static double value(const problem *p) {
  double sum = 0;
  for (ptrdiff_t i = 0; i < p->n; i++) {
    double row = 0;
    for (ptrdiff_t j = 0; j < p->n; j++) row += p->gram[i * p->n + j] * p->trial[j];
    sum += p->trial[i] * (row - 2 * p->right[i]);
  }
  return sum;
}

static double accept(const problem *p, double *solution, int32_t *side) {
  memcpy(solution, p->trial, p->n * sizeof *solution);
  memcpy(side, p->side, p->n * sizeof *side);
  return value(p);
}

/// The best feasible point over all active sets.
static double enumerate(problem *p, ptrdiff_t held, double *solution, int32_t *side) {
  double best = INFINITY;
  int codes = 1;
  for (ptrdiff_t k = 0; k < p->n; k++) codes *= 3;
  for (int code = 0; code < codes; code++) {
    int valid = 1;
    for (ptrdiff_t k = 0, rest = code; k < p->n; k++, rest /= 3) {
      p->side[k] = (int32_t)(rest % 3);
      if (p->side[k] == 1 && p->lower[k] == -INFINITY) valid = 0;
      if (p->side[k] == 2 && p->upper[k] == INFINITY) valid = 0;
    }
    if (held >= 0 && p->side[held] == 0) valid = 0;
    if (!valid || !solve_inside(p) || violated(p) >= 0) continue;
    if (value(p) < best) best = accept(p, solution, side);
  }
  return best;
}

double vm_bounded_minimum(
    ptrdiff_t n, const double *gram, const double *right, const double *lower,
    const double *upper, ptrdiff_t held, double *solution, int32_t *side) {
  problem p = {.n = n, .gram = gram, .right = right, .lower = lower, .upper = upper};
  if (held >= 0) p.side[held] = fabs(lower[held]) <= fabs(upper[held]) ? 1 : 2;
  for (ptrdiff_t step = 0; step <= n && solve_inside(&p); step++) {
    const ptrdiff_t worst = violated(&p);
    if (worst < 0) {
      if (n > 4 || multipliers_agree(&p, held)) return accept(&p, solution, side);
      break;
    }
    p.side[worst] = p.trial[worst] < lower[worst] ? 1 : 2;
  }
  return n > 4 ? INFINITY : enumerate(&p, held, solution, side);
}
