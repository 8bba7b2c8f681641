// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Curl
internal import EventLoop

/// A client's connections and the transfers in progress, a multi handle of libcurl on the event loop.
///
/// Stays on the loop's thread.
@safe final class ConnectionPool: MultiHandleWaiter {
  private let multi: MultiHandle
  private let loop: EventLoop
  private var descriptors: Set<CInt> = []
  private var timer: DeadlineID?
  /// Who is called when something is to be done.
  weak var client: HTTPClient?

  init(loop: EventLoop, configuration: HTTPClient.Configuration) throws(HTTPClientError) {
    guard let multi = MultiHandle() else { throw .unreachable(.failedInit) }
    self.multi = multi
    self.loop = loop
    multi.set(CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.connectionsWithinDescriptors)
    multi.set(CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maxConnectionsPerHost ?? 0)
    multi.set(CURLMOPT_MAXCONNECTS, configuration.maxIdleConnections)
    multi.waiter = self
  }

  deinit {
    if let timer { loop.cancel(timer) }
    for descriptor in descriptors { loop.unwatch(descriptor) }
  }

  /// Begins a transfer; the first step is made in the next turn of the loop.
  func add(_ easy: EasyHandle) -> Bool {
    unsafe multi.add(easy.pointer)
  }

  /// Takes a transfer out, finished or not.
  func remove(_ easy: EasyHandle) {
    unsafe multi.remove(easy.pointer)
  }

  func advance(_ descriptor: CInt, _ readiness: Readiness) {
    multi.advance(descriptor, readiness)
  }

  func advance() {
    timer = nil
    multi.advance()
  }

  /// A transfer that ended, and why; no code when an answer came. Nil when there is none left.
  func nextFinished() -> (number: UInt, code: CurlCode?)? {
    guard let (easy, code) = unsafe multi.nextFinished() else { return nil }
    var number: UnsafeMutableRawPointer?
    unsafe curl_easy_get_pointer(easy, CURLINFO_PRIVATE, &number)
    return (UInt(bitPattern: number), code == CURLE_OK ? nil : CurlCode(code))
  }

  func watch(_ descriptor: CInt, for readiness: Readiness?) {
    guard let readiness else {
      descriptors.remove(descriptor)
      return loop.unwatch(descriptor)
    }
    descriptors.insert(descriptor)
    do {
      try loop.watch(descriptor, for: readiness) { [weak client] readiness in
        client?.assumeIsolated { $0.advance(descriptor, readiness) }
      }
    } catch {
      // The kernel is out of memory or watches: the transfer ends at its deadline.
      descriptors.remove(descriptor)
    }
  }

  func wake(after delay: Duration?) {
    if let timer { loop.cancel(timer) }
    timer = delay.map { delay in
      loop.after(delay) { [weak client] in client?.assumeIsolated { $0.advance() } }
    }
  }
}
