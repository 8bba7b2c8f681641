// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
public import EventLoop
internal import HTTPTypes

/// Requests to other servers: libcurl on the event loop, one pool of connections for all of them.
///
/// HTTP/2 where TLS negotiates it, otherwise HTTP/1.1; TLS 1.2 or newer, the certificate always verified.
/// Follows no redirect, asks no proxy, keeps no cookies, reads no `.netrc`, decompresses nothing.
/// The process has to ignore SIGPIPE, which a connection closed by its peer may raise.
///
/// - Source: libcurl-multi(3), libcurl-security(3).
public actor HTTPClient {
  private let loop: EventLoop
  private let configuration: Configuration
  private let multi: MultiHandle
  private var transfers: [UInt: Transfer] = [:]
  private var lastNumber: UInt = 0
  private var idleHandles: [EasyHandle] = []
  private var isClosed = false

  /// Used handles are kept for later, a few kilobytes each.
  private static let maxIdleHandles = 128

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.asUnownedSerialExecutor()
  }

  /// - Throws: `.unreachable(.failedInit)` when libcurl cannot start.
  public init(
    loop: EventLoop, configuration: Configuration = Configuration()
  ) throws(HTTPClientError) {
    self.loop = loop
    self.configuration = configuration
    multi = try MultiHandle(loop: loop, configuration: configuration)
  }

  /// One request, one answer, held whole. Follows no redirect; any status is an answer.
  ///
  /// Cancelling the task ends the transfer: over HTTP/1.1 its connection is closed, over HTTP/2 its stream.
  public func send(_ request: OutgoingRequest) async throws(HTTPClientError) -> Answer {
    let url = try RequestURL(request.url, allowsPlainHTTP: configuration.allowsPlainHTTP)
    let easy = try prepare(request, to: url)
    lastNumber += 1
    let number = lastNumber
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        begin(number, request, easy, continuation)
      }
    } onCancel: {
      // The loop is busy with this actor until `begin` has returned, so the number is known by then.
      loop.after(.zero) { self.assumeIsolated { $0.end(number, .failure(.cancelled)) } }
    }
    return try result.get()
  }

  /// Ends all transfers with `.cancelled`, and those begun later.
  public func close() {
    isClosed = true
    for number in transfers.keys { end(number, .failure(.cancelled)) }
  }

  private func prepare(
    _ request: OutgoingRequest, to url: RequestURL
  ) throws(HTTPClientError) -> EasyHandle {
    guard !isClosed else { throw .cancelled }
    guard request.limit > .zero else { throw .timedOut }
    guard request.method != .connect, request.method != .head || request.body.isEmpty else {
      throw .invalidRequest("\(request.method) cannot be sent so")
    }
    let lines = try FieldLines.lines(request.fields)
    guard let easy = idleHandles.popLast() ?? EasyHandle() else {
      throw .unreachable(CurlCode(CURLE_OUT_OF_MEMORY))
    }
    try easy.prepare(request, to: url, fieldLines: lines, configuration: configuration)
    return easy
  }

  private func begin(
    _ number: UInt, _ request: OutgoingRequest, _ easy: EasyHandle,
    _ continuation: Transfer.Continuation
  ) {
    // libcurl's own total limit does not run while a transfer waits for a connection (7.88, lib/multi.c).
    let deadline = loop.after(request.limit) { [weak self] in
      self?.assumeIsolated { $0.end(number, .failure(.timedOut)) }
    }
    let transfer = Transfer(
      number: number, easy: easy,
      assembly: AnswerAssembly(bodyLimit: request.answerLimit, hasBody: request.method != .head),
      deadline: deadline, continuation: continuation)
    transfers[number] = transfer
    multi.client = self
    if !multi.add(easy) { end(number, .failure(.unreachable(.failedInit))) }
  }

  /// Ends a transfer, unless it has ended.
  private func end(_ number: UInt, _ result: Result<Answer, HTTPClientError>) {
    guard let transfer = transfers.removeValue(forKey: number) else { return }
    multi.remove(transfer.easy)
    loop.cancel(transfer.deadline)
    if idleHandles.count < Self.maxIdleHandles {
      transfer.easy.reset()
      idleHandles.append(transfer.easy)
    }
    transfer.end(result)
  }

  func advance(_ descriptor: CInt, _ readiness: Readiness) {
    multi.advance(descriptor, readiness)
    endFinished()
  }

  func advance() {
    multi.advance()
    endFinished()
  }

  private func endFinished() {
    while let (number, code) = multi.nextFinished() {
      guard let transfer = transfers[number] else { continue }
      end(number, transfer.result(of: code))
    }
  }
}
