internal import CVectorMath

/// Evaluates a compiled formula block by block.
///
/// Not shared between tasks: make one for each.
@safe public final class FormulaEvaluator {
  /// Rows per inner block: the registers of a formula then stay in the first-level cache.
  private static let blockRows = 128

  private let programs: [Program]
  private let columns: DataColumns
  private let parameterCount: Int
  /// The scalar slots of each program begin here in `memory`, parameters first; then registers.
  private let slots: [Int]
  private let registers: Int
  // Written thousands of times a fit: an array of a class would check each access.
  private let memory: UnsafeMutablePointer<Double>
  /// The parameters last set.
  private let parameters: UnsafeMutablePointer<Double>
  /// Bit k: the slots of program k are those of the parameters.
  private var current = 0

  init(programs: [Program], columns: DataColumns, parameterCount: Int) {
    self.programs = programs
    self.columns = columns
    self.parameterCount = parameterCount
    var slots: [Int] = []
    var count = 0
    for program in programs {
      slots.append(count)
      count += program.scalars.count
    }
    self.slots = slots
    registers = count
    count += (programs.map(\.registerCount).max() ?? 0) * Self.blockRows
    unsafe memory = .allocate(capacity: count + parameterCount)
    unsafe memory.initialize(repeating: 0, count: count + parameterCount)
    unsafe parameters = memory + count
    for (program, first) in zip(programs, slots) {
      for (slot, value) in program.scalars.enumerated() { unsafe memory[first + slot] = value }
    }
  }

  deinit { unsafe memory.deallocate() }

  /// Sets the parameter vector that the next evaluations use.
  ///
  /// - Parameter values: one value per parameter, in the order of `CompiledFormula.parameters`.
  public func setParameters(_ values: [Double]) {
    precondition(values.count == parameterCount, "one value per parameter")
    for index in values.indices { unsafe parameters[index] = values[index] }
    current = 0
  }

  /// Writes prediction and derivatives for some rows.
  ///
  /// - Parameters:
  ///   - rows: a range of the table's rows.
  ///   - order: 0 for values, 1 to add the gradient, 2 to add second derivatives.
  ///   - output: column `c` begins at `c * stride`: the value, then one derivative per parameter, then one
  ///     second derivative per pair of `CompiledFormula.hessianPairs`.
  ///   - stride: distance between columns, at least `rows.count`.
  /// - Complexity: the number of rows times the operations of the formula; nothing is allocated.
  public func evaluate(
    rows: Range<Int>, order: Int, into output: inout MutableSpan<Double>, stride: Int
  ) {
    let program = programs[order]
    precondition(rows.lowerBound >= 0 && rows.upperBound <= columns.rowCount)
    precondition(
      stride >= rows.count && output.count >= (program.outputCount - 1) * stride + rows.count)
    if current & 1 << order == 0 { runScalars(order) }
    unsafe output.withUnsafeMutableBufferPointer { out in
      unsafe columns.values.withUnsafeBufferPointer { values in
        guard let target = out.baseAddress else { return }
        // Without columns no instruction reads any.
        let data = unsafe values.baseAddress ?? UnsafePointer(target)
        var start = rows.lowerBound
        while start < rows.upperBound {
          let count = min(Self.blockRows, rows.upperBound - start)
          let block = unsafe vm_block(
            count: count, registers: memory + registers, register_stride: Self.blockRows,
            output: target + (start - rows.lowerBound), output_stride: stride,
            columns: data + start, column_stride: columns.rowCount,
            scalars: memory + slots[order])
          unsafe withUnsafePointer(to: block) {
            unsafe vm_run(program.code, program.code.count, $0)
          }
          start += count
        }
      }
    }
  }

  private func runScalars(_ order: Int) {
    let slot = unsafe memory + slots[order]
    for index in 0..<parameterCount { unsafe slot[index] = parameters[index] }
    for instruction in programs[order].scalarInstructions {
      unsafe slot[instruction.out] = Scalar.apply(
        instruction.op, slot[instruction.a], slot[instruction.b])
    }
    current |= 1 << order
  }
}
