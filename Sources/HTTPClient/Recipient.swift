// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// Who takes an answer as it arrives. Stays on the loop's thread.
protocol Recipient: AnyObject {
  /// Why nothing more is wanted.
  var failure: HTTPClientError? { get }
  /// Takes a line of the head; false when nothing more is wanted.
  func receive(line: UnsafeRawBufferPointer, status: Int) -> Bool
  func receive(body: UnsafeRawBufferPointer) -> Taking
  /// The transfer is over. Called once, after the handle has left the multi handle.
  func end(_ result: Result<HTTPResponse.Status, HTTPClientError>)
}

/// What became of a piece of a body.
enum Taking {
  case taken
  /// There is no room; it shall come again when the transfer goes on.
  case later
  case refused
}

/// Holds an answer until it is whole.
final class WholeAnswer: Recipient {
  typealias Continuation = CheckedContinuation<Result<Answer, HTTPClientError>, Never>

  private var assembly: AnswerAssembly
  private let continuation: Continuation

  init(_ assembly: AnswerAssembly, _ continuation: Continuation) {
    self.assembly = assembly
    self.continuation = continuation
  }

  var failure: HTTPClientError? { assembly.failure }

  func receive(line: UnsafeRawBufferPointer, status: Int) -> Bool {
    unsafe assembly.receive(line: line)
  }

  func receive(body: UnsafeRawBufferPointer) -> Taking {
    unsafe assembly.receive(body: body) ? .taken : .refused
  }

  func end(_ result: Result<HTTPResponse.Status, HTTPClientError>) {
    continuation.resume(
      returning: result.map { status in
        Answer(status: status, fields: assembly.fields, body: assembly.takeBody())
      })
  }
}
