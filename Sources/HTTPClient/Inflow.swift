// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop
internal import HTTPTypes

/// An answer of which each piece goes on as it comes: what nobody has taken yet, and who waits.
///
/// Stays on the loop's thread.
final class Inflow: Recipient {
  /// From so many bytes on that nobody has taken, the server has to wait. libcurl hands over 32 KiB at most, and may
  /// hold as many itself.
  static let capacity = 65_536

  typealias Head = (status: HTTPResponse.Status, fields: HTTPFields)
  typealias HeadContinuation = CheckedContinuation<Result<Head, HTTPClientError>, Never>
  typealias PieceContinuation = CheckedContinuation<Result<[UInt8]?, HTTPClientError>, Never>

  private enum State {
    /// Until the head is complete.
    case head(HeadContinuation)
    case body
    /// Nothing more comes.
    case ended(Result<Void, HTTPClientError>)
  }

  private var state: State
  private var assembly: AnswerAssembly
  private var waiting: PieceContinuation?
  private var lastProgress = ContinuousClock.now
  /// libcurl holds back what comes.
  private(set) var isPaused = false

  init(_ assembly: AnswerAssembly, _ continuation: HeadContinuation) {
    self.assembly = assembly
    state = .head(continuation)
  }

  var failure: HTTPClientError? { assembly.failure }

  var hasHead: Bool {
    if case .head = state { false } else { true }
  }

  var heldBytes: Int { assembly.body.count }

  /// How long the server has kept everybody waiting.
  func idleTime(at now: ContinuousClock.Instant) -> Duration {
    isPaused ? .zero : now - lastProgress
  }

  // MARK: From libcurl

  func receive(line: UnsafeRawBufferPointer, status: Int) -> Bool {
    guard unsafe assembly.receive(line: line) else { return false }
    // An informational head is followed by another.
    if case .head(let continuation) = state, assembly.isHeadComplete, status >= 200 {
      lastProgress = .now
      state = .body
      let head = (HTTPResponse.Status(code: status), assembly.fields)
      continuation.resume(returning: .success(head))
    }
    return true
  }

  func receive(body: UnsafeRawBufferPointer) -> Taking {
    guard assembly.body.count < Self.capacity else {
      isPaused = true
      return .later
    }
    guard unsafe assembly.receive(body: body) else { return .refused }
    lastProgress = .now
    if let waiting = waiting.take() {
      waiting.resume(returning: .success(assembly.takeBody()))
    }
    return .taken
  }

  func end(_ result: Result<HTTPResponse.Status, HTTPClientError>) {
    switch (state, result) {
    case (.head(let continuation), .failure(let error)):
      continuation.resume(returning: .failure(error))
    case (.head(let continuation), .success(let status)):
      continuation.resume(returning: .success((status, assembly.fields)))
    case (.body, _), (.ended, _): break
    }
    state = .ended(result.map { _ in () })
    if case .failure = result { _ = assembly.takeBody() }
    if let waiting = waiting.take() { waiting.resume(returning: result.map { _ in nil }) }
  }

  // MARK: To the reader

  /// Gives what is there, bytes or the end, or the next that comes.
  func next(_ continuation: PieceContinuation) {
    if !assembly.body.isEmpty {
      continuation.resume(returning: .success(assembly.takeBody()))
    } else if case .ended(let result) = state {
      continuation.resume(returning: result.map { nil })
    } else {
      waiting = continuation
    }
  }

  /// libcurl is about to be told to go on.
  func goOn() {
    isPaused = false
    lastProgress = .now
  }
}
