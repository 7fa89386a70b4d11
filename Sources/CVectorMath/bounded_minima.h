// Eight small linear problems side by side, for the grids of a seed search: part of kernels.h.

typedef int32_t VM(numbers) __attribute__((vector_size(32), aligned(4)));

/// The normal equations of eight problems, one a lane.
typedef struct {
  VM(lanes) gram[VM_MAXIMUM_LANE_UNKNOWNS][VM_MAXIMUM_LANE_UNKNOWNS];
  VM(lanes) right[VM_MAXIMUM_LANE_UNKNOWNS], constant;
} VM(equations);

/// The product of two columns, one a lane; `place` moves on to that of the next two.
VM_INLINE VM(lanes) VM(collect)(
    const vm_place **place, const double *products, VM(numbers) rows, VM(numbers) columns) {
  const vm_place own = *(*place)++;
  const VM(numbers) numbers = own.first + rows * own.row + columns * own.column;
  VM(lanes) product;
  for (int lane = 0; lane < 8; lane++) product[lane] = products[numbers[lane]];
  return product;
}

VM_INLINE void VM(collect_all)(
    VM(equations) *e, const vm_problems *problems, const ptrdiff_t *numbers, ptrdiff_t n,
    int offset) {
  VM(numbers) rows, columns;
  const int32_t width = (int32_t)problems->row_width;
  for (int lane = 0; lane < 8; lane++) {
    rows[lane] = (int32_t)numbers[lane] / width;
    columns[lane] = (int32_t)numbers[lane] - rows[lane] * width;
  }
  const vm_place *place = problems->places;
  const double *products = problems->products;
  for (ptrdiff_t i = 0; i < n; i++) {
    for (ptrdiff_t j = i; j < n; j++)
      e->gram[j][i] = VM(collect)(&place, products, rows, columns);
    e->right[i] = VM(collect)(&place, products, rows, columns);
    if (offset) e->right[i] -= VM(collect)(&place, products, rows, columns);
  }
  e->constant = VM(collect)(&place, products, rows, columns);
  if (!offset) return;
  e->constant -= 2 * VM(collect)(&place, products, rows, columns);
  e->constant += VM(collect)(&place, products, rows, columns);
}

/// Solves for the unknowns that move, the held one at `x[held]`; arithmetic as in
/// vm_bounded_minimum.
VM_INLINE void VM(eliminate)(
    const VM(equations) *e, const ptrdiff_t *moving, ptrdiff_t m, ptrdiff_t held, VM(lanes) *x) {
  VM(lanes) factor[VM_MAXIMUM_LANE_UNKNOWNS][VM_MAXIMUM_LANE_UNKNOWNS];
  VM(lanes) scale[VM_MAXIMUM_LANE_UNKNOWNS], z[VM_MAXIMUM_LANE_UNKNOWNS];
  for (ptrdiff_t a = 0; a < m; a++)
    scale[a] = 1 / __builtin_elementwise_sqrt(e->gram[moving[a]][moving[a]]);
  for (ptrdiff_t a = 0; a < m; a++) {
    for (ptrdiff_t b = 0; b <= a; b++) {
      VM(lanes) sum = e->gram[moving[a]][moving[b]] * scale[a] * scale[b];
      for (ptrdiff_t c = 0; c < b; c++) sum -= factor[a][c] * factor[b][c];
      if (a > b) {
        factor[a][b] = sum * factor[b][b];
      } else {
        const VM(lanes) pivot = 1 / __builtin_elementwise_sqrt(sum);
        for (int lane = 0; lane < 8; lane++)
          factor[a][b][lane] = sum[lane] > 1e-13 ? pivot[lane] : 1e-8;
      }
    }
  }
  for (ptrdiff_t a = 0; a < m; a++) {
    VM(lanes) sum = e->right[moving[a]];
    if (held >= 0)
      sum -= e->gram[moving[a] > held ? moving[a] : held][moving[a] > held ? held : moving[a]]
          * x[held];
    sum *= scale[a];
    for (ptrdiff_t c = 0; c < a; c++) sum -= factor[a][c] * z[c];
    z[a] = sum * factor[a][a];
  }
  for (ptrdiff_t a = m - 1; a >= 0; a--) {
    for (ptrdiff_t c = a + 1; c < m; c++) z[a] -= factor[c][a] * z[c];
    z[a] *= factor[a][a];
    x[moving[a]] = z[a] * scale[a];
  }
}

VM_INLINE void VM(minima_of_eight)(
    const vm_problems *problems, const ptrdiff_t *numbers, ptrdiff_t n, ptrdiff_t held, int offset,
    ptrdiff_t lanes, double *values, double *solutions, int32_t *sides) {
  VM(equations) e;
  VM(collect_all)(&e, problems, numbers, n, offset);
  VM(lanes) x[VM_MAXIMUM_LANE_UNKNOWNS], scales[VM_MAXIMUM_LANE_UNKNOWNS];
  for (ptrdiff_t k = 0; k < n; k++)
    for (ptrdiff_t lane = 0; lane < 8; lane++)
      scales[k][lane] = problems->scales[numbers[lane] * n + k];
  ptrdiff_t moving[VM_MAXIMUM_LANE_UNKNOWNS], m = 0;
  for (ptrdiff_t k = 0; k < n; k++)
    if (k != held) moving[m++] = k;
  double bound = 0;
  int32_t side = 0;
  if (held >= 0) {
    const double lower = problems->lower[held], upper = problems->upper[held];
    side = __builtin_fabs(lower) <= __builtin_fabs(upper) ? 1 : 2;
    bound = side == 1 ? lower : upper;
    x[held] = bound * scales[held];
    VM(eliminate)(&e, moving, n - 1, held, x);
  } else {
    VM(eliminate)(&e, moving, n, -1, x);
  }
  VM(lanes) value = {0};
  for (ptrdiff_t i = 0; i < n; i++) {
    VM(lanes) row = {0};
    for (ptrdiff_t j = 0; j < n; j++) row += e.gram[i > j ? i : j][i > j ? j : i] * x[j];
    value += x[i] * (row - 2 * e.right[i]);
  }
  value += e.constant;
  for (ptrdiff_t lane = 0; lane < lanes; lane++) {
    double *solution = solutions + lane * n;
    int32_t *own = sides + lane * n;
    // The worst violation, as vm_bounded_minimum looks for it.
    ptrdiff_t outside = -1;
    double distance = 0;
    for (ptrdiff_t k = 0; k < n; k++) {
      if (k == held) continue;
      const double scale = scales[k][lane], z = x[k][lane];
      const double below = problems->lower[k] * scale - z, above = z - problems->upper[k] * scale;
      const double farther = below > above ? below : above;
      if (farther > distance) {
        distance = farther;
        outside = below > above ? k : n + k;
      }
    }
    // A column of zeros, or one that is missing.
    const int solved = value[lane] < VM_INFINITY;
    if (outside >= 0 || !solved) {
      values[lane] = vm_bounded_minimum(
          problems, numbers[lane], held, solved ? outside : -1, solution, own);
      continue;
    }
    values[lane] = value[lane];
    for (ptrdiff_t k = 0; k < n; k++) {
      solution[k] = k == held ? bound : x[k][lane] / scales[k][lane];
      own[k] = k == held ? side : 0;
    }
  }
}

VM_INLINE void VM(minima_of)(
    const vm_problems *problems, const ptrdiff_t *chosen, ptrdiff_t count, ptrdiff_t n,
    ptrdiff_t held, int offset, double *values, double *solutions, int32_t *sides) {
  for (ptrdiff_t i = 0; i < count; i += 8) {
    const ptrdiff_t lanes = count - i < 8 ? count - i : 8;
    ptrdiff_t numbers[8];
    for (ptrdiff_t lane = 0; lane < 8; lane++) {
      const ptrdiff_t place = i + (lane < lanes ? lane : 0);
      numbers[lane] = chosen ? chosen[place] : place;
    }
    VM(minima_of_eight)(
        problems, numbers, n, held, offset, lanes, values + i, solutions + i * n, sides + i * n);
  }
}

static void VM(bounded_minima)(
    const vm_problems *problems, const ptrdiff_t *chosen, ptrdiff_t count, ptrdiff_t held,
    double *values, double *solutions, int32_t *sides) {
  const ptrdiff_t n = problems->unknowns;
#define VM_CASE(n, offset)                                                               \
  if (held < 0) {                                                                        \
    VM(minima_of)(problems, chosen, count, n, -1, offset, values, solutions, sides);     \
  } else {                                                                               \
    VM(minima_of)(problems, chosen, count, n, held, offset, values, solutions, sides);   \
  }                                                                                      \
  return;
  switch (problems->has_offset ? -n : n) {
    case 1: VM_CASE(1, 0)
    case 2: VM_CASE(2, 0)
    case 3: VM_CASE(3, 0)
    case -1: VM_CASE(1, 1)
    case -2: VM_CASE(2, 1)
    case -3: VM_CASE(3, 1)
  }
#undef VM_CASE
  for (ptrdiff_t i = 0; i < count; i++)
    values[i] = vm_bounded_minimum(
        problems, chosen ? chosen[i] : i, held, -1, solutions + i * n, sides + i * n);
}
