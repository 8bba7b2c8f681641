// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
internal import HTTP
internal import HTTPTypes

/// What is read and written. Nothing here waits for a client.
extension HTTPServer {
  private static var lingeringTime: Duration { .seconds(1) }

  func read(_ descriptor: CInt) {
    guard var connection = connections[descriptor] else { return }
    let (bytes, isEnd) = Self.receive(descriptor)
    guard case .reading = connection.phase else {
      if isEnd { close(descriptor) }
      return
    }
    connection.received += bytes
    connections[descriptor]?.received = connection.received
    if let end = RequestHead.end(in: connection.received), end <= limits.headBytes {
      rest(descriptor)
      postpone(descriptor, by: limits.answerTime)
      connections[descriptor]?.received = []
      do throws(RequestHead.Failure) {
        answer(try RequestHead(parsing: connection.received[..<end]), descriptor)
      } catch .version {
        refuse(descriptor, .httpVersionNotSupported, "HTTP/1.1 or HTTP/1.0\n")
      } catch {
        refuse(descriptor, .badRequest, "this is no request\n")
      }
    } else if connection.received.count >= limits.headBytes {
      rest(descriptor)
      refuse(descriptor, .requestHeaderFieldsTooLarge, "more than \(limits.headBytes) bytes\n")
    } else if isEnd {
      close(descriptor)
    }
  }

  private func refuse(_ descriptor: CInt, _ status: HTTPResponse.Status, _ text: String) {
    send(Response(status: status, text: text), toHead: false, descriptor)
  }

  private static func receive(_ descriptor: CInt) -> (bytes: [UInt8], isEnd: Bool) {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe recv(descriptor, &buffer, buffer.count, CInt(MSG_DONTWAIT))
    if count > 0 { return (Array(buffer.prefix(count)), false) }
    return ([], count == 0 || (errno != EAGAIN && errno != EINTR))
  }

  // MARK: Writing

  /// A body that comes in pieces has no place here: what is answered is held whole.
  func send(_ response: Response, toHead isHead: Bool, _ descriptor: CInt) {
    let body = response.body.bytes ?? []
    var head = "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\n"
    for field in response.fields { head += "\(field.name.rawName): \(field.value)\r\n" }
    head += "Content-Length: \(body.count)\r\nConnection: close\r\nCache-Control: no-store\r\n"
    head += "X-Content-Type-Options: nosniff\r\n\r\n"
    connections[descriptor]?.phase = .writing((Array(head.utf8) + (isHead ? [] : body))[...])
    write(descriptor)
  }

  private func write(_ descriptor: CInt) {
    guard case .writing(var rest) = connections[descriptor]?.phase else { return }
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.send(
          descriptor, buffer.baseAddress, buffer.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        guard errno == EAGAIN else { return close(descriptor) }
        connections[descriptor]?.phase = .writing(rest)
        return watch(descriptor, for: .writable) { $0.write(descriptor) }
      }
      rest = rest.dropFirst(count)
    }
    linger(descriptor)
  }

  private func linger(_ descriptor: CInt) {
    connections[descriptor]?.phase = .lingering
    shutdown(descriptor, CInt(SHUT_WR))
    postpone(descriptor, by: Self.lingeringTime)
    watch(descriptor, for: .readable) { $0.read(descriptor) }
  }
}
