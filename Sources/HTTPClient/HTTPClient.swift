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
  private let pool: ConnectionPool
  private var transfers: [UInt: Transfer] = [:]
  /// Of answers that are taken in pieces: until their reader lets go.
  private var inflows: [UInt: Inflow] = [:]
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
    pool = try ConnectionPool(loop: loop, configuration: configuration)
  }

  /// One request, one answer, held whole. Follows no redirect; any status is an answer.
  ///
  /// Cancelling the task ends the transfer: over HTTP/1.1 its connection is closed, over HTTP/2 its stream.
  public func send(_ request: OutgoingRequest) async throws(HTTPClientError) -> Answer {
    let easy = try prepare(request, isStreamed: false)
    let number = nextNumber()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let assembly = AnswerAssembly(
          bodyLimit: request.answerLimit, hasBody: request.method != .head)
        begin(number, request, easy, WholeAnswer(assembly, continuation))
        endIfCancelled(number)
      }
    } onCancel: {
      cancelSoon(number)
    }
    return try result.get()
  }

  /// One request, and an answer whose body is taken in pieces: held back at the server while nobody takes them.
  ///
  /// Over HTTP/1.1 always: libcurl 7.88 takes up to 32 MiB of a paused HTTP/2 stream, and keeps the others of its
  /// connection waiting. A failure before the head is complete is thrown here, later ones by the body.
  ///
  /// - Parameter request: its limit is for all of the body, however slowly it is taken.
  public func open(
    _ request: OutgoingRequest, limits: StreamLimits
  ) async throws(HTTPClientError) -> AnswerStream {
    let easy = try prepare(request, isStreamed: true)
    let number = nextNumber()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let assembly = AnswerAssembly(
          bodyLimit: request.answerLimit, hasBody: request.method != .head, isStreamed: true)
        let inflow = Inflow(assembly, continuation)
        inflows[number] = inflow
        begin(number, request, easy, inflow)
        watchProgress(number, after: limits.head, stall: limits.stall)
        endIfCancelled(number)
      }
    } onCancel: {
      cancelSoon(number)
    }
    let body = AnswerBody(client: self, number: number)
    let head = try result.get()
    return AnswerStream(status: head.status, fields: head.fields, body: body)
  }

  /// Ends all transfers with `.cancelled`, and those begun later.
  public func close() {
    isClosed = true
    for number in transfers.keys { end(number, .failure(.cancelled)) }
  }

  private func nextNumber() -> UInt {
    lastNumber += 1
    return lastNumber
  }

  private func prepare(
    _ request: OutgoingRequest, isStreamed: Bool
  ) throws(HTTPClientError) -> EasyHandle {
    let url = try RequestURL(request.url, allowsPlainHTTP: configuration.allowsPlainHTTP)
    guard !isClosed else { throw .cancelled }
    guard request.limit > .zero else { throw .timedOut }
    guard request.method != .connect, request.method != .head || request.body.isEmpty else {
      throw .invalidRequest("\(request.method) cannot be sent so")
    }
    let lines = try FieldLines.lines(request.fields)
    guard let easy = idleHandles.popLast() ?? EasyHandle() else {
      throw .unreachable(CurlCode(CURLE_OUT_OF_MEMORY))
    }
    try easy.prepare(
      request, to: url, fieldLines: lines, configuration: configuration, isStreamed: isStreamed)
    return easy
  }

  private func begin(
    _ number: UInt, _ request: OutgoingRequest, _ easy: EasyHandle, _ recipient: any Recipient
  ) {
    // libcurl's own total limit does not run while a transfer waits for a connection (7.88, lib/multi.c).
    let deadline = loop.after(request.limit) { [weak self] in
      self?.assumeIsolated { $0.end(number, .failure(.timedOut)) }
    }
    transfers[number] = Transfer(
      number: number, easy: easy, deadline: deadline, recipient: recipient)
    pool.client = self
    if !pool.add(easy) { end(number, .failure(.unreachable(.failedInit))) }
  }

  /// A task that was cancelled before its transfer began had nothing to end.
  private func endIfCancelled(_ number: UInt) {
    if Task.isCancelled { end(number, .failure(.cancelled)) }
  }

  private nonisolated func cancelSoon(_ number: UInt) {
    loop.after(.zero) { self.assumeIsolated { $0.end(number, .failure(.cancelled)) } }
  }

  /// Ends a transfer, unless it has ended.
  private func end(_ number: UInt, _ result: Result<HTTPResponse.Status, HTTPClientError>) {
    guard let transfer = transfers.removeValue(forKey: number) else { return }
    pool.remove(transfer.easy)
    loop.cancel(transfer.deadline)
    if idleHandles.count < Self.maxIdleHandles {
      transfer.easy.reset()
      idleHandles.append(transfer.easy)
    }
    transfer.recipient.end(result)
  }

  // MARK: Bodies in pieces

  /// How many bytes have come that nobody has taken.
  var heldBytes: Int { inflows.values.reduce(0) { $0 + $1.heldBytes } }

  func nextPiece(of number: UInt) async throws(HTTPClientError) -> [UInt8]? {
    // Looks only when the continuation is there: on its way a task may leave its actor, and what comes meanwhile may
    // have paused the transfer.
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        give(continuation, theNextOf: number)
        endIfCancelled(number)
      }
    } onCancel: {
      cancelSoon(number)
    }
    return try result.get()
  }

  private func give(_ continuation: Inflow.PieceContinuation, theNextOf number: UInt) {
    guard let inflow = inflows[number] else {
      return continuation.resume(returning: .failure(.cancelled))
    }
    inflow.next(continuation)
    goOn(number, inflow)
  }

  /// Lets the server send again.
  private func goOn(_ number: UInt, _ inflow: Inflow) {
    guard inflow.isPaused, let transfer = transfers[number] else { return }
    inflow.goOn()
    if let code = transfer.easy.goOn() { end(number, transfer.result(of: code)) }
  }

  /// Nobody reads the body any more.
  nonisolated func letGo(_ number: UInt) {
    loop.after(.zero) {
      self.assumeIsolated {
        $0.end(number, .failure(.cancelled))
        $0.inflows[number] = nil
      }
    }
  }

  /// Looks after a while whether something came meanwhile.
  private func watchProgress(_ number: UInt, after wait: Duration, stall: Duration) {
    loop.after(wait) { [weak self] in
      self?.assumeIsolated { $0.checkProgress(number, stall) }
    }
  }

  private func checkProgress(_ number: UInt, _ stall: Duration) {
    guard transfers[number] != nil, let inflow = inflows[number] else { return }
    let left = stall - inflow.idleTime(at: .now)
    guard inflow.hasHead, left > .zero else { return end(number, .failure(.timedOut)) }
    watchProgress(number, after: left, stall: stall)
  }

  // MARK: From the loop

  func advance(_ descriptor: CInt, _ readiness: Readiness) {
    pool.advance(descriptor, readiness)
    endFinished()
  }

  func advance() {
    pool.advance()
    endFinished()
  }

  private func endFinished() {
    while let (number, code) = pool.nextFinished() {
      guard let transfer = transfers[number] else { continue }
      end(number, transfer.result(of: code))
    }
  }
}
