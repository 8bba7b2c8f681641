// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc

/// A message over a Unix socket, and the descriptors that travel with it.
///
/// - Source: unix(7), SCM_RIGHTS; sendmsg(2), recvmsg(2).
public struct DescriptorMessage: Equatable, Sendable {
  /// More descriptors do not fit into one message.
  ///
  /// - Source: unix(7), SCM_MAX_FD.
  public static let descriptorLimit = 253

  public var bytes: [UInt8]
  /// The receiver gets copies; the originals stay the sender's.
  public var descriptors: [CInt]

  public init(_ bytes: [UInt8], descriptors: [CInt] = []) {
    self.bytes = bytes
    self.descriptors = descriptors
  }

  /// Sends the message whole.
  ///
  /// - Parameter waits: whether the call blocks while the send buffer is full; otherwise it throws
  ///   `EAGAIN`.
  public func send(over socket: CInt, waits: Bool) throws(SystemError) {
    guard descriptors.count <= Self.descriptorLimit else {
      throw SystemError(call: "sendmsg", code: EINVAL)
    }
    let flags = CInt(MSG_NOSIGNAL) | (waits ? 0 : CInt(MSG_DONTWAIT))
    let count = unsafe linux_send_with_descriptors(
      socket, bytes, bytes.count, descriptors, CInt(descriptors.count), flags)
    guard count >= 0 else { throw SystemError(call: "sendmsg") }
    guard count == bytes.count else { throw SystemError(call: "sendmsg", code: EMSGSIZE) }
  }

  /// Receives the next message without waiting.
  ///
  /// - Parameter limit: of bytes; the kernel drops the rest of a packet.
  /// - Returns: a message with at most one descriptor, which the caller closes; `nil` at the end of
  ///   the connection. It has no descriptor if the process lacks descriptors, and no bytes if the
  ///   packet was empty.
  /// - Throws: `EAGAIN` if there is no message.
  public static func receive(
    from socket: CInt, limit: Int
  ) throws(SystemError) -> DescriptorMessage? {
    var bytes = [UInt8](repeating: 0, count: limit)
    var descriptor: CInt = -1
    let count = unsafe linux_receive_with_descriptor(socket, &bytes, bytes.count, &descriptor)
    guard count >= 0 else { throw SystemError(call: "recvmsg") }
    // An empty packet with a descriptor is not the end, and its descriptor has to be closed by somebody.
    guard count > 0 || descriptor >= 0 else { return nil }
    return DescriptorMessage(
      Array(bytes.prefix(count)), descriptors: descriptor >= 0 ? [descriptor] : [])
  }
}
