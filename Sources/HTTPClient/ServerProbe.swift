// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Curl
internal import EventLoop
internal import HTTPTypes

/// One look at a server, for who wants to know why it cannot be reached: its clock, and its certificates.
///
/// Over a connection of its own on a thread of its own, with the settings of `HTTPClient`.
public struct ServerProbe: Sendable, Equatable {
  /// What a server showed before anything was sent to it.
  public struct Certificate: Sendable, Equatable {
    /// Who signed it, as `CN = R3, O = Let's Encrypt`.
    public let issuer: String
    /// From when on it is good, in seconds since 1970.
    public let begins: Int64
    /// When the first certificate of its chain ends, in seconds since 1970.
    public let ends: Int64

    public init(issuer: String, begins: Int64, ends: Int64) {
      self.issuer = issuer
      self.begins = begins
      self.ends = ends
    }
  }

  /// Any final status.
  public let status: Int
  /// `Date`, in seconds since 1970; nil when there is none that can be read.
  public let date: Int64?
  /// Nil without TLS.
  public let certificate: Certificate?

  public init(status: Int, date: Int64?, certificate: Certificate?) {
    self.status = status
    self.date = date
    self.certificate = certificate
  }

  /// Asks for the head of a URL. A certificate that is not accepted is an error, as always.
  ///
  /// - Parameter limit: for everything.
  public static func look(
    at url: String, configuration: HTTPClient.Configuration, limit: Duration
  ) async throws(HTTPClientError) -> ServerProbe {
    try await onThread { () throws(HTTPClientError) in
      let easy = try prepared(url, configuration, limit, for: .head)
      let collector = HeadCollector()
      let code = collector.perform(easy)
      if let code { throw easy.hasSent ? .interrupted(code) : .unreachable(code) }
      return ServerProbe(
        status: easy.status, date: collector.date, certificate: certificate(of: easy))
    }
  }

  /// Connects, accepts any certificate, and sends nothing: to tell why one was not accepted.
  ///
  /// - Returns: nil when no TLS came about.
  public static func certificateShown(
    at url: String, configuration: HTTPClient.Configuration, limit: Duration
  ) async -> Certificate? {
    try? await onThread { () throws(HTTPClientError) in
      let easy = try prepared(url, configuration, limit, for: .handshake)
      _ = HeadCollector().perform(easy)
      return certificate(of: easy)
    }
  }

  private static func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws(HTTPClientError) -> Value
  ) async throws(HTTPClientError) -> Value {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Value, HTTPClientError>, Never>) in
      do {
        try BlockingThread.start(named: "probe") {
          do throws(HTTPClientError) {
            continuation.resume(returning: .success(try work()))
          } catch {
            continuation.resume(returning: .failure(error))
          }
        }
      } catch {
        continuation.resume(returning: .failure(.unreachable(.failedInit)))
      }
    }
    return try result.get()
  }

  private static func prepared(
    _ text: String, _ configuration: HTTPClient.Configuration, _ limit: Duration,
    for purpose: EasyHandle.Purpose
  ) throws(HTTPClientError) -> EasyHandle {
    let url = try RequestURL(text, allowsPlainHTTP: configuration.allowsPlainHTTP)
    guard MultiHandle.isLibraryReady, let easy = EasyHandle() else {
      throw .unreachable(.failedInit)
    }
    let request = OutgoingRequest(method: .head, url: text, limit: limit, answerLimit: 0)
    try easy.prepare(
      request, to: url, fieldLines: [], configuration: configuration, isStreamed: true)
    try easy.prepareToLook(for: purpose, limit: limit)
    return easy
  }

  private static func certificate(of easy: EasyHandle) -> Certificate? {
    let chain = easy.certificates
    guard let leaf = chain.first, let begins = leaf["Start date"].flatMap(seconds),
      let ends = chain.compactMap({ $0["Expire date"].flatMap(seconds) }).min()
    else { return nil }
    return Certificate(issuer: printable(leaf["Issuer"] ?? "unknown"), begins: begins, ends: ends)
  }

  /// What a stranger wrote, for a terminal: at most 120 printable characters.
  private static func printable(_ text: String) -> String {
    String(
      text.unicodeScalars.prefix(120).map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" }
    )
  }

  /// A date as HTTP or OpenSSL writes it, in seconds since 1970.
  ///
  /// - Source: curl_getdate(3).
  static func seconds(_ date: String) -> Int64? {
    let time = unsafe curl_getdate(date, nil)
    return time < 0 ? nil : Int64(time)
  }
}

/// Takes the head of one answer while libcurl performs on this thread.
private final class HeadCollector {
  private var assembly = AnswerAssembly(bodyLimit: 0, hasBody: false)

  /// - Returns: nil when an answer came.
  func perform(_ easy: EasyHandle) -> CurlCode? {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe easy.setReceiver(
      number: 0, context: context,
      line: { bytes, _, count, context in
        guard let context = unsafe context else { return Int(curl_write_error) }
        let collector = unsafe Unmanaged<HeadCollector>.fromOpaque(context).takeUnretainedValue()
        let line = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
        return unsafe collector.assembly.receive(line: line) ? count : Int(curl_write_error)
      },
      body: { _, _, count, _ in count })
    return easy.perform()
  }

  var date: Int64? { assembly.fields[.date].flatMap(ServerProbe.seconds) }
}
