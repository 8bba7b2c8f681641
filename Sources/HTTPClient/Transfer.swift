// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import EventLoop
internal import HTTPTypes

/// A request on its way: its easy handle, what has arrived, and who waits.
///
/// Stays on the loop's thread. libcurl holds an unretained pointer to it, so the client's table keeps it
/// until its handle has left the multi handle.
final class Transfer {
  typealias Continuation = CheckedContinuation<Result<Answer, HTTPClientError>, Never>

  let easy: EasyHandle
  let deadline: DeadlineID
  private let continuation: Continuation
  private var assembly: AnswerAssembly

  /// - Parameters:
  ///   - number: names the transfer in the multi handle.
  ///   - deadline: to be taken back when the transfer ends.
  init(
    number: UInt, easy: EasyHandle, assembly: AnswerAssembly, deadline: DeadlineID,
    continuation: Continuation
  ) {
    self.easy = easy
    self.assembly = assembly
    self.deadline = deadline
    self.continuation = continuation
    unsafe easy.setReceiver(
      number: number, context: Unmanaged.passUnretained(self).toOpaque(),
      line: { bytes, _, count, context in
        unsafe Transfer.take(bytes, count, context) { unsafe $0.receive(line: $1) }
      },
      body: { bytes, _, count, context in
        unsafe Transfer.take(bytes, count, context) { unsafe $0.receive(body: $1) }
      })
  }

  /// Tells who waits. To be called once, after the handle has left the multi handle.
  func end(_ result: Result<Answer, HTTPClientError>) {
    continuation.resume(returning: result)
  }

  /// What libcurl's verdict on the transfer means.
  func result(of code: CurlCode?) -> Result<Answer, HTTPClientError> {
    if let failure = assembly.failure { return .failure(failure) }
    if let code { return .failure(easy.hasSent ? .interrupted(code) : .unreachable(code)) }
    let status = easy.status
    guard (200...999).contains(status) else { return .failure(.interrupted(.weirdServerReply)) }
    return .success(
      Answer(
        status: HTTPResponse.Status(code: status), fields: assembly.fields, body: assembly.body))
  }

  /// The size of one item, libcurl's second argument, is always 1.
  private static func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ receive: (inout AnswerAssembly, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context = unsafe context else { return Int(curl_write_error) }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    return unsafe receive(&transfer.assembly, piece) ? count : Int(curl_write_error)
  }
}
