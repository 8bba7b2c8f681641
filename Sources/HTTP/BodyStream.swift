// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A body that comes in pieces, one whenever its reader asks: what has not been asked for is not made.
///
/// It has one reader, who asks for one piece after the other and says once how it ended. A stream that is let
/// go without a word was abandoned.
public final class BodyStream: Sendable {
  /// The body broke off: what was read of it is not the whole. The reason is for the log.
  public struct Broken: Error, Sendable, Equatable {
    public let reason: String

    public init(reason: String) {
      self.reason = reason
    }
  }

  /// How reading ended.
  public enum Ending: Sendable, Equatable {
    /// Every piece was taken.
    case complete
    case broken(Broken)
    /// The reader wanted no more, or never any.
    case abandoned
  }

  private struct State {
    var start: [UInt8]
    var bytes = 0
    var isEnded = false
  }

  /// The bytes of the whole; nil when nobody knows. A source that gives more or fewer breaks the stream.
  public let length: Int?
  private let source: @Sendable () async throws(Broken) -> [UInt8]?
  private let whenEnded: @Sendable (Ending, _ bytes: Int) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - start: what came before anybody asked; the first piece, unless it is empty.
  ///   - source: the next piece, nil after the last one. Never called twice at once.
  ///   - whenEnded: called once with the number of bytes that were taken.
  public init(
    length: Int?, start: [UInt8] = [],
    source: @escaping @Sendable () async throws(Broken) -> [UInt8]?,
    whenEnded: @escaping @Sendable (Ending, _ bytes: Int) -> Void
  ) {
    self.length = length
    self.source = source
    self.whenEnded = whenEnded
    state = Mutex(State(start: start))
  }

  deinit {
    end(.abandoned)
  }

  /// The next piece, never an empty one; nil after the last.
  ///
  /// A reader whose task is cancelled gets `Broken`.
  public func next() async throws(Broken) -> [UInt8]? {
    let start = state.withLock { state in
      defer { state.start = [] }
      return state.start
    }
    if !start.isEmpty { return try count(start) }
    while let piece = try await source() {
      if !piece.isEmpty { return try count(piece) }
    }
    let bytes = state.withLock { $0.bytes }
    guard bytes == length ?? bytes else {
      throw Broken(reason: "\(bytes) bytes of \(length ?? 0)")
    }
    return nil
  }

  /// Says how reading ended. Only the first time counts.
  public func end(_ ending: Ending) {
    let (isFirst, bytes) = state.withLock { state in
      defer {
        state.isEnded = true
        state.start = []
      }
      return (!state.isEnded, state.bytes)
    }
    if isFirst { whenEnded(ending, bytes) }
  }

  /// The same stream for a reader of whom somebody else wants to know how it went.
  public func noticing(_ whenEnded: @escaping @Sendable (Ending, _ bytes: Int) -> Void)
    -> BodyStream
  {
    BodyStream(length: length) { () async throws(Broken) in
      try await self.next()
    } whenEnded: { ending, bytes in
      self.end(ending)
      whenEnded(ending, bytes)
    }
  }

  private func count(_ piece: [UInt8]) throws(Broken) -> [UInt8] {
    let bytes = state.withLock { state in
      let (sum, isTooMuch) = state.bytes.addingReportingOverflow(piece.count)
      if !isTooMuch { state.bytes = sum }
      return state.bytes
    }
    guard bytes <= length ?? bytes else { throw Broken(reason: "more than \(length ?? 0) bytes") }
    return piece
  }
}
