// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What a web server may send and how long it may take.
public struct Limits: Sendable {
  /// Bytes of all meta-variables of one request together. nginx and mod_fcgid never send more than 65,535.
  public var parameterBytes = 65_536
  /// Bytes of a request body; a longer one is answered as `Request.Defect.bodyTooLarge`.
  public var bodyBytes = 1_048_576
  /// Bytes of a body read beyond the limit, and thrown away, to keep the connection.
  public var drainedBytes = 65_536
  /// Requests being answered at once; the next waits in the listen queue.
  public var inFlight = 4096

  /// The meta-variable in which the web server sends the status of a request that it rejected
  /// itself: 404, 413 or 429. `nil` if it sends none. A client cannot set it, because what a client
  /// sends arrives as `HTTP_…`.
  public var refusalVariable: String?

  /// From the first byte, or from accepting, to the last meta-variable.
  public var parameterTime: Duration = .seconds(5)
  /// From the last meta-variable to the end of the body.
  public var bodyTime: Duration = .seconds(15)
  /// From the end of the body to the response, and from one piece of a response's body to the next; then the
  /// handler's task is cancelled.
  public var handlingTime: Duration = .seconds(60)
  /// How long the web server may take nothing of a response.
  public var writeTime: Duration = .seconds(30)
  /// How long a connection that is closed early is read on, so that its answer arrives.
  public var lingeringTime: Duration = .seconds(5)
  /// How long a kept connection may be idle. Longer than nginx's 60 s, so that nginx is the one to close.
  public var idleTime: Duration = .seconds(90)

  public init() {}
}
