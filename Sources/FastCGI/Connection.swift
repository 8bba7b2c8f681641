// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
internal import HTTP
internal import HTTPTypes
import Synchronization

/// One connection from a web server.
///
/// `control` is looked at from every thread and held for a moment. `work` belongs to the thread that the phase
/// gives it to, so its lock is never waited for.
final class Connection: Sendable {
  enum Phase {
    /// The loop watches for bytes; nobody else has it.
    case resting
    /// In the queue of the I/O threads, or with one of them.
    case working
    /// A piece of the response is being written.
    case writing
    /// The response is written on when the loop finds room in the send buffer.
    case draining
    /// A task has it, which makes the response or the next piece of its body; the loop watches for the end of the
    /// connection.
    case handling
    /// Answered, and closed for writing; what still arrives is thrown away.
    case lingering
    case closed
  }

  /// What a task made.
  enum Product: Sendable {
    case response(Response)
    /// Of the body; nil after the last one.
    case piece(Result<[UInt8]?, BodyStream.Broken>)
  }

  struct Control: ~Copyable {
    var phase = Phase.working
    var deadline: ContinuousClock.Instant
    var stage = RequestRecords.Stage.parameters
    /// When the first byte of the request was seen, or the connection accepted.
    var arrived = ContinuousClock.now
    /// Whether a request was answered on it: then waiting for the next one is no fault.
    var isKept = false
    /// Whether it counts as in flight.
    var isCounted = true
    var isGone = false
    var task: Task<Void, Never>?
    var product: Product?
  }

  struct Work: ~Copyable {
    var records: RequestRecords
    var exchange = Exchange()
    /// Bytes of the next request that arrived with the last one.
    var pending: [UInt8] = []
    var outgoing: Outgoing?
    var method = HTTPRequest.Method.get
  }

  let descriptor: CInt
  let control: Mutex<Control>
  let work: Mutex<Work>

  init(adopting descriptor: CInt, limits: Limits) {
    self.descriptor = descriptor
    control = Mutex(Control(deadline: .now + limits.parameterTime))
    work = Mutex(Work(records: RequestRecords(limits: limits)))
  }
}
