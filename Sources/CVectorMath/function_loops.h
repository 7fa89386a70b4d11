// The loops of elementary functions, included by `kernels.h` for every vector width.

#define VM_TEXT(x) #x
#define VM_PRAGMA(x) _Pragma(VM_TEXT(x))

/// Eight rows, in vectors that are interleaved: the operations of one vector wait for each other.
#define VM_EIGHT                                                                         \
  VM_PRAGMA(clang loop vectorize(assume_safety) interleave_count(VM_INTERLEAVED))        \
  for (ptrdiff_t i = 0; i < 8; i++)

/// y[i] = value for every row, where `value` is an expression of x[i] and p[i].
///
/// A rest of rows is padded to eight: eight in vectors cost less than one alone.
#define VM_ROWS(x, p, value)                                                             \
  for (; n >= 8; n -= 8, x += 8, p += 8, y += 8) VM_EIGHT y[i] = value;                  \
  if (n > 0) {                                                                           \
    double padded_x[8], padded_p[8], result[8];                                          \
    for (ptrdiff_t i = 0; i < 8; i++) {                                                  \
      padded_x[i] = x[i < n ? i : 0];                                                    \
      padded_p[i] = p[i < n ? i : 0];                                                    \
    }                                                                                    \
    x = padded_x;                                                                        \
    p = padded_p;                                                                        \
    VM_EIGHT result[i] = value;                                                          \
    for (ptrdiff_t i = 0; i < n; i++) y[i] = result[i];                                  \
  }

#define VM_UNARY(name, f)                                                                \
  static void VM(name)(const double *x, double *y, ptrdiff_t n) {                        \
    const double *p = x;                                                                 \
    VM_ROWS(x, p, f(x[i]))                                                               \
  }

VM_UNARY(exp, vm_exp)
VM_UNARY(expm1, vm_expm1)
VM_UNARY(log1p, vm_log1p)
VM_UNARY(tanh, vm_tanh)
VM_UNARY(sigmoid, vm_sigmoid)
VM_UNARY(softplus, vm_softplus)
VM_UNARY(log2, vm_log2)
VM_UNARY(log10, vm_log10)
VM_UNARY(atan, vm_atan)
VM_UNARY(sin_in_range, vm_sin_in_range)
VM_UNARY(cos_in_range, vm_cos_in_range)
VM_UNARY(log_of_any, vm_log)
VM_UNARY(log_of_normal, vm_log_of_normal)

static void VM(log)(const double *x, double *y, ptrdiff_t n) {
  // A quarter of vm_log deals with operands that hardly ever occur: look for them first.
  int64_t special = 0;
  for (ptrdiff_t i = 0; i < n; i++)
    special |= (x[i] >= 0x1p-1022 ? 0 : 1) | (x[i] < VM_INFINITY ? 0 : 1);
  if (special) {
    VM(log_of_any)(x, y, n);
  } else {
    VM(log_of_normal)(x, y, n);
  }
}

static int VM(are_turned_exactly)(const double *x, ptrdiff_t n) {
  int64_t outside = 0;
  for (ptrdiff_t i = 0; i < n; i++) outside |= vm_is_turned_exactly(x[i]) ? 0 : 1;
  return !outside;
}

static void VM(sin)(const double *x, double *y, ptrdiff_t n) {
  if (VM(are_turned_exactly)(x, n)) VM(sin_in_range)(x, y, n);
  else for (ptrdiff_t i = 0; i < n; i++) y[i] = vm_sin(x[i]);
}

static void VM(cos)(const double *x, double *y, ptrdiff_t n) {
  if (VM(are_turned_exactly)(x, n)) VM(cos_in_range)(x, y, n);
  else for (ptrdiff_t i = 0; i < n; i++) y[i] = vm_cos(x[i]);
}

static void VM(pow)(const double *x, const double *p, double *y, ptrdiff_t n) {
  // As above: a third of vm_pow deals with zeros, signs and what is not finite.
  int64_t special = 0;
  for (ptrdiff_t i = 0; i < n; i++) special |= vm_pow_is_plain(x[i], p[i]) ? 0 : 1;
  if (special) {
    VM_ROWS(x, p, vm_pow(x[i], p[i]))
  } else {
    VM_ROWS(x, p, vm_pow_of_normal(x[i], p[i]))
  }
}

static void VM(pow_to)(const double *x, double exponent, double *y, ptrdiff_t n) {
  const double *p = x;
  int64_t special = 0;
  for (ptrdiff_t i = 0; i < n; i++) special |= vm_pow_is_plain(x[i], exponent) ? 0 : 1;
  if (special) {
    VM_ROWS(x, p, vm_pow(x[i], exponent))
  } else {
    VM_ROWS(x, p, vm_pow_of_normal(x[i], exponent))
  }
}

static void VM(pow_of)(double base, const double *p, double *y, ptrdiff_t n) {
  const double *x = p;
  int64_t special = 0;
  for (ptrdiff_t i = 0; i < n; i++) special |= vm_pow_is_plain(base, p[i]) ? 0 : 1;
  if (special) {
    VM_ROWS(x, p, vm_pow(base, p[i]))
  } else {
    const vm_log_parts part = vm_split_for_log(base);
    const vm_sum logarithm = vm_log_in_two(part.k, part.m);
    VM_ROWS(x, p, vm_pow_of_parts(logarithm, p[i]))
  }
}

#undef VM_UNARY
#undef VM_TEXT
#undef VM_PRAGMA
#undef VM_EIGHT
#undef VM_ROWS
