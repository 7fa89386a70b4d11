// Straight-line programs over blocks of rows: what a compiled formula runs.
//
// Each instruction is one loop over the rows of a block. Results are those of the functions of one
// number and of IEEE arithmetic, whatever the vector width.

#ifndef FITLAWS_ROW_PROGRAM_H
#define FITLAWS_ROW_PROGRAM_H

#include "vector_math.h"

/// What an instruction computes; from vm_op_add on of two operands.
typedef enum : int32_t {
  vm_op_copy,
  vm_op_negate,
  vm_op_exp,
  vm_op_log,
  vm_op_log2,
  vm_op_log10,
  vm_op_log1p,
  vm_op_expm1,
  vm_op_sqrt,
  vm_op_abs,
  /// 1 or -1, or the operand itself where it is 0 or no number.
  vm_op_sign,
  /// The operand, or 2^-256 where it is 0.
  vm_op_nonzero,
  vm_op_tanh,
  vm_op_sigmoid,
  vm_op_softplus,
  vm_op_sin,
  vm_op_cos,
  vm_op_atan,
  vm_op_add,
  vm_op_subtract,
  vm_op_multiply,
  vm_op_divide,
  vm_op_power,
  /// NaN if either operand is; the second of two zeros. So is the maximum.
  vm_op_min,
  vm_op_max,
  /// 1 where a <= b, else 0.
  vm_op_less_or_equal,
} vm_op;

/// Which operands have a number for each row; the others have one for all rows.
typedef enum : int32_t {
  vm_both_rows,
  vm_rows_scalar,
  vm_scalar_rows,
} vm_shape;

/// Where an operand lies.
typedef enum : int32_t {
  vm_in_registers,
  vm_in_output,
  vm_in_columns,
  vm_in_scalars,
} vm_memory;

/// An operand: vector or number `index` of one memory.
typedef struct {
  vm_memory memory;
  int32_t index;
} vm_operand;

/// One operation. With one operand, b is a, which has a number for each row; a copy's may be a scalar.
typedef struct {
  vm_op op;
  vm_shape shape;
  vm_operand a, b, out;
} vm_instruction;

/// The memory that a program works on: vectors are `stride` numbers apart.
typedef struct {
  ptrdiff_t count;
  double *registers;
  ptrdiff_t register_stride;
  double *output;
  ptrdiff_t output_stride;
  const double *columns;
  ptrdiff_t column_stride;
  const double *scalars;
} vm_block;

/// out[i] = a[i] op b[i] for i in 0..<n; a scalar operand is read at its pointer alone.
///
/// `out` may be an operand, or must not overlap it.
void vm_apply(
    vm_op op, vm_shape shape, const double *a, const double *b, double *out, ptrdiff_t n);

/// Runs `length` instructions on the `count` rows of a block.
void vm_run(const vm_instruction *program, ptrdiff_t length, const vm_block *block);

// MARK: - On one number

VM_INLINE double vm_min(double a, double b) { return a != a ? a : (a < b ? a : b); }
VM_INLINE double vm_max(double a, double b) { return a != a ? a : (a > b ? a : b); }
VM_INLINE double vm_sign(double a) { return a > 0 ? 1 : (a < 0 ? -1 : a); }
VM_INLINE double vm_nonzero(double a) { return a == 0 ? 0x1p-256 : a; }
VM_INLINE double vm_less_or_equal(double a, double b) { return a <= b ? 1 : 0; }

#endif
