// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

package import CCurl
package import EventLoop

/// What a multi handle waits for, it asks of one of these.
///
/// Neither function may call the multi handle: it is in the middle of something.
package protocol MultiHandleWaiter: AnyObject {
  /// - Parameter readiness: nil when the descriptor is of no interest any more; libcurl closes it then.
  func watch(_ descriptor: CInt, for readiness: Readiness?)
  /// - Parameter delay: when to call `advance()`, in the place of what was asked before; nil for not at all.
  func wake(after delay: Duration?)
}

/// libcurl's multi handle: connections, and the transfers in progress over them, without a thread of its own.
///
/// Stays on one thread, that of its waiter's loop.
///
/// - Source: libcurl-multi(3), curl_multi_socket_action(3).
@safe package final class MultiHandle {
  private let pointer: UnsafeMutableRawPointer
  package weak var waiter: (any MultiHandleWaiter)?

  /// Nil when memory is short, or libcurl does not start.
  package init?() {
    guard Self.isLibraryReady, let pointer = unsafe curl_multi_init() else { return nil }
    unsafe self.pointer = unsafe pointer
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe curl_multi_set_pointer(pointer, CURLMOPT_SOCKETDATA, context)
    unsafe curl_multi_set_pointer(pointer, CURLMOPT_TIMERDATA, context)
    unsafe curl_multi_set_socket_change(pointer) { _, descriptor, what, context, _ in
      unsafe MultiHandle.from(context)?.watch(descriptor, what)
      return 0
    }
    unsafe curl_multi_set_timer_change(pointer) { _, milliseconds, context in
      let delay: Duration? = milliseconds < 0 ? nil : .milliseconds(milliseconds)
      unsafe MultiHandle.from(context)?.waiter?.wake(after: delay)
      return 0
    }
  }

  deinit {
    unsafe curl_multi_set_socket_change(pointer, nil)
    unsafe curl_multi_set_timer_change(pointer, nil)
    unsafe curl_multi_cleanup(pointer)
  }

  package func set(_ option: CURLMoption, _ value: Int) {
    unsafe curl_multi_set_long(pointer, option, value)
  }

  /// Begins a transfer; the first step is made by `advance()`, which the waiter is asked for.
  @unsafe package func add(_ easy: UnsafeMutableRawPointer) -> Bool {
    unsafe curl_multi_add_handle(pointer, easy) == CURLM_OK
  }

  /// Takes a transfer out, finished or not. A connection in the middle of an answer is closed,
  /// over HTTP/2 only the stream.
  @unsafe package func remove(_ easy: UnsafeMutableRawPointer) {
    unsafe curl_multi_remove_handle(pointer, easy)
  }

  /// Goes on with what a descriptor is ready for.
  package func advance(_ descriptor: CInt, _ readiness: Readiness) {
    var events: CInt = 0
    if readiness.contains(.readable) { events |= CURL_CSELECT_IN }
    if readiness.contains(.writable) { events |= CURL_CSELECT_OUT }
    if readiness.contains(.hangUp) { events |= CURL_CSELECT_ERR }
    var running: CInt = 0
    unsafe curl_multi_socket_action(pointer, descriptor, events, &running)
  }

  /// Goes on with what was to be done by now.
  package func advance() {
    var running: CInt = 0
    unsafe curl_multi_socket_action(pointer, curl_timeout_socket, 0, &running)
  }

  /// A transfer that ended, and how. Nil when there is none left.
  @unsafe package func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
    var code = CURLE_OK
    guard let easy = unsafe curl_multi_take_finished(pointer, &code) else { return nil }
    return unsafe (easy, code)
  }

  private func watch(_ descriptor: CInt, _ what: CInt) {
    var readiness: Readiness = []
    if what & CURL_POLL_IN != 0 { readiness.insert(.readable) }
    if what & CURL_POLL_OUT != 0 { readiness.insert(.writable) }
    waiter?.watch(descriptor, for: what == CURL_POLL_REMOVE ? nil : readiness)
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> MultiHandle? {
    unsafe context.map { unsafe Unmanaged<MultiHandle>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Once for the process.
  package static let isLibraryReady = curl_global_init(curl_global_default) == CURLE_OK
}
