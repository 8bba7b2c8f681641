// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import EventLoop

/// libcurl's multi handle on the event loop: the pool of connections and the transfers in progress.
///
/// Stays on the loop's thread. libcurl says which descriptors it wants to hear of and when it wants to be
/// called; none of its functions may be called from inside these two callbacks.
///
/// - Source: libcurl-multi(3), curl_multi_socket_action(3).
@safe final class MultiHandle {
  private let pointer: UnsafeMutableRawPointer
  private let loop: EventLoop
  private var descriptors: Set<CInt> = []
  private var timer: DeadlineID?
  /// Who is called when something is to be done.
  weak var client: HTTPClient?

  init(loop: EventLoop, configuration: HTTPClient.Configuration) throws(HTTPClientError) {
    guard Self.isLibraryReady, let pointer = unsafe curl_multi_init() else {
      throw .unreachable(.failedInit)
    }
    unsafe self.pointer = unsafe pointer
    self.loop = loop
    unsafe curl_multi_set_long(
      pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.connectionsWithinDescriptors)
    unsafe curl_multi_set_long(
      pointer, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maxConnectionsPerHost ?? 0)
    unsafe curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, configuration.maxIdleConnections)
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe curl_multi_set_pointer(pointer, CURLMOPT_SOCKETDATA, context)
    unsafe curl_multi_set_pointer(pointer, CURLMOPT_TIMERDATA, context)
    unsafe curl_multi_set_socket_change(pointer) { _, descriptor, what, context, _ in
      unsafe MultiHandle.from(context)?.watch(descriptor, what)
      return 0
    }
    unsafe curl_multi_set_timer_change(pointer) { _, milliseconds, context in
      unsafe MultiHandle.from(context)?.setTimer(milliseconds)
      return 0
    }
  }

  deinit {
    unsafe curl_multi_set_socket_change(pointer, nil)
    unsafe curl_multi_set_timer_change(pointer, nil)
    if let timer { loop.cancel(timer) }
    for descriptor in descriptors { loop.unwatch(descriptor) }
    unsafe curl_multi_cleanup(pointer)
  }

  /// Begins a transfer; the first step is made in the next turn of the loop.
  func add(_ easy: EasyHandle) -> Bool {
    unsafe curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK
  }

  /// Takes a transfer out, finished or not. A connection in the middle of an answer is closed,
  /// over HTTP/2 only the stream.
  func remove(_ easy: EasyHandle) {
    unsafe curl_multi_remove_handle(pointer, easy.pointer)
  }

  /// Goes on with what a descriptor is ready for.
  func advance(_ descriptor: CInt, _ readiness: Readiness) {
    var events: CInt = 0
    if readiness.contains(.readable) { events |= CURL_CSELECT_IN }
    if readiness.contains(.writable) { events |= CURL_CSELECT_OUT }
    if readiness.contains(.hangUp) { events |= CURL_CSELECT_ERR }
    var running: CInt = 0
    unsafe curl_multi_socket_action(pointer, descriptor, events, &running)
  }

  /// Goes on with what was to be done by now.
  func advance() {
    var running: CInt = 0
    timer = nil
    unsafe curl_multi_socket_action(pointer, curl_timeout_socket, 0, &running)
  }

  /// A transfer that ended, and why; no code when an answer came. Nil when there is none left.
  func nextFinished() -> (number: UInt, code: CurlCode?)? {
    var code = CURLE_OK
    guard let easy = unsafe curl_multi_take_finished(pointer, &code) else { return nil }
    var number: UnsafeMutableRawPointer?
    unsafe curl_easy_get_pointer(easy, CURLINFO_PRIVATE, &number)
    return (UInt(bitPattern: number), code == CURLE_OK ? nil : CurlCode(code))
  }

  private func watch(_ descriptor: CInt, _ what: CInt) {
    guard what != CURL_POLL_REMOVE else {
      descriptors.remove(descriptor)
      return loop.unwatch(descriptor)
    }
    var readiness: Readiness = []
    if what & CURL_POLL_IN != 0 { readiness.insert(.readable) }
    if what & CURL_POLL_OUT != 0 { readiness.insert(.writable) }
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

  private func setTimer(_ milliseconds: Int) {
    if let timer { loop.cancel(timer) }
    guard milliseconds >= 0 else {
      timer = nil
      return
    }
    timer = loop.after(.milliseconds(milliseconds)) { [weak client] in
      client?.assumeIsolated { $0.advance() }
    }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> MultiHandle? {
    unsafe context.map { unsafe Unmanaged<MultiHandle>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Once for the process.
  static let isLibraryReady = curl_global_init(curl_global_default) == CURLE_OK
}
