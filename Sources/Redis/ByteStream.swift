// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop

/// Bytes to and from one server, over whatever lies between.
///
/// Never blocks and never calls anybody: it is told when its descriptor is ready, and watches that itself.
/// Used on the loop's thread only.
protocol ByteStream: AnyObject {
  /// Whether bytes can pass; until then `advance` is to be called.
  var isOpen: Bool { get }
  /// Goes on with connecting.
  func advance(_ readiness: Readiness) throws(RedisError)
  /// Overwrites the start of `buffer`, which keeps its size.
  ///
  /// - Returns: how many bytes came; 0 at their end, nil while there are none.
  func read(into buffer: inout [UInt8]) throws(RedisError) -> Int?
  /// - Returns: how many of the bytes were taken, 0 while there is no room.
  func write(_ bytes: ArraySlice<UInt8>) throws(RedisError) -> Int
  /// Watches the descriptor of an open stream, for incoming bytes and for room if that is wanted.
  func watch(forRoom: Bool) throws(RedisError)
  func close()
}

/// The watch of the one descriptor that a stream has.
final class DescriptorWatch {
  private let loop: EventLoop
  private let onReady: EventLoop.ReadinessHandler
  private var current: (descriptor: CInt, readiness: Readiness)?

  init(loop: EventLoop, onReady: @escaping EventLoop.ReadinessHandler) {
    self.loop = loop
    self.onReady = onReady
  }

  deinit {
    end()
  }

  func set(_ descriptor: CInt, for readiness: Readiness) throws(RedisError) {
    if let current, current == (descriptor, readiness) { return }
    do throws(SystemError) {
      try loop.watch(descriptor, for: readiness, onReady)
      current = (descriptor, readiness)
    } catch {
      current = nil
      throw .unavailable("\(error)")
    }
  }

  /// To be called before the descriptor is closed.
  func end() {
    if let current { loop.unwatch(current.descriptor) }
    current = nil
  }

  /// Calls the handler once, with nothing ready.
  func wake(after delay: Duration) -> DeadlineID {
    loop.after(delay) { [onReady] in onReady([]) }
  }

  func cancel(_ deadline: DeadlineID) {
    loop.cancel(deadline)
  }
}
