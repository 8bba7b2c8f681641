// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop
import Glibc
public import HTTP

/// The one request of a process that a web server started as a plain CGI program.
///
/// - Source: RFC 3875.
public struct CGIProcess {
  /// Reads the request from the environment and standard input, and writes the answer to standard output.
  ///
  /// - Parameter environment: the meta-variables; see RFC 3875, section 4.1.
  /// - Throws: `SystemError` when standard input breaks off, standard output is closed, or the body does.
  public static func respond<Application: Responder>(
    environment: [String: String], application: Application, limits: Limits = Limits()
  ) async throws(SystemError) where Application.Failure == Never {
    let length = environment["CONTENT_LENGTH"].flatMap { Int($0) } ?? 0
    // One byte more than allowed tells that there is too much.
    let body = try await read(min(max(length, 0), limits.bodyBytes &+ 1))
    var variables = MetaVariables(refusalVariable: limits.refusalVariable)
    for (name, value) in environment { variables.add("\(name)=\(value)".utf8Span.span) }
    let request = variables.request(
      body: body, isBodyTooLarge: body.count > limits.bodyBytes, bodyLimit: limits.bodyBytes)
    let response = await application.respond(to: request)
    guard let head = try? HeaderBlock(response, to: request.method) else {
      return try await write(HeaderBlock.ofFailure)
    }
    switch response.body {
    case .bytes(let bytes):
      try await write(head.bytes + (head.hasBody ? bytes : []))
      response.delivery?.end(.complete)
    case .stream(let stream):
      try await write(head.bytes)
      if head.hasBody { try await write(stream) }
    }
  }

  private static func write(_ stream: BodyStream) async throws(SystemError) {
    do {
      while let piece = try await stream.next() { try await write(piece) }
      stream.end(.complete)
    } catch let broken as BodyStream.Broken {
      stream.end(.broken(broken))
      throw SystemError(call: broken.reason, code: EIO)
    } catch let error as SystemError {
      stream.end(.abandoned)
      throw error
    } catch {
      throw SystemError(call: "write", code: EIO)
    }
  }

  // MARK: Blocking, so on a thread of its own

  private static func read(_ count: Int) async throws(SystemError) -> [UInt8] {
    guard count > 0 else { return [] }
    return try await onThread { () throws(SystemError) in
      var bytes = [UInt8](repeating: 0, count: count)
      var filled = 0
      while filled < count {
        let added = unsafe bytes.withUnsafeMutableBytes { buffer in
          unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress?.advanced(by: filled), count - filled)
        }
        if added < 0, errno == EINTR { continue }
        guard added >= 0 else { throw SystemError(call: "read") }
        if added == 0 { break }
        filled += added
      }
      return Array(bytes.prefix(filled))
    }
  }

  private static func write(_ bytes: [UInt8]) async throws(SystemError) {
    try await onThread { () throws(SystemError) in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes { buffer in
          unsafe Glibc.write(STDOUT_FILENO, buffer.baseAddress, buffer.count)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw SystemError(call: "write") }
        rest = rest.dropFirst(count)
      }
    }
  }

  private static func onThread<Answer: Sendable>(
    _ body: @escaping @Sendable () throws(SystemError) -> Answer
  ) async throws(SystemError) -> Answer {
    let result: Result<Answer, SystemError> = await withCheckedContinuation { continuation in
      do throws(SystemError) {
        try BlockingThread.start(named: "cgi") {
          continuation.resume(returning: Result { () throws(SystemError) in try body() })
        }
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    return try result.get()
  }
}
