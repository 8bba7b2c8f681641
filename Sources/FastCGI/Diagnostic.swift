// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop

/// Something worth a line in the log. Holds nothing that a client chose but numbers.
public enum Diagnostic: Sendable, Equatable, CustomStringConvertible {
  /// A connection was closed because of what it sent.
  case refused(reason: String)
  /// A request did not arrive whole in time.
  case requestTooSlow
  /// A response could not be delivered: the web server was gone, or did not read in time.
  case responseLost
  /// The body of a response broke off. The connection was closed without the end of the request, so that nobody takes
  /// what came for the whole.
  case bodyBroken(reason: String)
  /// A handler was cancelled since it took too long.
  case handlerTooSlow
  /// A handler's response could not be written down; the client got a bare 500.
  case invalidResponse(reason: String)
  /// No connection is accepted for a moment: the process is out of descriptors or memory.
  case notAccepting(SystemError)
  /// There was no descriptor for a connection that another process passed on, which keeps it and tries again.
  case notTaken
  /// The limit of requests in flight is reached; others wait in the listen queue.
  case full(limit: Int)
  /// As many connections are open as the limit of descriptors allows; others wait in the listen queue.
  case fullOfConnections(limit: Int)
  /// The limit of descriptors is so low that people will wait for each other.
  case fewDescriptors(Int, connections: Int)
  /// Kept connections could not be left to the process that comes next, and are closed.
  case notHandedOver(connections: Int)
  /// The stop's deadline ended requests that were still in flight.
  case cutOff(requests: Int)
  case system(SystemError)

  public var description: String {
    switch self {
    case .refused(let reason): "FastCGI connection refused: \(reason)"
    case .requestTooSlow: "FastCGI request did not arrive in time"
    case .responseLost: "FastCGI response could not be delivered"
    case .bodyBroken(let reason): "the body of a response broke off: \(reason)"
    case .handlerTooSlow: "a handler was cancelled, it took too long"
    case .invalidResponse(let reason): "a response could not be written: \(reason)"
    case .notAccepting(let error): "accepting no connections for a moment: \(error)"
    case .notTaken: "what is passed on waits: out of descriptors (LimitNOFILE)"
    case .full(let limit): "\(limit) requests are in flight, further ones wait"
    case .fullOfConnections(let limit):
      "\(limit) connections are open, as many as the limit of descriptors allows; further ones wait (LimitNOFILE)"
    case .fewDescriptors(let descriptors, let connections):
      "the limit of descriptors is \(descriptors), so at most \(connections) connections are served at once (LimitNOFILE)"
    case .notHandedOver(let connections): "\(connections) kept connections could not be handed over"
    case .cutOff(let requests): "stopped with \(requests) requests unanswered"
    case .system(let error): "\(error)"
    }
  }
}
