/// A fixed count of numbers that are written in place.
///
/// What a solver works on thousands of times a fit. An array of a class would check at each access
/// that nobody else is at it, and at each write that nobody shares it; this one has one owner and
/// stays where it is. Indices are checked as those of an array are.
@safe
struct Numbers: ~Copyable {
  let count: Int
  private let base: UnsafeMutablePointer<Double>

  /// So many zeros.
  init(count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: 0, count: max(count, 1))
  }

  /// The numbers of an array.
  init(_ values: [Double]) {
    self.init(count: values.count)
    for index in values.indices { self[index] = values[index] }
  }

  deinit { unsafe base.deallocate() }

  subscript(index: Int) -> Double {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }

  /// The first numbers as an array.
  func prefix(_ length: Int) -> [Double] { (0..<length).map { self[$0] } }

  /// Where the numbers are, for kernels.
  @unsafe var pointer: UnsafeMutablePointer<Double> { unsafe base }
}
