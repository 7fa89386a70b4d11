// The loops of `row_program.h`, included by `kernels.h` for every vector width.

#define VM_ONE(op, value)                                                                \
  case op:                                                                               \
    VM_LOOP for (ptrdiff_t i = 0; i < n; i++) {                                          \
      const double x = a[i];                                                             \
      out[i] = value;                                                                    \
    }                                                                                    \
    return;

#define VM_TWO(op, value)                                                                \
  case op:                                                                               \
    if (shape == vm_both_rows) {                                                         \
      VM_LOOP for (ptrdiff_t i = 0; i < n; i++) {                                        \
        const double x = a[i], y = b[i];                                                 \
        out[i] = value;                                                                  \
      }                                                                                  \
    } else if (shape == vm_rows_scalar) {                                                \
      const double y = *b;                                                               \
      VM_LOOP for (ptrdiff_t i = 0; i < n; i++) {                                        \
        const double x = a[i];                                                           \
        out[i] = value;                                                                  \
      }                                                                                  \
    } else {                                                                             \
      const double x = *a;                                                               \
      VM_LOOP for (ptrdiff_t i = 0; i < n; i++) {                                        \
        const double y = b[i];                                                           \
        out[i] = value;                                                                  \
      }                                                                                  \
    }                                                                                    \
    return;

#define VM_CALL(op, function)                                                            \
  case op:                                                                               \
    VM(function)(a, out, n);                                                             \
    return;

static void VM(apply)(
    vm_op op, vm_shape shape, const double *a, const double *b, double *out, ptrdiff_t n) {
  if (n <= 0) return;
  switch (op) {
    case vm_op_copy: {
      const double x = *a;
      if (shape == vm_both_rows) {
        memmove(out, a, (size_t)n * sizeof *out);
      } else {
        VM_LOOP for (ptrdiff_t i = 0; i < n; i++) out[i] = x;
      }
      return;
    }
    VM_ONE(vm_op_negate, -x)
    VM_CALL(vm_op_exp, exp)
    VM_CALL(vm_op_log, log)
    VM_CALL(vm_op_log2, log2)
    VM_CALL(vm_op_log10, log10)
    VM_CALL(vm_op_log1p, log1p)
    VM_CALL(vm_op_expm1, expm1)
    VM_ONE(vm_op_sqrt, vm_sqrt(x))
    VM_ONE(vm_op_abs, vm_magnitude(x))
    VM_ONE(vm_op_sign, vm_sign(x))
    VM_ONE(vm_op_nonzero, vm_nonzero(x))
    VM_CALL(vm_op_tanh, tanh)
    VM_CALL(vm_op_sigmoid, sigmoid)
    VM_CALL(vm_op_softplus, softplus)
    VM_CALL(vm_op_sin, sin)
    VM_CALL(vm_op_cos, cos)
    VM_CALL(vm_op_atan, atan)
    VM_TWO(vm_op_add, x + y)
    VM_TWO(vm_op_subtract, x - y)
    VM_TWO(vm_op_multiply, x * y)
    VM_TWO(vm_op_divide, x / y)
    case vm_op_power:
      if (shape == vm_both_rows) VM(pow)(a, b, out, n);
      else if (shape == vm_rows_scalar) VM(pow_to)(a, *b, out, n);
      else VM(pow_of)(*a, b, out, n);
      return;
    VM_TWO(vm_op_min, vm_min(x, y))
    VM_TWO(vm_op_max, vm_max(x, y))
    VM_TWO(vm_op_less_or_equal, vm_less_or_equal(x, y))
  }
}

static void VM(run)(const vm_instruction *program, ptrdiff_t length, const vm_block *block) {
  // By vm_memory; a program writes registers and output alone.
  const double *const memory[] = {
      block->registers, block->output, block->columns, block->scalars};
  const ptrdiff_t stride[] = {
      block->register_stride, block->output_stride, block->column_stride, 1};
  for (const vm_instruction *next = program; next < program + length; next++) {
    const vm_operand a = next->a, b = next->b, out = next->out;
    VM(apply)(
        next->op, next->shape, memory[a.memory] + a.index * stride[a.memory],
        memory[b.memory] + b.index * stride[b.memory],
        (out.memory == vm_in_output ? block->output : block->registers)
            + out.index * stride[out.memory],
        block->count);
  }
}

#undef VM_ONE
#undef VM_TWO
#undef VM_CALL
