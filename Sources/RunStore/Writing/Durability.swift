/// What an acknowledged row survives.
public enum Durability: Sendable, Hashable {
  /// The death of the process: one system call writes each row.
  case process
  /// The loss of power: as ``process``, and the disk is asked to keep the rows after every
  /// `every` of them, at least 1.
  case power(every: Int)
  /// Nothing before the next 64 KiB, ``RunWriter/flush()`` or ``RunWriter/finish(_:_:)``.
  case buffered
}
