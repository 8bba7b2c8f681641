// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import EventLoop
internal import HTTPTypes

/// A request on its way: its easy handle, and who takes what arrives.
///
/// Stays on the loop's thread. libcurl holds an unretained pointer to it, so the client's table keeps it
/// until its handle has left the multi handle.
final class Transfer {
  let easy: EasyHandle
  let deadline: DeadlineID
  let recipient: any Recipient

  /// - Parameters:
  ///   - number: names the transfer in the multi handle.
  ///   - deadline: to be taken back when the transfer ends.
  init(number: UInt, easy: EasyHandle, deadline: DeadlineID, recipient: any Recipient) {
    self.easy = easy
    self.deadline = deadline
    self.recipient = recipient
    unsafe easy.setReceiver(
      number: number, context: Unmanaged.passUnretained(self).toOpaque(),
      line: { bytes, _, count, context in
        unsafe Transfer.take(bytes, count, context) { transfer, line in
          let status = transfer.easy.status
          return unsafe transfer.recipient.receive(line: line, status: status) ? .taken : .refused
        }
      },
      body: { bytes, _, count, context in
        unsafe Transfer.take(bytes, count, context) { unsafe $0.recipient.receive(body: $1) }
      })
  }

  /// What libcurl's verdict on the transfer means.
  func result(of code: CurlCode?) -> Result<HTTPResponse.Status, HTTPClientError> {
    if let failure = recipient.failure { return .failure(failure) }
    if let code { return .failure(easy.hasSent ? .interrupted(code) : .unreachable(code)) }
    let status = easy.status
    guard (200...999).contains(status) else { return .failure(.interrupted(.weirdServerReply)) }
    return .success(HTTPResponse.Status(code: status))
  }

  /// The size of one item, libcurl's second argument, is always 1.
  private static func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ receive: (Transfer, UnsafeRawBufferPointer) -> Taking
  ) -> Int {
    guard let context = unsafe context else { return Int(curl_write_error) }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    switch unsafe receive(transfer, piece) {
    case .taken: return count
    case .later: return Int(curl_write_pause)
    case .refused: return Int(curl_write_error)
    }
  }
}
