// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Foundation
import Glibc
import Synchronization
import TestSupport

/// The DevTools protocol over the descriptors of `--remote-debugging-pipe`: JSON messages that end with a zero byte.
///
/// Chromium exits when this side closes, so it never outlives the tests.
///
/// - Source: Chrome DevTools Protocol; `content/browser/devtools/devtools_pipe_handler.cc`.
final class DevToolsPipe: Sendable {
  typealias Parameters = [String: JSONValue]
  typealias Listener = @Sendable (_ event: String, _ parameters: JSONValue) -> Void

  private struct Call {
    let deadline: DeadlineID
    let continuation: CheckedContinuation<Result<JSONValue, BrowserError>, Never>
  }

  private struct State {
    var lastID = 0
    var calls: [Int: Call] = [:]
    var listeners: [String: Listener] = [:]
    var isOpen = true
  }

  private let descriptor: CInt
  private let state = Mutex(State())
  private let writing = Mutex(())

  /// What Chromium gets as its descriptors 3 and 4. It belongs to the caller.
  let remote: CInt

  init() throws(TestFailure) {
    var ends: [CInt] = [-1, -1]
    let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw TestFailure("socketpair: errno \(errno)")
    }
    (descriptor, remote) = (ends[0], ends[1])
  }

  /// Reads until Chromium closes its side.
  func open() throws {
    try BlockingThread.start(named: "devtools") { [self] in
      readMessages()
      fail("Chromium has gone")
      close(descriptor)
    }
  }

  func shutDown() { shutdown(descriptor, CInt(SHUT_RDWR)) }

  /// Hears the events of a session.
  func listen(to session: String, _ listener: Listener?) {
    state.withLock { $0.listeners[session] = listener }
  }

  /// Sends a command and waits for its result.
  ///
  /// - Parameter session: of a target; `nil` for the browser itself.
  @discardableResult
  func send(
    _ method: String, _ parameters: Parameters = [:], to session: String? = nil,
    within limit: Duration = .seconds(60)
  ) async throws(BrowserError) -> JSONValue {
    let result = await withCheckedContinuation { continuation in
      let id = state.withLock { state -> Int? in
        guard state.isOpen else { return nil }
        state.lastID += 1
        let id = state.lastID
        let deadline = TestLoop.shared.after(limit) { [weak self] in
          self?.finish(id, .failure(BrowserError(message: "\(method) took over \(limit)")))
        }
        state.calls[id] = Call(deadline: deadline, continuation: continuation)
        return id
      }
      guard let id else {
        return continuation.resume(returning: .failure(BrowserError(message: "Chromium has gone")))
      }
      var message: Parameters = [
        "id": .number(Double(id)), "method": .string(method), "params": .object(parameters),
      ]
      if let session { message["sessionId"] = .string(session) }
      do {
        try write(JSONEncoder().encode(message) + [0])
      } catch {
        finish(id, .failure(BrowserError(message: "\(method): \(error)")))
      }
    }
    return try result.get()
  }

  private func finish(_ id: Int, _ result: Result<JSONValue, BrowserError>) {
    guard let call = state.withLock({ $0.calls.removeValue(forKey: id) }) else { return }
    TestLoop.shared.cancel(call.deadline)
    call.continuation.resume(returning: result)
  }

  private func fail(_ message: String) {
    let ids = state.withLock { state in
      state.isOpen = false
      return Array(state.calls.keys)
    }
    for id in ids { finish(id, .failure(BrowserError(message: message))) }
  }

  private func write(_ message: Data) throws(BrowserError) {
    let isSent = writing.withLock { _ in
      var rest = message[...]
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes {
          unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
    guard isSent else { throw BrowserError(message: "Chromium has gone") }
  }

  private func readMessages() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var message = Data()
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      var rest = buffer[..<count]
      while let end = rest.firstIndex(of: 0) {
        message += rest[..<end]
        handle(message)
        message = Data()
        rest = rest[(end + 1)...]
      }
      message += rest
    }
  }

  private func handle(_ message: Data) {
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: message) else { return }
    if let id = json["id"]?.number {
      if let error = json["error"] {
        return finish(
          Int(id), .failure(BrowserError(message: error["message"]?.string ?? "\(error)")))
      }
      return finish(Int(id), .success(json["result"] ?? .null))
    }
    guard let event = json["method"]?.string, let session = json["sessionId"]?.string else {
      return
    }
    state.withLock { $0.listeners[session] }?(event, json["params"] ?? .null)
  }
}

/// What Chromium refused, in its words.
struct BrowserError: Error {
  let message: String
}
