internal import ScalingLaws

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension PlanChooser {
  /// The limit that is worth more than the first, once there is enough of that.
  ///
  /// Doublings of the first resource, then bisection of the factor to a per cent.
  func next(after first: PlanResource, _ draw: [[Double]]) -> Plan.Next? {
    func overtaking(_ factor: Double) -> PlanResource? {
      func loss(_ scales: [PlanResource: Double]) -> Double? {
        best(draw) { candidate in
          candidate.makeSolver(scaling: scales.filter { candidate.resources.contains($0.key) })
        }?.point.loss
      }
      guard let now = loss([first: factor]), let more = loss([first: 1.1 * factor]) else {
        return nil
      }
      var most: (resource: PlanResource, gain: Double)?
      for resource in resources where resource != first {
        guard let loss = loss([first: factor, resource: 1.1]), now - loss > 1e-12,
          now - loss > most?.gain ?? max(0, now - more)
        else { continue }
        most = (resource, now - loss)
      }
      return most?.resource
    }
    guard resources.count > 1 else { return nil }
    var (low, high) = (0.0, 1.0)
    var found: PlanResource?
    while found == nil, high < 20 {
      found = overtaking(exp2(high))
      if found == nil { (low, high) = (high, high + 1) }
    }
    guard var resource = found else { return nil }
    while high - low > 0.015 {
      let middle = (low + high) / 2
      if let overtaker = overtaking(exp2(middle)) {
        (resource, high) = (overtaker, middle)
      } else {
        low = middle
      }
    }
    return Plan.Next(resource: resource, factor: exp2(high))
  }
}
