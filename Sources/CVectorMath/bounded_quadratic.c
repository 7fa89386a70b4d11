#include "bounded_quadratic.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { most = VM_MAXIMUM_UNKNOWNS };

/// minimise x' G x - 2 b' x with lower <= x <= upper, in n unknowns.
typedef struct {
  double gram[most * most], right[most], lower[most], upper[most];
  double constant;
  double trial[most];
  int32_t side[most];
} problem;

/// Solves for the m unknowns inside, the others on their bounds.
/// m is a constant where it is small, so that the compiler unrolls the loops.
static inline __attribute__((always_inline)) int solve_moving(problem *p, ptrdiff_t n, const ptrdiff_t *moving, ptrdiff_t m) {
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
static int solve_inside(problem *p, ptrdiff_t n) {
  ptrdiff_t moving[most], m = 0;
  for (ptrdiff_t k = 0; k < n; k++) {
    if (p->side[k] == 0) moving[m++] = k;
    else p->trial[k] = p->side[k] == 1 ? p->lower[k] : p->upper[k];
  }
  switch (m) {
    case 0: return 1;
    case 1: return solve_moving(p, n, moving, 1);
    case 2: return solve_moving(p, n, moving, 2);
    case 3: return solve_moving(p, n, moving, 3);
    case 4: return solve_moving(p, n, moving, 4);
    default: return solve_moving(p, n, moving, m);
  }
}

/// The unknown furthest outside its bounds, or -1.
static ptrdiff_t violated(const problem *p, ptrdiff_t n) {
  ptrdiff_t worst = -1;
  double distance = 0;
  for (ptrdiff_t k = 0; k < n; k++) {
    if (p->side[k] != 0) continue;
    const double below = p->lower[k] - p->trial[k], above = p->trial[k] - p->upper[k];
    const double outside = below > above ? below : above;
    if (outside > distance) {
      distance = outside;
      worst = k;
    }
  }
  return worst;
}

/// Whether no unknown on a bound, but the held one, would move inside.
static int multipliers_agree(const problem *p, ptrdiff_t n, ptrdiff_t held) {
  for (ptrdiff_t i = 0; i < n; i++) {
    if (p->side[i] == 0 || i == held) continue;
    double slope = -p->right[i];
    for (ptrdiff_t j = 0; j < n; j++) slope += p->gram[i * n + j] * p->trial[j];
    if (p->side[i] == 1 ? slope < 0 : slope > 0) return 0;
  }
  return 1;
}

static double value(const problem *p, ptrdiff_t n) {
  double sum = 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    double row = 0;
    for (ptrdiff_t j = 0; j < n; j++) row += p->gram[i * n + j] * p->trial[j];
    sum += p->trial[i] * (row - 2 * p->right[i]);
  }
  return sum;
}

static double accept(const problem *p, ptrdiff_t n, double *solution, int32_t *side) {
  memcpy(solution, p->trial, n * sizeof *solution);
  memcpy(side, p->side, n * sizeof *side);
  return value(p, n);
}

/// The best feasible point over all active sets.
static double enumerate(problem *p, ptrdiff_t n, ptrdiff_t held, double *solution, int32_t *side) {
  double best = INFINITY;
  int codes = 1;
  for (ptrdiff_t k = 0; k < n; k++) codes *= 3;
  for (int code = 0; code < codes; code++) {
    int valid = 1;
    for (ptrdiff_t k = 0, rest = code; k < n; k++, rest /= 3) {
      p->side[k] = (int32_t)(rest % 3);
      if (p->side[k] == 1 && p->lower[k] == -INFINITY) valid = 0;
      if (p->side[k] == 2 && p->upper[k] == INFINITY) valid = 0;
    }
    if (held >= 0 && p->side[held] == 0) valid = 0;
    if (!valid || !solve_inside(p, n) || violated(p, n) >= 0) continue;
    if (value(p, n) < best) best = accept(p, n, solution, side);
  }
  return best;
}

static double minimum(
    problem *p, ptrdiff_t n, ptrdiff_t held, ptrdiff_t outside, double *solution, int32_t *side) {
  memset(p->side, 0, sizeof p->side);
  if (held >= 0) p->side[held] = fabs(p->lower[held]) <= fabs(p->upper[held]) ? 1 : 2;
  if (outside >= 0) p->side[outside % n] = outside < n ? 1 : 2;
  for (ptrdiff_t step = outside < 0 ? 0 : 1; step <= n && solve_inside(p, n); step++) {
    const ptrdiff_t worst = violated(p, n);
    if (worst < 0) {
      if (n > 4 || multipliers_agree(p, n, held)) return accept(p, n, solution, side);
      break;
    }
    p->side[worst] = p->trial[worst] < p->lower[worst] ? 1 : 2;
  }
  return n > 4 ? INFINITY : enumerate(p, n, held, solution, side);
}

/// Collects the normal equations of one problem; 0 where a column is missing.
static int load(problem *p, ptrdiff_t n, const vm_problems *problems, ptrdiff_t number) {
  const vm_place *place = problems->places;
  const double *products = problems->products;
  const ptrdiff_t row = number / problems->row_width, column = number % problems->row_width;
  const int offset = problems->has_offset;
  double missing = 0;
#define VM_NEXT (products[place->first + row * place->row + column * place->column])
  for (ptrdiff_t i = 0; i < n; i++) {
    for (ptrdiff_t j = i; j < n; j++, place++) {
      p->gram[i * n + j] = p->gram[j * n + i] = VM_NEXT;
      missing += p->gram[i * n + j];
    }
    p->right[i] = VM_NEXT;
    place++;
    if (offset) {
      p->right[i] -= VM_NEXT;
      place++;
    }
    missing += p->right[i];
  }
  p->constant = VM_NEXT;
  place++;
  if (offset) {
    p->constant -= 2 * VM_NEXT;
    place++;
    p->constant += VM_NEXT;
  }
#undef VM_NEXT
  missing += p->constant;
  return missing == missing;
}

double vm_bounded_minimum(
    const vm_problems *problems, ptrdiff_t number, ptrdiff_t held, ptrdiff_t outside,
    double *solution, int32_t *side) {
  const ptrdiff_t n = problems->unknowns;
  const double *scales = problems->scales + number * n;
  problem p;
  if (!load(&p, n, problems, number)) return INFINITY;
  for (ptrdiff_t k = 0; k < n; k++) {
    p.lower[k] = problems->lower[k] * scales[k];
    p.upper[k] = problems->upper[k] * scales[k];
  }
  const double value = minimum(&p, n, held, outside, solution, side) + p.constant;
  for (ptrdiff_t k = 0; k < n; k++) solution[k] /= scales[k];
  return value;
}
